/* Blocks that stand elsewhere in the other text are found, in two texts and in three.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include "check.h"

enum { LINES = 9, SIDES = 3 };

/* The same nine sentences. */
static const char *const texts[SIDES][LINES] = {
    {"Le président du Kazakhstan a reçu la délégation chinoise à Astana mercredi.",
     "Le commerce bilatéral a atteint 13,1 milliards de dollars en 2016.",
     "Les ministres ont signé 24 accords sur l'énergie et les transports.",
     "L'exposition universelle ouvrira le 10 juin à Astana.",
     "Le musée national du Kazakhstan expose 70 000 objets.",
     "La délégation de Berlin a visité le musée samedi.",
     "Une conférence de presse suivra à Shanghai en juillet 2018.",
     "Le pont de 340 mètres a coûté 27 millions d'euros.",
     "La Russie et l'Inde enverront 12 observateurs à Genève."},
    {"The president of Kazakhstan received the Chinese delegation in Astana on "
     "Wednesday.",
     "Bilateral trade reached 13.1 billion dollars in 2016.",
     "The ministers signed 24 agreements on energy and transport.",
     "The world exhibition will open in Astana on June 10.",
     "The national museum of Kazakhstan shows 70,000 objects.",
     "The delegation from Berlin visited the museum on Saturday.",
     "A press conference will follow in Shanghai in July 2018.",
     "The 340-meter bridge cost 27 million euros.",
     "Russia and India will send 12 observers to Geneva."},
    {"星期三，哈萨克斯坦总统在阿斯塔纳会见了中国代表团。",
     "2016年双边贸易额达131亿美元。", "部长们签署了24项能源和交通协议。",
     "世博会将于6月10日在阿斯塔纳开幕。", "哈萨克斯坦国家博物馆展出7万件展品。",
     "柏林代表团星期六参观了博物馆。", "2018年7月将在上海举行新闻发布会。",
     "这座340米长的桥耗资2700万欧元。", "俄罗斯和印度将向日内瓦派遣12名观察员。"},
};

/* Text k with its sentences in an order. */
static aln_alignment *align(const int orders[][LINES], size_t n_sides)
{
    static const char *const languages[SIDES] = {"fr", "en", "zh"};
    aln_error error = {0};
    aln_sentence room[SIDES][LINES];
    aln_side sides[SIDES];
    aln_alignment *found = NULL;
    for (size_t k = 0; k < n_sides; k++) {
        for (int i = 0; i < LINES; i++) {
            const char *text = texts[k][orders[k][i]];
            room[k][i] = (aln_sentence){text, strlen(text)};
        }
        sides[k] = (aln_side){languages[k], room[k], LINES, NULL};
    }
    check_ok(aln_align(NULL, sides, n_sides, &found, &error), &error);
    return found;
}

/* Every bead holds one sentence of each text, the same. */
static void check_same(const aln_alignment *found, const int orders[][LINES])
{
    assert_int_equal(found->n_beads, LINES);
    for (size_t b = 0; b < found->n_beads; b++) {
        const aln_range *sides = found->beads[b].sides;
        for (size_t k = 0; k < found->n_sides; k++) {
            assert_int_equal(sides[k].end - sides[k].start, 1);
            assert_int_equal(orders[k][sides[k].start], orders[0][sides[0].start]);
        }
    }
}

static void test_a_block_is_found_where_it_went(void **state)
{
    static const int orders[2][LINES] = {{0, 1, 2, 3, 4, 5, 6, 7, 8},
                                         {3, 4, 5, 6, 7, 8, 0, 1, 2}};
    aln_alignment *found = align(orders, 2);
    check_same(found, orders);
    for (size_t b = 0; b < found->n_beads; b++) {
        bool moved = found->beads[b].sides[0].start < 3;
        assert_int_equal(!!(found->beads[b].flags & ALN_FLAG_CROSSING), moved);
        if (moved) assert_true(found->beads[b].score > 0.8);
    }
    aln_alignment_free(found);
}

static void test_a_block_is_found_in_one_of_three_texts(void **state)
{
    static const int orders[3][LINES] = {{0, 1, 2, 3, 4, 5, 6, 7, 8},
                                         {0, 1, 2, 3, 4, 5, 6, 7, 8},
                                         {2, 3, 4, 5, 6, 7, 8, 0, 1}};
    aln_alignment *found = align(orders, 3);
    check_same(found, orders);
    for (size_t b = 0; b < found->n_beads; b++)
        assert_int_equal(!!(found->beads[b].flags & ALN_FLAG_CROSSING),
                         found->beads[b].sides[0].start < 2);
    aln_alignment_free(found);
}

/* Every sentence stands in one bead. */
static void check_whole(const aln_alignment *found, const size_t sizes[])
{
    for (size_t k = 0; k < found->n_sides; k++) {
        int times[LINES] = {0};
        for (size_t b = 0; b < found->n_beads; b++) {
            aln_range range = found->beads[b].sides[k];
            assert_true(range.start <= range.end && range.end <= sizes[k]);
            for (size_t i = range.start; i < range.end; i++)
                times[i]++;
        }
        for (size_t i = 0; i < sizes[k]; i++)
            assert_int_equal(times[i], 1);
    }
}

/* English has moved one of the two sentences that Chinese has joined and moved. */
static void test_what_moved_otherwise_in_another_text_is_not_joined(void **state)
{
    static const int order[LINES] = {1, 2, 3, 4, 5, 6, 7, 8, 0};
    static const size_t sizes[SIDES] = {LINES, LINES, LINES - 1};
    char both[300];
    snprintf(both, sizeof both, "%s%s", texts[2][0], texts[2][1]);
    aln_sentence room[SIDES][LINES];
    for (int i = 0; i < LINES; i++) {
        const char *zh = i < LINES - 2 ? texts[2][i + 2] : both;
        const char *lines[SIDES] = {texts[0][i], texts[1][order[i]], zh};
        for (size_t k = 0; k < SIDES; k++)
            room[k][i] = (aln_sentence){lines[k], strlen(lines[k])};
    }
    aln_side sides[SIDES] = {{"fr", room[0], sizes[0], NULL},
                             {"en", room[1], sizes[1], NULL},
                             {"zh", room[2], sizes[2], NULL}};
    aln_error error = {0};
    aln_alignment *found;
    check_ok(aln_align(NULL, sides, SIDES, &found, &error), &error);
    check_whole(found, sizes);
    aln_alignment_free(found);
}

static void test_nothing_crosses_in_texts_of_one_order(void **state)
{
    static const int orders[3][LINES] = {{0, 1, 2, 3, 4, 5, 6, 7, 8},
                                         {0, 1, 2, 3, 4, 5, 6, 7, 8},
                                         {0, 1, 2, 3, 4, 5, 6, 7, 8}};
    aln_alignment *found = align(orders, 3);
    check_same(found, orders);
    for (size_t b = 0; b < found->n_beads; b++)
        assert_false(found->beads[b].flags & ALN_FLAG_CROSSING);
    aln_alignment_free(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_block_is_found_where_it_went),
        cmocka_unit_test(test_a_block_is_found_in_one_of_three_texts),
        cmocka_unit_test(test_what_moved_otherwise_in_another_text_is_not_joined),
        cmocka_unit_test(test_nothing_crosses_in_texts_of_one_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
