# bitext itself: help, version, and what it says to a mistyped word.
bats_require_minimum_version 1.5.0

setup() { cd "$BATS_TEST_TMPDIR"; }

@test "prints its version" {
  run bitext --version
  [ "$status" -eq 0 ]
  [[ "$output" =~ ^bitext\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "help goes to stdout and names every command" {
  bitext --help > help 2> complaints
  [ ! -s complaints ]
  grep -q '^Usage: bitext COMMAND' help
}

@test "every command of the help has help of its own" {
  for name in $(bitext --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    bitext "$name" --help | grep -q "^Usage: bitext $name"
  done
}

@test "without a command it says how it is used, as trouble" {
  run bitext
  [ "$status" -eq 2 ]
  [[ "$output" == Usage:* ]]
}

@test "names the nearest command" {
  run bitext exprot
  [ "$status" -eq 2 ]
  [ "$output" = 'bitext: exprot: unknown command; did you mean export?' ]
}

@test "names the nearest option" {
  run bitext export --memmory x
  [ "$status" -eq 2 ]
  [[ "$output" == 'bitext: --memmory: '*'did you mean --memory?'* ]]
}

@test "does not guess at what is like nothing" {
  run bitext xyzzyplugh
  [ "$status" -eq 2 ]
  [ "$output" = 'bitext: xyzzyplugh: unknown command; try "bitext --help"' ]
}

@test "a number that is none is refused by name" {
  run bitext lookup --min=many x
  [ "$status" -eq 2 ]
  [[ "$output" == *--min* ]]
}

@test "an empty value is a variable that was not set, not zero or everything" {
  for words in 'vacuum --keep-history' 'delete --all --memory' 'search -n' 'search -qn'; do
    run bitext $words '' x
    [ "$status" -eq 2 ]
    [[ "$output" == 'bitext: -'*': its value is empty; try "bitext '*' --help"' ]]
  done
  run bitext lookup --limit= x
  [ "$status" -eq 2 ]
  [[ "$output" == 'bitext: --limit: its value is empty'* ]]
}

@test "results that do not reach a full disk are trouble" {
  [ -c /dev/full ] || skip
  printf 'fr\ten\nUn.\tOne.\n' > m.tsv
  bitext import -q --memory m.db m.tsv
  for words in --help --version 'info --help' 'info m.db' 'stats m.db' 'history m.db'; do
    run bash -c "bitext $words 2>&1 > /dev/full"
    [ "$status" -eq 2 ]
    [[ "$output" == 'bitext: stdout: '* ]]
  done
}

@test "a file that may not grow is trouble, and nothing of it stays" {
  for i in $(seq 2000); do printf 'Phrase %d.\tSentence %d.\n' "$i" "$i"; done > m.tsv
  bitext import -q --memory m.db --langs fr,en m.tsv
  for words in 'export -q --memory m.db -o out' 'backup m.db out'; do
    run bash -c "ulimit -f 40; bitext $words"
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [ -z "$(ls | grep out)" ]
  done
  run bash -c "ulimit -f 40; bitext import -q --memory out --langs fr,en m.tsv"
  [ "$status" -eq 2 ]
  [ -z "$(ls | grep out)" ]
}

@test "the memory may be named by --memory wherever it comes first" {
  cd "$BATS_TEST_TMPDIR"
  printf 'fr\ten\nUn.\tOne.\n' > t.tsv
  bitext import -q --memory m.db t.tsv
  bitext info m.db > plain
  for way in "--memory m.db" "--memory=m.db" "-m m.db"; do
    # shellcheck disable=SC2086
    bitext info $way | cmp - plain
  done
  bitext history -q m.db 1 | cmp - <(bitext history 1 -q --memory m.db)
  run -2 bitext info --memory
}

@test "the help of a command says what it does and fits 80 columns" {
  for name in $(bitext --help | sed -n 's/^  \([a-z][a-z]*\)  *.*/\1/p'); do
    bitext "$name" --help > help
    [[ $(head -n 1 help) == "bitext $name - "?* ]]
    run -1 grep -E '.{81}' help
  done
}

@test "help and version are commands, too" {
  bitext --help | cmp - <(bitext help)
  bitext align --help | cmp - <(bitext help align)
  bitext --version | cmp - <(bitext version)
  run -2 bitext help aling
  [[ $output == *"did you mean align"* ]]
}

@test "who imports a text is told what takes texts" {
  cd "$BATS_TEST_TMPDIR"
  echo "Le port rouvre." > page.txt
  run -2 bitext import --memory m.db page.txt
  [[ $output == *"bitext align"* ]]
}

@test "export takes the memory without its option" {
  cd "$BATS_TEST_TMPDIR"
  printf 'fr\ten\nUn.\tOne.\n' > t.tsv
  bitext import -q --memory m.db t.tsv
  bitext export -q m.db | cmp - <(bitext export -q --memory m.db)
}
