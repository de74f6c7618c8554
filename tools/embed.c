/* embed.c - ask a service for vectors, batch by batch.
 *
 * SPDX-License-Identifier: MIT
 */
#include "embed.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "http.h"

enum {
    BATCH = 64,    /* texts a request; services commonly bound it at 100 or so */
    TRIES = 5,     /* of one request, after 1, 2, 4 and 8 seconds */
    TIMEOUT = 300, /* seconds; a model on a processor is slow */
    MOST_ANSWER = 256 << 20 /* bytes */
};

typedef struct exchange {
    http_calls http;
    CURL *curl;
    struct curl_slist *headers;
    str url, answer;
    char complaint[CURL_ERROR_SIZE];
} exchange;

static void exchange_done(exchange *call)
{
    if (call->headers) call->http.slist_free_all(call->headers);
    if (call->curl) call->http.cleanup(call->curl);
    str_done(&call->url);
    str_done(&call->answer);
}

static inline void auto_exchange(exchange *call)
{
    exchange_done(call);
}

AUTO_DEFINE(json, json_t *, json_decref)

static const char *cache_name(const embed_service *service)
{
    return service->model ? service->model : service->url;
}

static size_t keep_answer(char *bytes, size_t size, size_t n, void *context)
{
    str *answer = context;
    size_t all = size * n;
    bool fits =
        answer->size + all <= MOST_ANSWER && str_add(answer, bytes, all) == ALN_OK;
    return fits ? all : 0;
}

static bool add_header(exchange *call, const char *line)
{
    struct curl_slist *more = call->http.slist_append(call->headers, line);
    if (more) call->headers = more;
    return more;
}

static bool add_key(exchange *call, const char *variable)
{
    const char *key = variable ? getenv(variable) : NULL;
    AUTO(str) str line = {0};
    if (!variable) return true;
    if (!key) {
        trouble("%s: the environment has no such variable", variable);
        return false;
    }
    return str_printf(&line, "Authorization: Bearer %s", key) == ALN_OK &&
           add_header(call, str_text(&line));
}

static int exchange_init(exchange *call, const embed_service *service)
{
    const char *rest = "/v1/embeddings";
    if (str_ends_with(service->url, "/")) rest = "v1/embeddings";
    if (str_ends_with(service->url, "/embeddings")) rest = "";
    if (str_printf(&call->url, "%s%s", service->url, rest))
        return trouble("out of memory");

    if (http_load(&call->http)) return EXIT_TROUBLE;
    call->curl = call->http.init();
    if (!call->curl || !add_header(call, "Content-Type: application/json"))
        return trouble("out of memory");
    if (!add_key(call, service->key_variable)) return EXIT_TROUBLE;
    call->http.setopt(call->curl, CURLOPT_URL, str_text(&call->url));
    call->http.setopt(call->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    call->http.setopt(call->curl, CURLOPT_HTTPHEADER, call->headers);
    call->http.setopt(call->curl, CURLOPT_ERRORBUFFER, call->complaint);
    call->http.setopt(call->curl, CURLOPT_TIMEOUT, (long)TIMEOUT);
    call->http.setopt(call->curl, CURLOPT_NOSIGNAL, 1L);
    call->http.setopt(call->curl, CURLOPT_WRITEFUNCTION, keep_answer);
    call->http.setopt(call->curl, CURLOPT_WRITEDATA, &call->answer);
    return EXIT_FOUND;
}

static bool worth_another_try(CURLcode code, long status)
{
    if (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_RECV_ERROR ||
        code == CURLE_GOT_NOTHING)
        return true;
    return code == CURLE_OK && (status == 429 || status >= 500);
}

/* The answer to a request in call->answer. */
static int post(exchange *call, const char *body)
{
    CURLcode code = CURLE_OK;
    long status = 0;
    call->http.setopt(call->curl, CURLOPT_POSTFIELDS, body);
    for (int i = 0; i < TRIES; i++) {
        if (i) sleep(1U << (i - 1));
        str_clear(&call->answer);
        call->complaint[0] = '\0';
        code = call->http.perform(call->curl);
        call->http.getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
        if (code == CURLE_OK && status == 200) return EXIT_FOUND;
        if (!worth_another_try(code, status)) break;
    }
    const char *url = str_text(&call->url);
    if (code != CURLE_OK)
        return trouble("%s: %s", url,
                       *call->complaint ? call->complaint : call->http.strerror(code));
    return trouble("%s: the service answered %ld: %.200s", url, status,
                   str_text(&call->answer));
}

static json_t *request_of(const embed_service *service, const aln_sentence *texts,
                          const size_t *wanted, size_t n)
{
    AUTO(json) json_t *input = json_array();
    for (size_t i = 0; i < n; i++) {
        const aln_sentence *text = &texts[wanted[i]];
        if (json_array_append_new(input, json_stringn(text->text, text->size)))
            return NULL;
    }
    if (!service->model) return json_pack("{s:O}", "input", input);
    return json_pack("{s:s, s:O}", "model", service->model, "input", input);
}

/* Floats are kept as they lie in memory: a cache need not travel. */
static aln_status remember(const embed_service *service, const aln_sentence *text,
                           const float *values, size_t dimension, aln_error *error)
{
    if (!service->cache) return ALN_OK;
    return aln_memory_cache_put(service->cache, cache_name(service), text->text,
                                text->size, values, dimension * sizeof *values, error);
}

/* Takes the vector of a text from the cache, where it is there. */
static aln_status recall(const embed_service *service, const aln_sentence *text,
                         aln_vectors **vectors, aln_error *error)
{
    size_t n = 0;
    AUTO(free) void *bytes = NULL;
    if (!service->cache) return ALN_OK;
    TRY(aln_memory_cache_get(service->cache, cache_name(service), text->text,
                             text->size, &bytes, &n, error));
    if (!bytes) return ALN_OK;
    if (!*vectors) TRY(aln_vectors_new(n / sizeof(float), vectors, error));
    if (n != aln_vectors_dimension(*vectors) * sizeof(float)) return ALN_OK;
    return aln_vectors_add(*vectors, text->text, text->size, bytes, error);
}

/* One {"index": .., "embedding": [..]} into the table. */
static aln_status add_vector(const embed_service *service, const json_t *item,
                             const aln_sentence *texts, const size_t *wanted, size_t n,
                             aln_vectors **vectors, aln_error *error)
{
    const json_t *embedding = json_object_get(item, "embedding");
    size_t dimension = json_array_size(embedding);
    size_t index = (size_t)json_integer_value(json_object_get(item, "index"));
    *error = (aln_error){.message = "not an answer with embeddings"};
    if (index >= n || !dimension) return ALN_SYNTAX;
    if (!*vectors) TRY(aln_vectors_new(dimension, vectors, error));
    if (dimension != aln_vectors_dimension(*vectors)) return ALN_SYNTAX;

    AUTO(free) float *values = malloc(dimension * sizeof *values);
    if (!values) return ALN_NO_MEMORY;
    for (size_t i = 0; i < dimension; i++)
        values[i] = (float)json_number_value(json_array_get(embedding, i));
    const aln_sentence *text = &texts[wanted[index]];
    TRY(aln_vectors_add(*vectors, text->text, text->size, values, error));
    return remember(service, text, values, dimension, error);
}

static int embed_batch(exchange *call, const embed_service *service,
                       const aln_sentence *texts, const size_t *wanted, size_t n,
                       aln_vectors **vectors)
{
    AUTO(json) json_t *request = request_of(service, texts, wanted, n);
    AUTO(free) char *body = request ? json_dumps(request, JSON_COMPACT) : NULL;
    if (!body) return trouble("out of memory");
    if (post(call, body)) return EXIT_TROUBLE;

    json_error_t where;
    AUTO(json)
    json_t *answer = json_loadb(call->answer.at, call->answer.size, 0, &where);
    const json_t *data = json_object_get(answer, "data");
    if (json_array_size(data) != n)
        return trouble("%s: not an answer with %zu embeddings: %.100s",
                       str_text(&call->url), n, str_text(&call->answer));
    aln_error error = {0};
    aln_status status =
        service->cache ? aln_memory_begin(service->cache, &error) : ALN_OK;
    for (size_t i = 0; i < n && !status; i++)
        status = add_vector(service, json_array_get(data, i), texts, wanted, n, vectors,
                            &error);
    if (service->cache && !status) status = aln_memory_commit(service->cache, &error);
    if (service->cache && status) aln_memory_rollback(service->cache);
    return status ? complain(str_text(&call->url), &error) : EXIT_FOUND;
}

static bool is_known(const aln_vectors *vectors, const aln_sentence *text)
{
    return !text->size ||
           (vectors && aln_vectors_find(vectors, text->text, text->size));
}

static int recall_all(const embed_service *service, const aln_sentence *texts, size_t n,
                      aln_vectors **vectors)
{
    aln_error error = {0};
    for (size_t i = 0; i < n; i++)
        if (!is_known(*vectors, &texts[i]) &&
            recall(service, &texts[i], vectors, &error))
            return complain("vectors", &error);
    return EXIT_FOUND;
}

int embed_texts(const embed_service *service, const aln_sentence *texts, size_t n,
                aln_vectors **vectors)
{
    AUTO(exchange) exchange call = {0};
    if (recall_all(service, texts, n, vectors) || exchange_init(&call, service))
        return EXIT_TROUBLE;

    size_t wanted[BATCH], waiting = 0;
    progress bar = progress_start("sentences embedded", n);
    for (size_t i = 0; i < n; i++) {
        if (!is_known(*vectors, &texts[i])) wanted[waiting++] = i;
        if (!waiting || (waiting < BATCH && i + 1 < n)) continue;
        if (embed_batch(&call, service, texts, wanted, waiting, vectors))
            return EXIT_TROUBLE;
        waiting = 0;
        progress_step(&bar, i + 1);
    }
    progress_end(&bar);
    return EXIT_FOUND;
}
