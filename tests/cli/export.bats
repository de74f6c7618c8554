# bitext export, as its users meet it.

setup() {
  cd "$BATS_TEST_TMPDIR"
  cat > m.tmx << 'X'
<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="T" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="fr" datatype="xml"/><body>
<tu creationdate="2020-01-02T03:04:05Z" usagecount="2"><note>n</note><prop type="x-score">0.9</prop>
<tuv xml:lang="fr"><seg>Voir <bpt i="1">&lt;b></bpt>ici<ept i="1">&lt;/b></ept> &amp; là</seg></tuv>
<tuv xml:lang="en"><prop type="x-context-pre">&lt;seg>a&lt;/seg></prop><seg>See <bpt i="1">&lt;b></bpt>here<ept i="1">&lt;/b></ept></seg></tuv></tu>
<tu><prop type="x-score">0.4</prop><tuv xml:lang="fr"><seg>Oui</seg></tuv><tuv xml:lang="en"><seg>Yes</seg></tuv><tuv xml:lang="zh"><seg>是</seg></tuv></tu>
</body></tmx>
X
  bitext import -q --memory m.db m.tmx
}

valid() { xmllint --nonet --noout --dtdvalid "$SOURCE/tests/interop/tmx14.dtd" "$1"; }

@test "TMX is valid against the DTD" {
  bitext export -q --memory m.db -o out.tmx
  valid out.tmx
  grep -q '<tmx version="1.4">' out.tmx
  grep -q 'creationdate="20200102T030405Z"' out.tmx
  grep -q '<prop type="x-score">0.9</prop>' out.tmx
}

@test "the same memory gives the same bytes, and so does a memory made of them" {
  bitext export -q --memory m.db -o a.tmx
  bitext import -q --memory n.db a.tmx
  bitext export -q --memory n.db -o b.tmx
  cmp a.tmx b.tmx
}

@test "--langs chooses units and variants, the source first" {
  run bitext export --memory m.db --langs en,zh --format tsv
  [ "$output" = $'en\tzh\nYes\t是' ]
  bitext export -q --memory m.db --langs en,fr -o x.tmx
  grep -q 'srclang="en"' x.tmx
  ! grep -q '是' x.tmx
  valid x.tmx
}

@test "a table has a column for every language that the units have" {
  run bitext export --memory m.db --format tsv
  [ "${lines[0]}" = $'fr\ten\tzh' ]
  [ "${lines[2]}" = $'Oui\tYes\t是' ]
}

@test "tabs and line ends survive a table" {
  printf '{"fr":"a\\tb\\n\\\\n","en":"c"}\n' > x.jsonl
  bitext import -q --memory x.db x.jsonl
  bitext export -q --memory x.db -o x.tsv
  bitext import -q --memory y.db x.tsv
  [ "$(bitext export --memory y.db --format jsonl | jq -c .variants)" = "$(bitext export --memory x.db --format jsonl | jq -c .variants)" ]
}

@test "--level 1 leaves out tags" {
  bitext export -q --memory m.db --level 1 -o x.tmx
  grep -q '<seg>Voir ici &amp; là</seg>' x.tmx
}

@test "--min-score" {
  [ "$(bitext export --memory m.db --min-score 0.5 --format jsonl | wc -l)" -eq 1 ]
}

@test "UTF-16 and gzip" {
  bitext export -q --memory m.db -o a.tmx
  bitext export -q --memory m.db --encoding utf-16 -o b.tmx.gz
  gunzip b.tmx.gz
  valid b.tmx
  iconv -f UTF-16 -t UTF-8 b.tmx | sed 's/UTF-16/UTF-8/' | cmp - a.tmx
}

@test "--split begins another file" {
  bitext export -q --memory m.db --split 1k -o a.tmx
  bitext export -q --memory m.db --split 10 -o b.tmx
  [ -f b-1.tmx ] && [ -f b-2.tmx ] && [ ! -e b-3.tmx ]
  valid b-1.tmx
  valid b-2.tmx
}

@test "nothing to export is exit 1, and the file is valid" {
  run bitext export --memory m.db --langs ja -o x.tmx
  [ "$status" -eq 1 ]
  valid x.tmx
}

@test "a missing memory, a full disk" {
  run bitext export --memory none.db -o x.tmx
  [ "$status" -eq 2 ]
  [ ! -e x.tmx ]
  run bitext export --memory m.db -o /dev/full
  [ "$status" -eq 2 ]
  [[ "$output" == "bitext: "*"No space left"* ]]
}

@test "XLIFF 1.2 and 2.0 hold both languages and their tags" {
  for format in xliff xliff2; do
    bitext export -q --memory m.db --langs fr,en --format $format -o $format.xlf
    xmllint --nonet --noout $format.xlf
    rm -f back.db*
    bitext import -q --memory back.db $format.xlf
    [ "$(bitext export --memory back.db --format tsv)" = "$(bitext export --memory m.db --langs fr,en --format tsv)" ]
  done
  run bitext export --memory m.db --format xliff
  [ "$status" -eq 2 ]
}

@test "TBX holds what is short and approved" {
  bitext export -q --memory m.db --format tbx -o none.tbx
  ! grep -q conceptEntry none.tbx
  bitext approve -q --memory m.db 2
  bitext export -q --memory m.db --format tbx -o some.tbx
  xmllint --nonet --noout some.tbx
  [ "$(grep -c '<term>' some.tbx)" -eq 3 ]
}

header() {
  printf '<tmx version="1.4"><header creationtool="T" creationtoolversion="1" segtype="%s" o-tmf="t" adminlang="fr" srclang="fr" datatype="html"><note xml:lang="en">from &lt;Astana&gt;</note><prop type="x-c">%s</prop><ude name="u" base="b"><map unicode="#xF8FF" code="#xF0"/></ude></header><body><tu><tuv xml:lang="fr"><seg>%s</seg></tuv></tu></body></tmx>' "$@"
}

@test "what headers say comes out again" {
  header block SCO un > 1.tmx
  bitext import -q -m h.db 1.tmx
  bitext export -q -m h.db -o out.tmx
  valid out.tmx
  grep -q 'segtype="block".*adminlang="fr".*datatype="html"' out.tmx
  grep -q '<note xml:lang="en">from &lt;Astana&gt;</note>' out.tmx
  grep -q '<prop type="x-c">SCO</prop>' out.tmx
  grep -q '<ude name="u" base="b"><map unicode="#xF8FF" code="#xF0"/></ude>' out.tmx
  bitext import -q -m again.db out.tmx
  bitext export -q -m again.db -o again.tmx
  cmp out.tmx again.tmx
}

@test "several headers become one" {
  header block SCO un > 1.tmx
  header phrase TPE deux > 2.tmx
  bitext import -q -m h.db 1.tmx 2.tmx
  bitext export -q -m h.db -o out.tmx
  valid out.tmx
  [ "$(grep -c '<note' out.tmx)" = 1 ]
  [ "$(grep -c '<prop type="x-c">' out.tmx)" = 2 ]
  grep -q 'segtype="sentence".*datatype="html"' out.tmx
  bitext export -q -m h.db --document 2.tmx | grep -q 'segtype="phrase"'
}

@test "a language asked for twice is a mistake" {
  run bitext export --memory m.db -l fr,FR
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: --langs: fr stands there twice" ]
}
