# The commands that look after a memory, as their users meet them.

setup() {
  cd "$BATS_TEST_TMPDIR"
  export USER=maria
  printf 'fr\ten\nUn.\tOne.\nDeux.\tTwo.\nTrois.\tThree.\n' > m.tsv
  bitext import -q --memory m.db m.tsv
}

texts() { bitext export -q --memory "${1:-m.db}" --langs fr,en --format tsv | tail -n +2 | tr '\t\n' '|,'; }

fails() { # message, command...
  local message=$1
  shift
  run bitext "$@"
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: $message" ]
}

@test "info counts by language and document" {
  run bitext info m.db
  [ "$status" -eq 0 ]
  [[ "$output" == *"3  units, 0 approved, 0 edited"* ]]
  [[ "$output" == *"3  m.tsv"* ]]
  [ "$(bitext info --format json m.db | jq -c '[.schema, .units, .languages.fr, .documents[0].uri]')" = '[3,3,3,"m.tsv"]' ]
}

@test "add prints the number of the new unit" {
  [ "$(bitext add -m m.db --langs fr,en Quatre. Four.)" = 4 ]
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,Quatre.|Four.,' ]
}

@test "edit changes one text and approves the unit" {
  bitext edit -m m.db 2 -l en "Two!"
  [ "$(texts)" = 'Un.|One.,Deux.|Two!,Trois.|Three.,' ]
  [ "$(bitext info --format json m.db | jq -c '[.approved, .edited]')" = '[1,1]' ]
}

@test "what a person has edited outlives another version of the file" {
  bitext edit -m m.db 2 -l en "Two!"
  printf 'fr\ten\nZéro.\tZero.\nDeux.\tTwo.\n' > m.tsv
  bitext import -q --memory m.db m.tsv
  [ "$(texts)" = 'Zéro.|Zero.,Deux.|Two!,' ]
}

@test "delete takes numbers or options, and undo brings back" {
  bitext delete -q -m m.db 1 3
  [ "$(texts)" = 'Deux.|Two.,' ]
  bitext delete -q -m m.db --text Deu
  [ "$(texts)" = '' ]
  bitext undo -q m.db
  bitext undo -q m.db
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
  bitext check -q m.db
}

@test "delete --dry-run only shows" {
  run bitext delete -n -m m.db --text Deux
  [ "${lines[0]}" = 2 ]
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
}

@test "approve and revoke" {
  bitext approve -q -m m.db --all
  run bitext approve -m m.db --revoke --flag approved
  [ "$output" = "bitext: 3 units are approved no more" ]
  run bitext approve -m m.db --flag approved
  [ "$status" -eq 1 ]
}

@test "replace shows first and changes with --apply" {
  run bitext replace -m m.db -l en T t
  [ "$status" -eq 0 ]
  [[ "$output" == *"2 units would change"* ]]
  [[ "$output" == *"- Two."*"+ two."* ]]
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
  bitext replace -q -m m.db -l en --apply T t
  [ "$(texts)" = 'Un.|One.,Deux.|two.,Trois.|three.,' ]
  run bitext replace -m m.db nowhere x
  [ "$status" -eq 1 ]
}

@test "replace changes the text outside of inline tags, or leaves it" {
  cat > tags.tmx <<< '<?xml version="1.0"?><tmx version="1.4"><header srclang="fr"/><body>
  <tu><tuv xml:lang="fr"><seg>a <ph x="1">b</ph>one two</seg></tuv><tuv xml:lang="en"><seg>x</seg></tuv></tu></body></tmx>'
  bitext import -q --memory tags.db tags.tmx
  bitext replace -q -m tags.db --apply one 1
  bitext export -q --memory tags.db --format tmx | grep -F '</ph>1 two</seg>'
  bitext check -q tags.db
}

@test "replace knows expressions and their groups" {
  bitext replace -q -m m.db -l en --apply -e '^(T)(\w)\w*' '$2-${1}\$$0'
  [ "$(texts)" = 'Un.|One.,Deux.|w-T$Two.,Trois.|h-T$Three.,' ]
  bitext undo -q m.db
  bitext replace -q -m m.db --apply -i T_ x || [ $? -eq 1 ]
  bitext replace -q -m m.db --apply -i t '$1'
  [ "$(texts)" = 'Un.|One.,Deux.|$1wo.,$1rois.|$1hree.,' ]
  bitext undo -q m.db
  bitext replace -q -m m.db --langs en --apply -e 'e?' '' # the other variant stays
  [ "$(texts)" = 'Un.|On.,Dux.|Two.,Trois.|Thr.,' ]
  bitext check -q m.db
}

@test "replace says where an expression is wrong, and gives up on a slow one" {
  fails 'replace: not a regular expression, at character 3: a parenthesis lacks its other half' replace -m m.db -e 'T(w' x
  fails 'replace: at character 2: $ without a group of the expression; \$ stands for a dollar' replace -m m.db -e '(T)w' 'a$2'
  fails 'replace: at character 1: $ without a group of the expression; \$ stands for a dollar' replace -m m.db -e '(?<x>T)w' '${y}'
  bitext add -q -m m.db --langs fr,en "$(printf 'a%.0s' {1..60})" x
  run bitext replace -m m.db --apply -e '(a|a)*b|T' x
  [ "$status" -eq 2 ]
  [[ "$output" == *"the expression takes too long" ]]
  [ "$(bitext info --format json m.db | jq .edited)" = 0 ]
}

@test "replace puts tags and text together again" {
  cat > tags.tmx <<< '<?xml version="1.0"?><tmx version="1.4"><header srclang="fr"/><body>
  <tu><tuv xml:lang="fr"><seg>R&amp;D <bpt i="1">&lt;b></bpt>one<ept i="1">&lt;/b></ept> &lt;one></seg></tuv></tu>
  <tu><tuv xml:lang="fr"><seg>o<ph x="1">one</ph>ne <hi>one</hi></seg></tuv></tu></body></tmx>'
  bitext import -q --memory tags.db tags.tmx
  run bitext replace -m tags.db --apply -e '(<?)one' '$1<1&2>'
  [[ "$output" == *"unit 2: the words stand across an inline tag; left alone"* ]]
  [[ "$output" == *"1 units changed"* ]]
  bitext export -q --memory tags.db | grep -F '<seg>R&amp;D <bpt i="1">&lt;b&gt;</bpt>&lt;1&amp;2&gt;<ept i="1">&lt;/b&gt;</ept> &lt;&lt;1&amp;2&gt;&gt;</seg>'
  bitext replace -q -m tags.db --apply --text 'ne one' -e '\bone$' 'zwei'
  bitext export -q --memory tags.db | grep -F '<seg>o<ph x="1">one</ph>ne <hi>zwei</hi></seg>'
}

@test "dedupe keeps one of each" {
  bitext add -m m.db --langs fr,en Un. One.
  run bitext dedupe -q -m m.db --dry-run
  [ "$output" = 1 ]
  run bitext dedupe -q -m m.db
  [ "$output" = 1 ]
  run bitext dedupe -q -m m.db
  [ "$status" -eq 1 ]
}

@test "merging depends on neither order nor grouping" {
  printf 'fr\ten\nQuatre.\tFour.\n' > n.tsv
  bitext import -q --memory n.db n.tsv
  bitext add -m n.db --langs fr,zh Cinq. 五。
  bitext edit -m m.db 1 -l en "One!"
  bitext merge m.db n.db -o mn.db
  bitext merge n.db m.db n.db -o nmn.db
  bitext merge mn.db mn.db -o twice.db
  cmp mn.db nmn.db
  cmp mn.db twice.db
  bitext diff mn.db nmn.db
  bitext check -q mn.db
  [ "$(bitext info --format json mn.db | jq .units)" = 5 ]
  fails "mn.db: exists; --force replaces it" merge m.db -o mn.db
}

@test "diff tells memories apart" {
  bitext backup m.db copy.db
  bitext diff m.db copy.db
  bitext edit -m copy.db 1 -l en "One!"
  run bitext diff m.db copy.db
  [ "$status" -eq 1 ]
  [[ "$output" == *"- 1"*"One."*"+ 1"*"One!"* ]]
}

@test "history says who and what" {
  bitext edit -m m.db 2 -l en "Two!"
  run bitext history m.db 2
  [[ "${lines[0]}" == "batch 1  "*"  maria  import m.tsv" ]]
  [[ "${lines[2]}" == "batch 2  "*"  maria  edit -m m.db 2 -l en Two!" ]]
  [ "$(bitext history --format jsonl m.db 2 | jq -c .change | tr '\n' ' ')" = '"added" "edited" ' ]
}

@test "vacuum can forget the history" {
  bitext delete -q -m m.db 1
  bitext vacuum -q --keep-history 0 m.db
  run bitext undo m.db
  [ "$status" -eq 1 ]
  [ "$output" = "bitext: m.db: there is nothing to undo" ]
}

@test "stats counts scores and flags" {
  bitext approve -q -m m.db 1
  [ "$(bitext stats --format json m.db | jq -c '[.texts, .unscored, .flags.approved]')" = '[6,3,1]' ]
}

@test "nothing is left behind beside the memory" {
  bitext info m.db
  bitext edit -m m.db 1 x
  [ "$(echo m.db*)" = m.db ]
}

@test "every bad input has one clear line" {
  echo "no database at all, but text" > text
  : > empty
  mkdir folder
  sqlite3 foreign.db 'CREATE TABLE x (y)'
  head -c 5000 m.db > cut.db
  cp m.db newer.db && sqlite3 newer.db 'PRAGMA user_version = 99'
  fails "missing.db: cannot open: No such file or directory" info missing.db
  fails "folder: cannot open: is a directory" info folder
  fails "empty: is empty, not a memory" info empty
  fails "text: is not a database" info text
  fails "foreign.db: is a database of another program" info foreign.db
  fails "foreign.db: is a database of another program" add -m foreign.db --langs fr a
  fails "newer.db: was written by a newer version (schema 99, this program knows up to 3)" info newer.db
  run bitext info cut.db
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  fails "which memory? Say --memory DB" approve 1
  fails "--langs: the languages of the texts are needed" add -m m.db a b
  fails "add: no text for en" add -m m.db --langs fr,en a
  fails "add: more texts than languages" add -m m.db --langs fr a b
  fails "m.db: there is no unit 77" edit -m m.db 77 x
  fails "x7: is no number of a unit" edit -m m.db x7 x
  fails "edit: the text is empty; \"bitext delete\" deletes" edit -m m.db 1 ""
  fails "which units? Say their numbers, options that choose them, or --all" delete -m m.db
  fails "say numbers of units or options that choose them, not both" delete -m m.db 1 --all
  fails "--flag: no flag \"aproved\"; did you mean approved?" delete -m m.db --flag aproved
  fails "--below: a score lies between 0 and 1" delete -m m.db --below 7
  fails "--since: \"yesterday\" is no date such as 2017-06-09" delete -m m.db --since yesterday
  fails "--keep: \"all\" is none of first, newest, best" dedupe -m m.db --keep all
  fails "merge: -o DB is needed" merge m.db
  fails "backup: a memory and the name of its copy are needed" backup m.db
  fails "--format: \"xml\" is neither text nor json" info --format xml m.db
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
}

@test "a full disk is one clear line, and the memory is as it was" {
  command -v prlimit || skip
  run prlimit --fsize=$(($(stat -c %s m.db) + 4096)) bash -c 'trap "" XFSZ; for i in {1..2000}; do echo "sentence $i	phrase $i"; done > n.tsv; bitext import -q --memory m.db --langs en,fr n.tsv'
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == "bitext: "*": cannot "* ]]
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
  bitext check -q m.db
}

@test "readers see the last commit while a writer works" {
  seq 60000 | awk '{print "phrase " $1 "\tsentence " $1}' > big.tsv
  bitext import -q --memory m.db --langs fr,en big.tsv &
  local writer=$! seen
  while kill -0 $writer 2> /dev/null; do
    seen=$(bitext info --format json m.db | jq .units)
    [ "$seen" = 3 ] || [ "$seen" = 60003 ]
  done
  wait $writer
  [ "$(bitext info --format json m.db | jq .units)" = 60003 ]
}

@test "writers queue, and none loses" {
  local i pids=()
  for i in 1 2 3 4; do
    (for j in 1 2 3 4 5; do bitext add -m m.db --langs fr,en "f$i$j" "e$i$j" || exit 1; done) > /dev/null &
    pids+=($!)
  done
  for i in "${pids[@]}"; do wait "$i"; done
  [ "$(bitext info --format json m.db | jq .units)" = 23 ]
  bitext check -q m.db
}

@test "several processes may make a memory at the same time" {
  local i pids=()
  for i in 1 2 3 4 5 6; do
    bitext add -m new.db --langs fr,en "f$i" "e$i" > /dev/null &
    pids+=($!)
  done
  for i in "${pids[@]}"; do wait "$i"; done
  [ "$(bitext info --format json new.db | jq .units)" = 6 ]
}

@test "a device is no memory, and none is replaced" {
  mkfifo pipe
  for words in 'backup --force m.db pipe' 'merge --force -o pipe m.db m.db' \
    'add --memory pipe --langs fr,en a b' 'info pipe'; do
    run bitext $words
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [ -p pipe ]
  done
}

@test "a copy that is replaced does not get the log of its predecessor" {
  bitext add --memory old.db --langs fr,en Vieux Old
  cp m.db copy.db && echo old > copy.db-wal && echo old > copy.db-shm
  bitext backup --force m.db copy.db
  [ ! -s copy.db-wal ]
  echo old > copy.db-wal
  bitext merge --force -o copy.db m.db old.db
  [ ! -s copy.db-wal ]
  [ "$(texts copy.db)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,Vieux|Old,' ]
}

@test "dates and scores that are none are refused" {
  for words in 'search --since 2017-13 x' 'search --until 2017-6-9 x' \
    'search --since 2017-06-09T x' 'search --since 2017-06-09T25:00 x' \
    'search --since 2017-06-09T8:34 x' 'search --until 2017-06-09T08:34+02:00 x' \
    'export --since 20170609' 'export --date 2017-06-09' 'export --min-score nan' \
    'export --min-score 2' 'delete --until x' 'delete --below nan' \
    'lookup -f fr -t en --penalty score=x:3 Un.' \
    'lookup -f fr -t en --penalty before=x:3 Un.' 'lexicon --from f --to en' \
    'lexicon --from fr,en --to en' 'translate --to 12 x.xlf' ; do
    run bitext $words --memory m.db
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
  done
  bitext delete --memory m.db --until 2017-06-09T08:34 || [ $? -eq 1 ]
}

@test "an empty line has no matches" {
  run bitext lookup --memory m.db --from fr --to en ''
  [ "$status" -eq 1 ]
}

@test "no output overwrites a memory" {
  cp m.db same.db
  for words in 'export' 'lexicon --from fr --to en'; do
    run bitext $words -q -m same.db -o same.db
    [ "$status" -eq 2 ]
    [ "$output" = 'bitext: same.db: is a memory; it is not overwritten' ]
    cmp m.db same.db
  done
  run bitext review --below 1 -o same.db same.db
  [ "$status" -eq 2 ]
  cmp m.db same.db
}

@test "a name of any bytes gives one line, a whole TMX and JSON" {
  run bitext info $'no\nfile'
  [ "$status" -eq 2 ]
  [ "$output" = 'bitext: no?file: cannot open: No such file or directory' ]
  cp m.tsv $'a\xff.tsv'
  bitext import -q --memory any.db $'a\xff.tsv'
  bitext export -q --memory any.db -o any.tmx
  bitext check -q any.tmx
  [ "$(bitext info --format json any.db | jq -r '.documents[0].uri')" = 'a%FF.tsv' ]
  bitext history --format jsonl any.db | jq -e '.what == "import a%FF.tsv"'
  bitext lookup -m any.db --from fr --to en --format jsonl Un. | jq -e '.matches[0].document == "a%FF.tsv"'
  [ "$(bitext export -q -m any.db --document $'a\xff.tsv' -f jsonl | wc -l)" = 3 ]
  run bitext import -m any.db $'a\xff.tsv'
  [[ "$output" == *"is in the memory already" ]]
}

@test "what is not UTF-8 does not get into a memory" {
  for words in $'a\xff One' $'Un One --note \xff'; do
    run bitext add -m m.db --langs fr,en $words
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == *"not UTF-8"* ]]
  done
  run bitext edit -m m.db 1 $'a\xff'
  [ "$status" -eq 2 ]
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
}

@test "a creation that fails, or for nothing, leaves nothing behind" {
  command -v prlimit || skip
  local size
  mkdir new
  for size in 0 512 4096 8192 20000 40000 60000 80000; do
    run prlimit --fsize=$size bash -c 'trap "" XFSZ; bitext import -m new/n.db m.tsv'
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [ -z "$(ls new)" ]
  done
  printf 'fr\ten\n' > empty.tsv
  run bitext import -q -m new/n.db empty.tsv
  [ "$status" -eq 1 ]
  [ -z "$(ls new)" ]
  echo '<tmx version="1.4"><header srclang="fr"/><body></body></tmx>' > empty.tmx
  run bitext import -q -m new/n.db empty.tmx # but it has a header
  [ "$status" -eq 1 ]
  run bitext export -q -m new/n.db
  [[ "$output" == *"</tmx>" ]]
}

@test "an import in parts is one batch" {
  seq 10 | awk 'BEGIN {print "fr\ten"} {print "p" $1 "\ts" $1}' > parts.tsv
  bitext import -q -m m.db --commit-every 3 parts.tsv
  [ "$(bitext info --format json m.db | jq .units)" = 13 ]
  run bitext undo m.db
  [ "$output" = "bitext: batch 2 undone: 10 units" ]
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
  bitext check -q m.db
}

@test "replacing is one batch, and newer work is not undone over" {
  bitext replace -q -m m.db --apply -e '\.$' '!'
  bitext undo -q m.db
  [ "$(texts)" = 'Un.|One.,Deux.|Two.,Trois.|Three.,' ]
  bitext merge m.db m.db -o both.db
  run bitext undo both.db
  [ "$status" -eq 1 ]
}
