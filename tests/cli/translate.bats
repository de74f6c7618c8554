# bitext translate, as its users meet it.

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf 'fr\ten\nUn mot\tOne word\nBonjour le monde\tHello world\n' > m.tsv
  bitext import -q --memory m.db m.tsv
  cat > one.xlf << 'X'
<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="fr-FR" target-language="en-US" datatype="x"><body>
<trans-unit id="1"><source>Bonjour le monde</source><note>n</note></trans-unit>
<trans-unit id="2"><source>Un mot</source><target>kept</target></trans-unit>
<trans-unit id="3"><source>Bonjour le monde !</source></trans-unit>
<trans-unit id="4" translate="no"><source>Un mot</source></trans-unit>
<trans-unit id="5"><source>Un <g id="1">mot</g></source></trans-unit>
</body></file></xliff>
X
  cat > two.xlf << 'X'
<xliff version="2.0" srcLang="fr" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="u"><notes><note>x</note></notes><segment id="s1"><source>Un mot</source></segment><segment id="s2"><source>Un mot</source><target>kept</target></segment></unit></file></xliff>
X
}

text() { xmllint --xpath "string(//*[@id='$2']/*[local-name()='target'])" "$1"; }

@test "XLIFF 1.2: what has no target gets one, with the quality of the match" {
  run bitext translate --memory m.db -o out.xlf one.xlf
  [ "$status" -eq 0 ]
  [ "$output" = "bitext: one.xlf: 3 of 3 filled in" ]
  [ "$(text out.xlf 1)" = "Hello world" ]
  [ "$(text out.xlf 2)" = "kept" ]
  [ -z "$(text out.xlf 4)" ]
  grep -q '<trans-unit id="1">.*state="translated".*match-quality="100"' out.xlf
  grep -q '<trans-unit id="3">.*state="needs-review-translation"' out.xlf
}

@test "a source with tags never gets an exact match without them" {
  bitext translate -q --memory m.db -o out.xlf one.xlf
  grep -q '<trans-unit id="5">.*state="needs-review-translation".*match-quality="99"' out.xlf
}

@test "XLIFF 2: matches stand in their module" {
  bitext translate -q --memory m.db -o out.xlf two.xlf
  [ "$(text out.xlf s1)" = "One word" ]
  [ "$(text out.xlf s2)" = "kept" ]
  grep -q '<mtc:match ref="#s1" similarity="100"' out.xlf
}

@test "--min" {
  bitext translate -q --memory m.db --min 95 -o out.xlf one.xlf
  [ -z "$(text out.xlf 3)" ]
}

@test "a file that is none leaves nothing behind" {
  echo '<a/>' > bad.xlf
  run bitext translate --memory m.db -o out.xlf bad.xlf
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: bad.xlf:1: the document is no <xliff>" ]
  [ ! -e out.xlf ]
}
