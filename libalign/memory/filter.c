/* filter.c - an aln_filter as conditions of SQL on a unit called u.
 *
 *     AUTO(conditions) conditions of = {0};
 *     if (conditions_add(&of, filter)) ...            " AND u.score >= 5000 AND ..."
 *     db_query query = conditions_query(&of, handle, "SELECT u.id FROM unit u WHERE 1",
 *                                       " ORDER BY u.id");
 *
 * Each condition stands for a field of the filter and is there only if the field is.
 * Languages are not among them: which variant answers for a range SQL cannot tell.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "memory/memory.h"

/* Documents that stand behind a unit: those its set was added with, and those that a
 * variant of it names. */
#define OF_DOCUMENT(condition)                                                       \
    " AND u.document_set IN (SELECT document_set FROM document WHERE " condition ")" \
    " AND EXISTS (SELECT 1 FROM document d JOIN document_set s ON s.id = "           \
    "d.document_set WHERE d.document_set = u.document_set AND d." condition          \
    " AND (d.place < s.size OR EXISTS (SELECT 1 FROM variant v WHERE v.unit = u.id " \
    "AND v.document = d.place)))"

static aln_status bind_later(conditions *to, const char *text)
{
    AUTO(free) char *copy = strdup(text);
    if (!copy || vec_push(&to->bound, copy)) return ALN_NO_MEMORY;
    copy = NULL;
    return ALN_OK;
}

/* One condition, in which ?N stands for the text. */
static aln_status add_text(conditions *to, const char *text, const char *before,
                           const char *after)
{
    if (!text) return ALN_OK;
    TRY(bind_later(to, text));
    return str_printf(&to->sql, "%s?%zu%s", before, to->bound.n, after);
}

static aln_status add_document(conditions *to, const char *uri)
{
    if (!uri) return ALN_OK;
    AUTO(str) str name = {0}; /* as documents.c keeps it */
    TRY(utf8_add_escaped(&name, uri));
    TRY(bind_later(to, str_text(&name))); /* the first: ?1 */
    return str_puts(&to->sql, OF_DOCUMENT("uri = ?1"));
}

/* ISO 8601 dates sort as texts; "2017" as an upper end means all of that year. */
static aln_status add_dates(conditions *to, const aln_filter *filter)
{
    if (!filter->source && !filter->since && !filter->until) return ALN_OK;
    TRY(str_puts(&to->sql, " AND EXISTS (SELECT 1 FROM document d JOIN "
                           "document_set s ON s.id = d.document_set WHERE "
                           "d.document_set = u.document_set AND d.place < s.size"));
    TRY(add_text(to, filter->source, " AND d.source = ", ""));
    TRY(add_text(to, filter->since, " AND d.date >= ", ""));
    if (filter->until) {
        TRY(add_text(to, filter->until, " AND substr(d.date, 1, length(", ""));
        TRY(add_text(to, filter->until, ")) <= ", ""));
    }
    return str_puts(&to->sql, ")");
}

static aln_status add_numbers(conditions *to, const aln_filter *filter)
{
    str *sql = &to->sql;
    if (filter->min_score > 0)
        TRY(str_printf(sql, " AND (u.score IS NULL OR u.score >= %lld)",
                       (long long)ceil(filter->min_score * SCORE_STEPS - 1e-6)));
    if (filter->below_score > 0)
        TRY(str_printf(sql, " AND u.score < %lld",
                       (long long)ceil(filter->below_score * SCORE_STEPS - 1e-6)));
    if (filter->flags) TRY(str_printf(sql, " AND u.flags & %u", filter->flags));
    if (filter->without_flags)
        TRY(str_printf(sql, " AND NOT u.flags & %u", filter->without_flags));
    if (filter->unit) TRY(str_printf(sql, " AND u.id = %lld", (long long)filter->unit));
    return ALN_OK;
}

aln_status conditions_add(conditions *to, const aln_filter *filter)
{
    if (!filter) return ALN_OK;
    TRY(add_document(to, filter->document));
    TRY(add_dates(to, filter));
    TRY(add_text(to, filter->text,
                 " AND EXISTS (SELECT 1 FROM variant v WHERE v.unit = u.id AND "
                 "instr(v.text, ",
                 "))"));
    return add_numbers(to, filter);
}

aln_status conditions_query(conditions *of, sqlite3 *handle, const char *before,
                            const char *after, db_query *query)
{
    AUTO(str) str sql = {0};
    if (str_puts(&sql, before) || str_puts(&sql, str_text(&of->sql)) ||
        str_puts(&sql, after))
        return ALN_NO_MEMORY;
    *query = db_prepare(handle, str_text(&sql));
    for (size_t i = 0; i < of->bound.n; i++)
        db_bind_text(query, (int)i + 1, of->bound.at[i], strlen(of->bound.at[i]));
    return ALN_OK;
}

void conditions_done(conditions *of)
{
    for (size_t i = 0; i < of->bound.n; i++)
        free(of->bound.at[i]);
    vec_free(&of->bound);
    str_done(&of->sql);
}
