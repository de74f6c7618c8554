# Files made to hurt, read by the program with half a gigabyte of address space.

setup() {
  cd "$BATS_TEST_TMPDIR"
}

START='<?xml version="1.0"?><tmx version="1.4"><header srclang="fr"/><body>'
UNIT='<tu><tuv xml:lang="fr"><seg>%s</seg></tuv></tu>'
END='</body></tmx>'

bounded() { # a sanitizer needs more than that for itself
  (ulimit -v 500000; bitext --version > /dev/null 2>&1) || skip
  run bash -c 'ulimit -v 500000; exec timeout 60 "$@"' - "$@"
}

refused() { # complaint, command...
  local complaint=$1
  shift
  bounded "$@"
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == "bitext: "*"$complaint"* ]] || { echo "$output"; return 1; }
  [ ! -e m.db ]
}

@test "entities are not expanded, declared where they may be" {
  { printf '<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "0123456789">'
    for i in b c d e f g h i j k l; do
      printf '<!ENTITY %s "&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;">' $i a a a a a a a a
    done
    printf ']><tmx version="1.4"><header srclang="fr"/><body>\n'"$UNIT$END" '&l;'; } > bomb.tmx
  refused 'bomb.tmx:2: the entity &l; is not known' bitext import -q -m m.db bomb.tmx
}

@test "nothing is read from elsewhere" {
  echo 'secret' > other
  { printf '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "file://%s/other" [<!ENTITY x SYSTEM "file://%s/other"><!ENTITY %% y SYSTEM "http://127.0.0.1:9/y"> %%y;]>' "$PWD" "$PWD"
    printf '<tmx version="1.4" xmlns:xi="http://www.w3.org/2001/XInclude"><header srclang="fr"/><body>'
    printf "$UNIT$UNIT$END" 'a<xi:include href="other" parse="text"/>' 'b'; } > x.tmx
  bounded strace -f -e trace=openat,connect,socket -o calls bitext import -q -m m.db x.tmx
  [ "$status" -eq 0 ] || skip # no strace
  ! grep -E '"[^"]*other"|connect|socket\(' calls
  bitext export -q -m m.db > out
  ! grep secret out
  sed -i 's/>b</>\&x;</' x.tmx
  rm m.db
  refused 'the entity &x; is not known' bitext import -q -m m.db x.tmx
}

@test "elements inside one another" {
  { printf '%s<tu><tuv xml:lang="fr"><seg>' "$START"; yes '<hi>' | head -n 200000; } > deep.tmx
  refused 'more than 256 elements inside one another' bitext import -q -m m.db deep.tmx
}

@test "a flood of attributes" {
  { printf '%s<tu ' "$START"; seq -f 'a%g="x"' 2000000; printf '>'; } > flood.tmx
  refused 'a tag is longer than 1 MiB' bitext import -q -m m.db flood.tmx
  { printf '%s<tu ' "$START"; seq -f 'a%g="x"' 1000; printf '>'; } > flood.tmx
  refused 'more than 256 attributes' bitext import -q -m m.db flood.tmx
}

@test "a segment without end, in a file and in gzip" {
  { printf '%s<tu><tuv xml:lang="fr"><seg>' "$START"; head -c 100M /dev/zero | tr '\0' a; } > long.tmx
  refused 'a segment is longer than 16 MiB' bitext import -q -m m.db long.tmx
  gzip -1 long.tmx
  refused 'a segment is longer than 16 MiB' bitext import -q -m m.db long.tmx.gz
}

@test "a line without end" {
  { printf 'fr\ten\n'; head -c 100M /dev/zero | tr '\0' a; } | gzip -1 > line.tsv.gz
  refused 'longer than' bitext import -q -m m.db line.tsv.gz
  { printf '{"variants":[{"lang":"fr","text":"'; head -c 100M /dev/zero | tr '\0' a; } | gzip -1 > line.jsonl.gz
  refused 'longer than' bitext import -q -m m.db line.jsonl.gz
}

@test "truncated and joined files" {
  printf "$START$UNIT$END" a > x.tmx
  for n in 1 5 20 40 80; do # bytes that are missing
    head -c -$n x.tmx > cut.tmx
    refused 'cut.tmx:1: ' bitext import -q -m m.db cut.tmx
  done
  cat x.tmx x.tmx > two.tmx
  refused 'two.tmx:1: <tmx> after the end of the document' bitext import -q -m m.db two.tmx
}

@test "what is broken is left out with --keep-going, and the rest is there" {
  printf "$START\n$UNIT\n<tu><tuv xml:lang='fr'><seg>b</tuv></tu>\n$UNIT\n$UNIT\n$END" a '&nope;' d > x.tmx
  bounded bitext import --keep-going -m m.db x.tmx
  [ "$status" -eq 0 ]
  [[ "$output" == *"x.tmx:3: "*"the unit is left out"*"x.tmx:4: "*"the unit is left out"* ]]
  [ "$(bitext export -m m.db -f jsonl | jq -r '.variants[].text' | tr '\n' ' ')" = 'a d ' ]
}

@test "XLIFF: a unit without end, read and filled in" {
  printf 'fr\ten\na\tb\n' > m.tsv
  bitext import -q -m t.db m.tsv
  { printf '<xliff version="1.2"><file source-language="fr" target-language="en"><body><trans-unit id="1"><source>'
    head -c 100M /dev/zero | tr '\0' a; } > big.xlf
  refused 'longer than' bitext translate -q -m t.db -o out.xlf big.xlf
  refused 'longer than' bitext import -q -m m.db big.xlf
  [ ! -e out.xlf ]
}
