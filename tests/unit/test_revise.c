/* Texts tell how far a dictionary holds for them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/knowledge.h"
#include "align/revise.h"
#include "base/auto.h"
#include "check.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)

/* "bako" stands with "hrynt" always, "rumi" with "ulms" never. */
static const char *const source[] = {"bako tulo", "bako seda", "rumi miso",
                                     "rumi fano"};
static const char *const target[] = {"hrynt ulms", "hrynt vands", "zylch", "dorms"};
enum { N = 4 };

static void read_side(const aln_aligner *aligner, const char *language,
                      const char *const *texts, side_text *side)
{
    aln_sentence sentences[N];
    for (int i = 0; i < N; i++)
        sentences[i] = (aln_sentence){texts[i], strlen(texts[i])};
    const aln_side text = {language, sentences, N, NULL};
    const glossary *terms;
    assert_int_equal(knowledge_glossary(aligner, language, &terms), ALN_OK);
    assert_int_equal(side_init(side, &text, terms), ALN_OK);
}

static void add_link(evidence *found, const side_text *left, const char *word,
                     const side_text *right, const char *other)
{
    uint32_t s = intern_find(&left->names, word, strlen(word));
    uint32_t t = intern_find(&right->names, other, strlen(other));
    assert_int_equal(evidence_add(found, s, t, 0.45), ALN_OK);
}

static void test_sure_beads_change_strengths(void **state)
{
    aln_error error = {0};
    AUTO(aligner) aln_aligner *aligner = NULL;
    check_ok(aln_aligner_new(NULL, &aligner, &error), &error);
    side_text left, right;
    read_side(aligner, "qaa", source, &left);
    read_side(aligner, "qab", target, &right);
    evidence found = {0};
    add_link(&found, &left, "bako", &right, "hrynt");
    add_link(&found, &left, "rumi", &right, "ulms");
    assert_int_equal(evidence_weigh(&found, &left, &right), ALN_OK);

    lattice_path path = {0};
    for (uint32_t i = 1; i <= N; i++) {
        lattice_step step = {
            .i = i, .j = i, .source = 1, .target = 1, .probability = 0.9};
        assert_int_equal(vec_push(&path, step), ALN_OK);
    }
    assert_int_equal(revise_links(&found, &left, &right, &path), ALN_OK);
    assert_true(found.links.at[0].strength > 0.6F);
    assert_true(found.links.at[1].strength < 0.35F);

    vec_free(&path);
    evidence_done(&found);
    side_done(&left);
    side_done(&right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sure_beads_change_strengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
