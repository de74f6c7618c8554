/* replace.c - put other words in the place of some, in all units at once.
 *
 * What is to be replaced is looked for in the text alone.  A text with inline tags is
 * then put together again from its tags and the new text between them:
 *
 *     text     He left Kazakstan.            Kazakstan -> Kazakhstan
 *     markup   He left <b/>Kazakstan</b>.    tags at 8 and 17
 *     becomes  He left <b/>Kazakhstan</b>.
 *
 * Where a tag stands inside of what is replaced nobody can tell where it belongs: such a
 * unit is left alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <align/text.h>

#include "base/error.h"
#include "memory/memory.h"
#include "text/regex.h"
#include "unit/escape.h"
#include "unit/tags.h"

/* Bytes [start, end) of a text, and what comes there: bytes of replacer.words. */
typedef struct piece {
    size_t start, end;
    size_t words, words_end;
} piece;

typedef enum outcome {
    SAME = 0,
    CHANGED = 1,
    ACROSS = 2, /* a tag */
} outcome;

typedef struct replacer {
    const aln_replacement *what;
    regex *find;
    vec(piece) pieces; /* of the current text */
    str words;
    tagged parts;
    arena texts; /* of the current unit */
    vec(aln_variant) variants;
} replacer;

static void replacer_done(replacer *r)
{
    regex_free(r->find);
    vec_free(&r->pieces);
    str_done(&r->words);
    tagged_done(&r->parts);
    arena_done(&r->texts);
    vec_free(&r->variants);
}

static aln_status replacer_init(replacer *r, const aln_replacement *what,
                                aln_error *error)
{
    unsigned flags = 0;
    if (!what->regex) flags |= REGEX_LITERAL;
    if (what->ignore_case) flags |= REGEX_IGNORE_CASE;
    r->what = what;
    TRY(regex_compile(what->from, flags, &r->find, error));
    return what->regex ? regex_check_words(r->find, what->to, error) : ALN_OK;
}

/* ---- one text ---- */

static aln_status add_piece(replacer *r, const char *text, size_t start, size_t end)
{
    piece one = {.start = start, .end = end, .words = r->words.size};
    TRY(r->what->regex ? regex_expand(r->find, text, r->what->to, &r->words)
                       : str_puts(&r->words, r->what->to));
    one.words_end = r->words.size;
    return vec_push(&r->pieces, one);
}

/* The beginning of the next character. */
static size_t behind(const char *text, size_t size, size_t at)
{
    at++;
    while (at < size && ((unsigned char)text[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static aln_status find_pieces(replacer *r, const char *text, size_t size,
                              aln_error *error)
{
    vec_clear(&r->pieces);
    str_clear(&r->words);
    for (size_t from = 0; from <= size;) {
        size_t start, end;
        bool found;
        TRY(regex_find(r->find, text, size, from, &start, &end, &found, error));
        if (!found) break;
        if (add_piece(r, text, start, end)) return error_no_memory(error);
        from = end > start ? end : behind(text, size, end);
    }
    return ALN_OK;
}

static aln_status make_text(const replacer *r, const aln_variant *variant, str *out)
{
    size_t at = 0;
    for (size_t i = 0; i < r->pieces.n; i++) {
        const piece *one = &r->pieces.at[i];
        TRY(str_add(out, variant->text + at, one->start - at));
        TRY(str_add(out, str_text(&r->words) + one->words,
                    one->words_end - one->words));
        at = one->end;
    }
    return str_add(out, variant->text + at, variant->size - at);
}

/* ---- its markup ---- */

/* Turn the places of tags from bytes of escaped text to bytes of the text. */
static bool locate_tags(tagged *parts, const aln_variant *variant)
{
    const char *escaped = str_text(&parts->text), *at = escaped;
    size_t plain = 0;
    for (size_t i = 0; i < parts->tags.n; i++) {
        const char *tag = escaped + parts->tags.at[i].at;
        while (at < tag) {
            size_t next = behind(variant->text, variant->size, plain);
            const char *end = *at == '&' ? strchr(at, ';') : NULL;
            at = end ? end + 1 : at + (next - plain);
            plain = next;
        }
        if (at != tag || plain > variant->size) return false;
        parts->tags.at[i].at = plain;
    }
    return true;
}

static bool stands_across(const replacer *r)
{
    size_t t = 0;
    for (size_t i = 0; i < r->pieces.n; i++) {
        while (t < r->parts.tags.n && r->parts.tags.at[t].at <= r->pieces.at[i].start)
            t++;
        if (t < r->parts.tags.n && r->parts.tags.at[t].at < r->pieces.at[i].end)
            return true;
    }
    return false;
}

/* Text up to `to`, with the tags that stand there. */
static aln_status add_between(const replacer *r, const char *text, size_t *at,
                              size_t to, size_t *tag, str *out)
{
    for (; *tag < r->parts.tags.n && r->parts.tags.at[*tag].at <= to; ++*tag) {
        const unit_tag *one = &r->parts.tags.at[*tag];
        TRY(xml_escape(out, text + *at, one->at - *at, false));
        TRY(str_add(out, one->code, one->code_size));
        *at = one->at;
    }
    TRY(xml_escape(out, text + *at, to - *at, false));
    *at = to;
    return ALN_OK;
}

static aln_status make_markup(const replacer *r, const aln_variant *variant, str *out)
{
    size_t at = 0, tag = 0;
    for (size_t i = 0; i < r->pieces.n; i++) {
        const piece *one = &r->pieces.at[i];
        TRY(add_between(r, variant->text, &at, one->start, &tag, out));
        TRY(xml_escape(out, str_text(&r->words) + one->words,
                       one->words_end - one->words, false));
        at = one->end;
    }
    return add_between(r, variant->text, &at, variant->size, &tag, out);
}

static aln_status change_markup(replacer *r, aln_variant *variant, outcome *result)
{
    AUTO(str) str markup = {0};
    if (!variant->markup) return ALN_OK;
    TRY(tagged_of_variant(&r->parts, variant));
    if (!locate_tags(&r->parts, variant) || stands_across(r)) {
        *result = ACROSS;
        return ALN_OK;
    }
    TRY(make_markup(r, variant, &markup));
    variant->markup = arena_copy(&r->texts, str_text(&markup), markup.size);
    variant->markup_size = markup.size;
    return variant->markup ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status change_variant(replacer *r, aln_variant *variant, outcome *result,
                                 aln_error *error)
{
    const char *language = r->what->language;
    AUTO(str) str text = {0};
    *result = SAME;
    if (language && !aln_language_covers(language, variant->language)) return ALN_OK;
    TRY(find_pieces(r, variant->text, variant->size, error));
    if (!r->pieces.n) return ALN_OK;
    if (make_text(r, variant, &text)) return error_no_memory(error);
    if (text.size == variant->size &&
        !memcmp(str_text(&text), variant->text, text.size))
        return ALN_OK;

    *result = CHANGED;
    if (change_markup(r, variant, result)) return error_no_memory(error);
    variant->text = arena_copy(&r->texts, str_text(&text), text.size);
    variant->size = text.size;
    return variant->text ? ALN_OK : error_no_memory(error);
}

/* ---- units ---- */

static aln_status change_unit(replacer *r, const aln_unit *before, aln_unit *after,
                              outcome *result, aln_error *error)
{
    *result = SAME;
    vec_clear(&r->variants);
    arena_clear(&r->texts);
    for (size_t i = 0; i < before->n_variants; i++) {
        aln_variant one = before->variants[i];
        outcome changed;
        TRY(change_variant(r, &one, &changed, error));
        if (vec_push(&r->variants, one)) return error_no_memory(error);
        if (changed > *result) *result = changed;
    }
    *after = *before;
    after->variants = r->variants.at;
    return ALN_OK;
}

typedef vec(int64_t) ids;

typedef struct replacing {
    aln_memory *memory;
    replacer how;
    aln_replace_tell *tell;
    void *context;
    ids changing; /* units that are to be edited */
    size_t n;
} replacing;

static aln_status look_at(replacing *work, const aln_unit *unit, aln_error *error)
{
    aln_unit after;
    outcome result;
    TRY(change_unit(&work->how, unit, &after, &result, error));
    if (result == SAME) return ALN_OK;
    work->n += result == CHANGED;
    if (work->tell) work->tell(work->context, unit, result == CHANGED ? &after : NULL);
    if (result == ACROSS || work->how.what->dry_run) return ALN_OK;
    return vec_push(&work->changing, unit->id) ? error_no_memory(error) : ALN_OK;
}

static aln_status look(replacing *work, const aln_filter *filter, aln_error *error)
{
    aln_cursor *cursor;
    const aln_unit *unit = NULL;
    TRY(aln_memory_units(work->memory, filter, &cursor, error));
    aln_status status = ALN_OK;
    while (!status && !(status = aln_cursor_next(cursor, &unit, error)) && unit) {
        if (filter->languages) /* the cursor leaves other variants out */
            status = aln_memory_unit(work->memory, unit->id, &unit, error);
        if (!status) status = look_at(work, unit, error);
    }
    aln_cursor_free(cursor);
    return status;
}

static aln_status apply(replacing *work, aln_error *error)
{
    for (size_t i = 0; i < work->changing.n; i++) {
        const aln_unit *unit;
        aln_unit after;
        outcome result;
        TRY(aln_memory_unit(work->memory, work->changing.at[i], &unit, error));
        TRY(change_unit(&work->how, unit, &after, &result, error));
        TRY(aln_memory_edit(work->memory, &after, error));
    }
    return ALN_OK;
}

static aln_status replace(replacing *work, const aln_filter *given, aln_error *error)
{
    const aln_replacement *what = work->how.what;
    aln_filter filter = {0};
    if (given) filter = *given;
    bool literal = !what->regex && !what->ignore_case && !filter.text;
    if (literal) filter.text = what->from; /* SQLite passes the others over */
    if (what->dry_run) return look(work, &filter, error);

    bool own;
    TRY(memory_enter(work->memory, &own, error));
    aln_status status = look(work, &filter, error);
    if (!status) status = apply(work, error);
    return memory_leave(work->memory, own, status, error);
}

aln_status aln_memory_replace(aln_memory *memory, const aln_filter *filter,
                              const aln_replacement *what, aln_replace_tell *tell,
                              void *context, size_t *n, aln_error *error)
{
    if (!what || !what->from || !*what->from || !what->to)
        return error_set(error, ALN_INVALID, "what to replace, and by what?");
    replacing work = {.memory = memory, .tell = tell, .context = context};
    aln_status status = replacer_init(&work.how, what, error);
    if (!status) status = replace(&work, filter, error);
    replacer_done(&work.how);
    vec_free(&work.changing);
    if (!status && n) *n = work.n;
    return status;
}
