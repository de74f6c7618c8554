/* bitext eval - how right beads are: strict and lax precision, recall, F1.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/evaluate.h>

#include "tools.h"

AUTO_DEFINE(beads, aln_bead_list *, aln_bead_list_free)

static aln_bead_list *read_beads(const char *path)
{
    size_t size;
    aln_error error = {0};
    aln_bead_list *list = NULL;
    AUTO(free) char *text = read_input(path, &size);
    if (text && aln_bead_list_read(text, size, &list, &error))
        complain(input_name(path), &error);
    return list;
}

static int add_document(const char *gold_path, const char *found_path,
                        aln_evaluation *sums)
{
    aln_error error = {0};
    AUTO(beads) aln_bead_list *gold = read_beads(gold_path);
    AUTO(beads) aln_bead_list *found = gold ? read_beads(found_path) : NULL;
    if (!gold || !found) return EXIT_TROUBLE;
    if (aln_evaluate(gold, found, sums, &error)) return complain(found_path, &error);
    return EXIT_FOUND;
}

static void print_figures(const aln_evaluation *sums)
{
    aln_figures strict = aln_evaluation_strict(sums), lax = aln_evaluation_lax(sums);
    printf("strict P %.3f R %.3f F1 %.3f | lax P %.3f R %.3f F1 %.3f\n",
           strict.precision, strict.recall, strict.f1, lax.precision, lax.recall,
           lax.f1);
}

/* The reliability table: of the beads with two sides. */
static void print_calibration(const aln_evaluation *sums)
{
    puts("score     beads  mean  right");
    for (int k = 0; k < ALN_EVALUATION_BINS; k++) {
        const aln_evaluation_bin *bin = &sums->bins[k];
        printf("%.1f-%.1f  %6zu", k * 0.1, (k + 1) * 0.1, bin->n);
        if (bin->n)
            printf("  %.3f  %.3f", bin->scores / (double)bin->n,
                   (double)bin->right / (double)bin->n);
        putchar('\n');
    }
    printf("expected calibration error %.3f\n", aln_evaluation_calibration(sums));
}

int cmd_eval(int argc, const char **argv)
{
    int calibration = 0;
    const struct poptOption table[] = {
        {"calibration", '\0', POPT_ARG_NONE, &calibration, 0,
         "print how often beads of each score are right", NULL},
        COMMON_OPTIONS};
    AUTO(options)
    poptContext options =
        parse_options(argc, argv, table, "GOLD BEADS [GOLD BEADS]...");
    if (!options) return EXIT_TROUBLE;

    aln_evaluation sums = {0};
    const char *gold = poptGetArg(options);
    if (!gold) return trouble("eval: which files? try \"bitext eval --help\"");
    for (; gold; gold = poptGetArg(options)) {
        const char *found = poptGetArg(options);
        if (!found) return trouble("%s: no file of beads to compare with", gold);
        if (add_document(gold, found, &sums)) return EXIT_TROUBLE;
    }
    print_figures(&sums);
    if (calibration) print_calibration(&sums);
    return EXIT_FOUND;
}
