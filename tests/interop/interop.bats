# Other programs read what we write, and we read what they write.  A program that is not
# installed is skipped.

setup() {
  cd "$BATS_TEST_TMPDIR"
  export HOME="$BATS_TEST_TMPDIR/home"
  mkdir -p "$HOME"
  printf 'fr\ten\nBonjour le monde.\tHello world.\nUn mot & <deux>.\tOne word & <two>.\n' > m.tsv
  bitext import -q --memory m.db m.tsv
}

need() { command -v "$1" > /dev/null || skip "$1 is not installed"; }

@test "OmegaT translates with our export" {
  need omegat
  mkdir -p project/{source,target,tm/auto,omegat,glossary,dictionary}
  cat > project/omegat.project << 'X'
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>fr</source_lang><target_lang>en</target_lang><sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>
X
  printf 'Bonjour le monde. Un mot & <deux>.\n' > project/source/a.txt
  bitext export -q --memory m.db --langs fr,en -o project/tm/auto/ours.tmx
  timeout 120 omegat "$PWD/project" --mode=console-translate
  [ "$(cat project/target/a.txt)" = "Hello world. One word & <two>." ]
}

@test "OmegaT corrects our review, which comes back" {
  need omegat
  mkdir -p project/{source,target,tm,omegat,glossary,dictionary}
  cat > project/omegat.project << 'X'
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>fr</source_lang><target_lang>en</target_lang><sentence_seg>false</sentence_seg></project></omegat>
X
  # OmegaT 3 edits what stands in <target>; what a person typed is in its project_save.tmx.
  cat > project/omegat/project_save.tmx << 'X'
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.1"><header creationtool="OmegaT" creationtoolversion="3" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" segtype="paragraph" srclang="fr"/>
<body><tu><tuv lang="fr"><seg>Hello &lt;g0&gt;world&lt;/g0&gt;.</seg></tuv><tuv lang="en"><seg>Good day, &lt;g0&gt;world&lt;/g0&gt;.</seg></tuv></tu></body></tmx>
X
  cat > m.tmx << 'X'
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="fr" datatype="plaintext"/>
<body><tu><prop type="x-score">0.3</prop><tuv xml:lang="fr"><seg>Bonjour le <hi>monde</hi>.</seg></tuv><tuv xml:lang="en"><seg>Hello <hi>world</hi>.</seg></tuv></tu>
<tu><prop type="x-score">0.4</prop><tuv xml:lang="fr"><seg>Deux mots.</seg></tuv><tuv xml:lang="en"><seg>Two words.</seg></tuv></tu></body></tmx>
X
  rm m.db
  bitext import -q --memory m.db m.tmx
  bitext review -q --langs fr,en -o project/source/review.xlf m.db
  timeout 120 omegat "$PWD/project" --mode=console-translate
  run bitext review --apply project/target/review.xlf m.db
  [ "$status" -eq 0 ]
  [ "$output" = "bitext: 0 units approved, 1 corrected, 0 dropped, 0 were so already" ]
  bitext export -q --memory m.db | grep -q '<seg>Good day, <bpt.*world<ept.*\.</seg>'
  bitext export -q --memory m.db | grep -q '<seg>Bonjour le <hi>monde</hi>.</seg>'
}

@test "translate-toolkit reads our review" {
  need xliff2po
  printf 'Un.\n' > a
  printf 'One.\n' > b
  bitext align -q --lines --langs fr,en --memory r.db a b
  bitext review -q --below 1 --langs fr,en -o r.xlf r.db
  xliff2po --progress=none r.xlf r.po
  grep -q '^msgstr "One."' r.po
  grep -q '^#, fuzzy' r.po
}

@test "translate-toolkit's po2tmx gives what we read from the PO itself" {
  need po2tmx
  cat > a.po << 'X'
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"

msgid "Hello world."
msgstr "Bonjour le monde."

#, fuzzy
msgid "One word."
msgstr "Deux mots."
X
  po2tmx -l fr a.po theirs.tmx
  bitext import -q --memory theirs.db theirs.tmx
  bitext import -q --memory ours.db a.po
  texts() { bitext export --memory "$1" --langs en,fr --format tsv; }
  [ "$(texts theirs.db)" = "$(texts ours.db)" ]
}

@test "translate-toolkit's build_tmdb reads our export" {
  need build_tmdb
  need sqlite3
  bitext export -q --memory m.db --langs fr,en -o ours.tmx
  timeout 120 build_tmdb -d theirs.tmdb -s fr -t en ours.tmx
  [ "$(sqlite3 theirs.tmdb 'SELECT count(*) FROM targets')" -eq 2 ]
}

@test "xmllint finds our export valid" {
  need xmllint
  bitext export -q --memory m.db -o ours.tmx
  xmllint --nonet --noout --dtdvalid "$SOURCE/tests/interop/tmx14.dtd" ours.tmx
}
