# bitext review: what needs a person's eye goes out as a file and comes back.
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
  [ "${lines[0]}" = $'unit\tverdict\tscore\tflags\tfr\ten' ]
  [[ $output == *$'\tIl pleut.\tIt rains.'* ]]
  run -1 bitext review -q --below 0 --limit 1 m.db
}

@test "a table that nobody touched changes nothing" {
  texts > before
  bitext review -q --below 1 -o t.tsv m.db
  run -0 bitext review --apply t.tsv m.db
  [ "$output" = "bitext: 0 units approved, 0 corrected, 0 dropped, 0 were so already" ]
  texts | cmp - before
}

@test "approved and corrected units are settled, dropped ones are gone" {
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  n=$(($(wc -l < t.tsv) - 1))
  [ "$n" -eq 3 ]
  awk -F '\t' -v OFS='\t' '/Riga/ { $2 = "ok" } /pleut/ { $6 = "It is raining." } /lundi/ { $2 = "drop" } { print }' t.tsv > back.tsv
  run -0 bitext review --apply back.tsv m.db
  [ "$output" = "bitext: 1 units approved, 1 corrected, 1 dropped, 0 were so already" ]
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
  [ "$output" = "bitext: second.tsv:3: the unit has changed since this was written" ]
  texts | cmp - before
  run -2 bitext review --keep-going --apply second.tsv m.db
  [[ $output == *"second.tsv:3: the unit has changed since"*"0 units approved, 1 corrected"* ]]
  texts | grep -q '3 ships'
  texts | grep -q 'It is wet'
}

@test "a file may come twice" {
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  awk -F '\t' -v OFS='\t' '/Riga/ { $2 = "ok" } /pleut/ { $6 = "It is raining." } /lundi/ { $2 = "drop" } { print }' t.tsv > back.tsv
  bitext review -q --apply back.tsv m.db
  bitext export -q --memory m.db > once.tmx
  run -0 bitext review --apply back.tsv m.db
  [ "$output" = "bitext: 0 units approved, 0 corrected, 0 dropped, 3 were so already" ]
  bitext export -q --memory m.db | cmp - once.tmx
}

@test "a review is one change that undo takes back" {
  texts > before
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  sed 's/It rains\./It drips./; s/Three ships/3 ships/' t.tsv > back.tsv
  bitext review -q --apply back.tsv m.db
  bitext undo -q m.db
  texts | cmp - before
}

@test "a table that makes no sense changes nothing" {
  texts > before
  bitext review -q --below 1 --langs fr,en -o t.tsv m.db
  sed '2s/\t\t/\tmaybe\t/; s/It rains/It drips/' t.tsv > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  [ "$output" = "bitext: back.tsv:2: has a verdict that is neither ok nor drop" ]
  sed '3s/\t[^\t]*$//' t.tsv > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  [ "$output" = "bitext: back.tsv:3: 5 columns where there should be 6" ]
  sed '3s/\t[^\t]*$/\t/' t.tsv > back.tsv
  run -2 bitext review -q --apply back.tsv m.db
  [[ $output == "bitext: back.tsv:3: lacks a text"* ]]
  sed '4s/^u3/u99/' t.tsv > back.tsv
  run -2 bitext review -q --approve --apply back.tsv m.db
  [ "$output" = "bitext: back.tsv:4: the unit is no longer there" ]
  for text in 'text' '' $'fr\ten\nIl pleut.\tIt rains.'; do
    echo "$text" > back.tsv
    run -2 bitext review -q --apply back.tsv m.db
    [[ $output == "bitext: back.tsv:"* ]]
  done
  [ "$output" = "bitext: back.tsv:2: is no unit of a review" ]
  texts | cmp - before
}

@test "a table goes through a spreadsheet as CSV" {
  printf 'Il dit : « "Oui"; non, \\n ».\n' > c
  printf 'He says: "Yes"; no, \\n.\n' > d
  bitext align -q --lines --langs fr,en --memory n.db c d
  bitext review -q --below 1 --langs fr,en -o t.csv n.db
  # As a spreadsheet in French saves it.
  python3 - <<'END'
import csv
rows = list(csv.reader(open("t.csv", newline="", encoding="utf-8-sig")))
assert rows[1][5] == 'He says: "Yes"; no, \\n.', rows
rows[1][2] = rows[1][2].replace(".", ",")
rows[1][5] += " Or: maybe,\nperhaps."
csv.writer(open("back.csv", "w", newline="", encoding="utf-8-sig"), delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
END
  run -0 bitext review --apply back.csv n.db
  [[ $output == *"1 corrected"* ]]
  bitext export -q --memory n.db --format jsonl | grep -qF 'He says: \"Yes\"; no, \\n. Or: maybe,\nperhaps.'
}

@test "odd texts go out and come back in every format without a change" {
  python3 - <<'END'
import json
pairs = [("a\tb\nc  d\r\ne ", " x & <y> \"z\" 'q' \u00a0 end"), ("]]> <g>", "&amp; \u0085 x"), ("=1+1", "-2, \"a\"; b"), ("\\n", "a\\")]
with open("odd.jsonl", "w") as file:
    for french, english in pairs:
        print(json.dumps({"fr": french, "en": english, "de": "x"}), file=file)
END
  bitext import -q --memory odd.db odd.jsonl
  sqlite3 odd.db 'UPDATE unit SET score = 100' || skip "sqlite3 is not installed"
  bitext export -q odd.db > before
  for format in tsv csv xliff xliff2; do
    bitext review -q --langs fr,en -f "$format" -o odd.file odd.db
    run -0 bitext review --apply odd.file odd.db --format "${format/xliff2/xliff}"
    [ "$output" = "bitext: 0 units approved, 0 corrected, 0 dropped, 0 were so already" ]
  done
  bitext export -q odd.db | cmp - before
}

for_each_xliff() {
  for format in xliff xliff2; do
    rm -f m.db
    bitext align -q --lines --langs fr,en --memory m.db a b
    bitext review -q --below 1 --langs fr,en --format "$format" -o t.xlf m.db
    "$@"
  done
}

changes_nothing() {
  texts > before
  run -0 bitext review --apply t.xlf m.db
  [ "$output" = "bitext: 0 units approved, 0 corrected, 0 dropped, 0 were so already" ]
  texts | cmp - before
}

@test "an XLIFF that nobody touched changes nothing" {
  for_each_xliff changes_nothing
}

# The last unit is approved, and another gets a text with a tag.
corrects_and_approves() {
  local tag=g
  [ "$format" = xliff ] || tag=pc
  perl -0pe 's/(.*)state="(needs-review-translation|translated" subState="bitext:needs-review)"/$1state="final"/s;
    s/It rains\./It is <'$tag' id="1">raining<\/'$tag'>./' t.xlf > back.xlf
  run -0 bitext review --apply back.xlf m.db
  [ "$output" = "bitext: 1 units approved, 1 corrected, 0 dropped, 0 were so already" ]
  texts | grep -q $'Il pleut.\tIt is raining.'
  bitext export -q --memory m.db | grep -q 'It is <bpt.*raining<ept'
  run -0 bitext review --apply back.xlf m.db
  [ "$output" = "bitext: 0 units approved, 0 corrected, 0 dropped, 2 were so already" ]
  run -0 --separate-stderr bitext review -q --below 1 m.db
  [ "${#lines[@]}" -eq 2 ]
}

@test "texts and states of an XLIFF come back, once" {
  for_each_xliff corrects_and_approves
}

approves_what_is_left() {
  run -0 bitext review --approve --apply t.xlf m.db
  [ "$output" = "bitext: 3 units approved, 0 corrected, 0 dropped, 0 were so already" ]
  run -1 bitext review -q --below 1 m.db
}

@test "a tool that knows no states approves by --approve" {
  for_each_xliff approves_what_is_left
}

@test "XLIFF is asked for two languages" {
  bitext align -q --lines --langs fr,en,de --memory three.db a b a
  run -2 bitext review -q -f xliff three.db
  [[ $output == *"say which with --langs" ]]
  bitext review -q --below 1 --langs fr,de -f xliff -o t.xlf three.db
  bitext review -q --below 1 --langs fr,en -f xliff -o u.xlf three.db
  sed 's/<target \(.*\)Il pleut/<target \1Il regnet/' t.xlf > t2.xlf
  sed 's/It rains/It drips/' u.xlf > u2.xlf
  bitext review -q --apply t2.xlf three.db
  bitext review -q --apply u2.xlf three.db
  bitext export -q --memory three.db --langs fr,en,de --format tsv | grep -q $'Il pleut.\tIt drips.\tIl regnet.'
}

@test "what is no memory is refused" {
  run -2 bitext review -q missing.db
  run -2 bitext review -q a
  run -2 bitext review -q
}
