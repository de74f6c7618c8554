/* tags.c - take markup apart, and put the tags of one text into another.
 *
 * The markup in a unit is what our readers write: well-formed, the seven inline elements
 * of TMX.  A code (bpt, ept, it, ph, ut) is one tag from its start to its end, whatever
 * it holds; a hi is two.
 *
 * Carrying goes by way of the memory's source: query tag k stands for source tag k, and
 * source tag k for the target's tag with the same link (x), or code, or kind.
 *
 * SPDX-License-Identifier: MIT
 */
#include "unit/tags.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "unit/escape.h"

void tagged_clear(tagged *parts)
{
    str_clear(&parts->text);
    vec_clear(&parts->tags);
    arena_clear(&parts->codes);
}

void tagged_done(tagged *parts)
{
    str_done(&parts->text);
    vec_free(&parts->tags);
    arena_done(&parts->codes);
}

/* Partners further apart than this many open tags are not found: no file has them, and
 * the search stays short for one that is made to hurt. */
enum { MOST_OPEN = 256 };

static void find_partner(tagged *parts, size_t close)
{
    unit_tag *tags = parts->tags.at;
    const char *pair = tags[close].pair;
    size_t open = 0;
    for (size_t i = close; i-- > 0 && open < MOST_OPEN;) {
        if (tags[i].kind != TAG_OPEN || tags[i].partner != TAG_NONE) continue;
        open++;
        bool same =
            pair ? tags[i].pair && strcmp(pair, tags[i].pair) == 0 : !tags[i].pair;
        if (!same) continue;
        tags[i].partner = close;
        tags[close].partner = i;
        return;
    }
}

aln_status tagged_add(tagged *parts, const unit_tag *what)
{
    unit_tag added = *what;
    added.at = parts->text.size;
    added.partner = TAG_NONE;
    added.code = arena_copy(&parts->codes, what->code, what->code_size);
    if (what->link)
        added.link = arena_copy(&parts->codes, what->link, strlen(what->link));
    if (what->pair)
        added.pair = arena_copy(&parts->codes, what->pair, strlen(what->pair));
    if (!added.code || (what->link && !added.link) || (what->pair && !added.pair) ||
        vec_push(&parts->tags, added))
        return ALN_NO_MEMORY;
    if (added.kind == TAG_CLOSE) find_partner(parts, parts->tags.n - 1);
    return ALN_OK;
}

/* ---- taking markup apart --------------------------------------------------------------- */

/* Behind the tag that begins here: its ">" outside of quotes. */
static const char *tag_end(const char *at, const char *end)
{
    char quote = 0;
    for (; at < end; at++) {
        if (quote)
            quote = *at == quote ? 0 : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at + 1;
    }
    return end;
}

static bool names(const char *start, const char *end, const char *name)
{
    size_t n = strlen(name);
    return (size_t)(end - start) > n && memcmp(start, name, n) == 0 &&
           strchr(" \t\r\n/>", start[n]);
}

/* Behind the element that begins here, with all that is inside. */
static const char *element_end(const char *at, const char *end)
{
    size_t depth = 0;
    while (at < end) {
        const char *close = tag_end(at, end);
        if (close - at < 3) break;
        if (at[1] == '/')
            depth--;
        else if (close[-2] != '/')
            depth++;
        if (depth == 0) return close;
        at = memchr(close, '<', (size_t)(end - close));
        if (!at) break;
    }
    return end;
}

/* The value of an attribute in the start tag from `at` to `end`, as it is written. */
static const char *attribute(arena *texts, const char *at, const char *end,
                             const char *name)
{
    size_t n = strlen(name);
    for (; at + n + 2 < end; at++) {
        if (*at != ' ' || memcmp(at + 1, name, n) != 0 || at[n + 1] != '=') continue;
        const char *value = at + n + 3;
        const char *close = memchr(value, at[n + 2], (size_t)(end - value));
        return close ? arena_copy(texts, value, (size_t)(close - value)) : NULL;
    }
    return NULL;
}

static const struct {
    const char *name;
    tag_kind kind;
} elements[] = {
    {"bpt", TAG_OPEN}, {"ept", TAG_CLOSE}, {"hi", TAG_OPEN},
    {"it", TAG_ALONE}, {"ph", TAG_ALONE},  {"ut", TAG_ALONE},
};

/* One half of an isolated pair: its other half is in another segment. */
static tag_kind half(const char *position)
{
    return position && strcmp(position, "end") == 0 ? TAG_CLOSE : TAG_OPEN;
}

/* Add the tag that begins at *at; *at moves behind it. */
static aln_status take_tag(tagged *parts, const char **at, const char *end)
{
    const char *start = *at, *first_end = tag_end(start, end);
    unit_tag found = {.kind = TAG_ALONE, .code = start};
    size_t i = 0;
    while (i < sizeof elements / sizeof *elements &&
           !names(start + 1, first_end, elements[i].name))
        i++;
    bool is_hi =
        names(start + 1, first_end, "hi") || names(start + 1, first_end, "/hi");
    if (start[1] == '/')
        found.kind = TAG_CLOSE;
    else if (i < sizeof elements / sizeof *elements)
        found.kind = elements[i].kind;
    *at = is_hi ? first_end : element_end(start, end);
    found.code_size = (size_t)(*at - start);
    found.element = is_hi;
    found.link = attribute(&parts->codes, start, first_end, "x");
    found.pair = attribute(&parts->codes, start, first_end, "i");
    if (names(start + 1, first_end, "it")) {
        found.kind = half(attribute(&parts->codes, start, first_end, "pos"));
        found.pair = found.kind == TAG_OPEN ? "it begin" : "it end"; /* never a pair */
    }
    return tagged_add(parts, &found);
}

aln_status tagged_of_variant(tagged *parts, const aln_variant *variant)
{
    tagged_clear(parts);
    if (!variant->markup)
        return xml_escape(&parts->text, variant->text, variant->size, false);
    const char *at = variant->markup, *end = at + variant->markup_size;
    while (at < end) {
        const char *next = memchr(at, '<', (size_t)(end - at));
        if (str_add(&parts->text, at, (size_t)((next ? next : end) - at)))
            return ALN_NO_MEMORY;
        if (!next) break;
        at = next;
        if (take_tag(parts, &at, end)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

/* ---- which tag stands for which --------------------------------------------------------- */

/* More tags than this in a segment are matched by their order alone. */
enum { MOST_COMPARED = 1000 };

typedef struct carrying {
    const tagged *query, *source, *target;
    size_t *stands_for; /* of each target tag: the source tag, or TAG_NONE */
    bool *used;         /* of each source tag: some target tag stands for it */
} carrying;

static bool same_shape(const tagged *a, const tagged *b)
{
    if (a->tags.n != b->tags.n) return false;
    for (size_t i = 0; i < a->tags.n; i++)
        if (a->tags.at[i].kind != b->tags.at[i].kind) return false;
    return true;
}

/* What the code holds: "&lt;b>" of "<bpt i="1">&lt;b></bpt>". */
static const char *inner(const unit_tag *of, size_t *size)
{
    const char *end = of->code + of->code_size, *start = tag_end(of->code, end);
    while (end > start && *end != '<')
        end--;
    *size = (size_t)(end - start);
    return start;
}

/* One byte of text in XML, whether or not it is escaped: only `<` and `&` must be. */
static char read_byte(const char **at, const char *end)
{
    static const struct {
        const char *name;
        char c;
    } optional[] = {{"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; **at == '&' && i < sizeof optional / sizeof *optional; i++) {
        size_t n = strlen(optional[i].name);
        if ((size_t)(end - *at) < n || memcmp(*at, optional[i].name, n) != 0) continue;
        *at += n;
        return optional[i].c;
    }
    return *(*at)++;
}

static bool same_content(const unit_tag *a, const unit_tag *b)
{
    size_t n, m;
    const char *in_a = inner(a, &n), *in_b = inner(b, &m);
    const char *end_a = in_a + n, *end_b = in_b + m;
    while (in_a < end_a && in_b < end_b)
        if (read_byte(&in_a, end_a) != read_byte(&in_b, end_b)) return false;
    if (in_a < end_a || in_b < end_b) return false;
    if (n || a->kind == TAG_CLOSE) return true;
    return a->link && b->link ? strcmp(a->link, b->link) == 0 : a->link == b->link;
}

static bool same_link(const unit_tag *a, const unit_tag *b)
{
    return a->link && b->link && strcmp(a->link, b->link) == 0;
}

static bool any(const unit_tag *a, const unit_tag *b)
{
    (void)a, (void)b;
    return true;
}

static void assign(carrying *c, size_t target, size_t source)
{
    c->stands_for[target] = source;
    c->used[source] = true;
    size_t mate = c->target->tags.at[target].partner,
           other = c->source->tags.at[source].partner;
    if (mate == TAG_NONE || other == TAG_NONE || c->used[other]) return;
    c->stands_for[mate] = other;
    c->used[other] = true;
}

/* Find source tags for the target tags that have none yet. */
static void assign_all(carrying *c, bool (*agree)(const unit_tag *, const unit_tag *))
{
    size_t from[3] = {0}; /* of each kind, the first that may be unused */
    for (size_t t = 0; t < c->target->tags.n; t++) {
        const unit_tag *wanted = &c->target->tags.at[t];
        if (c->stands_for[t] != TAG_NONE) continue;
        size_t s = agree == any ? from[wanted->kind] : 0;
        for (; s < c->source->tags.n; s++) {
            const unit_tag *one = &c->source->tags.at[s];
            if (!c->used[s] && one->kind == wanted->kind && agree(one, wanted)) break;
        }
        if (agree == any) from[wanted->kind] = s;
        if (s < c->source->tags.n) assign(c, t, s);
    }
}

/* Does each target tag stand for a source tag, and none for two? */
static bool correspond(carrying *c)
{
    if (c->target->tags.n != c->source->tags.n) return false;
    if (c->source->tags.n <= MOST_COMPARED) {
        assign_all(c, same_link);
        assign_all(c, same_content);
    }
    assign_all(c, any);
    for (size_t t = 0; t < c->target->tags.n; t++)
        if (c->stands_for[t] == TAG_NONE) return false;
    return true;
}

/* Elements must close in the order in which they were opened. */
static bool nests(const carrying *c)
{
    size_t open[MOST_OPEN], depth = 0;
    for (size_t t = 0; t < c->target->tags.n; t++) {
        size_t q = c->stands_for[t];
        const unit_tag *put = &c->query->tags.at[q];
        if (!put->element) continue;
        if (put->kind == TAG_OPEN) {
            if (depth == MOST_OPEN) return false;
            open[depth++] = put->partner;
        } else if (depth == 0 || open[--depth] != q) {
            return false;
        }
    }
    return depth == 0;
}

/* ---- writing ------------------------------------------------------------------------------ */

static aln_status put_matched(const carrying *c, str *out, aln_tags_fit *fit)
{
    const str *text = &c->target->text;
    size_t from = 0;
    *fit = ALN_TAGS_SAME;
    for (size_t t = 0; t < c->target->tags.n; t++) {
        size_t at = c->target->tags.at[t].at, s = c->stands_for[t];
        const unit_tag *put = &c->query->tags.at[s];
        if (!same_content(put, &c->source->tags.at[s])) *fit = ALN_TAGS_DIFFER;
        if (str_add(out, str_text(text) + from, at - from) ||
            str_add(out, put->code, put->code_size))
            return ALN_NO_MEMORY;
        from = at;
    }
    return str_add(out, str_text(text) + from, text->size - from);
}

/* Does the tag, or the pair it is half of, enclose nothing or everything? */
static bool leads(const tagged *query, size_t q)
{
    const unit_tag *one = &query->tags.at[q];
    if (one->at > 0 || one->kind == TAG_CLOSE) return false;
    return one->partner == TAG_NONE ||
           query->tags.at[one->partner].at == query->text.size;
}

static bool trails(const tagged *query, size_t q)
{
    const unit_tag *one = &query->tags.at[q];
    if (one->partner != TAG_NONE)
        return leads(query, one->kind == TAG_OPEN ? q : one->partner);
    return one->at == query->text.size && one->kind != TAG_OPEN;
}

/* What leads the query leads the target, and all else follows it.  An element closes
 * where it did: those that lead enclose, or precede, those that follow. */
static aln_status put_around(const carrying *c, str *out, aln_tags_fit *fit)
{
    const tagged *query = c->query;
    *fit = ALN_TAGS_DIFFER;
    for (size_t q = 0; q < query->tags.n; q++) {
        const unit_tag *one = &query->tags.at[q];
        if (leads(query, q) && str_add(out, one->code, one->code_size))
            return ALN_NO_MEMORY;
    }
    if (str_add(out, str_text(&c->target->text), c->target->text.size))
        return ALN_NO_MEMORY;
    for (size_t q = 0; q < query->tags.n; q++) {
        const unit_tag *one = &query->tags.at[q];
        if (leads(query, q)) continue;
        if (!trails(query, q)) *fit = ALN_TAGS_GUESSED;
        if (str_add(out, one->code, one->code_size)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

aln_status tags_carry(const tagged *query, const tagged *source, const tagged *target,
                      str *out, aln_tags_fit *fit)
{
    size_t n = target->tags.n, m = source->tags.n;
    AUTO(free) size_t *stands_for = malloc((n + 1) * sizeof *stands_for);
    AUTO(free) bool *used = calloc(m + 1, sizeof *used);
    if (!stands_for || !used) return ALN_NO_MEMORY;
    for (size_t t = 0; t < n; t++)
        stands_for[t] = TAG_NONE;
    carrying c = {query, source, target, stands_for, used};
    if (same_shape(query, source) && correspond(&c) && nests(&c))
        return put_matched(&c, out, fit);
    return put_around(&c, out, fit);
}

int aln_tags_penalty(aln_tags_fit fit)
{
    static const int points[] = {0, 1, 2};
    return points[fit];
}

aln_status aln_tags_carry(const aln_variant *query, const aln_variant *source,
                          const aln_variant *target, char **markup, size_t *size,
                          aln_tags_fit *fit, aln_error *error)
{
    AUTO(tagged) tagged asked = {0};
    AUTO(tagged) tagged from = {0};
    AUTO(tagged) tagged to = {0};
    AUTO(str) str out = {0};
    if (tagged_of_variant(&asked, query) || tagged_of_variant(&from, source) ||
        tagged_of_variant(&to, target) || tags_carry(&asked, &from, &to, &out, fit))
        return error_no_memory(error);
    *size = asked.tags.n ? out.size : 0;
    *markup = asked.tags.n ? str_steal(&out) : NULL;
    return asked.tags.n && !*markup ? error_no_memory(error) : ALN_OK;
}
