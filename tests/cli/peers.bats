# What libalign/docs/coming-from.md promises to those who come from other tools.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

make_docx() {
  python3 - "$1" <<'END'
import sys, zipfile
texts = ["Le port rouvre", "Le port a rouvert lundi 3 mars. Le maire a salué 250 ouvriers.", "Il portait 1 200 tonnes."]
body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
    archive.writestr("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + body + "</w:body></w:document>")
END
}

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf 'Le port a rouvert lundi.\nIl pleut.\nTrois navires sont venus de Riga.\n' > a.fr
  printf 'The port reopened on Monday.\nIt rains.\nThree ships came from Riga.\n' > a.en
  printf 'harbour @ port\nship @ navire\n' > words.dic
  cp a.fr page.txt
  make_docx visit.fr.docx
  printf '<html lang="en"><head><title>x</title></head><body><article><h1>The port reopens</h1><p>The port reopened on Monday 3 March. The mayor praised 250 workers.</p><p>It carried 1,200 tonnes.</p></article></body></html>' > visit.en.html
  mkdir -p project/tm project/omegat pages/visit
  cp visit.fr.docx pages/visit/fr.docx
  cp visit.en.html pages/visit/en.html
  bitext align -q -L -l fr,en -o customer.tmx a.fr a.en
  cp customer.tmx project/omegat/project_save.tmx
  bitext align -q -L -l fr,en -f ladder -o ladder a.fr a.en
  bitext align -q -L -l fr,en -f beads -o beads a.fr a.en
  sed 's/:[^:]*$//' beads > gold.txt
  head -n 2 a.fr > queries.txt
  bitext import -q --memory m.db customer.tmx
  printf '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" source-language="fr" target-language="en" datatype="plaintext"><body><trans-unit id="1"><source>Il pleut.</source></trans-unit></body></file></xliff>' > work.xlf
  # Vectors of two dimensions, one a line.
  for side in fr en; do
    sort -u "a.$side" > "o.$side"
    python3 -c 'import struct, sys; sys.stdout.buffer.write(struct.pack("<6f", 1, 0, .6, .8, 0, 1))' > "o.$side.emb"
  done
}

@test "every command for those who come from other tools runs as it stands" {
  sed -n 's/^| .* | `\(bitext .*\)` |$/\1/p' "$SOURCE/libalign/docs/coming-from.md" > commands
  [ "$(wc -l < commands)" -ge 25 ]
  while IFS= read -r command; do
    status=0
    bash -c "$command" > out 2> messages < /dev/null || status=$?
    [[ $status -eq 0 || ($command == *review* && $status -eq 1) ]] || {
      echo "$command: $status"
      cat messages
      return 1
    }
  done < commands
  grep -q 'It rains\.' done.xlf
  [ -s visit.csv ] && [ -s corrected.tmx ] && [ -s report.html ] && [ -s review.xlf ]
}

@test "a document of a word processor is aligned with a page" {
  run -0 --separate-stderr bitext align -q -l fr,en -f tsv visit.fr.docx visit.en.html
  [[ $output == *$'Il portait 1 200 tonnes.\tIt carried 1,200 tonnes.'* ]]
}
