/* decoder.c - find the encoding of a stream, then convert it piece by piece.
 *
 * iconv converts: it is part of libc, works on streams and knows what files hold.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/decoder.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/utf8.h"

enum { WINDOW = 1 << 18, ROOM = WINDOW + 64, NAME = 40, HEAD = 1024 };

struct decoder {
    byte_source *source;
    warner warn;
    char charset[NAME]; /* by which the bytes are read ... */
    char name[NAME];    /* ... and that the file is in: a part of it perhaps */
    bool marked;        /* the file begins with a byte order mark */
    iconv_t converter;  /* NO_CONVERTER where the bytes are UTF-8 already */
    bool at_end;        /* of the source */
    unsigned line;      /* of the next character */
    size_t start, end;  /* of what is in raw but not yet decoded */
    size_t peeked;      /* decoded at the front of `text` and not yet handed out */
    size_t given;
    char raw[ROOM];
    char text[2 * WINDOW];
};

#define NO_CONVERTER ((iconv_t)-1)

AUTO_DEFINE(decoder, decoder *, decoder_close)

void decoder_close(decoder *input)
{
    if (!input) return;
    if (input->converter != NO_CONVERTER) iconv_close(input->converter);
    bytes_close(input->source);
    free(input);
}

/* Fill the window as far as the source goes. */
static aln_status fill(decoder *input, aln_error *error)
{
    if (input->at_end || input->end - input->start >= WINDOW / 2) return ALN_OK;
    memmove(input->raw, input->raw + input->start, input->end - input->start);
    input->end -= input->start;
    input->start = 0;
    while (input->end < WINDOW && !input->at_end) {
        size_t n;
        TRY(bytes_read(input->source, input->raw + input->end, WINDOW - input->end, &n,
                       error));
        input->end += n;
        input->at_end = n == 0;
    }
    return ALN_OK;
}

/* ---- which encoding -------------------------------------------------------------- */

/* What the XML declaration says, in letters that every encoding but UTF-16 shares. */
static bool declared(const char *bytes, size_t size, char name[NAME])
{
    if (size < 5 || memcmp(bytes, "<?xml", 5) != 0) return false;
    const char *end = memchr(bytes, '>', size < HEAD ? size : HEAD);
    const char *at = end ? memmem(bytes, (size_t)(end - bytes), "encoding", 8) : NULL;
    if (!at) return false;
    at += 8;
    while (at < end && strchr(" \t\r\n=", *at))
        at++;
    char quote = *at++;
    size_t n = 0;
    while (at + n < end && at[n] != quote)
        n++;
    if ((quote != '"' && quote != '\'') || n == 0 || n >= NAME || at + n >= end)
        return false;
    memcpy(name, at, n);
    name[n] = '\0';
    return true;
}

/* Encodings that are declared under the name of a part of theirs. */
static const char *widened(const char *name)
{
    static const struct {
        const char *name, *wider;
    } table[] = {
        {"ISO-8859-1", "WINDOWS-1252"}, {"LATIN1", "WINDOWS-1252"},
        {"US-ASCII", "WINDOWS-1252"},   {"ASCII", "WINDOWS-1252"},
        {"GB2312", "GB18030"},          {"GBK", "GB18030"},
        {"ISO-8859-9", "WINDOWS-1254"}, {"BIG5", "BIG5-HKSCS"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcasecmp(table[i].name, name) == 0) return table[i].wider;
    return name;
}

static bool is_unicode(const char *name)
{
    return strncasecmp(name, "UTF", 3) == 0 || strncasecmp(name, "UCS", 3) == 0 ||
           strncasecmp(name, "ISO-10646", 9) == 0;
}

/* UTF-16 without a mark: an XML file begins with `<`. */
static const char *by_zeros(const char *bytes, size_t size)
{
    if (size < 4) return NULL;
    if (bytes[0] && !bytes[1] && bytes[2] && !bytes[3]) return "UTF-16LE";
    if (!bytes[0] && bytes[1] && !bytes[2] && bytes[3]) return "UTF-16BE";
    return NULL;
}

static const char *by_mark(decoder *input)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *name;
    } marks[] = {
        {"\xef\xbb\xbf", 3, "UTF-8"},
        {"\xff\xfe\0\0", 4, "UTF-32LE"}, /* before UTF-16, which begins with it */
        {"\0\0\xfe\xff", 4, "UTF-32BE"},
        {"\xff\xfe", 2, "UTF-16LE"},
        {"\xfe\xff", 2, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (input->end < marks[i].size ||
            memcmp(input->raw, marks[i].bytes, marks[i].size) != 0)
            continue;
        input->start = marks[i].size;
        return marks[i].name;
    }
    return NULL;
}

static aln_status by_statistics(decoder *input, char name[NAME], aln_error *error)
{
    AUTO(free) char *text = NULL;
    size_t size = 0;
    const char *used = NULL;
    TRY(aln_text_decode(input->raw, input->end, NULL, &text, &size, &used, error));
    snprintf(name, NAME, "%s", used ? used : "WINDOWS-1252");
    return ALN_OK;
}

/* What the bytes themselves say.  The name stays empty where they are plain ASCII. */
static aln_status choose(decoder *input, bool has_name, char name[NAME],
                         aln_error *error)
{
    const char *found = by_mark(input);
    if (!found) found = by_zeros(input->raw, input->end);
    utf8_counts counts = utf8_count(input->raw, input->end, true);
    if (input->at_end && !counts.beyond_ascii) /* "caf\xe9" is no UTF-8 cut off */
        counts = utf8_count(input->raw, input->end, false);
    if (!found && counts.invalid * 8 <= counts.beyond_ascii) found = "UTF-8";
    if (found)
        snprintf(name, NAME, "%s", found);
    else if (!has_name || is_unicode(name))
        return by_statistics(input, name, error);
    return ALN_OK;
}

static bool same_encoding(const char *declared_name, const char *found)
{
    size_t n = strlen(declared_name);
    return strncasecmp(declared_name, found, n) == 0; /* UTF-16 is UTF-16LE too */
}

static aln_status find_encoding(decoder *input, aln_error *error)
{
    char said[NAME] = "", name[NAME] = "";
    bool has_name = declared(input->raw, input->end, said);
    memcpy(name, said, sizeof name);
    TRY(choose(input, has_name, name, error));

    bool ascii = utf8_count(input->raw, input->end, true).beyond_ascii == 0;
    bool overruled = has_name && !ascii && !same_encoding(said, name);
    if (overruled)
        warn_at(&input->warn, 1, "the encoding is %s, not %s as declared", name, said);
    if (has_name && ascii && strcasecmp(name, "UTF-8") == 0 && !is_unicode(said))
        memcpy(name, said, sizeof name); /* what is not ASCII may come later */
    memcpy(input->name, name, sizeof name);
    input->marked = input->start > 0;
    snprintf(input->charset, NAME, "%s", widened(name));
    if (strcasecmp(input->charset, "UTF-8") == 0) return ALN_OK;

    input->converter = iconv_open("UTF-8", input->charset);
    if (input->converter != NO_CONVERTER) return ALN_OK;
    return error_set(error, ALN_UNSUPPORTED, "the encoding \"%s\" is not known", name);
}

/* ---- decoding -------------------------------------------------------------------- */

static void count_lines(decoder *input, const char *text, size_t size)
{
    const char *end = text + size;
    while ((text = memchr(text, '\n', (size_t)(end - text)))) {
        input->line++;
        text++;
    }
}

static aln_status cut_off(aln_error *error, unsigned line)
{
    error_set(error, ALN_SYNTAX, "the file ends in the middle of a character");
    if (error) error->line = line;
    return ALN_SYNTAX;
}

static aln_status copy_utf8(decoder *input, char *buffer, size_t size, size_t *n,
                            aln_error *error)
{
    const char *from = input->raw + input->start;
    size_t left = input->end - input->start;
    size_t valid = utf8_valid_prefix(from, left < size ? left : size);
    memcpy(buffer, from, valid);
    count_lines(input, buffer, valid);
    input->start += valid;
    *n = valid;
    if (valid || !left) return ALN_OK;

    if (input->at_end && utf8_is_cut(from, left)) return cut_off(error, input->line);
    warn_at(&input->warn, input->line, "byte 0x%02X is no UTF-8; read as Windows-1252",
            (unsigned char)*from);
    *n = utf8_put(utf8_of_windows_1252((unsigned char)*from), buffer);
    input->start++;
    return ALN_OK;
}

static aln_status convert(decoder *input, char *buffer, size_t size, size_t *n,
                          aln_error *error)
{
    char *from = input->raw + input->start, *to = buffer;
    size_t left = input->end - input->start, room = size;
    size_t result = iconv(input->converter, &from, &left, &to, &room);
    int code = errno;
    input->start = input->end - left;
    *n = size - room;
    count_lines(input, buffer, *n);
    if (result != (size_t)-1 || *n || !left) return ALN_OK;

    if (code == EINVAL && input->at_end) return cut_off(error, input->line);
    if (code != EILSEQ) return ALN_OK;
    warn_at(&input->warn, input->line, "byte 0x%02X has no meaning in %s",
            (unsigned char)*from, input->charset);
    input->start += strncmp(input->charset, "UTF-16", 6) == 0 && left > 1 ? 2 : 1;
    *n = utf8_put(0xfffd, buffer);
    return ALN_OK;
}

static aln_status decode(decoder *input, char *buffer, size_t size, size_t *n,
                         aln_error *error)
{
    TRY(fill(input, error));
    if (input->converter == NO_CONVERTER)
        return copy_utf8(input, buffer, size, n, error);
    return convert(input, buffer, size, n, error);
}

aln_status decoder_read(decoder *input, char *buffer, size_t size, size_t *n,
                        aln_error *error)
{
    if (input->given == input->peeked) return decode(input, buffer, size, n, error);

    *n = input->peeked - input->given < size ? input->peeked - input->given : size;
    memcpy(buffer, input->text + input->given, *n);
    input->given += *n;
    return ALN_OK;
}

aln_status decoder_peek(decoder *input, const char **text, size_t *size,
                        aln_error *error)
{
    size_t n = 1;
    while (n && input->peeked < WINDOW) {
        TRY(decode(input, input->text + input->peeked, WINDOW, &n, error));
        input->peeked += n;
    }
    *text = input->text + input->given;
    *size = input->peeked - input->given;
    return ALN_OK;
}

/* Begin with the source as it stands.  The two large buffers need no clearing. */
static aln_status begin(decoder *input, byte_source *source, warner warn,
                        aln_error *error)
{
    memset(input, 0, offsetof(decoder, raw));
    input->source = source;
    input->warn = warn;
    input->converter = NO_CONVERTER;
    input->line = 1;
    TRY(fill(input, error));
    return find_encoding(input, error);
}

aln_status decoder_open(byte_source *source, warner warn, decoder **opened,
                        aln_error *error)
{
    AUTO(decoder) decoder *input = malloc(sizeof *input);
    if (!input) {
        bytes_close(source);
        return error_no_memory(error);
    }
    TRY(begin(input, source, warn, error));
    *opened = STEAL(input);
    return ALN_OK;
}

aln_status decoder_next(decoder *input, bool *found, aln_error *error)
{
    TRY(bytes_next(input->source, found, error));
    if (!*found) return ALN_OK;
    if (input->converter != NO_CONVERTER) iconv_close(input->converter);
    input->converter = NO_CONVERTER;
    return begin(input, input->source, input->warn, error);
}

double decoder_progress(const decoder *input)
{
    return bytes_progress(input->source);
}

const char *decoder_name(const decoder *input)
{
    return bytes_name(input->source);
}

const char *decoder_charset(const decoder *input)
{
    return input->name;
}

bool decoder_has_mark(const decoder *input)
{
    return input->marked;
}
