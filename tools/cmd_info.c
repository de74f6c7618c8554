/* bitext info - what a memory holds: units by language and document.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>

#include "selection.h"

AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

enum { SHOWN = 20 }; /* documents, unless --all */

static void print_documents(const aln_summary *summary, bool all)
{
    size_t shown = all || summary->n_documents <= SHOWN ? summary->n_documents : SHOWN;
    if (shown) puts("\n   units  document");
    for (size_t i = 0; i < shown; i++) {
        const aln_document_count *one = &summary->documents[i];
        printf("%8" PRId64 "  %s", one->units, one->document.uri);
        if (one->document.language) printf("  (%s)", one->document.language);
        if (one->document.title) printf("  %s", one->document.title);
        putchar('\n');
    }
    if (shown < summary->n_documents)
        printf("          and %zu more; --all shows them\n",
               summary->n_documents - shown);
    if (summary->loose) printf("%8" PRId64 "  without a document\n", summary->loose);
}

static void print_text(const char *path, const aln_summary *summary, bool all)
{
    printf("%s: schema %d, %.1f MB\n", path, summary->version,
           (double)summary->bytes / 1e6);
    printf("%8" PRId64 "  units, %" PRId64 " approved, %" PRId64 " edited\n",
           summary->units, summary->approved, summary->edited);
    for (size_t i = 0; i < summary->n_languages; i++)
        printf("%8" PRId64 "  %s\n", summary->languages[i].variants,
               summary->languages[i].language);
    print_documents(summary, all);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text && *text) json_object_set_new(object, key, json_string(text));
}

static json_t *documents_json(const aln_summary *summary)
{
    json_t *list = json_array();
    for (size_t i = 0; i < summary->n_documents; i++) {
        const aln_document_count *one = &summary->documents[i];
        json_t *object = json_pack("{s:s, s:I}", "uri", one->document.uri, "units",
                                   (json_int_t)one->units);
        set_text(object, "language", one->document.language);
        set_text(object, "title", one->document.title);
        set_text(object, "date", one->document.date);
        set_text(object, "source", one->document.source);
        set_text(object, "sha256", one->document.sha256);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *summary_json(const aln_summary *summary)
{
    json_t *languages = json_object();
    for (size_t i = 0; i < summary->n_languages; i++)
        json_object_set_new(languages, summary->languages[i].language,
                            json_integer(summary->languages[i].variants));
    return json_pack("{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "schema",
                     summary->version, "bytes", (json_int_t)summary->bytes, "units",
                     (json_int_t)summary->units, "variants",
                     (json_int_t)summary->variants, "approved",
                     (json_int_t)summary->approved, "edited",
                     (json_int_t)summary->edited, "loose", (json_int_t)summary->loose,
                     "languages", languages, "documents", documents_json(summary));
}

int cmd_info(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    int all = 0;
    const struct poptOption table[] = {
        {"format", '\0', POPT_ARG_STRING, &format, 0, "text or json", "NAME"},
        {"all", '\0', POPT_ARG_NONE, &all, 0, "show every document", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB");
    if (!options) return EXIT_TROUBLE;
    int as_json = text_or(format, "json");
    const char *path = poptGetArg(options);
    if (as_json < 0) return EXIT_TROUBLE;
    if (!path) return trouble("info: which memory? try \"bitext info --help\"");

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_READ, argv);
    AUTO(summary) aln_summary *summary = NULL;
    if (!memory) return EXIT_TROUBLE;
    if (aln_memory_summary(memory, &summary, &error)) return complain(path, &error);
    if (!as_json)
        print_text(path, summary, all);
    else if (!print_json(summary_json(summary)))
        return EXIT_TROUBLE;
    return EXIT_FOUND;
}
