# bitext check, as its users meet it.

setup() { cd "$BATS_TEST_TMPDIR"; }

@test "our own export has nothing to complain of" {
  printf 'fr\ten\nBonjour\tHello\n' > a.tsv
  bitext import -q --memory m.db a.tsv
  bitext export -q --memory m.db -o a.tmx
  run bitext check a.tmx
  [ "$status" -eq 0 ]
  [ "$output" = "bitext: 0 errors, 0 warnings" ]
}

@test "line, severity and rule of each finding" {
  cat > x.tmx << 'X'
<tmx version="1.4b">
<header creationtool="t" creationtoolversion="1" o-tmf="t" adminlang="en" srclang="fr-fr" datatype="x"/>
<body>
<tu tuid="1" creationdate="yesterday">
<tuv xml:lang="fr-FR"><seg><bpt>a</bpt><ept i="2"/></seg></tuv>
<prop type="late">x</prop>
<tuv><seg>b</seg></tuv>
</tu>
<tu tuid="1" foo="bar"/>
</body>
</tmx>
X
  run bitext check x.tmx
  [ "$status" -eq 1 ]
  for expected in "x.tmx:1: warning: version:" "x.tmx:2: error: required-attribute: <header> has no segtype" \
    "x.tmx:2: warning: language-form:" "x.tmx:4: error: date:" "x.tmx:5: error: required-attribute: <bpt> has no i" \
    "x.tmx:5: error: pair-close:" "x.tmx:6: error: order:" "x.tmx:7: error: required-attribute: <tuv> has no xml:lang" \
    "x.tmx:4: warning: source-missing:" "x.tmx:9: error: unknown-attribute:" "x.tmx:9: warning: tuid-twice" \
    "x.tmx:9: error: incomplete: <tu> has no <tuv>"; do
    [[ "$output" == *"$expected"* ]] || { echo "missing: $expected"; return 1; }
  done
}

@test "XML that does not hold together is the last finding" {
  printf '<tmx version="1.4"><header/>\n<body><tu></body></tmx>' > x.tmx
  run bitext check --format jsonl x.tmx
  [ "$status" -eq 1 ]
  [[ "$output" == *'"line":2,"severity":"error","rule":"well-formed"'* ]]
}

@test "a memory is checked for damage" {
  printf 'fr\ten\nBonjour\tHello\n' > a.tsv
  bitext import -q --memory m.db a.tsv
  run bitext check m.db
  [ "$status" -eq 0 ]
}

@test "a missing file is trouble" {
  run bitext check none.tmx
  [ "$status" -eq 2 ]
}

@test "what cannot be read is one line, without a count" {
  run bitext check missing
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: missing: cannot open: No such file or directory" ]
}
