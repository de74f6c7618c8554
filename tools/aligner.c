/* aligner.c - dictionaries, lexicons and vectors for an aligner.
 *
 * SPDX-License-Identifier: MIT
 */
#include "aligner.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "embed.h"

AUTO_DEFINE(lesson, aln_lesson *, aln_lesson_free)
AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

/* Of a memory, that are learned from: every pair of them is a pass over its units. */
enum { MOST_LANGUAGES = 6 };

static char **dictionaries;
static int no_lexicon, learns;
static char *source_vectors, *target_vectors;
static char *without;
static char *url, *model, *key_variable;

struct poptOption knowledge_options[] = {
    {"dictionary", '\0', POPT_ARG_ARGV, &dictionaries, 0,
     "words that translate each other: hunalign's, two columns, or dictd's .index",
     "[fr,en:]FILE"},
    {"no-lexicon", '\0', POPT_ARG_NONE, &no_lexicon, 0,
     "leave out the lexicons of the user's data folder", NULL},
    {"without", '\0', POPT_ARG_STRING, &without, 0,
     "leave out kinds of evidence, to see what they are worth: concepts, names, alike, "
     "numbers, learning, length, witness, sounds",
     "KIND,..."},
    {"learn", '\0', POPT_ARG_NONE, &learns, 0,
     "learn words from the units that the memory has already", NULL},
    POPT_TABLEEND,
};

struct poptOption vector_options[] = {
    {"src-embed", '\0', POPT_ARG_STRING, &source_vectors, 0,
     "vectors of the first file's sentences, as vecalign reads them", "TEXTS[,FLOATS]"},
    {"tgt-embed", '\0', POPT_ARG_STRING, &target_vectors, 0,
     "vectors of the other files' sentences", "TEXTS[,FLOATS]"},
    {"embed-url", '\0', POPT_ARG_STRING, &url, 0,
     "a service that computes vectors (/v1/embeddings)", "URL"},
    {"embed-model", '\0', POPT_ARG_STRING, &model, 0, "the model it shall use", "NAME"},
    {"embed-key", '\0', POPT_ARG_STRING, &key_variable, 0,
     "environment variable that holds its key", "VARIABLE"},
    POPT_TABLEEND,
};

static const struct {
    const char *name;
    aln_without kind;
} kinds[] = {
    {"concepts", ALN_WITHOUT_CONCEPTS},     {"names", ALN_WITHOUT_NAMES},
    {"alike", ALN_WITHOUT_ALIKE},           {"numbers", ALN_WITHOUT_NUMBERS},
    {"learning", ALN_WITHOUT_LEARNING},     {"length", ALN_WITHOUT_LENGTH},
    {"witness", ALN_WITHOUT_WITNESS},       {"sounds", ALN_WITHOUT_SOUNDS},
    {"paragraphs", ALN_WITHOUT_PARAGRAPHS},
};

static int read_without(unsigned *bits)
{
    AUTO(free) char *copy = without ? strdup(without) : NULL;
    char *rest = copy, *name;
    while (rest && (name = strsep(&rest, ","))) {
        unsigned found = 0;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (strcmp(kinds[k].name, name) == 0) found = kinds[k].kind;
        if (!found) return trouble("--without %s: no such kind of evidence", name);
        *bits |= found;
    }
    return EXIT_FOUND;
}

static int learn(aln_aligner *aligner, const char *path, const char *source,
                 const char *target)
{
    aln_error error = {0};
    if (aln_aligner_read_dictionary(aligner, path, source, target, &error))
        return complain(path, &error);
    return EXIT_FOUND;
}

/* "fr,en:words.tsv", or "words.tsv" for the first two articles. */
static int learn_dictionary(aln_aligner *aligner, const char *given,
                            aln_article *const *articles, size_t n)
{
    const char *colon = strchr(given, ':'), *comma = strchr(given, ',');
    if (!colon || !comma || comma > colon) {
        if (articles && n >= 2)
            return learn(aligner, given, articles[0]->about.language,
                         articles[1]->about.language);
        return trouble("--dictionary %s: of which languages? say fr,en:%s", given,
                       given);
    }
    AUTO(free) char *list = strndup(given, (size_t)(colon - given));
    size_t n_tags;
    AUTO(free) char **tags = list ? parse_languages(list, &n_tags) : NULL;
    if (!tags) return EXIT_TROUBLE;
    if (n_tags != 2)
        return trouble("--dictionary %s: a dictionary has two languages", given);
    return learn(aligner, colon + 1, tags[0], tags[1]);
}

static bool speaks(const char *language, aln_article *const *articles, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (aln_language_covers(language, articles[i]->about.language)) return true;
    return !articles;
}

/* fr-en.tsv, fr-en.freedict.index: where both languages are wanted. */
static int learn_lexicon(aln_aligner *aligner, const char *folder, const char *name,
                         aln_article *const *articles, size_t n)
{
    char source[ALN_LANGUAGE_SIZE], target[ALN_LANGUAGE_SIZE];
    bool known = str_ends_with(name, ".tsv") || str_ends_with(name, ".index");
    if (!known || sscanf(name, "%47[a-z]-%47[a-z].", source, target) != 2 ||
        !speaks(source, articles, n) || !speaks(target, articles, n))
        return EXIT_FOUND;

    AUTO(str) str path = {0};
    if (str_printf(&path, "%s/%s", folder, name)) return trouble("out of memory");
    return learn(aligner, str_text(&path), source, target);
}

static int learn_lexicons(aln_aligner *aligner, aln_article *const *articles, size_t n)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    AUTO(str) str folder = {0};
    bool given = data && *data;
    if (!given && !home) return EXIT_FOUND;
    if (str_printf(&folder, "%s%s/bitext/lexicons", given ? data : home,
                   given ? "" : "/.local/share"))
        return trouble("out of memory");

    struct dirent **names = NULL; /* sorted, so that every run does the same */
    int found = scandir(str_text(&folder), &names, NULL, alphasort);
    int status = EXIT_FOUND;
    for (int i = 0; i < found; i++) {
        if (status == EXIT_FOUND)
            status = learn_lexicon(aligner, str_text(&folder), names[i]->d_name,
                                   articles, n);
        free(names[i]);
    }
    free(names);
    return status;
}

/* "overlaps.fr,overlaps.fr.emb", or "overlaps.fr" with the floats in overlaps.fr.emb. */
static int read_vectors(const char *given, aln_vectors **vectors)
{
    AUTO(str) str texts = {0};
    AUTO(str) str floats = {0};
    const char *comma = strchr(given, ',');
    size_t size = comma ? (size_t)(comma - given) : strlen(given);
    if (str_add(&texts, given, size) ||
        (comma ? str_puts(&floats, comma + 1) : str_printf(&floats, "%s.emb", given)))
        return trouble("out of memory");

    aln_error error = {0};
    if (aln_vectors_read(str_text(&texts), str_text(&floats), vectors, &error))
        return complain(given, &error);
    return EXIT_FOUND;
}

/* Ask the service, or the cache in the memory, for every sentence. */
static int ask_for_vectors(aln_vectors **vectors, aln_article *const *articles,
                           size_t n, const char *memory)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *cache = NULL;
    if (memory && aln_memory_open(memory, ALN_MEMORY_CREATE, &cache, &error))
        return complain(memory, &error);
    const embed_service service = {url, model, key_variable, cache};
    for (size_t i = 0; i < n; i++)
        if (embed_texts(&service, articles[i]->sentences, articles[i]->n, vectors))
            return EXIT_TROUBLE;
    return EXIT_FOUND;
}

static int get_vectors(aln_vectors **vectors, aln_article *const *articles, size_t n,
                       const char *memory)
{
    bool wanted = url || source_vectors || target_vectors;
    if (!wanted) return EXIT_FOUND;
    if (!articles) return trouble("vectors are for the documents of one group only");
    if (source_vectors && read_vectors(source_vectors, vectors)) return EXIT_TROUBLE;
    if (target_vectors && read_vectors(target_vectors, vectors)) return EXIT_TROUBLE;

    return url ? ask_for_vectors(vectors, articles, n, memory) : EXIT_FOUND;
}

bool aligner_learns(void)
{
    return learns;
}

/* What a memory's units teach, for every pair of the languages. */
static aln_status learn_pairs(aln_aligner *aligner, aln_memory *memory,
                              const char *const *languages, size_t n, aln_error *error)
{
    AUTO(lesson) aln_lesson *lesson = NULL;
    TRY(aln_lesson_new(&lesson, error));
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            TRY(aln_lesson_read(lesson, memory, languages[i], languages[j], error));
    return aln_lesson_teach(lesson, aligner, error);
}

/* The languages of the articles, or all that the memory has. */
static aln_status learn_units(aln_aligner *aligner, aln_memory *memory,
                              aln_article *const *articles, size_t n, aln_error *error)
{
    AUTO(summary) aln_summary *summary = NULL;
    if (!articles) TRY(aln_memory_summary(memory, &summary, error));
    if (summary) n = summary->n_languages;
    if (n > MOST_LANGUAGES) n = MOST_LANGUAGES;
    AUTO(free) const char **languages = calloc(n + 1, sizeof *languages);
    if (!languages) return ALN_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        languages[i] =
            summary ? summary->languages[i].language : articles[i]->about.language;
    return learn_pairs(aligner, memory, languages, n, error);
}

/* A memory that can be written keeps what it has taught. */
static int learn_before(aln_aligner *aligner, aln_article *const *articles, size_t n,
                        const char *path)
{
    if (!path && articles) return trouble("--learn: from which memory? say --memory");
    if (!path || access(path, F_OK)) return EXIT_FOUND; /* it is about to be made */

    aln_error error = {.message = "out of memory"};
    AUTO(memory) aln_memory *memory = NULL;
    aln_memory_mode mode = access(path, W_OK) ? ALN_MEMORY_READ : ALN_MEMORY_WRITE;
    if (aln_memory_open(path, mode, &memory, &error) ||
        learn_units(aligner, memory, articles, n, &error))
        return complain(path, &error);
    return EXIT_FOUND;
}

int known_aligner_open(known_aligner *known, aln_article *const *articles, size_t n,
                       const char *memory)
{
    AUTO(known_aligner) known_aligner made = {0};
    aln_error error = {0};
    if (get_vectors(&made.vectors, articles, n, memory)) return EXIT_TROUBLE;
    aln_aligner_options options = {.vectors = made.vectors};
    if (read_without(&options.without)) return EXIT_TROUBLE;
    if (aln_aligner_new(&options, &made.aligner, &error))
        return complain("align", &error);
    for (char **given = dictionaries; given && *given; given++)
        if (learn_dictionary(made.aligner, *given, articles, n)) return EXIT_TROUBLE;
    if (!no_lexicon && learn_lexicons(made.aligner, articles, n)) return EXIT_TROUBLE;

    if (learns && learn_before(made.aligner, articles, n, memory)) return EXIT_TROUBLE;
    *known = made;
    made = (known_aligner){0};
    return EXIT_FOUND;
}

void known_aligner_close(known_aligner *known)
{
    aln_aligner_free(known->aligner);
    aln_vectors_free(known->vectors);
    *known = (known_aligner){0};
}
