/* match.c - matches and fragments, as text and as JSON.
 *
 * SPDX-License-Identifier: MIT
 */
#include "match.h"

#include <string.h>

/* -- matches -------------------------------------------------------------------------- */

static const char *const edit_names[] = {
    [ALN_EDIT_KEEP] = "keep",
    [ALN_EDIT_CHANGE] = "change",
    [ALN_EDIT_INSERT] = "insert",
    [ALN_EDIT_DELETE] = "delete",
};

static json_t *edits_json(const aln_match *match)
{
    json_t *list = json_array();
    for (size_t i = 0; i < match->n_edits; i++) {
        const aln_edit *edit = &match->edits[i];
        json_array_append_new(list, json_pack("{s:s,s:s%,s:s%}", "edit",
                                              edit_names[edit->kind], "source",
                                              edit->source, edit->source_size, "query",
                                              edit->query, edit->query_size));
    }
    return list;
}

json_t *text_json(const char *text, size_t size)
{
    json_t *made = json_stringn(text, size);
    return made ? made : json_string("");
}

json_t *match_json(const match_style *style, const char *memory, const aln_match *match)
{
    json_t *object = json_pack(
        "{s:i,s:f,s:o,s:o,s:I,s:s?,s:s?,s:s?,s:s?}", "score", match->score, "base",
        match->base, "source", text_json(match->source, match->source_size), "target",
        text_json(match->target, match->target_size), "unit", (json_int_t)match->unit,
        "document", match->document, "changed", match->changed, "source_language",
        match->source_language, "target_language", match->target_language);
    if (match->adapted)
        json_object_set_new(object, "adapted",
                            text_json(match->adapted, strlen(match->adapted)));
    if (match->pivot) json_object_set_new(object, "pivot", json_string(match->pivot));
    if (match->tags) json_object_set_new(object, "tags", json_true());
    if (memory) json_object_set_new(object, "memory", json_string(memory));
    if (match->why) json_object_set_new(object, "why", json_string(match->why));
    if (style->explain) json_object_set_new(object, "edits", edits_json(match));
    return object;
}

static void print_changed(const aln_match *match, bool colour)
{
    static const char RED[] = "\033[31m", PLAIN[] = "\033[0m";
    const char *at = match->source;
    const char *end = match->edits && match->n_edits ? NULL : match->source;
    if (!colour || end == match->source) {
        printf("%s\n", match->source);
        return;
    }
    /* The edits' spans lie in one text; print what is between them as it is. */
    at = NULL;
    for (size_t i = 0; i < match->n_edits; i++) {
        const aln_edit *edit = &match->edits[i];
        if (!edit->source_size) continue;
        if (at) printf("%.*s", (int)(edit->source - at), at);
        bool changed = edit->kind != ALN_EDIT_KEEP;
        printf("%s%.*s%s", changed ? RED : "", (int)edit->source_size, edit->source,
               changed ? PLAIN : "");
        at = edit->source + edit->source_size;
    }
    putchar('\n');
}

void match_print(const match_style *style, const char *memory, const aln_match *match)
{
    printf("%3d  ", match->score);
    print_changed(match, style->colour);
    printf("     %s\n", match->target);
    if (match->adapted) printf("     %s  [numbers replaced]\n", match->adapted);
    printf("     ");
    if (memory) printf("%s  ", memory);
    if (match->document) printf("%s  ", match->document);
    printf("unit %lld", (long long)match->unit);
    if (match->pivot) printf("  through %s", match->pivot);
    if (style->explain && match->why) printf("  (%s)", match->why);
    putchar('\n');
}

/* -- fragments ------------------------------------------------------------------------ */

static void print_marked(const char *text, size_t start, size_t end)
{
    if (start == end)
        printf("%s\n", text);
    else
        printf("%.*s[%.*s]%s\n", (int)start, text, (int)(end - start), text + start,
               text + end);
}

void fragment_print(const char *memory, const aln_fragment *fragment)
{
    printf("  ~  ");
    print_marked(fragment->source, fragment->source_start, fragment->source_end);
    printf("     ");
    print_marked(fragment->target, fragment->target_start, fragment->target_end);
    printf("     ");
    if (memory) printf("%s  ", memory);
    printf("unit %lld\n", (long long)fragment->unit);
}

static json_t *span_json(size_t start, size_t end)
{
    return json_pack("[I,I]", (json_int_t)start, (json_int_t)end);
}

json_t *fragment_json(const char *memory, const aln_fragment *fragment)
{
    json_t *object =
        json_pack("{s:o,s:s,s:o,s:s,s:I}", "query",
                  span_json(fragment->start, fragment->end), "source", fragment->source,
                  "found", span_json(fragment->source_start, fragment->source_end),
                  "target", fragment->target, "unit", (json_int_t)fragment->unit);
    if (fragment->target_start < fragment->target_end)
        json_object_set_new(object, "translated",
                            span_json(fragment->target_start, fragment->target_end));
    if (memory) json_object_set_new(object, "memory", json_string(memory));
    return object;
}
