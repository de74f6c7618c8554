# bitext lookup, search and index.  SPDX-License-Identifier: MIT

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf '%s\t%s\n' \
    'The president arrived in Astana on 8 June.' 'Le président est arrivé à Astana le 8 juin.' \
    'The president left Astana.' 'Le président a quitté Astana.' \
    'Both sides signed an agreement.' 'Les deux parties ont signé un accord.' > m.tsv
  bitext import -q --memory m.db --langs en,fr m.tsv
}

@test "an identical text scores 100" {
  run bitext lookup -m m.db -f en -t fr 'The president left Astana.'
  [ "$status" -eq 0 ]
  [[ "${lines[0]}" == "100  The president left Astana." ]]
  [[ "${lines[1]}" == "     Le président a quitté Astana." ]]
}

@test "both directions answer" {
  run bitext lookup -m m.db -f fr -t en 'Le président a quitté Astana.'
  [ "$status" -eq 0 ]
  [[ "${lines[1]}" == "     The president left Astana." ]]
}

@test "only a number differs: 99, and the translation has the new one" {
  run bitext lookup -m m.db -f en -t fr 'The president arrived in Astana on 9 June.'
  [ "$status" -eq 0 ]
  [[ "${lines[0]}" == " 99  "* ]]
  [[ "${lines[2]}" == "     Le président est arrivé à Astana le 9 juin.  [numbers replaced]" ]]
}

@test "case costs little, but is no identity" {
  run bitext lookup -m m.db -f en -t fr --format jsonl 'the president left astana.'
  [ "$status" -eq 1 ]
  run bitext lookup -m m.db -f en -t fr --min 60 --format jsonl 'the president left astana.'
  [[ "$output" == *'"score":63,'* ]]
}

@test "the least base may be a fraction" {
  text='the president left Almaty.' # 2 of 5 tokens differ
  run bitext lookup -m m.db -f en -t fr --min 60 "$text"
  [ "$status" -eq 0 ]
  run bitext lookup -m m.db -f en -t fr --min 60.5 "$text"
  [ "$status" -eq 1 ]
}

@test "jsonl gives a line a query, empty ones too" {
  run bash -c "printf 'The president left Astana.\n\nnothing like it\n' | bitext lookup -m m.db -f en -t fr --format jsonl -"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 3 ]
  [[ "${lines[1]}" == *'"matches":[]'* ]]
  [[ "${lines[2]}" == *'"query":"nothing like it"'* ]]
}

@test "neighbours make 101 and 102" {
  cut -f1 m.tsv > en.txt
  run bash -c "bitext lookup -m m.db -f en -t fr --context --format jsonl - < en.txt"
  [[ "${lines[0]}" == *'"score":101,'* ]]
  [[ "${lines[1]}" == *'"score":102,'* ]]
}

@test "penalties are taken off, and explained" {
  run bitext lookup -m m.db -f en -t fr --penalty all:7 --explain 'The president left Astana.'
  [[ "${lines[0]}" == " 93  "* ]]
  [[ "$output" == *"penalties -7"* ]]
}

@test "tags within a unit cost a point, and are told" {
  printf '%s' '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu>' \
    '<tuv xml:lang="en"><seg>Press <bpt i="1">[</bpt>Start<ept i="1">]</ept> now.</seg></tuv>' \
    '<tuv xml:lang="fr"><seg>Appuyez.</seg></tuv></tu></body></tmx>' > t.tmx
  bitext import -q --memory t.db t.tmx
  run bitext lookup -m t.db -f en -t fr --explain --format jsonl 'Press Start now.'
  [ "$(jq -c '.matches[0] | [.score, .base, .tags]' <<< "$output")" = '[99,1,true]' ]
  [[ "$output" == *'tags -1'* ]]
}

@test "several memories answer together" {
  printf 'The president left Astana!\tLe président quitta Astana !\n' > n.tsv
  bitext import -q --memory n.db --langs en,fr n.tsv
  run bitext lookup -m m.db -m n.db -f en -t fr --penalty memory=m.db:30 'The president left Astana.'
  [ "$status" -eq 0 ]
  [[ "${lines[0]}" == *"Astana!" ]]
  [[ "$output" == *"m.db  "* ]]
}

@test "without a unit of both languages the way leads through a third" {
  printf 'Both sides signed an agreement.\t双方签署了协议。\n' > z.tsv
  bitext import -q --memory m.db --langs en,zh z.tsv
  run bitext lookup -m m.db -f fr -t zh 'Les deux parties ont signé un accord.'
  [ "$status" -eq 0 ]
  [[ "${lines[0]}" == " 99  "* ]]
  [[ "${lines[1]}" == *"双方签署了协议。" ]]
  [[ "${lines[2]}" == *"through en"* ]]
}

@test "where nothing resembles the whole, phrases are shown" {
  text='It was said yesterday evening that the president arrived in Astana with many others'
  run bitext lookup -m m.db -f en -t fr "$text"
  [ "$status" -eq 1 ]
  [ -z "$output" ]
  run bitext lookup -m m.db -f en -t fr --fragments "$text"
  [ "$status" -eq 1 ]
  [[ "${lines[0]}" == "  ~  The [president arrived in Astana] on 8 June." ]]
  [[ "${lines[1]}" == *"Le président est arrivé à Astana le 8 juin." ]] # who can tell?
  run bitext lookup -m m.db -f en -t fr --fragments --format jsonl "$text"
  [[ "$output" == *'"fragments":[{"query":[39,66]'* ]]
}

@test "fragments show where the translation says them, where units can tell" {
  for i in a b c d e f; do
    for k in m n o p q r; do
      printf 'Alas, red%s and green%s were late today.\tHélas, rouge%s et vert%s avaient du retard.\n' $i $k $i $k
    done
  done > colours.tsv
  bitext import -q --memory c.db --langs en,fr colours.tsv
  text='We were told by those who know them well that redc and greenp do not eat.'
  run bitext lookup -m c.db -f en -t fr --fragments "$text"
  [[ "${lines[0]}" == *"Alas, [redc and greenp] were late today." ]]
  [[ "${lines[1]}" == *"Hélas, [rougec et vertp] avaient du retard." ]]
  run bitext lookup -m c.db -f en -t fr --fragments --format jsonl "$text"
  [ "$(jq -c '.fragments[0].translated' <<< "$output")" = '[8,23]' ]
}

@test "fragments come from all memories, the longest at each place" {
  printf 'and the president arrived in Astana late\tet le président arriva tard à Astana\n' > n.tsv
  bitext import -q --memory n.db --langs en,fr n.tsv
  text='They wrote: both sides signed an accord, and the president arrived in Astana by night'
  run bitext lookup -m m.db -m n.db -f en -t fr --fragments "$text"
  [ "$status" -eq 1 ]
  [[ "${lines[0]}" == *"Both [sides signed an] agreement." ]]
  [[ "${lines[2]}" == *"m.db  unit "* ]]
  [[ "${lines[3]}" == *"[and the president arrived in Astana] late" ]]
  [[ "${lines[5]}" == *"n.db  unit "* ]]
  [ "${#lines[@]}" -eq 6 ]
}

@test "a range finds its regions" {
  printf 'Good morning\tBonjour\n' > r.tsv
  bitext import -q --memory r.db --langs en-GB,fr-CA r.tsv
  run bitext lookup -m r.db -f en -t fr 'Good morning'
  [ "$status" -eq 0 ]
  run bitext lookup -m r.db -f en-US -t fr 'Good morning'
  [ "$status" -eq 1 ]
}

@test "nothing found is 1" {
  run bitext lookup -m m.db -f en -t fr 'Quite another thing'
  [ "$status" -eq 1 ]
  [ -z "$output" ]
}

@test "bad options are one line and 2" {
  for bad in '-f en -t fr x' '-m m.db -t fr x' '-m m.db -f en x' '-m m.db -f en -t fr' \
    '-m m.db -f en -t fr --min 0 x' '-m m.db -f en -t fr --limit 0 x' \
    '-m m.db -f en -t fr --format xml x' '-m m.db -f en -t fr --penalty some:3 x' \
    '-m m.db -f en -t fr --penalty all x' '-m m.db -f 1 -t fr x' \
    '-m no.db -f en -t fr x' '-m m.tsv -f en -t fr x' '-m . -f en -t fr x'; do
    run bitext lookup $bad
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == "bitext: "* ]]
  done
}

@test "bytes that are no UTF-8 are no crash" {
  run bash -c "printf 'The \377president\n' | bitext lookup -m m.db -f en -t fr --format jsonl -"
  [ "$status" -ne 139 ]
  [ "$status" -le 2 ]
}

@test "search finds words in any order, without case and accents" {
  run bitext search -m m.db 'astana PRESIDENT'
  [ "$status" -eq 0 ]
  [[ "$output" == *"[président] est arrivé à [Astana]"* ]]
}

@test "search: a phrase, a beginning, an expression, exactly" {
  run bitext search -m m.db '"signed an"'
  [[ "${lines[0]}" == *"Both sides [signed an] agreement."* ]]
  run bitext search -m m.db '"an signed"'
  [ "$status" -eq 1 ]
  run bitext search -m m.db 'agree*'
  [[ "${lines[0]}" == *"[agreement]"* ]]
  run bitext search -m m.db --regex 'sign(ed|é)'
  [ "$status" -eq 0 ]
  run bitext search -m m.db --exact 'astana'
  [ "$status" -eq 1 ]
}

@test "search finds Chinese without spaces" {
  printf 'Good morning, world\t世界早上好\n' > z.tsv
  bitext import -q --memory z.db --langs en,zh z.tsv
  run bitext search -m z.db 早上
  [[ "${lines[0]}" == *"世界[早上]好"* ]]
}

@test "search: pages, languages and jsonl" {
  run bitext search -q -m m.db -l fr -n 1 --format jsonl astana
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == *'"language":"fr"'* ]]
  run bitext search -q -m m.db -l fr -n 1 --skip 1 astana
  [[ "${lines[0]}" == *"quitté"* ]]
  run bitext search -q -m m.db -l fr -n 1 --skip 2 astana
  [ "$status" -eq 1 ]
}

@test "search: what makes no sense is one line and 2" {
  for bad in '-m m.db' 'x' '-m m.db --regex (' '-m m.db --limit 0 x' '-m no.db x' \
    '-m m.db --format xml x' '-m m.db --lang 1 x'; do
    run bitext search $bad
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
  done
}

@test "the index is complete, and is made again" {
  run bitext index m.db
  [ "$status" -eq 0 ]
  run bitext index --rebuild m.db
  [ "$status" -eq 0 ]
  run bitext lookup -m m.db -f en -t fr 'The president left Astana.'
  [ "$status" -eq 0 ]
  sqlite3 m.db 'DELETE FROM index_tail'
  run bitext index m.db
  [ "$status" -eq 2 ]
  [[ "$output" == *"misses 6 texts"* ]]
  bitext index --rebuild m.db
  run bitext index m.db
  [ "$status" -eq 0 ]
}

@test "index: bad input is one line and 2" {
  for bad in '' 'no.db' 'm.tsv' '--rebuild .' 'm.db m.db'; do
    run bitext index $bad
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
  done
}

@test "a query of half a million tokens is a query" {
  yes mot | head -500000 | tr '\n' ' ' > long
  run bash -c "bitext lookup --memory m.db --from fr --to en - < long"
  [ "$status" -eq 1 ]
}

@test "segments of twelve thousand tokens are compared, however far apart" {
  seq -f 'w%g' 12000 | tr '\n' ' ' > long
  seq -f 'w%g' 12000 | sed '0~4s/w/z/' | tr '\n' ' ' > fourth
  printf '%s\tlong\n' "$(cat long)" > l.tsv
  bitext import -q --memory l.db --langs en,fr l.tsv
  bitext lookup -m l.db -f en -t fr --format jsonl - < long > out
  [ "$(jq -c '[.matches[0].score, .matches[0].base]' out)" = '[100,1]' ]
  bitext lookup -m l.db -f en -t fr --format jsonl --explain - < fourth > out
  [ "$(jq -c '.matches[0] | [.score, .base, .edits]' out)" = '[75,0.75,[]]' ]
  [ "$(jq -r '.matches[0].why' out)" = 'base 75, 3000 edits: too many to be listed' ]
}
