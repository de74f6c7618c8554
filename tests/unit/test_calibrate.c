/* Scores are lower where a bead has less to say for itself than its place suggests.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include "check.h"

enum { LINES = 8 };

static const char *const french[LINES] = {
    "Le président du Kazakhstan a reçu la délégation chinoise à Astana mercredi.",
    "Le commerce bilatéral a atteint 13,1 milliards de dollars en 2016.",
    "Les ministres ont signé 24 accords sur l'énergie et les transports.",
    "Les élèves de l'école voisine chantaient sous les arbres du jardin.",
    "L'exposition universelle ouvrira le 10 juin à Astana.",
    "Le musée national du Kazakhstan expose 70 000 objets.",
    "La délégation de Berlin a visité le musée samedi.",
    "Une conférence de presse suivra à Shanghai en juillet 2018."};
static const char *const english[LINES] = {
    "The president of Kazakhstan received the Chinese delegation on Wednesday.",
    "Bilateral trade reached 13.1 billion dollars in 2016.",
    "The ministers signed 24 agreements on energy and transport.",
    "Heavy rain delayed most flights to the coast for several hours.",
    "The world exhibition will open in Astana on June 10.",
    "The national museum of Kazakhstan shows 70,000 objects.",
    "The delegation from Berlin visited the museum on Saturday.",
    "A press conference will follow in Shanghai in July 2018."};

enum { UNRELATED = 3 };

/* Scores of 1-1 beads by French sentence; 0 where there is none. */
static void score(const char *const a[], const char *const b[], size_t n,
                  double scores[LINES])
{
    aln_error error = {0};
    aln_sentence from[LINES], to[LINES];
    aln_alignment *found = NULL;
    for (size_t i = 0; i < n; i++) {
        from[i] = (aln_sentence){a[i], strlen(a[i])};
        to[i] = (aln_sentence){b[i], strlen(b[i])};
        scores[i] = 0;
    }
    aln_side sides[2] = {{"fr", from, n, NULL}, {"en", to, n, NULL}};
    check_ok(aln_align(NULL, sides, 2, &found, &error), &error);
    for (size_t k = 0; k < found->n_beads; k++) {
        aln_range s = found->beads[k].sides[0], t = found->beads[k].sides[1];
        if (s.end - s.start == 1 && t.end - t.start == 1 && s.start == t.start)
            scores[s.start] = found->beads[k].score;
    }
    aln_alignment_free(found);
}

static void test_what_only_fills_a_gap_is_less_sure(void **state)
{
    double scores[LINES];
    score(french, english, LINES, scores);
    for (int i = 0; i < LINES; i++)
        if (i != UNRELATED) assert_true(scores[i] > scores[UNRELATED] + 0.02);
}

static void test_unrelated_texts_are_not_sure_anywhere(void **state)
{
    static const char *const other[] = {
        "She closed the window and listened to the rain on the roof.",
        "Nobody had seen the old dog since the morning before.",
        "There was bread left, and a little of the cheese.",
        "He would not have come back for anything else in the world.",
        "Later the neighbours said that they had heard nothing at all.",
        "The key was where it had always been, under the stone.",
        "In the evening the wind fell and the boats came home.",
        "It was too late to light the fire, so they went to bed."};
    double scores[LINES];
    score(french, other, LINES, scores);
    for (int i = 0; i < LINES; i++)
        assert_true(scores[i] < 0.85);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_only_fills_a_gap_is_less_sure),
        cmocka_unit_test(test_unrelated_texts_are_not_sure_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
