# bitext batch: folders of pages in, a memory that grows.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

# make_group FOLDER NUMBER: a communiqué in three languages, different for each number.
make_group() {
  mkdir -p "$1"
  local day=$(($2 % 27 + 1)) tonnes=$(($2 * 37 + 1000))
  cat > "$1/fr.txt" <<END
Le port numéro $2 rouvre

Le port a rouvert le $day mars après $2 jours de travaux. Le maire a salué $tonnes ouvriers.

Le premier navire venait de Riga. Il portait $((tonnes + 7)) tonnes de bois.
END
  cat > "$1/en.txt" <<END
Port number $2 reopens

The port reopened on $day March after $2 days of works. The mayor praised $tonnes workers.

The first ship, which came from Riga, carried $((tonnes + 7)) tonnes of timber.
END
  cat > "$1/zh.txt" <<END
第$2号港口重新开放

港口在$2天施工后于3月$day日重新开放。市长向$tonnes名工人表示感谢。

第一艘船来自里加。它运载了$((tonnes + 7))吨木材。
END
}

setup() {
  cd "$BATS_TEST_TMPDIR"
  make_group pages/one 11
  make_group pages/two 222
}

refuses() {
  run -2 --separate-stderr "$@"
  [ "${#stderr_lines[@]}" -eq 1 ] || {
    echo "$stderr"
    return 1
  }
  [[ $stderr == "bitext: "* ]]
}

units() {
  bitext export -q --memory "$1" --format tsv | tail -n +2 | sort
}

@test "groups are found by folder, suffix and folder of the language" {
  mkdir -p mixed/fr mixed/en
  cp pages/one/fr.txt mixed/a.fr.txt
  cp pages/one/en.txt mixed/a_en.txt
  cp pages/two/fr.txt mixed/fr/b.txt
  cp pages/two/en.txt mixed/en/b.txt
  run -0 --separate-stderr bitext batch -q --memory m.db --dry-run --langs fr,en pages mixed
  [ "${lines[0]}" = $'new\tmixed/a\tmixed/a.fr.txt\tmixed/a_en.txt' ]
  [ "${lines[1]}" = $'new\tmixed/b\tmixed/fr/b.txt\tmixed/en/b.txt' ]
  [ "${lines[2]}" = $'new\tpages/one\tpages/one/fr.txt\tpages/one/en.txt' ]
  [ ! -e m.db ]
}

@test "the second run finds nothing to do" {
  run -0 bitext batch --memory m.db pages
  [[ $output == *"2 groups added with 8 units; 0 known"* ]]
  units m.db > first
  run -0 bitext batch --memory m.db pages
  [[ $output == *"0 groups added with 0 units; 2 known"* ]]
  units m.db | cmp - first
}

@test "only what is new is aligned" {
  bitext batch -q --memory m.db pages
  make_group pages/three 33
  run -0 --separate-stderr bitext batch -q --memory m.db --dry-run pages
  [ "$(grep -c ^known <<< "$output")" -eq 2 ]
  [[ $output == *$'new\tpages/three'* ]]
  run -0 bitext batch --memory m.db pages
  [[ $output == *"1 groups added with 4 units; 2 known"* ]]
}

@test "a changed page replaces its units" {
  bitext batch -q --memory m.db pages
  sed -i 's/Riga/Oslo/' pages/one/fr.txt
  run -0 bitext batch --memory m.db pages
  [[ $output == *"1 groups added with 4 units; 1 known"* ]]
  units m.db > after
  [ "$(grep -c Oslo after)" -eq 1 ]
  [ "$(wc -l < after)" -eq 8 ]
}

@test "a story that another agency repeats is not stored twice" {
  mkdir pages/other
  cp pages/one/* pages/other/
  run -0 bitext batch --memory m.db --report r.json pages
  [[ $output == *"2 groups added with 8 units; 0 known, 1 duplicates"* ]]
  grep -q '"twin": "pages/one"' r.json
  run -0 bitext batch --memory m.db pages
  [[ $output == *"0 groups added with 0 units; 3 known"* ]]
}

@test "results depend neither on the number of jobs nor on the order" {
  for i in $(seq 40); do make_group "many/$i" $((i * 13)); done
  bitext batch -q --memory one.db --jobs 1 many
  bitext batch -q --memory four.db --jobs 4 many
  bitext batch -q --memory order.db --jobs 3 many/2* many/1* many/[3-9]*
  bitext export -q --memory one.db > one.tmx
  bitext export -q --memory four.db | cmp - one.tmx
  units one.db > one
  units order.db | cmp - one
}

@test "shards together hold what one process makes" {
  for i in $(seq 20); do make_group "many/$i" $((i * 13)); done
  bitext batch -q --memory all.db many
  for i in 1 2 3; do
    bitext batch -q --memory "part$i.db" --shard "$i/3" many
    units "part$i.db"
  done | sort > parts
  units all.db | cmp - parts
  [ "$(units part1.db | wc -l)" -lt 80 ]
}

@test "a bad page is told, the rest goes on" {
  head -c 3000 "$(command -v bitext)" > pages/one/zh.txt
  : > pages/two/en.txt
  : > pages/two/fr.txt
  run -2 --separate-stderr bitext batch -q --memory m.db --report r.json pages
  [ "${#stderr_lines[@]}" -eq 3 ]
  [[ $stderr == *"pages/two/en.txt: is empty"* ]]
  [ "$(units m.db | wc -l)" -eq 4 ]
  grep -q '"outcome": "failed"' r.json
}

@test "a page that was bad joins its group when it is good" {
  mv pages/one/zh.txt good
  : > pages/one/zh.txt
  run -2 bitext batch -q --memory m.db pages
  mv good pages/one/zh.txt
  bitext batch -q --memory m.db pages
  [ "$(units m.db | grep -c 里加)" -eq 2 ]
}

@test "a file without a partner stays alone and is told" {
  cp pages/one/fr.txt pages/lonely.fr.txt
  cp pages/one/fr.txt pages/nameless.txt
  run -0 bitext batch --memory m.db pages
  [[ $output == *"pages/lonely.fr.txt: no other language of it is here"* ]]
  [[ $output == *"pages/nameless.txt: its name tells no language"* ]]
}

@test "a page that is gone is told, its units stay" {
  bitext batch -q --memory m.db pages
  rm -r pages/one
  run -0 bitext batch --memory m.db pages
  [[ $output == *"pages/one/fr.txt: is in the memory, but its file is gone"* ]]
  [ "$(units m.db | wc -l)" -eq 8 ]
}

@test "a list says which documents belong together" {
  cp pages/one/fr.txt a
  cp pages/one/en.txt b
  printf 'port\tfr\ta\thttps://example.org/fr\nport\ten\tb\n' > list.tsv
  run -0 bitext batch --memory m.db --list list.tsv
  [[ $output == *"1 groups added"* ]]
  bitext export -q --memory m.db | grep -q 'https://example.org/fr'
  printf '{"group":"port","language":"fr","path":"a","uri":"https://example.org/fr"}\n{"group":"port","language":"en","path":"b"}\n' > list.jsonl
  run -0 bitext batch --memory m.db --list list.jsonl
  [[ $output == *"1 known"* ]]
}

@test "a list that makes no sense is refused with its line" {
  printf 'port\tfr\ta\n\nport\n' > list.tsv
  refuses bitext batch -q --memory m.db --list list.tsv
  [[ $stderr == *"list.tsv:3: "* ]]
  printf '{"group":' > list.jsonl
  refuses bitext batch -q --memory m.db --list list.jsonl
  [ ! -e m.db ]
}

@test "the report stands alone and shows the weakest beads" {
  bitext batch -q --memory m.db --report r.html --report r.json pages
  run -1 grep -E '(src|href)="?(https?:)?//' r.html
  run -1 grep -F '{{' r.html
  grep -q '<p lang="zh"' r.html
  python3 -c 'import json; r = json.load(open("r.json")); assert r["counts"]["added"] == 2 and sum(r["scores"]) == r["counts"]["units"] == 8 and len(r["weakest"]) == 8'
}

@test "another batch on the same memory is told to wait" {
  exec 9> m.db.lock
  flock -n 9
  refuses bitext batch -q --memory m.db pages/two
  [[ $stderr == *"another batch is at work"* ]]
  exec 9>&-
  bitext batch -q --memory m.db pages/two
  [ ! -e m.db.lock ]
}

@test "what was committed survives a kill, and the next run does the rest" {
  for i in $(seq 300); do make_group "many/$i" $((i * 13)); done
  bitext batch -q --memory whole.db many
  bitext batch -q --memory m.db --jobs 1 many &
  pid=$!
  sleep 0.4
  kill -9 "$pid" 2> /dev/null || true
  wait "$pid" || true
  bitext batch -q --memory m.db many
  units whole.db > whole
  units m.db | cmp - whole
}

@test "options that make no sense are refused" {
  refuses bitext batch -q pages
  refuses bitext batch -q --memory m.db
  refuses bitext batch -q --memory m.db --shard 4/3 pages
  refuses bitext batch -q --memory m.db --shard 0/3 pages
  refuses bitext batch -q --memory m.db --shard 1of3 pages
  refuses bitext batch -q --memory m.db --jobs=-2 pages
  refuses bitext batch -q --memory m.db --min-score 2 pages
  refuses bitext batch -q --memory m.db --pair-by colour pages
  refuses bitext batch -q --memory m.db missing
  [[ $stderr == *"missing: cannot open"* ]]
}

@test "nothing found is said by the exit status" {
  mkdir empty
  run -1 bitext batch -q --memory m.db empty
}

@test "a memory that is none is refused" {
  echo "not a database at all, only text, but long enough to look at" > m.db
  refuses bitext batch -q --memory m.db pages
  [ "$(wc -l < m.db)" -eq 1 ]
}

@test "documents without names are paired by what they say" {
  mkdir loose
  i=0
  for folder in "$SOURCE"/corpora/communiques/*/; do
    for language in zh fr en; do
      i=$((i + 1))
      cp "$folder$language.lines" "loose/$i.txt"
    done
  done
  groups=$((i / 3))
  make_group strange 5
  cp strange/fr.txt loose/stranger.txt
  run -0 --separate-stderr bitext batch --memory m.db --pair-by content --lines --langs fr,en,zh --dry-run loose
  [ "${#lines[@]}" -eq "$groups" ]
  for n in $(seq "$groups"); do
    f=$((n * 3 - 1))
    [[ $output == *$'new\tloose/'"$f.txt"$'\t'"loose/$f.txt"$'\t'"loose/$((f + 1)).txt"$'\t'"loose/$((f - 1)).txt"* ]]
  done
}

# A batch of two groups on a terminal of 70 columns; one of its pages takes a while to come,
# as often as it is read, for nothing is shown of work that is done at once.
slow_batch() {
  mkfifo slow
  while sleep 0.9; do timeout 5 cp pages/one/fr.txt /dev/stdout > slow; done 3>&- &
  local writer=$!
  printf 'a 很长的名字很长的名字很长的名字\tfr\tslow\na 很长的名字很长的名字很长的名字\ten\tpages/one/en.txt\nb\tfr\tpages/two/fr.txt\nb\ten\tpages/two/en.txt\n' > list
  COLUMNS=70 TERM=${1-xterm} script -qec "stty cols 70; $BITEXT_LINE" typescript < /dev/null > /dev/null || true
  kill "$writer"
}

@test "a terminal sees how far the work is, on one line that is erased at the end" {
  command -v script || skip "script is not installed"
  BITEXT_LINE="bitext batch --jobs 1 --memory m.db --list list" slow_batch
  python3 - <<'END'
import re, unicodedata
shown = re.findall("\r\x1b\\[K([^\r\n]*)", open("typescript", encoding="utf-8", newline="").read())
bars = [line for line in shown if line.startswith("groups")]
assert bars and re.match(r"groups  \d of 2  \d+ %  ", bars[0]), shown
assert " documents  " in bars[0] and " units  " in bars[0] and "/s  a 很" in bars[0], bars
for bar in bars:
    assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in bar) < 70, bar
assert shown[-1].startswith("bitext: 2 groups added"), shown
END
}

@test "no bar is shown where it would not help" {
  command -v script || skip "script is not installed"
  BITEXT_LINE="bitext batch -q --jobs 1 --memory m.db --list list" slow_batch
  run -1 grep groups typescript
  rm slow m.db
  BITEXT_LINE="bitext batch --jobs 1 --memory m.db --list list" slow_batch dumb
  run -1 grep 'of 2' typescript
  rm slow m.db
  BITEXT_LINE="bitext batch --jobs 1 --memory m.db --list list 2> messages" slow_batch
  run -1 grep 'of 2' typescript messages
}

@test "a long report shows what needs a look, and says what it leaves out" {
  mkdir many
  for i in $(seq 600); do
    : > "many/$i.fr.txt"
    : > "many/$i.en.txt"
  done
  run -2 bitext batch -q --memory m.db --report r.html --report r.json pages many
  [ "$(grep -c '<tr><th scope="row">' r.html)" -eq 500 ]
  grep -q 'Of 602 groups these are the first 500' r.html
  grep -q 'and 1100 more, which the JSON report lists' r.html
  python3 - <<'END'
import json
report = json.load(open("r.json"))
assert len(report["groups"]) == 602 and len(report["problems"]) == 1200, report["counts"]
assert report["groups"][0]["outcome"] == "failed" and report["groups"][-1]["outcome"] == "added"
END
}

@test "sources are links where they can be opened, and flags have names" {
  mv pages/one "pages/a #1"
  sed -i 's/1414/9999/' "pages/a #1/en.txt"
  bitext batch -q --memory m.db --report r.html --report r.json pages
  grep -qF "<a href=\"file://$PWD/pages/a%20%231/fr.txt\">" r.html
  python3 - <<'END'
import json
report = json.load(open("r.json"))
assert any("numbers-differ" in bead["flags"] for bead in report["weakest"])
assert report["began"].endswith("Z") and report["flags"]["numbers-differ"] >= 1
END
}

@test "where names tell nothing, another way is named" {
  mkdir loose
  cp pages/one/fr.txt loose/visite.txt
  cp pages/one/en.txt loose/visit.txt
  run -1 bitext batch --memory m.db loose
  [[ $output == *"--pair-by content"* ]]
  run -0 bitext batch --memory m.db --pair-by content loose
  [[ $output == *"1 groups added"* ]]
}

@test "a story that an earlier batch has stored is not stored twice" {
  mkdir today
  bitext batch -q --memory m.db pages
  cp -r pages/one today/other
  make_group today/three 33
  run -0 bitext batch --memory m.db --report r.json today
  [[ $output == *"1 groups added with 4 units; 0 known, 1 duplicates"* ]]
  grep -q '"twin": "pages/one/' r.json
  units m.db > after
  [ "$(wc -l < after)" -eq 12 ]
}

@test "a changed story is no twin of what it was" {
  bitext batch -q --memory m.db pages
  sed -i 's/Le maire a salué/Le maire, lui, a salué/' pages/one/fr.txt
  run -0 bitext batch --memory m.db pages
  [[ $output == *"1 groups added with 4 units; 1 known, 0 duplicates"* ]]
  [ "$(units m.db | grep -c 'Le maire, lui')" -eq 1 ]
}

@test "twins stay twins where the first batch was killed between them" {
  cp -r pages/one pages/other
  bitext batch -q --memory whole.db pages
  bitext batch -q --memory m.db pages/one
  bitext batch -q --memory m.db pages
  units whole.db > whole
  units m.db | cmp - whole
}

@test "an approved unit of a changed page stays, the others are new" {
  bitext batch -q --memory m.db pages
  id=$(bitext export -q --memory m.db --format jsonl | python3 -c '
import json, sys
for line in sys.stdin:
    unit = json.loads(line)
    if any("tonnes of timber" in str(v) for v in unit.values()): print(unit["id"]); break')
  bitext approve -q --memory m.db "$id"
  sed -i 's/Le port numéro 11 rouvre/Le port numéro 11 est ouvert/' pages/one/fr.txt
  bitext batch -q --memory m.db pages
  units m.db > after
  [ "$(wc -l < after)" -eq 8 ]
  [ "$(grep -c 'est ouvert' after)" -eq 1 ]
  run -0 bitext export -q --memory m.db --format jsonl
  [ "$(grep -c approved <<< "$output")" -eq 1 ]
}

@test "texts of two languages are paired where the first of those asked for is missing" {
  mkdir loose
  cp "$SOURCE"/corpora/communiques/state-visit/en.lines loose/a.txt
  cp "$SOURCE"/corpora/communiques/state-visit/zh.lines loose/b.txt
  cp "$SOURCE"/corpora/communiques/trade-figures/fr.lines loose/c.txt
  run -0 --separate-stderr bitext batch --memory m.db --pair-by content --lines --langs fr,en,zh --dry-run loose
  [ "$output" = $'new\tloose/a.txt\tloose/a.txt\tloose/b.txt' ]
  [[ $stderr == *"loose/c.txt: says what no other file clearly says"* ]]
}

@test "two strangers are no pair though nobody else is there" {
  mkdir loose
  cp "$SOURCE"/corpora/communiques/state-visit/en.lines loose/a.txt
  cp "$SOURCE"/corpora/communiques/trade-figures/fr.lines loose/b.txt
  run -1 --separate-stderr bitext batch --memory m.db --pair-by content --lines --dry-run loose
  [ "$output" = "" ]
}
