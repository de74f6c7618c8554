/* language.c - language tags become small numbers, the same ones for good.
 *
 * A memory holds a handful of languages; they are read once and looked for one by one.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

static aln_status keep(aln_memory *memory, int64_t id, const char *tag,
                       aln_error *error)
{
    AUTO(free) char *copy = strdup(tag);
    known_language known = {id, copy};
    if (!copy || vec_push(&memory->languages, known)) return error_no_memory(error);
    copy = NULL;
    return ALN_OK;
}

static const known_language *find(const aln_memory *memory, const char *tag, int64_t id)
{
    for (size_t i = 0; i < memory->languages.n; i++) {
        const known_language *known = &memory->languages.at[i];
        if (tag ? strcmp(known->tag, tag) == 0 : known->id == id) return known;
    }
    return NULL;
}

/* Those that were added since, by whomever. */
static aln_status read_more(aln_memory *memory, aln_error *error)
{
    db_query query = db_cached(&memory->db, "SELECT id, tag FROM language ORDER BY id");
    aln_status status = ALN_OK;
    while (!status && db_step(&query))
        if (!find(memory, NULL, db_int(&query, 0)))
            status = keep(memory, db_int(&query, 0), db_must_text(&query, 1), error);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

aln_status language_id(aln_memory *memory, const char *tag, int64_t *id,
                       aln_error *error)
{
    const known_language *known = find(memory, tag, 0);
    if (!known) {
        TRY(read_more(memory, error));
        known = find(memory, tag, 0);
    }
    if (known) {
        *id = known->id;
        return ALN_OK;
    }
    /* From 0 on: SQLite keeps 0 and 1 without a byte of their own. */
    db_query query =
        db_cached(&memory->db,
                  "INSERT INTO language (id, tag) SELECT "
                  "coalesce(max(id) + 1, 0), ?1 FROM language RETURNING id");
    db_bind_text(&query, 1, tag, strlen(tag));
    int64_t added = db_step(&query) ? db_int(&query, 0) : 0;
    db_step(&query);
    TRY(db_finish(&query, error));
    TRY(keep(memory, added, tag, error));
    *id = added;
    return ALN_OK;
}

aln_status language_tag(aln_memory *memory, int64_t id, const char **tag,
                        aln_error *error)
{
    const known_language *known = find(memory, NULL, id);
    if (!known) {
        TRY(read_more(memory, error));
        known = find(memory, NULL, id);
    }
    if (!known)
        return error_set(error, ALN_CORRUPT,
                         "a text is in language number %lld, which "
                         "does not exist",
                         (long long)id);
    *tag = known->tag;
    return ALN_OK;
}
