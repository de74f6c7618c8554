/* plain.c - ask ICU whether a rule holds at a place in a text.
 *
 * ICU has no "match that ends here", so the start is tried at every character before
 * the place, nearest first; the region ends there, and its bounds are transparent, so
 * that \b and look-around see past them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/plain.h"

#include <string.h>

#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/auto.h"
#include "base/error.h"

/* An expression that needs more than this on half a page of text is catastrophic.  A
 * time unit is some milliseconds of ICU's counting; the stack is in bytes. */
enum { TIME_LIMIT = 50, STACK_LIMIT = 1 << 20 };

static size_t step_back(const char *text, size_t at)
{
    UChar32 c;
    int32_t i = (int32_t)at;
    U8_PREV((const uint8_t *)text, 0, i, c);
    (void)c;
    return (size_t)i;
}

static void append_character(plain_window *window, UChar32 c)
{
    if (c < 0) c = 0xfffd;
    UBool failed = false;
    int32_t room = sizeof window->text / sizeof *window->text;
    U16_APPEND(window->text, window->length, room, c, failed);
    (void)failed; /* the room is for two units a character */
}

void plain_look(plain_window *window, const char *text, size_t size, size_t at)
{
    size_t from = at;
    int back = 0;
    for (; from > 0 && back <= PLAIN_REACH; back++)
        from = step_back(text, from);

    *window = (plain_window){.length = 0, .at = 0};
    int32_t i = (int32_t)from, end = (int32_t)size;
    for (int ahead = 0; i < end && ahead <= PLAIN_REACH; ahead += i > (int32_t)at) {
        if (i == (int32_t)at) window->at = window->length;
        UChar32 c;
        U8_NEXT((const uint8_t *)text, i, end, c);
        append_character(window, c);
        if (back > PLAIN_REACH && window->first == 0) window->first = window->length;
    }
    if (at == size) window->at = window->length;
    window->last = window->length;
    if (i < end) U16_BACK_1(window->text, 0, window->last);
}

static aln_status rule_failure(const plain_rule *rule, UErrorCode code,
                               aln_error *error)
{
    if (code == U_MEMORY_ALLOCATION_ERROR) return error_no_memory(error);
    const char *why = code == U_REGEX_TIME_OUT         ? "it takes too long"
                      : code == U_REGEX_STACK_OVERFLOW ? "it needs too much memory"
                                                       : u_errorName(code);
    (void)error_set(error, ALN_SYNTAX, "the rule \"%.60s\" + \"%.60s\" fails: %s",
                    rule->rule->before, rule->rule->after, why);
    if (error) error->line = rule->rule->line;
    return ALN_SYNTAX;
}

static URegularExpression *open_expression(const char *pattern, UErrorCode *code)
{
    size_t size = strlen(pattern);
    AUTO(free) UChar *wide = malloc((size + 1) * sizeof *wide);
    int32_t length = 0;
    if (!wide) *code = U_MEMORY_ALLOCATION_ERROR;
    u_strFromUTF8(wide, (int32_t)size + 1, &length, pattern, (int32_t)size, code);
    URegularExpression *opened = uregex_open(wide, length, 0, NULL, code);
    uregex_setTimeLimit(opened, TIME_LIMIT, code);
    uregex_setStackLimit(opened, STACK_LIMIT, code);
    return opened;
}

/* Give an expression the window's text; it forgets its bounds with every text. */
static void set_text(URegularExpression *expression, const plain_window *window,
                     UErrorCode *code)
{
    uregex_setText(expression, window->text, window->length, code);
    uregex_useAnchoringBounds(expression, false, code);
    uregex_useTransparentBounds(expression, true, code);
}

static bool match_after(plain_rule *rule, const plain_window *window, UErrorCode *code)
{
    if (!*rule->rule->after) return true;
    if (!rule->after) rule->after = open_expression(rule->rule->after, code);
    set_text(rule->after, window, code);
    uregex_setRegion(rule->after, window->at, window->last, code);
    return uregex_lookingAt(rule->after, -1, code) && U_SUCCESS(*code);
}

static bool match_before(plain_rule *rule, const plain_window *window, UErrorCode *code)
{
    if (!*rule->rule->before) return true;
    if (!rule->before) rule->before = open_expression(rule->rule->before, code);
    set_text(rule->before, window, code);
    for (int32_t start = window->at; U_SUCCESS(*code);) {
        uregex_setRegion(rule->before, start, window->at, code);
        if (uregex_matches(rule->before, -1, code)) return U_SUCCESS(*code);
        if (start <= window->first) return false;
        U16_BACK_1(window->text, 0, start);
    }
    return false;
}

aln_status plain_matches(plain_rule *rule, plain_window *window, bool *matches,
                         aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    bool found = match_after(rule, window, &code) && match_before(rule, window, &code);
    if (U_FAILURE(code)) return rule_failure(rule, code, error);
    *matches = found;
    return ALN_OK;
}

void plain_rule_done(plain_rule *rule)
{
    uregex_close(rule->before);
    uregex_close(rule->after);
    *rule = (plain_rule){0};
}
