/* What files say of themselves is kept, joined for an export, merged and undone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memories.h"

#define ATTRIBUTE(of, is)                                   \
    {                                                       \
        .kind = ALN_META_ATTRIBUTE, .name = of, .value = is \
    }
#define NOTE(is)                           \
    {                                      \
        .kind = ALN_META_NOTE, .value = is \
    }

static const aln_meta FIRST[] = {
    ATTRIBUTE("segtype", "block"),
    ATTRIBUTE("adminlang", "fr"),
    NOTE("from Astana"),
    {.kind = ALN_META_PROPERTY,
     .name = "x-client",
     .value = "SCO",
     .language = "en",
     .encoding = "utf-8"},
    {.kind = ALN_META_MAP, .name = "u", .value = "<ude name=\"u\"></ude>"},
};
static const aln_meta SECOND[] = {
    ATTRIBUTE("segtype", "block"), ATTRIBUTE("adminlang", "en"),  NOTE("from Almaty"),
    NOTE("from Astana"),           ATTRIBUTE("datatype", "html"),
};
enum { N_FIRST = 5, N_SECOND = 5 };

static void import(aln_memory *memory, const char *uri, const char *sha256,
                   const aln_meta *header, size_t n, const char *text)
{
    aln_error error = {0};
    add_document(memory, uri, sha256);
    check_ok(aln_memory_add_header(memory, header, n, &error), &error);
    add_pair(memory, text, text, 0);
}

/* "name=value", or the value alone, joined by '|'. */
static void check_header(aln_memory *memory, const aln_filter *filter,
                         const char *expected)
{
    aln_error error = {0};
    const aln_meta *items;
    size_t n, size = 0;
    char actual[1024] = "";
    check_ok(aln_memory_header(memory, filter, &items, &n, &error), &error);
    for (size_t i = 0; i < n; i++)
        size += (size_t)snprintf(actual + size, sizeof actual - size, "%s%s%s%s",
                                 i ? "|" : "", items[i].name ? items[i].name : "",
                                 items[i].name ? "=" : "", items[i].value);
    assert_string_equal(actual, expected);
}

static const char AS_GIVEN[] =
    "segtype=block|adminlang=fr|from Astana|x-client=SCO|u=<ude name=\"u\"></ude>";

static void test_a_header_comes_back_as_it_was(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_header(memory, NULL, "");
    import(memory, "a.tmx", SHA_A, FIRST, N_FIRST, "un");
    aln_memory_close(memory);
    memory = open_memory(ALN_MEMORY_READ);
    check_header(memory, NULL, AS_GIVEN);
    const aln_meta *items;
    size_t n;
    check_ok(aln_memory_header(memory, NULL, &items, &n, &error), &error);
    assert_string_equal(items[3].language, "en");
    assert_string_equal(items[3].encoding, "utf-8");
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_several_headers_are_joined_for_an_export(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    import(memory, "a.tmx", SHA_A, FIRST, N_FIRST, "un");
    import(memory, "b.tmx", SHA_B, SECOND, N_SECOND, "deux");
    check_header(memory, NULL,
                 "segtype=block|datatype=html|from Astana|x-client=SCO|u=<ude "
                 "name=\"u\"></ude>|from Almaty");
    const aln_filter second = {.document = "b.tmx"};
    check_header(memory, &second,
                 "segtype=block|adminlang=en|datatype=html|from Almaty|from Astana");
    const aln_filter none = {.document = "c.tmx"};
    check_header(memory, &none, "");
    aln_memory_close(memory);
}

static void test_a_header_belongs_to_documents(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    assert_int_equal(aln_memory_add_header(memory, FIRST, N_FIRST, &error),
                     ALN_INVALID);
    aln_memory_close(memory);
}

static void test_a_replaced_file_has_its_new_header_until_it_is_undone(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    import(memory, "a.tmx", SHA_A, FIRST, N_FIRST, "un");
    check_ok(aln_memory_set_author(memory, "maria", "again", &error), &error);
    import(memory, "a.tmx", SHA_B, SECOND, N_SECOND, "deux");
    check_header(memory, NULL,
                 "segtype=block|adminlang=en|datatype=html|from Almaty|from Astana");
    check_ok(aln_memory_undo(memory, NULL, NULL, &error), &error);
    check_texts(memory, NULL, "un");
    check_header(memory, NULL, AS_GIVEN);
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_merged_memories_keep_headers_whatever_their_order(void **state)
{
    static const char *const names[] = {"a.db", "b.db"};
    aln_error error = {0};
    aln_memory *from[2];
    for (int i = 0; i < 2; i++) {
        from[i] = open_named(names[i], ALN_MEMORY_CREATE);
        import(from[i], "a.tmx", SHA_A, i ? SECOND : FIRST, 5, "un");
    }
    for (int i = 0; i < 2; i++) {
        aln_memory *const order[] = {from[i], from[1 - i]};
        aln_memory *both = open_named(i ? "ab.db" : "ba.db", ALN_MEMORY_CREATE);
        check_ok(aln_memory_merge(both, order, 2, &error), &error);
        check_header(both, NULL,
                     "adminlang=fr|datatype=html|segtype=block|x-client=SCO|from "
                     "Almaty|from Astana|u=<ude name=\"u\"></ude>");
        check_sound(both);
        aln_memory_close(both);
    }
    aln_memory_close(from[0]);
    aln_memory_close(from[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_a_header_comes_back_as_it_was),
        in_folder(test_several_headers_are_joined_for_an_export),
        in_folder(test_a_header_belongs_to_documents),
        in_folder(test_a_replaced_file_has_its_new_header_until_it_is_undone),
        in_folder(test_merged_memories_keep_headers_whatever_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
