# bitext import, as its users meet it.

setup() {
  cd "$BATS_TEST_TMPDIR"
  printf 'fr\ten\nBonjour\tHello\nMerci\tThanks\n' > m.tsv
}

tmx() { # content of the body
  printf '<?xml version="1.0"?><tmx version="1.4"><header srclang="fr"/><body>\n%s\n</body></tmx>' "$1"
}

tu() { # fr en
  printf '<tu><tuv xml:lang="fr"><seg>%s</seg></tuv><tuv xml:lang="en"><seg>%s</seg></tuv></tu>\n' "$1" "$2"
}

units() { bitext export --memory "${1:-m.db}" --format jsonl | jq -c '[.variants[] | .lang + ":" + .text]'; }

@test "a table becomes units" {
  run bitext import --memory m.db m.tsv
  [ "$status" -eq 0 ]
  [ "$output" = "bitext: m.tsv: 2 units" ]
  [ "$(units | head -1)" = '["fr:Bonjour","en:Hello"]' ]
}

@test "importing the same file again changes nothing" {
  bitext import -q --memory m.db m.tsv
  run bitext import --memory m.db m.tsv
  [ "$status" -eq 0 ]
  [[ "$output" == *"in the memory already"* ]]
  [ "$(units | wc -l)" -eq 2 ]
}

@test "another version of the file replaces its units" {
  bitext import -q --memory m.db m.tsv
  printf 'fr\ten\nOui\tYes\n' > m.tsv
  bitext import -q --memory m.db m.tsv
  [ "$(units)" = '["fr:Oui","en:Yes"]' ]
}

@test "a table without header needs --langs" {
  printf 'Bonjour\tHello\n' > x.tsv
  run bitext import --memory m.db x.tsv
  [ "$status" -eq 2 ]
  [[ "$output" == "bitext: x.tsv:1: "*"--langs"* ]]
  run bitext import --memory m.db --langs fr,en x.tsv
  [ "$status" -eq 0 ]
}

@test "a backslash is a backslash in a table of no tool of ours" {
  printf 'print "\\n"\tHello\n' > x.tsv
  bitext import -q --memory m.db --langs fr,en x.tsv
  [ "$(units)" = '["fr:print \"\\n\"","en:Hello"]' ]
}

@test "--langs that do not fit are one line of complaint and nothing is kept" {
  run bitext import --memory m.db --langs fr,en,zh <(printf 'a\tb\n')
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [ ! -e m.db ]
}

@test "CSV cells may hold commas, quotes and line ends" {
  printf 'fr,en\r\n"a, ""b""\nc",d\r\n' > x.csv
  bitext import -q --memory m.db x.csv
  [ "$(units)" = '["fr:a, \"b\"\nc","en:d"]' ]
}

@test "standard input" {
  run bitext import --memory m.db - < m.tsv
  [ "$status" -eq 0 ]
  [ "$output" = "bitext: stdin: 2 units" ]
}

@test "a TMX cut in half is refused with its line and nothing is kept" {
  tmx "$(tu Un One; tu Deux Two)" | head -c 220 > x.tmx
  run bitext import --memory m.db x.tmx
  [ "$status" -eq 2 ]
  [[ "${lines[-1]}" =~ ^bitext:\ x.tmx:[0-9]+:\ .*"ends inside" ]]
  [ ! -e m.db ]
}

@test "--keep-going keeps what is before and after a broken unit" {
  tmx "$(tu Un One; echo '<tu><tuv xml:lang="fr"><seg>Deux</tuv></tu>'; tu Trois Three)" > x.tmx
  run bitext import --memory m.db x.tmx
  [ "$status" -eq 2 ]
  [[ "$output" == *"x.tmx:3: </tuv> where </seg> should close line 3"* ]]
  run bitext import --keep-going --memory m.db x.tmx
  [ "$status" -eq 0 ]
  [ "$(units | jq -r '.[0]' | tr '\n' ' ')" = "fr:Un fr:Trois " ]
}

@test "the source language is found by its name, not by its place" {
  printf '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="EN-us"><seg>a</seg></tuv><tuv lang="FR"><seg>b</seg></tuv></tu></body></tmx>' > x.tmx
  bitext import -q --memory m.db x.tmx
  [ "$(units)" = '["fr:b","en-US:a"]' ]
}

@test "inline tags are no text" {
  tmx "$(tu 'Voir <bpt i="1">&lt;b></bpt>ici<ept i="1">&lt;/b></ept>' Here)" > x.tmx
  bitext import -q --memory m.db x.tmx
  [ "$(units)" = '["fr:Voir ici","en:Here"]' ]
}

@test "forbidden characters are left out and reported" {
  tmx "$(tu $'a\x01b&#x2;c' d)" > x.tmx
  run bitext import --memory m.db x.tmx
  [ "$status" -eq 0 ]
  [[ "$output" == *"x.tmx:2: forbidden character U+0001 left out"* ]]
  [ "$(units)" = '["fr:abc","en:d"]' ]
}

@test "entities are not expanded and nothing is fetched" {
  cat > x.tmx << 'X'
<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd" [<!ENTITY a "ha"><!ENTITY f SYSTEM "/etc/passwd">]>
<tmx version="1.4"><header srclang="fr"/><body>
<tu><tuv xml:lang="fr"><seg>&f;</seg></tuv></tu></body></tmx>
X
  run bitext import --memory m.db x.tmx
  [ "$status" -eq 2 ]
  [[ "$output" == "bitext: x.tmx:4: the entity &f; is not known, and none is expanded" ]]
}

@test "encodings: UTF-16 with and without mark, GB18030, a wrong declaration" {
  for to in UTF-16LE UTF-16BE; do
    tmx "$(tu é 中文)" | iconv -t $to > $to.tmx
    { printf '\xef\xbb\xbf' | iconv -t $to; tmx "$(tu é 中文)" | iconv -t $to; } > mark-$to.tmx
  done
  { echo '<?xml version="1.0" encoding="GB2312"?>'; tmx "$(tu 欧元 中文)" | sed 's/<?[^>]*>//'; } | iconv -t GB18030 > gb.tmx
  { echo '<?xml version="1.0" encoding="iso-8859-1"?>'; tmx "$(tu é 中文)" | sed 's/<?[^>]*>//'; } > wrong.tmx
  run bitext import --memory m.db UTF-16LE.tmx UTF-16BE.tmx mark-UTF-16LE.tmx mark-UTF-16BE.tmx gb.tmx wrong.tmx
  [ "$status" -eq 0 ]
  [[ "$output" == *"wrong.tmx:1: the encoding is UTF-8, not iso-8859-1 as declared"* ]]
  [ "$(units | sort | uniq -c | sed 's/^ *//' | tr '\n' ' ')" = '5 ["fr:é","en:中文"] 1 ["fr:欧元","en:中文"] ' ]
}

@test "gzip and zip" {
  tmx "$(tu Un One)" > x.tmx
  gzip -k x.tmx
  python3 -c 'import zipfile as z; f = z.ZipFile("y.zip", "w", z.ZIP_DEFLATED); f.writestr("a/readme.txt", "no"); f.writestr("a/x.tmx", open("x.tmx").read())'
  bitext import -q --memory m.db x.tmx.gz y.zip
  [ "$(units | uniq -c | sed 's/^ *//')" = '2 ["fr:Un","en:One"]' ]
  python3 -c 'import zipfile as z; f = z.ZipFile("z.zip", "w"); f.writestr("__MACOSX/._x.tmx", "no"); f.write("x.tmx.gz"); f.writestr("y.tsv", "fr\ten\nDeux\tTwo\n")'
  bitext import -q --memory z.db z.zip
  [ "$(units z.db | tr '\n' ' ')" = '["fr:Un","en:One"] ["fr:Deux","en:Two"] ' ]
  head -c 60 x.tmx.gz > cut.tmx.gz
  run bitext import --memory m.db cut.tmx.gz
  [ "$status" -eq 2 ]
  [[ "$output" == *"compressed file is cut off"* ]]
}

@test "bad input: one clear line each" {
  mkdir folder
  : > empty.tmx
  head -c 2000 /dev/urandom > noise.bin
  printf 'PNG\0\0\0\0data' > image.png
  printf 'fr\ten\né\tb\xc3' > cut.tsv
  for bad in missing.tmx folder empty.tmx image.png cut.tsv; do
    run bitext import --memory m.db $bad
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == "bitext: $bad:"* ]]
  done
  run bitext import --memory m.db noise.bin
  [ "$status" -eq 2 ]
}

@test "JSON lines, long and short" {
  printf '%s\n' '{"fr":"Bonjour","en":"Hello"}' '{"variants":[{"lang":"fr","text":"a","markup":"<ph/>a"},{"lang":"en","text":"b"}],"score":0.5}' > x.jsonl
  bitext import -q --memory m.db x.jsonl
  [ "$(units | head -1)" = '["fr:Bonjour","en:Hello"]' ]
  [ "$(bitext export --memory m.db --format jsonl | jq -c '[.score, .variants[0].markup]' | tail -1)" = '[0.5,"<ph/>a"]' ]
}

@test "XLIFF: what is translated comes in, with its tags" {
  cp "$SOURCE"/tests/fuzz/seeds/xliff/*.xlf .
  bitext import -q --memory m.db one.xlf
  [ "$(units | tr '\n' ' ')" = '["fr:u","en:o"] ["fr:Un mot","en:One word"] ["fr:b","en:B"] ' ]
  [ "$(bitext export --memory m.db --format jsonl | jq -r '.variants[0].markup' | sed -n 2p)" = 'Un <bpt i="1" x="1"/>mot<ept i="1"/>' ]
  bitext import -q --memory n.db two.xlf
  [ "$(units n.db | tail -1)" = '["fr:Un motat","en:One word"]' ]
}

@test "PO: fuzzy messages stay out, plurals are two units" {
  cp "$SOURCE"/tests/fuzz/seeds/po/a.po .
  bitext import -q --memory m.db a.po
  [ "$(units | tr '\n' ' ')" = '["en:one file","fr:un fichier"] ["en:%d files","fr:%d fichiers"] ' ]
}

@test "Moses: line n of each text is a unit" {
  printf 'Un\n\nTrois\n' > m.fr
  printf 'One\nTwo\nThree\n' > m.en
  bitext import -q --memory m.db --format moses --langs fr,en m.fr m.en
  [ "$(units | tr '\n' ' ')" = '["fr:Un","en:One"] ["fr:Trois","en:Three"] ' ]
  printf 'One\n' > m.en
  run bitext import --memory n.db --format moses --langs fr,en m.fr m.en
  [ "$status" -eq 2 ]
}

@test "beads of vecalign and a ladder of hunalign join two texts" {
  printf 'Un.\nDeux.\nTrois.\n' > a.fr
  printf 'One.\nTwo and three.\n' > a.en
  printf '[0]:[0]:0.1\n[1, 2]:[1]:0.2\n[]:[]:0\n' > beads
  printf '0\t0\t1\n1\t1\t0.5\n' > ladder
  bitext import -q --memory m.db --beads beads --langs fr,en a.fr a.en
  bitext import -q --memory n.db --beads ladder --langs fr,en a.fr a.en
  [ "$(units m.db | tail -1)" = '["fr:Deux. Trois.","en:Two and three."]' ]
  [ "$(units m.db)" = "$(units n.db)" ]
  printf '[7]:[0]:0.1\n' > beads
  run bitext import --memory o.db --beads beads --langs fr,en a.fr a.en
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: beads:1: line 7 of the fr text does not exist" ]
}

@test "--commit-every: an import that broke off goes on where it was" {
  for i in $(seq 1 25); do printf 'fr %d\ten %d\n' $i $i; done > good
  { printf 'fr\ten\n'; cat good; } > m.tsv
  cp m.tsv whole.tsv
  sed -i '20s/\t/ /' m.tsv
  run bitext import --memory m.db --commit-every 5 m.tsv
  [ "$status" -eq 2 ]
  [ "$(units | wc -l)" -eq 15 ]
  # The same bytes under the same name, killed and run again.
  bitext import -q --memory a.db whole.tsv
  bitext import -q --memory b.db --commit-every 5 whole.tsv
  bitext import -q --memory b.db --commit-every 5 whole.tsv
  [ "$(units a.db)" = "$(units b.db)" ]
}

@test "another text beside the same one is another import" {
  printf 'Un\n' > m.fr
  printf 'One\n' > m.en
  bitext import -q --memory m.db --format moses --langs fr,en m.fr m.en
  printf 'A\n' > m.en
  bitext import -q --memory m.db --format moses --langs fr,en m.fr m.en
  [ "$(units)" = '["fr:Un","en:A"]' ]
}

@test "--no-index: nothing is found, and everybody says so, until the index is made" {
  bitext import -q --memory m.db --no-index m.tsv
  run bitext lookup --memory m.db --from fr --to en Merci
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: m.db: there is no index; it must be made first (bitext index --rebuild)" ]
  run bitext search --memory m.db Merci
  [ "$status" -eq 2 ]
  run bitext check m.db
  [ "$status" -ne 0 ]
  [[ "$output" == *"there is no index"* ]]
  printf 'fr\ten\nOui\tYes\n' > n.tsv
  bitext import -q --memory m.db n.tsv
  run bitext lookup --memory m.db --from fr --to en Oui
  [ "$status" -eq 2 ]
  bitext index -q --rebuild m.db
  bitext check m.db
  bitext lookup --memory m.db --from fr --to en Oui | grep -q Yes
  printf 'fr\ten\nNon\tNo\n' > n.tsv
  bitext import -q --memory m.db n.tsv
  bitext lookup --memory m.db --from fr --to en Non | grep -q No
}

@test "--no-index throws an older index away, but not if the import fails" {
  bitext import -q --memory m.db m.tsv
  tmx "$(tu a b)<tu>" > bad.tmx
  run bitext import -q --memory m.db --no-index bad.tmx
  [ "$status" -eq 2 ]
  bitext check m.db
  tmx "$(tu a b)" > good.tmx
  bitext import -q --memory m.db --no-index good.tmx
  run bitext index m.db
  [ "$status" -eq 2 ]
}

@test "PO: comments of both kinds are notes" {
  printf '# mine\n#. yours\n#: a.c:1\nmsgid "File"\nmsgstr "Fichier"\n' > a.po
  bitext import -q --memory m.db -l en,fr a.po
  [ "$(bitext export -m m.db -f jsonl | jq -c '[.meta[] | select(.kind == "note") | .value]')" = '["mine\nyours"]' ]
}
