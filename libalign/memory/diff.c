/* diff.c - what two memories do not share.
 *
 * Every unit becomes two hashes: of its languages and texts, and of everything.  Sorted,
 * the lists of both memories are walked side by side; what has no partner with the same
 * texts is only in one, and what has one with other metadata differs.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "base/error.h"
#include "memory/memory.h"

typedef struct fingerprint {
    uint64_t content, whole;
    int64_t id;
} fingerprint;

typedef vec(fingerprint) fingerprints;

typedef struct finding {
    aln_difference kind;
    int64_t id;
} finding;

typedef vec(finding) findings;

static int compare(const void *left, const void *right)
{
    const fingerprint *a = left, *b = right;
    if (a->content != b->content) return a->content < b->content ? -1 : 1;
    if (a->whole != b->whole) return a->whole < b->whole ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static int compare_findings(const void *left, const void *right)
{
    const finding *a = left, *b = right;
    if ((a->kind == ALN_ONLY_IN_A) != (b->kind == ALN_ONLY_IN_A))
        return a->kind == ALN_ONLY_IN_A ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static aln_status read_all(aln_memory *memory, fingerprints *out, aln_error *error)
{
    aln_cursor *cursor;
    TRY(aln_memory_units(memory, NULL, &cursor, error));
    const aln_unit *unit = NULL;
    aln_status status;
    while (!(status = aln_cursor_next(cursor, &unit, error)) && unit) {
        fingerprint one = {content_hash(unit), content_hash_whole(unit), unit->id};
        if (vec_push(out, one)) {
            status = error_no_memory(error);
            break;
        }
    }
    aln_cursor_free(cursor);
    if (!status && out->n) qsort(out->at, out->n, sizeof *out->at, compare);
    return status;
}

/* Take pairs that are equal in everything out of a group with the same texts; the
 * groups are sorted, so this is a merge. */
static size_t drop_equal(fingerprint *a, size_t *n, fingerprint *b, size_t *m)
{
    size_t i = 0, j = 0, kept_a = 0, kept_b = 0;
    while (i < *n && j < *m) {
        if (a[i].whole == b[j].whole)
            i++, j++;
        else if (a[i].whole < b[j].whole)
            a[kept_a++] = a[i++];
        else
            b[kept_b++] = b[j++];
    }
    while (i < *n)
        a[kept_a++] = a[i++];
    while (j < *m)
        b[kept_b++] = b[j++];
    *n = kept_a;
    *m = kept_b;
    return kept_a < kept_b ? kept_a : kept_b;
}

static aln_status add_group(findings *out, fingerprint *a, size_t n, fingerprint *b,
                            size_t m)
{
    size_t differing = drop_equal(a, &n, b, &m);
    for (size_t i = 0; i < m; i++) {
        finding one = {i < differing ? ALN_DIFFERS : ALN_ONLY_IN_B, b[i].id};
        TRY(vec_push(out, one));
    }
    for (size_t i = differing; i < n; i++) {
        finding one = {ALN_ONLY_IN_A, a[i].id};
        TRY(vec_push(out, one));
    }
    return ALN_OK;
}

/* A sorted list as it is walked over. */
typedef struct walk {
    fingerprint *at;
    size_t n, i;
} walk;

static size_t group_size(walk list, uint64_t content)
{
    size_t end = list.i;
    while (end < list.n && list.at[end].content == content)
        end++;
    return end - list.i;
}

static aln_status compare_lists(walk a, walk b, findings *out)
{
    while (a.i < a.n || b.i < b.n) {
        bool from_b =
            a.i == a.n || (b.i < b.n && b.at[b.i].content < a.at[a.i].content);
        uint64_t content = from_b ? b.at[b.i].content : a.at[a.i].content;
        size_t n = group_size(a, content), m = group_size(b, content);
        TRY(add_group(out, a.at + a.i, n, b.at + b.i, m));
        a.i += n;
        b.i += m;
    }
    return ALN_OK;
}

static walk walk_over(const fingerprints *list)
{
    static fingerprint none; /* an empty list has no place to point to */
    return (walk){.at = list->at ? list->at : &none, .n = list->at ? list->n : 0};
}

typedef struct listener {
    void (*tell)(void *context, aln_difference kind, const aln_unit *unit);
    void *context;
} listener;

static aln_status tell_all(aln_memory *a, aln_memory *b, const findings *found,
                           listener to, aln_error *error)
{
    for (size_t i = 0; to.tell && i < found->n; i++) {
        const finding *one = &found->at[i];
        const aln_unit *unit;
        TRY(aln_memory_unit(one->kind == ALN_ONLY_IN_A ? a : b, one->id, &unit, error));
        to.tell(to.context, one->kind, unit);
    }
    return ALN_OK;
}

static aln_status diff(aln_memory *a, aln_memory *b, findings *found, listener to,
                       aln_error *error)
{
    fingerprints of_a = {0}, of_b = {0};
    aln_status status = read_all(a, &of_a, error);
    if (!status) status = read_all(b, &of_b, error);
    if (!status && compare_lists(walk_over(&of_a), walk_over(&of_b), found))
        status = error_no_memory(error);
    vec_free(&of_a);
    vec_free(&of_b);
    if (status) return status;
    if (found->n) qsort(found->at, found->n, sizeof *found->at, compare_findings);
    return tell_all(a, b, found, to, error);
}

aln_status aln_memory_diff(aln_memory *a, aln_memory *b,
                           void (*tell)(void *context, aln_difference kind,
                                        const aln_unit *unit),
                           void *context, size_t *n, aln_error *error)
{
    findings found = {0};
    aln_status status = diff(a, b, &found, (listener){tell, context}, error);
    if (!status) *n = found.n;
    vec_free(&found);
    return status;
}
