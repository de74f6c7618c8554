# bitext segment: a sentence a line.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  cat > rules.srx <<'END'
<srx version="2.0">
<header segmentsubflows="yes" cascade="no"/>
<body><languagerules><languagerule languagerulename="all">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\s</afterbreak></rule>
</languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="all"/></maprules></body>
</srx>
END
}

@test "prints one sentence a line" {
  printf 'One. Two?  Three\n\n\nFour.\n' > text
  run -0 bitext segment --lang en text
  [ "$output" = $'One.\nTwo?\nThree\nFour.' ]
}

@test "reads standard input, for want of a file and for -" {
  run -0 bitext segment --lang fr <<< "M. Roy part. Elle reste."
  [ "$output" = $'M. Roy part.\nElle reste.' ]
  run -0 bitext segment --lang fr - <<< "Un. Deux."
  [ "$output" = $'Un.\nDeux.' ]
}

@test "a file's name tells the language, and stderr says so" {
  printf 'M. Roy part. Elle reste.\n' > a.fr.txt
  run -0 --separate-stderr bitext segment a.fr.txt
  [ "${lines[0]}" = "M. Roy part." ]
  [[ "$stderr" == *"a.fr.txt: language fr, by its name"* ]]
  run -0 --separate-stderr bitext segment -q a.fr.txt
  [ -z "$stderr" ]
}

@test "the text tells the language where nothing else does" {
  run -0 --separate-stderr bitext segment <<< "今天天气很好。我们去公园散步。"
  [ "${#lines[@]}" -eq 2 ]
  [[ "$stderr" == *"language zh"* ]]
}

@test "several files are cut one after the other" {
  printf 'Un. Deux.\n' > a.fr.txt
  printf 'One. Two.\n' > b.en.txt
  run -0 bitext segment -q a.fr.txt b.en.txt
  [ "$output" = $'Un.\nDeux.\nOne.\nTwo.' ]
}

@test "jsonl gives bytes and paragraphs" {
  printf 'É. Bo.\n\n "C"  d.\n' > text
  run -0 bitext segment --lang und --format jsonl text
  [ "${lines[0]}" = '{"text":"É. Bo.","start":0,"end":7,"paragraph":1,"file":"text"}' ]
  [ "${lines[1]}" = '{"text":"\"C\"  d.","start":10,"end":17,"paragraph":2,"file":"text"}' ]
}

@test "an SRX file replaces the rules" {
  run -0 bitext segment --lang en --srx rules.srx <<< "One. Two; three"
  [ "$output" = $'One. Two;\nthree' ]
}

@test "our own rules can be printed and read back" {
  bitext segment --print-srx > own.srx
  run -0 bitext segment --lang en --srx own.srx <<< "Mr. Roy left. She stayed."
  [ "$output" = $'Mr. Roy left.\nShe stayed.' ]
}

@test "a mistake in the rules is named with its line" {
  sed 's/;/(/' rules.srx > bad.srx
  run -2 bitext segment --lang en --srx bad.srx <<< "One."
  [[ "$output" == "bitext: bad.srx:4: not a regular expression"* ]]
  head -3 rules.srx > half.srx
  run -2 bitext segment --lang en --srx half.srx <<< "One."
  [[ "$output" == "bitext: half.srx:"* ]]
}

@test "a rule that takes too long is named with its line" {
  sed 's/<beforebreak>;/<beforebreak>(a+)+(?=[^a][^b]c)[ab ]*\\1+/' rules.srx > slow.srx
  run -2 bitext segment --lang en --srx slow.srx \
    <<< "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b"
  [[ "$output" == "bitext: slow.srx:4: the rule"*"too long"* ]]
}

@test "an empty text has no sentences" {
  run -1 bitext segment --lang en < /dev/null
  [ -z "$output" ]
}

@test "bytes that are no UTF-8 go through" {
  printf 'A\xff. B.\n' > text
  bitext segment --lang en text > out
  printf 'A\xff.\nB.\n' | cmp - out
}

@test "JSON gets U+FFFD for bytes that are no UTF-8" {
  printf 'A\xff. B.\n' > text
  run -0 bitext segment --lang en --format jsonl text
  [[ "${lines[0]}" == '{"text":"A�.","start":0,"end":3'* ]]
}

@test "trouble is one line" {
  run -2 bitext segment --lang en missing.txt
  [[ "$output" == "bitext: missing.txt: cannot open"* ]]
  run -2 bitext segment --lang en .
  [ "${#lines[@]}" -eq 1 ]
  run -2 bitext segment --lang "not a tag" <<< "One."
  [[ "$output" == *"no language tag"* ]]
  run -2 bitext segment --format yaml <<< "One."
  [[ "$output" == *"unknown format"* ]]
  run -2 bitext segment --lnag en <<< "One."
  [[ "$output" == *"did you mean --lang"* ]]
}
