/* review_apply.c - a reviewed file goes back into the memory.
 *
 * All of it in one transaction.  What a unit says is compared three ways: in the file now,
 * in the file when it was written (by its hash), in the memory now.
 *
 *     file changed   memory changed   then
 *     no             -                only a verdict counts
 *     yes            no               the unit is corrected and approved
 *     yes            yes, the same    nothing is left to do: so a file can come twice
 *     yes            yes              a conflict, told with its line
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>
#include <string.h>

#include <align/manage.h>

#include "review.h"

typedef enum verdict {
    NO_VERDICT,
    RIGHT,
    DROP,
    UNTOUCHED, /* the tool says that nobody has worked on it */
} verdict;

typedef struct job {
    aln_memory *memory;
    const review_options *options;
    size_t approved, corrected, dropped, already, conflicts;
} job;

/* A unit of the file. */
typedef struct reviewed {
    const aln_unit *unit;
    int64_t id;
    size_t n; /* texts when it was written */
    uint64_t hash;
    verdict verdict;
} reviewed;

static aln_status fail(aln_error *error, const char *message)
{
    *error = (aln_error){.status = ALN_SYNTAX};
    snprintf(error->message, sizeof error->message, "%s", message);
    return ALN_SYNTAX;
}

/* ---- what the file says ---- */

static const char *property(const aln_unit *unit, const char *name)
{
    return aln_meta_value(unit->meta, unit->n_meta, ALN_META_PROPERTY, name);
}

/* The states of XLIFF by which a person says that a unit is right; see xliff_write.c for
 * the state in which it went out. */
static verdict by_state(const char *state)
{
    static const char *const right[] = {"translated", "final", "signed-off", "reviewed",
                                        NULL};
    static const char *const open[] = {"new", "initial", "needs-translation", NULL};
    for (size_t i = 0; right[i]; i++)
        if (strcmp(state, right[i]) == 0) return RIGHT;
    for (size_t i = 0; open[i]; i++)
        if (strcmp(state, open[i]) == 0) return UNTOUCHED;
    return NO_VERDICT;
}

static aln_status read_verdict(const aln_unit *unit, verdict *found, aln_error *error)
{
    const char *word = property(unit, "x-verdict"), *state = property(unit, "x-state");
    *found = state ? by_state(state) : NO_VERDICT;
    if (!word) return ALN_OK;
    if (strcasecmp(word, "ok") && strcasecmp(word, "drop"))
        return fail(error, "has a verdict that is neither ok nor drop");
    *found = strcasecmp(word, "ok") == 0 ? RIGHT : DROP;
    return ALN_OK;
}

static aln_status read_reviewed(const aln_unit *unit, reviewed *made, aln_error *error)
{
    const char *name = property(unit, "x-context");
    int end = 0;
    made->unit = unit;
    if (!name || sscanf(name, "u%" SCNd64 ".%zu.%16" SCNx64 "%n", &made->id, &made->n,
                        &made->hash, &end) < 3)
        return fail(error, "is no unit of a review");
    return read_verdict(unit, &made->verdict, error);
}

/* ---- what the memory gets ---- */

static aln_status approve(job *work, const aln_unit *unit, aln_error *error)
{
    bool already = unit->flags & ALN_FLAG_APPROVED;
    ++*(already ? &work->already : &work->approved);
    return already ? ALN_OK
                   : aln_memory_set_flags(work->memory, unit->id, ALN_FLAG_APPROVED, 0,
                                          error);
}

static bool same_text(const aln_variant *a, const aln_variant *b)
{
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

/* Texts that differ go in the place of the unit's, with the tags they have now. */
static aln_status correct(job *work, const aln_unit *unit, const aln_unit *by,
                          aln_error *error)
{
    AUTO(free) aln_variant *variants = calloc(unit->n_variants, sizeof *variants);
    if (!variants) return fail(error, "out of memory");
    memcpy(variants, unit->variants, unit->n_variants * sizeof *variants);
    for (size_t i = 0; i < by->n_variants; i++) {
        const aln_variant *text = &by->variants[i];
        const aln_variant *found = aln_unit_variant(unit, text->language);
        if (!found) return fail(error, "adds a language to the unit");
        if (same_text(found, text)) continue;
        aln_variant *variant = &variants[found - unit->variants];
        variant->text = text->text;
        variant->size = text->size;
        variant->markup = text->markup;
        variant->markup_size = text->markup_size;
    }
    aln_unit edited = *unit;
    edited.variants = variants;
    edited.flags |= ALN_FLAG_APPROVED;
    work->corrected++;
    return aln_memory_edit(work->memory, &edited, error);
}

static aln_status drop(job *work, int64_t id, aln_error *error)
{
    work->dropped++;
    return aln_memory_delete(work->memory, id, error);
}

static aln_status settle(job *work, const reviewed *row, const aln_unit *unit,
                         aln_error *error)
{
    uint64_t says = review_hash(row->unit, row->unit),
             now = review_hash(unit, row->unit);
    bool touched = says != row->hash || row->unit->n_variants != row->n;
    bool changed = now != row->hash && row->unit->n_variants == row->n;
    bool right = row->verdict == RIGHT || work->options->approve;
    if (!touched && row->verdict != DROP && !right) return ALN_OK;
    if (row->unit->n_variants < row->n)
        return fail(error, "lacks a text; the verdict \"drop\" removes a unit");
    if (row->unit->n_variants > row->n)
        return fail(error, "adds a language to the unit");
    if (row->verdict == DROP && !changed) return drop(work, unit->id, error);
    if (says == now) return approve(work, unit, error);
    if (changed) return fail(error, "the unit has changed since this was written");
    return correct(work, unit, row->unit, error);
}

static aln_status carry_out(job *work, const reviewed *row, aln_error *error)
{
    const aln_unit *unit;
    if (row->verdict == UNTOUCHED) return ALN_OK;
    aln_status status = aln_memory_unit(work->memory, row->id, &unit, error);
    if (status != ALN_NOT_FOUND)
        return status ? status : settle(work, row, unit, error);
    work->already += row->verdict == DROP;
    return row->verdict == DROP ? ALN_OK : fail(error, "the unit is no longer there");
}

/* ---- the file ---- */

static aln_status carry_out_all(job *work, aln_reader *reader, aln_error *error)
{
    const char *name = input_name(work->options->file);
    for (;;) {
        const aln_unit *unit;
        reviewed row = {0};
        TRY(aln_reader_next(reader, &unit, error));
        if (!unit) return ALN_OK;
        aln_status status = read_reviewed(unit, &row, error);
        if (!status) status = carry_out(work, &row, error);
        if (!status) continue;
        if (!error->line) error->line = aln_reader_line(reader);
        if (status != ALN_SYNTAX) return status;
        complain(name, error);
        work->conflicts++;
    }
}

static int finish(job *work, const char *path)
{
    aln_error error = {0};
    if (work->conflicts && !work->options->keep_going) {
        aln_memory_rollback(work->memory);
        note("nothing was carried out; --keep-going does the rest");
        return EXIT_TROUBLE;
    }
    if (aln_memory_commit(work->memory, &error)) return complain(path, &error);
    note("%zu units approved, %zu corrected, %zu dropped, %zu were so already",
         work->approved, work->corrected, work->dropped, work->already);
    return work->conflicts ? EXIT_TROUBLE : EXIT_FOUND;
}

int review_apply(aln_memory *memory, const char *path, const review_options *options)
{
    aln_error error = {0};
    job work = {.memory = memory, .options = options};
    warnings seen = {.path = input_name(options->file)};
    const aln_read_options how = {.format = options->format,
                                  .drafts = true,
                                  .warn = warnings_print,
                                  .context = &seen};
    AUTO(units_reader) aln_reader *reader = NULL;
    if (aln_memory_set_author(memory, user_name(), "review", &error) ||
        aln_memory_begin(memory, &error))
        return complain(path, &error);
    if (aln_reader_open(options->file, &how, &reader, &error) ||
        carry_out_all(&work, reader, &error)) {
        aln_memory_rollback(memory);
        return complain(input_name(options->file), &error);
    }
    warnings_end(&seen);
    return finish(&work, memory_path);
}
