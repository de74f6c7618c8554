# bitext diff, as its users meet it.

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf 'fr\ten\nBonjour\tHello\nMerci\tThanks\n' > a.tsv
}

@test "the same units in another shape do not differ" {
  bitext import -q --memory m.db a.tsv
  bitext export -q --memory m.db -o a.tmx
  run bitext diff a.tsv a.tmx
  [ "$status" -eq 0 ]
  [ -z "$output" ]
}

@test "what one file has more often is printed" {
  printf 'fr\ten\nMerci\tThanks\nMerci\tThanks\nSalut\tHi\n' > b.tsv
  run bitext diff a.tsv b.tsv
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = '- {"variants":[{"lang":"fr","text":"Bonjour"},{"lang":"en","text":"Hello"}]}' ]
  [[ "${lines[1]}" == '+ '*'"Merci"'* ]]
  [[ "${lines[2]}" == '+ '*'"Salut"'* ]]
  [ "${#lines[@]}" -eq 3 ]
}

@test "properties, notes, tags and dates count" {
  for x in '<note>n</note>' '<prop type="x">y</prop>' ''; do
    printf '<tmx version="1.4"><header srclang="fr"/><body><tu>%s<tuv xml:lang="fr"><seg>a</seg></tuv></tu></body></tmx>' "$x" > "n$((i++)).tmx"
  done
  run bitext diff n0.tmx n1.tmx
  [ "$status" -eq 1 ]
  run bitext diff n1.tmx n2.tmx
  [ "$status" -eq 1 ]
  run bitext diff n2.tmx n2.tmx
  [ "$status" -eq 0 ]
}

@test "headers count where both files have one" {
  header='creationtool="%s" creationtoolversion="1" segtype="%s" o-tmf="t" adminlang="fr" srclang="fr" datatype="xml"'
  body='<note>%s</note></header><body><tu><tuv xml:lang="fr"><seg>a</seg></tuv></tu></body></tmx>'
  printf "<tmx version=\"1.4\"><header $header>$body" T block one > a.tmx
  printf "<tmx version=\"1.4\"><header $header>$body" U BLOCK one > b.tmx
  run bitext diff a.tmx b.tmx
  [ "$status" -eq 0 ]
  printf "<tmx version=\"1.4\"><header $header>$body" T phrase two > b.tmx
  run bitext diff a.tmx b.tmx
  [ "$status" -eq 1 ]
  [ "${lines[1]}" = '- {"header":{"meta":[{"kind":"note","value":"one"}]}}' ]
  [ "${#lines[@]}" -eq 4 ]
  echo '{"variants":[{"lang":"fr","text":"a"}]}' > a.jsonl
  run bitext diff a.jsonl a.tmx
  [ "$status" -eq 0 ]
}

@test "memories are compared too" {
  bitext import -q --memory m.db a.tsv
  bitext import -q --memory n.db a.tsv
  run bitext diff m.db n.db
  [ "$status" -eq 0 ]
  printf 'fr\ten\nOui\tYes\n' > b.tsv
  bitext import -q --memory n.db b.tsv
  run bitext diff --format jsonl m.db n.db
  [ "$status" -eq 1 ]
  [ "$(jq -r '.difference' <<< "$output")" = only-in-b ]
  [[ "$output" == *'"Oui"'* ]]
}

@test "the complaint names the broken file" {
  printf '<tmx version="1.4"><header srclang="fr"/><body><tu>' > bad.tmx
  run bitext diff a.tsv bad.tmx
  [ "$status" -eq 2 ]
  [[ "$output" == "bitext: bad.tmx:1: "* ]]
  run bitext diff bad.tmx a.tsv
  [[ "$output" == "bitext: bad.tmx:1: "* ]]
}
