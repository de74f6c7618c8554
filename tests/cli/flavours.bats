# Files as many tools write them, in small: each comes in whole and goes out again.

setup() {
  cd "$BATS_TEST_TMPDIR"
}

@test "TMX of every tool goes through a memory without a loss" {
  n=0
  for file in "$SOURCE"/tests/fixtures/tmx/*.tmx; do
    rm -f m.db
    bitext import -q --memory m.db "$file" 2> /dev/null
    bitext export -q --memory m.db -o out.tmx
    xmllint --nonet --noout --dtdvalid "$SOURCE/tests/interop/tmx14.dtd" out.tmx
    bitext check -q out.tmx > findings || { cat findings; return 1; }
    bitext diff "$file" out.tmx
    n=$((n + 1))
  done
  [ "$n" -ge 30 ]
}

units() {
  rm -f m.db
  bitext import -q --memory m.db "$SOURCE/tests/fixtures/xliff/$1"
  bitext export -q --memory m.db --format jsonl | jq -r '[.variants[].text] | join(" | ")'
}

@test "XLIFF of every tool: what is translated comes in, and nothing else" {
  [ "$(units angular.xlf)" = 'Hello !x | Bonjour  !y' ]
  [ "$(units angular2.xlf)" = 'Hello x | Bonjour y' ]
  [ "$(units drupal.xlf)" = 'Hello <b>you</b> | Hallo <b>du</b>' ]
  [ "$(units lokalise.xliff)" = 'Hi | Oi' ]
  [ "$(units memoq.mqxliff)" = 'a b | x y' ]
  [ "$(units phrase.mxliff | tail -1)" = 'Press {b>Start<b} now {1}. | Appuyez {b>ici<b} {1}.' ]
  [ "$(units pootle.xlf | wc -l)" -eq 2 ]
  [ "$(units sdl.sdlxliff)" = 'One thing. | Une chose!.' ]
  [ "$(units two1.xlf | tail -1)" = "$(printf 'Press the button nowab\t | Appuyez bouton vitea')" ]
  [ "$(units xcode.xliff | tail -1)" = 'App | Appli' ]
}

@test "the codes of XLIFF stay, wherever they stand" {
  units angular.xlf > /dev/null
  bitext export -q --memory m.db | grep -q '<ph x="INTERPOLATION">{{name}}</ph>'
  units two1.xlf > /dev/null
  bitext export -q --memory m.db | grep -q '<bpt i="1" x="1">&lt;b&gt;</bpt>now<ept i="1">&lt;/b&gt;</ept><ph x="2">&lt;br/&gt;</ph>'
  units phrase.mxliff > /dev/null
  bitext export -q --memory m.db --format jsonl | jq -s '.[0].score' | grep -q '^0.85$'
}

@test "XLIFF of every tool: without a match the bytes stay, with one only targets change" {
  printf 'en\tfr\nqqq\tzzz\n' > none.tsv
  printf 'en\tfr\tde\nOpen one\tOuverte\tOffen\n' > some.tsv
  bitext import -q --memory none.db none.tsv
  bitext import -q --memory some.db some.tsv
  filled=0
  for file in "$SOURCE"/tests/fixtures/xliff/*; do
    run bitext translate -q --memory none.db -o out.xlf "$file"
    [ "$status" -eq 1 ]
    cmp "$file" out.xlf
    run bitext translate -q --memory some.db -o out.xlf "$file"
    xmllint --nonet --noout out.xlf
    [ "$status" -eq 1 ] || filled=$((filled + 1))
  done
  [ "$filled" -eq 5 ]
}
