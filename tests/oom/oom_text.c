/* Pages when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include "../unit/check.h"
#include "base/auto.h"
#include "fail.h"

AUTO_DEFINE(page, aln_page *, aln_page_free)

static aln_status read_html(aln_error *error)
{
    static const char html[] =
        "<html lang=fr><head><title>Un pont - Gazette</title><meta name=author "
        "content=A>"
        "<script type='application/ld+json'>{\"datePublished\":\"2019-05-02\"}</script>"
        "</head><body><nav><a href=/>Accueil</a></nav><div class='text post'><h1>Un "
        "pont"
        "</h1><p>Le pont a \xc3\xa9t\xc3\xa9 ouvert jeudi, et les bus y "
        "passent.<br><br>"
        "Le vieux pont <span class=tooltip>x</span> est "
        "ferm\xc3\xa9.</p><table><tr><td>1"
        "<td>2</table></div><div class=share>Partager</div></body></html>";
    const aln_page_options options = {.explain = true};
    AUTO(page) aln_page *page = NULL;
    return aln_page_read(html, sizeof html - 1, &options, &page, error);
}

static aln_status read_plain(aln_error *error)
{
    static const char text[] =
        "Accueil>>Chine\n\nUn pont est ouvert\n\nXinhua | 09.06.2017 "
        "08h34\n\nLe pont a \xe9t\xe9 ouvert jeudi, et les bus y "
        "passent d\xe9j\xe0.\n(R\xe9"
        "dacteurs : A, B)\n";
    AUTO(page) aln_page *page = NULL;
    return aln_page_read(text, sizeof text - 1, NULL, &page, error);
}

static void test_html(void **state)
{
    assert_true(fail_each_allocation(read_html) > 0);
}

static void test_plain(void **state)
{
    assert_true(fail_each_allocation(read_plain) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
