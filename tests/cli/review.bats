# bitext review: what needs a person's eye goes out as a table and comes back.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf 'Le port a rouvert lundi.\nIl pleut.\nTrois navires sont venus de Riga.\n' > a
  printf 'The port reopened on Monday.\nIt rains.\nThree ships came from Riga.\n' > b
  bitext align -q --lines --langs fr,en --memory m.db a b
}

texts() {
  bitext export -q --memory m.db --langs fr,en --format tsv | tail -n +2
}

@test "units below a score are listed with their texts" {
  run -0 --separate-stderr bitext review --below 1 --langs fr,en m.db
  [ "${lines[0]}" = $'unit\tcheck\tverdict\tscore\tflags\tfr\ten' ]
  [[ $output == *$'\tIl pleut.\tIt rains.'* ]]
  run -1 bitext review -q --below 0 --limit 1 m.db
}

@test "a table that nobody touched changes nothing" {
  texts > before
  bitext review -q --below 1 -o t.tsv m.db
  run -0 bitext review --apply t.tsv m.db
  [ "$output" = "bitext: 0 units approved, 0 corrected, 0 dropped" ]
  texts | cmp - before
}

@test "approved and corrected units are settled, dropped ones are gone" {
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  n=$(($(wc -l < t.tsv) - 1))
  [ "$n" -eq 3 ]
  awk -F '\t' -v OFS='\t' '/Riga/ { $3 = "ok" } /pleut/ { $7 = "It is raining." } /lundi/ { $3 = "drop" } { print }' t.tsv > back.tsv
  run -0 bitext review --apply back.tsv m.db
  [ "$output" = "bitext: 1 units approved, 1 corrected, 1 dropped" ]
  [ "$(texts | wc -l)" -eq 2 ]
  texts | grep -q $'Il pleut.\tIt is raining.'
  run -1 bitext review -q --below 1 m.db
}

@test "a correction may hold a tab and a line end" {
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  sed 's/It rains\./It\\trains\\\\ \\n here./' t.tsv > back.tsv
  bitext review -q --apply back.tsv m.db
  bitext export -q --memory m.db --format jsonl | grep -qF 'It\trains\\ \n here.'
}

@test "a unit that changed meanwhile is not overwritten" {
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  sed 's/It rains\./It is wet./' t.tsv > first.tsv
  sed 's/It rains\./It drips./; s/Three ships/3 ships/' t.tsv > second.tsv
  bitext review -q --apply first.tsv m.db
  texts > before
  run -2 bitext review -q --apply second.tsv m.db
  [[ $output =~ ^"bitext: second.tsv:"[0-9]+": the unit has changed since" ]]
  texts | cmp - before
}

@test "a table that makes no sense changes nothing" {
  texts > before
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  sed '2s/\t\t/\tmaybe\t/; s/It rains/It drips/' t.tsv > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  [[ $output == "bitext: back.tsv:2: has a verdict that is neither ok nor drop" ]]
  sed '3s/\t[^\t]*$//' t.tsv > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  [[ $output == "bitext: back.tsv:3: has other columns than the first line" ]]
  echo text > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  [[ $output == "bitext: back.tsv:1: is no table for review" ]]
  : > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  texts | cmp - before
}

@test "what is no memory is refused" {
  run -2 bitext review -q missing.db
  run -2 bitext review -q a
  run -2 bitext review -q
}
