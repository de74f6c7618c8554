/* The index proposes every variant that brute force finds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/index.h"

#include <stdbool.h>

#include "base/vec.h"
#include "lookup/distance.h"
#include "store/index_reader.h"

#include "memory_of_texts.h"

enum { LANGUAGE = 7, WORDS = 400, MAX_LENGTH = 40 };

/* A small generator with a fixed seed: failures can be repeated. */
static uint32_t state;

static uint32_t below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)state * n) >> 32);
}

/* Few words are frequent, many rare, as in a language; scripts are mixed. */
static const char *word(void)
{
    static const char *const samples[] = {"le",  "été", "。", "中",    "国",  "12",
                                          "The", "the", ",",  "Æther", "U.N", "_x"};
    static char made[16];
    uint32_t rank = below(below(below(WORDS) + 1) + 1);
    if (rank < sizeof samples / sizeof *samples) return samples[rank];
    snprintf(made, sizeof made, "w%u", rank);
    return made;
}

static void sentence(char *out, size_t size, uint32_t n)
{
    size_t at = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < n && at + 20 < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%s", i ? " " : "", word());
}

/* Replace some words of a text. */
static void disturb(const char *text, char *out, size_t size)
{
    uint32_t share = below(60);
    char copy[1024], *rest = copy, *each;
    snprintf(copy, sizeof copy, "%s", text);
    size_t at = 0;
    out[0] = '\0';
    while ((each = strsep(&rest, " ")) && at + 40 < size) {
        bool hit = below(100) < share;
        if (hit && below(3) == 0) continue;
        at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " " : "",
                               hit ? word() : each);
        if (hit && below(3) == 0)
            at += (size_t)snprintf(out + at, size - at, " %s", word());
    }
}

typedef struct memory {
    texts texts;
    vec(char *) all; /* by id - 1; NULL where it was removed */
} memory;

static void add(memory *m, const char *text)
{
    assert_int_equal(vec_push(&m->all, strdup(text)), ALN_OK);
    texts_add(&m->texts, (int64_t)m->all.n, LANGUAGE, text);
}

static void grow(memory *m, uint32_t n)
{
    char text[1024], other[1024];
    for (uint32_t i = 0; i < n; i++) {
        size_t from = m->all.n ? below((uint32_t)m->all.n) : 0;
        sentence(text, sizeof text, 1 + below(MAX_LENGTH));
        if (m->all.n && m->all.at[from] && below(2)) {
            disturb(m->all.at[from], other, sizeof other);
            if (other[0]) snprintf(text, sizeof text, "%s", other);
        }
        add(m, text);
    }
}

static void take_away(memory *m, size_t i)
{
    if (!m->all.at[i]) return;
    texts_remove(&m->texts, (int64_t)i + 1, LANGUAGE);
    free(m->all.at[i]);
    m->all.at[i] = NULL;
}

static void done(memory *m)
{
    for (size_t i = 0; i < m->all.n; i++)
        free(m->all.at[i]);
    vec_free(&m->all);
    texts_close(&m->texts);
}

/* Plain dynamic programming, to compare with. */
static size_t plain_distance(const index_text *a, const index_text *b)
{
    size_t row[2 * MAX_LENGTH * 4 + 1];
    assert_true(b->n < sizeof row / sizeof *row);
    for (size_t j = 0; j <= b->n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a->n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b->n; j++) {
            size_t best = diagonal + (a->hashes[i - 1] != b->hashes[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b->n];
}

static double plain_base(const index_text *a, const index_text *b)
{
    size_t longer = a->n > b->n ? a->n : b->n;
    return longer ? 1 - (double)plain_distance(a, b) / (double)longer : 0;
}

typedef struct proposed {
    bool *seen;
    size_t n;
} proposed;

static double propose(void *context, const index_candidate *candidate)
{
    proposed *all = context;
    all->seen[candidate->variant - 1] = true;
    all->n++;
    return 0;
}

static void check_query(memory *m, index_reader *reader, const char *text, double least)
{
    aln_error error = {0};
    index_text query = {0}, other = {0};
    proposed all = {calloc(m->all.n, sizeof(bool)), 0};
    check_ok(index_text_read(&query, text, strlen(text), &error), &error);
    check_ok(index_candidates(reader, LANGUAGE, &query, least, propose, &all, &error),
             &error);
    for (size_t i = 0; i < m->all.n; i++) {
        if (!m->all.at[i]) continue;
        const char *held = m->all.at[i];
        check_ok(index_text_read(&other, held, strlen(held), &error), &error);
        if (plain_base(&query, &other) >= least - 1e-12 && !all.seen[i])
            fail_msg("missed \"%s\" for \"%s\" at %g", held, text, least);
    }
    index_text_done(&query);
    index_text_done(&other);
    free(all.seen);
}

static void check_queries(memory *m, uint32_t n)
{
    static const double levels[] = {0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0};
    aln_error error = {0};
    index_reader *reader;
    char text[1024], other[1024];
    check_ok(index_reader_open(m->texts.db, &texts_source, &reader, &error), &error);
    check_ok(index_reader_refresh(reader, &error), &error);
    for (uint32_t i = 0; i < n; i++) {
        const char *from = m->all.at[below((uint32_t)m->all.n)];
        sentence(text, sizeof text, 1 + below(MAX_LENGTH));
        if (from && below(4)) {
            disturb(from, other, sizeof other);
            snprintf(text, sizeof text, "%s", other);
        }
        check_query(m, reader, text, levels[below(7)]);
    }
    index_reader_close(reader);
}

static void check_sound(memory *m)
{
    aln_error error = {0};
    size_t missing, entries;
    check_ok(index_check(m->texts.db, &texts_source, &missing, &entries, &error),
             &error);
    assert_int_equal(missing, 0);
    assert_true(entries > 0);
}

static void test_misses_nothing_in_random_memories(void **unused)
{
    for (uint32_t seed = 1; seed <= 4; seed++) {
        memory m = {0};
        state = seed;
        texts_open(&m.texts, ":memory:");
        grow(&m, 200 + below(6000));
        texts_flush(&m.texts);
        check_queries(&m, 120);
        check_sound(&m);
        done(&m);
    }
}

static void test_misses_nothing_after_many_small_changes(void **unused)
{
    memory m = {0};
    state = 77;
    texts_open(&m.texts, ":memory:");
    grow(&m, 3000);
    texts_flush(&m.texts);
    for (int round = 0; round < 60; round++) {
        grow(&m, 1 + below(120));
        for (int i = 0; i < 20; i++)
            take_away(&m, below((uint32_t)m.all.n));
        texts_flush(&m.texts);
        if (round % 6 == 0) check_queries(&m, 20);
    }
    check_queries(&m, 60);
    check_sound(&m);
    aln_error error = {0};
    check_ok(index_rebuild(m.texts.writer, NULL, NULL, &error), &error);
    check_queries(&m, 60);
    check_sound(&m);
    done(&m);
}

static bool holds(const index_text *text, const uint32_t *keys, size_t n,
                  index_which which)
{
    size_t held = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < text->n && text->keys[k] != keys[i])
            k++;
        held += k < text->n;
    }
    return which == INDEX_ANY_KEY ? held > 0 : held == n;
}

static void check_holders(memory *m, const int64_t *variants, size_t n,
                          const uint32_t *keys, size_t n_keys, index_which which)
{
    aln_error error = {0};
    index_text text = {0};
    for (size_t i = 0, at = 0; i < m->all.n; i++) {
        const char *held = m->all.at[i];
        while (at < n && variants[at] < (int64_t)i + 1)
            at++;
        if (!held || (at < n && variants[at] == (int64_t)i + 1)) continue;
        check_ok(index_text_read(&text, held, strlen(held), &error), &error);
        if (holds(&text, keys, n_keys, which)) fail_msg("missed \"%s\"", held);
    }
    index_text_done(&text);
}

/* Words that are not frequent, which would have no list. */
static void rare_words(char *out, size_t size, uint32_t n)
{
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++)
        at += (size_t)snprintf(out + at, size - at, "%sw%u", i ? " " : "",
                               WORDS / 2 + below(WORDS / 2));
}

/* Two words of a text, both of them; or hundreds, any of them. */
static void test_misses_no_holder_of_words(void **unused)
{
    const int64_t language = LANGUAGE;
    aln_error error = {0};
    memory m = {0};
    index_reader *reader;
    size_t listed = 0;
    char text[8192];
    state = 9;
    texts_open(&m.texts, ":memory:");
    grow(&m, 3000);
    texts_flush(&m.texts);
    grow(&m, 100); /* the tail */
    texts_flush(&m.texts);
    check_ok(index_reader_open(m.texts.db, &texts_source, &reader, &error), &error);
    check_ok(index_reader_refresh(reader, &error), &error);
    for (int round = 0; round < 200; round++) {
        index_which which = below(2) ? INDEX_ALL_KEYS : INDEX_ANY_KEY;
        index_text words = {0};
        int64_t *variants = NULL;
        size_t n;
        bool frequent;
        if (which == INDEX_ALL_KEYS)
            sentence(text, sizeof text, 1 + below(2));
        else
            rare_words(text, sizeof text, 1 + below(300));
        check_ok(index_text_read(&words, text, strlen(text), &error), &error);
        check_ok(index_holders(reader, &language, 1, words.keys, words.n, which,
                               &variants, &n, &frequent, &error),
                 &error);
        if (!frequent) check_holders(&m, variants, n, words.keys, words.n, which);
        listed += !frequent;
        free(variants);
        index_text_done(&words);
    }
    assert_true(listed > 50);
    index_reader_close(reader);
    done(&m);
}

static void test_a_rollback_leaves_nothing_behind(void **unused)
{
    memory m = {0};
    state = 5;
    texts_open(&m.texts, ":memory:");
    grow(&m, 300);
    texts_flush(&m.texts);
    texts_run(&m.texts, "BEGIN");
    texts_add(&m.texts, 100000, LANGUAGE, "never was");
    texts_flush(&m.texts);
    texts_run(&m.texts, "ROLLBACK");
    index_forget(m.texts.writer);
    texts_run(&m.texts, "BEGIN");
    texts_add(&m.texts, 100001, LANGUAGE, "never was either");
    index_forget(m.texts.writer);
    texts_run(&m.texts, "ROLLBACK");
    texts_flush(&m.texts);
    check_queries(&m, 20); /* ids beyond the memory would be seen out of bounds */
    check_sound(&m);
    done(&m);
}

static void test_the_check_sees_what_is_missing(void **unused)
{
    memory m = {0};
    aln_error error = {0};
    size_t missing, entries;
    state = 6;
    texts_open(&m.texts, ":memory:");
    grow(&m, 300);
    texts_flush(&m.texts);
    texts_run(&m.texts, "INSERT INTO variant VALUES (9000, 7, 'past the index')");
    texts_run(&m.texts, "UPDATE variant SET text = text || ' x' WHERE id = 5");
    check_ok(index_check(m.texts.db, &texts_source, &missing, &entries, &error),
             &error);
    assert_int_equal(missing, 2);
    texts_run(&m.texts, "UPDATE index_block SET data = zeroblob(3)");
    assert_int_equal(index_check(m.texts.db, &texts_source, &missing, &entries, &error),
                     ALN_CORRUPT);
    done(&m);
}

/* Change bytes of a row's blob; the row as it was comes back with texts_run(undo). */
static void damage(memory *m, const char *table, const char *column)
{
    char sql[256];
    snprintf(
        sql, sizeof sql,
        "CREATE TEMP TABLE kept AS SELECT id, %s AS data FROM %s ORDER BY random() "
        "LIMIT 1",
        column, table);
    texts_run(&m->texts, sql);
    for (uint32_t i = 0, n = 1 + below(6); i < n; i++) {
        snprintf(
            sql, sizeof sql,
            "UPDATE %s SET %s = CAST(substr(%s, 1, %u %% length(%s)) || x'%02x' || "
            "substr(%s, %u %% length(%s) + 2) AS BLOB) WHERE id = (SELECT id FROM "
            "kept)",
            table, column, column, state >> 3, column, below(256), column, state >> 3,
            column);
        below(2);
        texts_run(&m->texts, sql);
    }
    if (below(8) == 0) {
        snprintf(sql, sizeof sql,
                 "UPDATE %s SET %s = substr(%s, 1, %u) WHERE id = "
                 "(SELECT id FROM kept)",
                 table, column, column, below(4048));
        texts_run(&m->texts, sql);
    }
}

static void repair(memory *m, const char *table, const char *column)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "UPDATE %s SET %s = (SELECT data FROM kept) WHERE id = (SELECT id FROM "
             "kept); DROP TABLE kept",
             table, column);
    texts_run(&m->texts, sql);
}

static double ignore(void *context, const index_candidate *candidate)
{
    unsigned char *sum = context;
    for (uint32_t i = 0; candidate->codes && i < 2 * candidate->length; i++)
        *sum ^= candidate->codes[i]; /* they can be read */
    return 0;
}

static void search_whatever(memory *m)
{
    aln_error error = {0};
    index_reader *reader;
    index_text query = {0};
    char text[1024];
    unsigned char sum = 0;
    const int64_t language = LANGUAGE;
    int64_t *variants = NULL;
    size_t n, missing, entries;
    bool frequent;
    sentence(text, sizeof text, 1 + below(MAX_LENGTH));
    check_ok(index_reader_open(m->texts.db, &texts_source, &reader, &error), &error);
    check_ok(index_text_read(&query, text, strlen(text), &error), &error);
    aln_status status = index_reader_refresh(reader, &error);
    if (!status)
        status = index_candidates(reader, LANGUAGE, &query, 0.6, ignore, &sum, &error);
    if (!status)
        status =
            index_holders(reader, &language, 1, query.keys, query.n < 3 ? query.n : 3,
                          below(2) ? INDEX_ALL_KEYS : INDEX_ANY_KEY, &variants, &n,
                          &frequent, &error);
    if (status) assert_int_equal(status, ALN_CORRUPT);
    free(variants);
    index_text_done(&query);
    index_reader_close(reader);
    if (below(10) == 0 &&
        index_check(m->texts.db, &texts_source, &missing, &entries, &error))
        assert_int_equal(error.status, ALN_CORRUPT);
}

static void test_a_damaged_index_is_an_error_at_worst(void **unused)
{
    static const char *const places[][2] = {{"index_block", "data"},
                                            {"index_run", "head"}};
    memory m = {0};
    state = 8;
    texts_open(&m.texts, ":memory:");
    grow(&m, 4000);
    texts_flush(&m.texts);
    for (int round = 0; round < 150; round++) {
        const char *const *place = places[below(3) == 0];
        damage(&m, place[0], place[1]);
        search_whatever(&m);
        repair(&m, place[0], place[1]);
    }
    check_queries(&m, 10); /* all is as it was */
    done(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_misses_nothing_in_random_memories),
        cmocka_unit_test(test_misses_nothing_after_many_small_changes),
        cmocka_unit_test(test_misses_no_holder_of_words),
        cmocka_unit_test(test_a_rollback_leaves_nothing_behind),
        cmocka_unit_test(test_the_check_sees_what_is_missing),
        cmocka_unit_test(test_a_damaged_index_is_an_error_at_worst),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
