/* lines_read.c - texts with a sentence a line, side by side or joined by beads.
 *
 *     Moses        line n of every file is a unit
 *     hunalign     "i TAB j TAB score" is a rung of a ladder: the lines from one rung to
 *                  the next are a unit; what follows the last rung is one more
 *     vecalign     "[0]:[1, 2]:0.217155" names the lines of a unit
 *
 * The texts are kept in memory where beads join them.  Several lines of a side are put
 * together by a space, or by nothing where the language writes none.  A bead with an empty
 * side is no unit.
 *
 * SPDX-License-Identifier: MIT
 */
#include <ctype.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/reader.h"
#include "exchange/row_reader.h"
#include "exchange/xml.h"

enum { MOST_SIDES = 32 };

typedef struct side {
    decoder *input;
    row_reader from;
    str text;           /* all lines, each with a NUL: with beads only */
    vec(size_t) starts; /* of the lines */
    const char *language;
} side;

typedef struct lines_state {
    side sides[MOST_SIDES];
    size_t n_sides;
    decoder *beads;
    row_reader from; /* of the beads */
    bool is_ladder, at_end;
    size_t rung[2]; /* where the unit that comes next begins */
    str text;
    unsigned line;
} lines_state;

static lines_state *state_of(const aln_reader *reader)
{
    return reader->state;
}

static void lines_close(aln_reader *reader)
{
    lines_state *state = state_of(reader);
    if (!state) return;
    for (size_t i = 0; i < state->n_sides; i++) {
        row_reader_done(&state->sides[i].from);
        decoder_close(state->sides[i].input);
        str_done(&state->sides[i].text);
        vec_free(&state->sides[i].starts);
    }
    row_reader_done(&state->from);
    decoder_close(state->beads);
    str_done(&state->text);
    free(state);
}

/* ---- line by line --------------------------------------------------------------------------- */

/* One line of every side; *found is false where all of them end. */
static aln_status read_row(aln_reader *reader, bool *found, aln_error *error)
{
    lines_state *state = state_of(reader);
    size_t ended = 0;
    unit_builder_clear(&reader->unit);
    state->line++;
    for (size_t i = 0; i < state->n_sides; i++) {
        char *text;
        size_t size;
        TRY(row_reader_next(&state->sides[i].from, &text, &size, error));
        ended += text == NULL;
        if (!text || !size) continue;
        if (unit_builder_variant(&reader->unit, state->sides[i].language) ||
            unit_builder_text(&reader->unit, text, size))
            return error_no_memory(error);
    }
    *found = ended == 0;
    if (ended && ended < state->n_sides)
        return xml_fail(error, state->line, "one file ends here and another goes on");
    return ALN_OK;
}

/* ---- joined by beads ------------------------------------------------------------------------ */

static aln_status load_side(side *s, aln_error *error)
{
    for (;;) {
        char *text;
        size_t size;
        TRY(row_reader_next(&s->from, &text, &size, error));
        if (!text) return ALN_OK;
        if (vec_push(&s->starts, s->text.size) || str_add(&s->text, text, size + 1))
            return error_no_memory(error);
    }
}

/* Does the language put spaces between sentences? */
static bool has_spaces(const char *language)
{
    static const char *const without[] = {"zh", "ja", "th", "yue", NULL};
    size_t n = strcspn(language, "-");
    for (size_t i = 0; without[i]; i++)
        if (strlen(without[i]) == n && strncmp(language, without[i], n) == 0)
            return false;
    return true;
}

static aln_status add_line(lines_state *state, const side *s, size_t line,
                           aln_error *error)
{
    if (line >= s->starts.n)
        return xml_fail(error, state->line, "line %zu of the %s text does not exist",
                        line, s->language);
    const char *text = s->text.at + s->starts.at[line];
    bool space = state->text.size && *text && has_spaces(s->language);
    if ((space && str_putc(&state->text, ' ')) || str_puts(&state->text, text))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status add_side(aln_reader *reader, const side *s, aln_error *error)
{
    const str *text = &state_of(reader)->text;
    if (!text->size) return ALN_OK;
    if (unit_builder_variant(&reader->unit, s->language) ||
        unit_builder_text(&reader->unit, text->at, text->size))
        return error_no_memory(error);
    return ALN_OK;
}

/* "[1, 2]"; *at moves behind it. */
static aln_status read_list(lines_state *state, const char **at, const side *s,
                            aln_error *error)
{
    const char *p = *at;
    if (*p++ != '[') return xml_fail(error, state->line, "\"[\" was expected");
    str_clear(&state->text);
    while (*p != ']') {
        char *end;
        p += strspn(p, ", ");
        if (*p == ']') break;
        if (!isdigit((unsigned char)*p))
            return xml_fail(error, state->line, "the number of a line was expected");
        size_t line = strtoul(p, &end, 10);
        TRY(add_line(state, s, line, error));
        p = end;
    }
    *at = p + 1;
    return ALN_OK;
}

static aln_status read_bead(aln_reader *reader, const char *text, aln_error *error)
{
    lines_state *state = state_of(reader);
    for (size_t i = 0; i < 2; i++) {
        TRY(read_list(state, &text, &state->sides[i], error));
        TRY(add_side(reader, &state->sides[i], error));
        if (i == 0 && *text++ != ':')
            return xml_fail(error, state->line, "\":\" was expected");
    }
    return ALN_OK;
}

/* The lines from the last rung up to this one. */
static aln_status read_rung(aln_reader *reader, const size_t next[2], aln_error *error)
{
    lines_state *state = state_of(reader);
    for (size_t i = 0; i < 2; i++) {
        side *s = &state->sides[i];
        /* A trailing line end counts as one more sentence there. */
        size_t end = next[i] > s->starts.n ? s->starts.n : next[i];
        if (next[i] < state->rung[i] || next[i] > s->starts.n + 1)
            return xml_fail(error, state->line, "the rung does not fit the texts");
        str_clear(&state->text);
        for (size_t line = state->rung[i]; line < end; line++)
            TRY(add_line(state, s, line, error));
        TRY(add_side(reader, s, error));
        state->rung[i] = next[i];
    }
    return ALN_OK;
}

static aln_status parse_rung(const lines_state *state, const char *text, size_t next[2],
                             aln_error *error)
{
    char *end;
    next[0] = strtoul(text, &end, 10);
    if (end == text || *end != '\t')
        return xml_fail(error, state->line, "\"i TAB j TAB score\" was expected");
    const char *second = end + 1;
    next[1] = strtoul(second, &end, 10);
    if (end == second || (*end && *end != '\t'))
        return xml_fail(error, state->line, "\"i TAB j TAB score\" was expected");
    return ALN_OK;
}

static aln_status read_joined(aln_reader *reader, bool *found, aln_error *error)
{
    lines_state *state = state_of(reader);
    char *text;
    size_t size, next[2] = {state->sides[0].starts.n, state->sides[1].starts.n};
    unit_builder_clear(&reader->unit);
    *found = !state->at_end;
    if (state->at_end) return ALN_OK;
    TRY(row_reader_next(&state->from, &text, &size, error));
    state->line = state->from.number;
    if (!text) {
        state->at_end = true;
        *found = state->is_ladder;
        return state->is_ladder ? read_rung(reader, next, error) : ALN_OK;
    }
    if (!size) return ALN_OK;
    if (!state->is_ladder) return read_bead(reader, text, error);
    TRY(parse_rung(state, text, next, error));
    return read_rung(reader, next, error);
}

static aln_status lines_next(aln_reader *reader, const aln_unit **unit,
                             aln_error *error)
{
    bool found = true;
    *unit = NULL;
    while (found) {
        bool joined = state_of(reader)->beads != NULL;
        TRY(joined ? read_joined(reader, &found, error)
                   : read_row(reader, &found, error));
        if (!found || reader->unit.variants.n < 2) continue;
        *unit = unit_builder_finish(&reader->unit, NULL);
        return ALN_OK;
    }
    return ALN_OK;
}

static aln_status lines_open(aln_reader *reader, aln_error *error)
{
    return ALN_OK;
}

static unsigned lines_line(const aln_reader *reader)
{
    return state_of(reader)->line;
}

static const read_format read_lines = {
    .format = ALN_FORMAT_LINES,
    .open = lines_open,
    .next = lines_next,
    .line = lines_line,
    .close = lines_close,
};

/* ---- opening ---------------------------------------------------------------------------------- */

static aln_status open_decoder(const char *path, warner warn, decoder **input,
                               aln_error *error)
{
    byte_source *source;
    TRY(bytes_open(path, &source, error));
    return decoder_open(source, warn, input, error);
}

static aln_status open_beads(lines_state *state, const char *path, warner warn,
                             aln_error *error)
{
    const char *text;
    size_t size;
    if (state->n_sides != 2)
        return error_set(error, ALN_INVALID, "beads join two texts, not %zu",
                         state->n_sides);
    TRY(open_decoder(path, warn, &state->beads, error));
    TRY(decoder_peek(state->beads, &text, &size, error));
    state->from.input = state->beads;
    state->is_ladder = size && *text != '[';
    for (size_t i = 0; i < 2; i++)
        TRY(load_side(&state->sides[i], error));
    return ALN_OK;
}

static aln_status open_sides(aln_reader *reader, const char *const *paths,
                             aln_error *error)
{
    lines_state *state = state_of(reader);
    const char *const *languages = reader->options.languages;
    for (size_t i = 0; paths[i]; i++) {
        if (!languages || !languages[i])
            return error_set(error, ALN_INVALID, "each text needs its language");
        if (i == MOST_SIDES)
            return error_set(error, ALN_INVALID, "more than %d texts", MOST_SIDES);
        side *s = &state->sides[i];
        s->language = languages[i];
        TRY(open_decoder(paths[i], reader->warn, &s->input, error));
        s->from.input = s->input;
        state->n_sides++;
    }
    return state->n_sides < 2 ? error_set(error, ALN_INVALID, "two texts are needed")
                              : ALN_OK;
}

AUTO_DEFINE(reader, aln_reader *, aln_reader_close)

aln_status aln_reader_open_lines(const char *const *paths, const char *beads,
                                 const aln_read_options *options, aln_reader **reader,
                                 aln_error *error)
{
    AUTO(reader) aln_reader *opened = calloc(1, sizeof *opened);
    if (!opened || !(opened->state = calloc(1, sizeof(lines_state)))) {
        free(STEAL(opened));
        return error_no_memory(error);
    }
    if (options) opened->options = *options;
    opened->warn = (warner){opened->options.warn, opened->options.context};
    opened->format = &read_lines;
    TRY(open_sides(opened, paths, error));
    if (beads) TRY(open_beads(state_of(opened), beads, opened->warn, error));
    *reader = STEAL(opened);
    return ALN_OK;
}
