# bitext itself: help, version, and what it says to a mistyped word.

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
