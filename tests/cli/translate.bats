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

@test "a target gets the tags of its source, and is less than exact if they are guessed" {
  bitext translate -q --memory m.db -o out.xlf one.xlf
  grep -q '<trans-unit id="5">.*needs-review-translation.*>One word<g id="1"></g></target>' out.xlf
  grep -q '<trans-unit id="5">.*match-quality="98"' out.xlf
}

tagged_memory() {
  cat > t.tmx << 'X'
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="fr" datatype="xml"/><body><tu>
<tuv xml:lang="fr"><seg>Ouvrez <bpt i="1" x="1">&lt;b></bpt>ce fichier<ept i="1">&lt;/b></ept> ou <ph x="2">&lt;br/></ph>fermez.</seg></tuv>
<tuv xml:lang="en"><seg>Close <ph x="2">&lt;br/></ph>or open <bpt i="1" x="1">&lt;b></bpt>this file<ept i="1">&lt;/b></ept>.</seg></tuv>
</tu></body></tmx>
X
  bitext import -q --memory t.db t.tmx
}

unit() {
  printf '<xliff version="1.2"><file original="a" source-language="fr" target-language="en" datatype="x"><body><trans-unit id="1">%s</trans-unit></body></file></xliff>' "$1"
}

@test "tags find the place of their counterparts, though others stand in the memory" {
  tagged_memory
  unit '<source>Ouvrez <g id="7">ce fichier</g> ou <x id="8"/>fermez.</source>' > a.xlf
  bitext translate -q --memory t.db -o out.xlf a.xlf
  grep -q 'exact-match\|fuzzy-match' out.xlf
  grep -q '>Close <x id="8"/>or open <g id="7">this file</g>.</target>' out.xlf
  grep -q 'match-quality="99"' out.xlf
}

@test "fuzzy matches carry tags too; the memory's own stand in alt-trans" {
  tagged_memory
  unit '<source>Ouvrez <bx id="1"/>le fichier<ex id="1"/> ou <ph id="2">[br]</ph>fermez.</source>' > a.xlf
  bitext translate -q --memory t.db -o out.xlf a.xlf
  grep -q '>Close <ph id="2">\[br\]</ph>or open <bx id="1"/>this file<ex id="1"/>.</target>' out.xlf
  grep -q '<alt-trans match-quality="8.".*<bpt id="i1">&lt;b&gt;</bpt>this file' out.xlf
}

@test "the same tags on both sides cost nothing" {
  tagged_memory
  unit '<source>Ouvrez <bpt id="1">&lt;b></bpt>ce fichier<ept id="1">&lt;/b></ept> ou <ph id="2">&lt;br/></ph>fermez.</source>' > a.xlf
  bitext translate -q --memory t.db -o out.xlf a.xlf
  grep -q 'match-quality="100"' out.xlf
}

@test "what stands around the whole text stands around its translation" {
  unit '<source><g id="1"><x id="2"/>Bonjour le monde</g><x id="3"/></source>' > a.xlf
  bitext translate -q --memory m.db -o out.xlf a.xlf
  grep -q '><g id="1"><x id="2"/>Hello world</g><x id="3"/></target>' out.xlf
  grep -q 'match-quality="99"' out.xlf
}

@test "everything else stays, byte for byte" {
  cat > a.xlf << 'X'
<?xml version='1.0'  encoding="utf-8" ?>
<!DOCTYPE xliff [ <!-- none --> ]>
<!-- a comment --><?tool keep?>
<x:xliff   version="1.2" xmlns:x='urn:oasis:names:tc:xliff:document:1.2' ><x:file original='a
b' source-language="fr" target-language="en" datatype="x"><x:body>
  <x:trans-unit id='1' approved="no"  >
    <!-- inside --><x:source>Bonjour &#108;e <![CDATA[monde]]></x:source>
    <x:target  xml:lang='en' state='new'/>
    <x:note>&quot;n&quot;</x:note>
  </x:trans-unit  >
</x:body></x:file></x:xliff>
<!-- the end -->
X
  printf '\r\n' >> a.xlf
  bitext translate -q --memory m.db -o out.xlf a.xlf
  grep -v '<x:target' a.xlf > a.rest
  grep -v '<x:target' out.xlf > out.rest
  diff a.rest out.rest
  grep -q "<x:target  xml:lang='en' state='translated' state-qualifier=\"exact-match\">Hello world</x:target><x:alt-trans" out.xlf
}

@test "nothing found: the same bytes, in any encoding" {
  printf 'de\ten\nx\ty\n' > n.tsv
  bitext import -q --memory n.db n.tsv
  for encoding in UTF-8 UTF-16 ISO-8859-1; do
    sed "s|<?xml version=\"1.0\"?>|<?xml version=\"1.0\" encoding=\"$encoding\"?>|; s/monde/mondé/" one.xlf \
      | iconv -f UTF-8 -t "$encoding" > a.xlf
    run bitext translate -q --memory n.db -o out.xlf a.xlf
    [ "$status" -eq 1 ]
    cmp a.xlf out.xlf
  done
}

@test "what an encoding lacks is written as a reference" {
  printf 'fr\ten\nUn œuf\tAn egg → …\n' > n.tsv
  bitext import -q --memory n.db n.tsv
  { printf '<?xml version="1.0" encoding="iso-8859-1"?>\n<!-- \351 -->'
    unit '<source>Un &#339;uf</source>'; } > a.xlf
  bitext translate -q --memory n.db -o out.xlf a.xlf
  grep -q '<target .*>An egg &#8594; &#8230;</target>' out.xlf
  [ "$(xmllint --xpath 'string(//target)' out.xlf)" = "An egg → …" ]
}

@test "marked segments are filled in one by one" {
  unit '<source>Un mot Bonjour le monde</source><seg-source><g id="1"><mrk mtype="seg" mid="0">Un mot</mrk> <mrk mtype="seg" mid="1">Bonjour le monde</mrk> <mrk mtype="seg" mid="2">Inconnu</mrk></g></seg-source>' > a.xlf
  bitext translate -q --memory m.db -o out.xlf a.xlf
  grep -q '><g id="1"><mrk mtype="seg" mid="0">One word</mrk> <mrk mtype="seg" mid="1">Hello world</mrk> <mrk mtype="seg" mid="2"></mrk></g></target>' out.xlf
  grep -q '<alt-trans mid="1" match-quality="100"' out.xlf
  grep -q 'state="needs-review-translation"' out.xlf
}

@test "Trados: marks that are there are filled in, the state stands on its segment" {
  unit '<source>x</source><seg-source><mrk mtype="seg" mid="1">Un mot</mrk><mrk mtype="seg" mid="2">Un mot</mrk><mrk mtype="seg" mid="3">Un mot</mrk></seg-source><target><mrk mtype="seg" mid="1"/><mrk mtype="seg" mid="2">kept</mrk><mrk mtype="seg" mid="3"></mrk></target><sdl:seg-defs xmlns:sdl="s"><sdl:seg id="1"/><sdl:seg id="2" conf="Draft"/><sdl:seg id="3" locked="true"/></sdl:seg-defs>' > a.xlf
  bitext translate -q --memory m.db -o out.xlf a.xlf
  grep -q '<target><mrk mtype="seg" mid="1">One word</mrk><mrk mtype="seg" mid="2">kept</mrk><mrk mtype="seg" mid="3"></mrk></target>' out.xlf
  grep -q '<sdl:seg id="1" conf="Translated" origin="tm" origin-system="bitext" percent="100"/><sdl:seg id="2" conf="Draft"/><sdl:seg id="3" locked="true"/>' out.xlf
  ! grep -q 'alt-trans' out.xlf
}

@test "locked, approved and final units stay; so does what stands in translate=no" {
  for attribute in 'mq:locked="locked"' 'm:locked="true"' 'approved="yes"' 'translate="no"'; do
    unit '<source>Un mot</source><target/>' | sed "s|id=\"1\"|id=\"1\" $attribute|" > a.xlf
    run bitext translate -q --memory m.db -o out.xlf a.xlf
    [ "$status" -eq 1 ]
    cmp a.xlf out.xlf
  done
  unit '<source>Un mot</source><target state="final"/>' > a.xlf
  run bitext translate -q --memory m.db --replace -o out.xlf a.xlf
  cmp a.xlf out.xlf
  unit '<source>Un mot</source>' | sed 's|<body>|<body><group translate="no"><!-- -->|; s|</body>|</group></body>|' > a.xlf
  run bitext translate -q --memory m.db -o out.xlf a.xlf
  cmp a.xlf out.xlf
}

@test "--replace" {
  bitext translate -q --memory m.db --replace -o out.xlf one.xlf
  [ "$(text out.xlf 2)" = "One word" ]
}

@test "a language that is told from outside is written down" {
  sed 's/ trgLang="en"//' two.xlf > a.xlf
  run bitext translate --memory m.db -o out.xlf a.xlf
  [ "$status" -eq 2 ]
  bitext translate -q --memory m.db --to en -o out.xlf a.xlf
  grep -q 'trgLang="en"' out.xlf
}

@test "XLIFF 2: a match joins those that are there, a segment without id gets one" {
  sed 's|<notes>|<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#s2"><source>a</source><target>b</target></m:match></m:matches><notes>|; s|<segment id="s1">|<segment>|' two.xlf > a.xlf
  bitext translate -q --memory m.db -o out.xlf a.xlf
  grep -q '</m:match><m:match ref="#bitext-1" similarity="100" matchQuality="100" origin="bitext">' out.xlf
  grep -q '<segment id="bitext-1" state="translated"><source>Un mot</source><target>One word</target>' out.xlf
}

@test "XLIFF 2: an empty list of matches is filled" {
  sed 's|<notes>|<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"/><notes>|' two.xlf > a.xlf
  bitext translate -q --memory m.db -o out.xlf a.xlf
  [ "$(grep -o 'matches' out.xlf | wc -l)" -eq 3 ]
  grep -q '<m:matches xmlns:m="[^"]*"><m:match ref="#s1".*</m:match></m:matches><notes>' out.xlf
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
