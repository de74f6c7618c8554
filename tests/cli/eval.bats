# bitext eval: beads against beads made by hand.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf '[0]:[0]\n[1]:[1, 2]\n[2]:[3]\n' > gold
  printf '[0]:[0]:0.95\n[1]:[1]:0.25\n[]:[2]:0.4\n[2]:[3]:0.95\n' > beads
}

@test "counts strictly and laxly" {
  run -0 bitext eval gold beads
  [ "$output" = "strict P 0.500 R 0.667 F1 0.571 | lax P 0.750 R 1.000 F1 0.857" ]
}

@test "adds the counts of several documents" {
  run -0 bitext eval gold beads gold gold
  [ "$output" = "strict P 0.714 R 0.833 F1 0.769 | lax P 0.857 R 1.000 F1 0.923" ]
}

@test "prints how often beads of a score are right" {
  run -0 bitext eval --calibration gold beads
  [[ ${lines[11]} == "0.9-1.0       2  0.950  1.000" ]]
  [[ ${lines[12]} == "expected calibration error 0.117" ]]
}

@test "names the line that is no bead" {
  printf '[0]:[0]\nnonsense\n' > bad
  run -2 bitext eval gold bad
  [ "$output" = "bitext: bad:2: expected a bead such as [0, 1]:[0]:0.873" ]
}

@test "says which gold has nothing to be compared with" {
  run -2 bitext eval gold
  [[ "$output" == "bitext: gold: no file of beads"* ]]
  run -2 bitext eval
}

@test "stdin is read once" {
  run -0 bitext eval gold - < beads
  run -2 bitext eval - - < beads
  [ "$output" = 'bitext: stdin: has been read already; "-" can stand for one file only' ]
}

@test "a file that is not there is trouble" {
  run -2 bitext eval gold missing
  [[ "$output" == "bitext: missing: "* ]]
}
