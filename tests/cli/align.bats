# bitext align: texts in, aligned units out.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  cat > port.fr.txt <<'END'
Le port de Lisse rouvre

Le port de Lisse a rouvert lundi 3 mars après 14 jours de travaux. Le maire, Paul Adam, a salué 250 ouvriers.

Le premier navire venait de Riga. Il portait 1 200 tonnes de bois.
END
  cat > port.en.txt <<'END'
Port of Lisse reopens

The port of Lisse reopened on Monday 3 March after 14 days of works. Mayor Paul Adam praised 250 workers.

The first ship, which came from Riga, carried 1,200 tonnes of timber.
END
  cat > port.zh.txt <<'END'
利斯港重新开放

利斯港在14天施工后于3月3日星期一重新开放。市长保罗·亚当向250名工人表示感谢。

第一艘船来自里加。它运载了1200吨木材。
END
}

# One line that begins "bitext: ", and exit status 2.
refuses() {
  run -2 --separate-stderr "$@"
  [ -z "$output" ]
  [ "${#stderr_lines[@]}" -eq 1 ] || {
    echo "$stderr"
    return 1
  }
  [[ $stderr == "bitext: "* ]]
}

@test "lines are aligned as they are, and counted from 0" {
  printf 'Un 1.\nDeux 22.\nTrois 333.\n' > a
  printf 'One 1.\nTwo 22.\nThree 333.\n' > b
  run -0 bitext align --lines --langs fr,en --format beads a b
  [[ ${lines[0]} =~ ^'[0]:[0]:'[01]\.[0-9]{3}$ ]]
  [[ ${lines[2]} == '[2]:[2]:'* ]]
  [ "${#lines[@]}" -eq 3 ]
}

@test "an empty line counts as a sentence" {
  printf 'Un 1.\n\nTrois 333.\n' > a
  printf 'One 1.\nThree 333.' > b
  run -0 bitext align --lines --langs fr,en --format beads a b
  grep -q '^\[2\]:\[1\]:' <<< "$output"
}

@test "three texts become units of three languages" {
  run -0 --separate-stderr bitext align --format jsonl port.fr.txt port.en.txt port.zh.txt
  [ "${#lines[@]}" -eq 4 ]
  [[ ${lines[0]} == *'"shape":"1-1-1"'*'"text":"Le port de Lisse rouvre"'*'"language":"zh"'* ]]
  [[ ${lines[3]} == *'"bead":[[3,4],[3],[3,4]],"shape":"2-1-2"'* ]]
}

@test "sentences of a bead are joined by a space, but not in Chinese" {
  run -0 --separate-stderr bitext align --format tsv port.en.txt port.fr.txt port.zh.txt
  [[ $output == *"Le premier navire venait de Riga. Il portait"* ]]
  [[ $output == *"第一艘船来自里加。它运载了"* ]]
}

@test "what the names tell of the languages is said, unless quiet" {
  run -0 --separate-stderr bitext align --format beads port.fr.txt port.en.txt
  [[ ${stderr_lines[0]} == "bitext: port.fr.txt: taken for fr, by its name" ]]
  run -0 --separate-stderr bitext align -q --format beads port.fr.txt port.en.txt
  [ -z "$stderr" ]
}

@test "a page says its own language, a text is guessed" {
  { printf '<html lang="fr"><head><title>x</title></head><body><article><h1>'
    sed -n 1p port.fr.txt; printf '</h1>'
    sed -n 's/^\(.\{60,\}\)$/<p>\1<\/p>/p' port.fr.txt; printf '</article></body></html>'
  } > a.html
  cp port.en.txt b
  run -0 --separate-stderr bitext align --format beads a.html b
  [[ ${stderr_lines[0]} == "bitext: a.html: taken for fr, as the page declares" ]]
  [[ ${stderr_lines[1]} == "bitext: b: taken for en, by its text" ]]
}

@test "one file may be stdin" {
  run -0 --separate-stderr bitext align -q --langs fr,en --format beads - port.en.txt < port.fr.txt
  [[ ${lines[0]} == '[0]:[0]:'* ]]
}

@test "TMX is the default, and goes to a file whole" {
  bitext align -q -o out.tmx port.fr.txt port.en.txt port.zh.txt
  [ "$(grep -c '<tu[ >]' out.tmx)" -eq 4 ]
  grep -q 'Le port de Lisse rouvre' out.tmx
  bitext align -q port.fr.txt port.en.txt port.zh.txt | cmp - out.tmx
}

@test "the page stands alone and names the language of every segment" {
  bitext align -q --format html -o page.html port.fr.txt port.en.txt port.zh.txt
  run -1 grep -E '(src|href)="?(https?:)?//' page.html
  run -1 grep -F '{{' page.html
  [ "$(grep -o '<p lang="zh"' page.html | wc -l)" -eq 5 ]
  grep -q '<meta name="viewport"' page.html
  grep -q 'prefers-color-scheme: dark' page.html
}

@test "text of the documents is escaped in the page" {
  sed -i '1s/.*/<script>alert("x")<\/script> \& Co/' port.fr.txt
  bitext align -q --lines --langs fr,en --format html -o page.html port.fr.txt port.en.txt
  run -1 grep -F '<script' page.html
  grep -qF '&lt;script&gt;' page.html
}

@test "adding the same documents twice changes nothing" {
  run -0 bitext align --memory m.db port.fr.txt port.en.txt port.zh.txt
  [[ $output == *"m.db: 4 units added"* ]]
  bitext export -q --memory m.db --format tsv > first.tsv
  run -0 bitext align --memory m.db port.fr.txt port.en.txt port.zh.txt
  [[ $output == *"nothing added"* ]]
  bitext export -q --memory m.db --format tsv | cmp - first.tsv
}

@test "a changed document replaces what it gave before" {
  bitext align -q --memory m.db port.fr.txt port.en.txt
  sed -i 's/250/260/' port.fr.txt
  bitext align -q --memory m.db port.fr.txt port.en.txt
  run -0 bitext export -q --memory m.db --langs fr --format tsv
  [[ $output == *260* ]]
  [[ $output != *250* ]]
}

@test "low scores stay out of the memory and are listed" {
  run -0 --separate-stderr bitext align --min-score 1 --memory m.db port.fr.txt port.en.txt
  [[ $stderr == *"left out, score"* ]]
}

@test "results go to a file and a memory at once" {
  bitext align -q --memory m.db -o out.tsv --format tsv port.fr.txt port.en.txt
  [ -s m.db ]
  [ -s out.tsv ]
}

@test "fewer than two files are refused" {
  refuses bitext align port.fr.txt
  refuses bitext align
}

@test "a missing file is refused" {
  refuses bitext align -q port.fr.txt nothing.en.txt
  [[ $stderr == *"nothing.en.txt: cannot open: No such file"* ]]
}

@test "a folder is refused" {
  mkdir folder.en
  refuses bitext align -q --langs fr,en port.fr.txt folder.en
}

@test "an empty file is refused" {
  : > empty.en.txt
  refuses bitext align -q port.fr.txt empty.en.txt
  [[ $stderr == *"empty.en.txt: is empty"* ]]
}

@test "a file of white space is refused" {
  printf ' \n\n\t\n' > blank.en.txt
  refuses bitext align -q port.fr.txt blank.en.txt
}

@test "a binary file is refused" {
  head -c 5000 "$(command -v bitext)" > program.en.txt
  refuses bitext align -q port.fr.txt program.en.txt
  refuses bitext align -q --lines port.fr.txt program.en.txt
}

@test "UTF-8 that is cut in the middle of a character is refused" {
  head -c 100 port.zh.txt > cut.zh.txt
  refuses bitext align -q port.fr.txt cut.zh.txt
  refuses bitext align -q --lines port.fr.txt cut.zh.txt
}

@test "languages that do not fit are refused" {
  refuses bitext align -q --langs fr port.fr.txt port.en.txt
  refuses bitext align -q --langs fr,en,zh port.fr.txt port.en.txt
  refuses bitext align -q --langs fr,fr port.fr.txt port.en.txt
  refuses bitext align -q --langs fr,ee_ port.fr.txt port.en.txt
}

@test "beads are of two files" {
  refuses bitext align -q --format beads port.fr.txt port.en.txt port.zh.txt
}

@test "a mistyped format names the nearest one" {
  refuses bitext align -q --format jsnl port.fr.txt port.en.txt
  [[ $stderr == *"did you mean jsonl?"* ]]
}

@test "a score outside of 0 to 1 is refused" {
  refuses bitext align -q --min-score 70 port.fr.txt port.en.txt
  refuses bitext align -q --min-score=-1 port.fr.txt port.en.txt
  refuses bitext align -q --min-score=nan port.fr.txt port.en.txt
}

@test "a folder that cannot be written is refused, and nothing is left there" {
  refuses bitext align -q -o /proc/out.tmx port.fr.txt port.en.txt
  refuses bitext align -q -o missing/out.tmx port.fr.txt port.en.txt
  refuses bitext align -q --memory missing/m.db port.fr.txt port.en.txt
  [ ! -e missing ]
}

@test "a full disk is refused, and the memory stays as it was" {
  refuses bash -c 'bitext align -q port.fr.txt port.en.txt > /dev/full'
  refuses bitext align -q -o /dev/full port.fr.txt port.en.txt
  bitext align -q --memory m.db port.fr.txt port.en.txt
  bitext export -q --memory m.db --format tsv > before.tsv
  sed 's/250/260/' port.fr.txt > new.fr.txt
  refuses bash -c 'bitext align -q --memory m.db --format tsv new.fr.txt port.en.txt > /dev/full'
  bitext export -q --memory m.db --format tsv | cmp - before.tsv
}

@test "a memory that hits the limit of its disk is refused" {
  for i in $(seq 2000); do echo "Phrase $i sans fin, et encore $((i * 7))."; done > a
  for i in $(seq 2000); do echo "Sentence $i without end, and again $((i * 7))."; done > b
  refuses bash -c 'trap "" XFSZ; ulimit -f 64; bitext align -q --lines --langs fr,en --memory m.db a b'
}

@test "a memory that is none is refused" {
  echo "not a database at all, only text, but long enough to look at" > m.db
  refuses bitext align -q --memory m.db port.fr.txt port.en.txt
  [ "$(wc -l < m.db)" -eq 1 ]
}

@test "an output that fails leaves the old file" {
  echo old > out.tmx
  refuses bitext align -q -o out.tmx port.fr.txt nothing.en.txt
  [ "$(cat out.tmx)" = old ]
}

@test "a stream of groups becomes a stream of units" {
  {
    python3 -c 'import json; r = lambda n: open(n).read(); print(json.dumps({"group": "a", "documents": [{"language": "fr", "uri": "u1", "text": r("port.fr.txt")}, {"language": "en", "uri": "u2", "text": r("port.en.txt")}]}))'
    echo
    echo '{"group":"b","documents":[{"path":"port.fr.txt"},{"path":"port.zh.txt"}]}'
  } > groups
  run -0 --separate-stderr bitext align --stream < groups
  [ "$(grep -c '^{"group":"a"' <<< "$output")" -eq 4 ]
  [[ ${lines[0]} == '{"group":"a","bead":[[0],[0]],'*'"document":"u2"'* ]]
  [[ ${lines[4]} == '{"group":"b",'*'利斯港'* ]]
}

@test "a group of a stream that is bad is one line, the rest goes on" {
  printf '%s\n' '{"group":"a"' '{"group":"b","documents":[]}' \
    '{"group":"c","documents":[{"path":"missing"},{"path":"port.fr.txt"}]}' \
    '{"group":"d","documents":[{"path":"port.fr.txt"},{"path":"port.en.txt"}]}' > groups
  run -2 --separate-stderr bitext align --stream < groups
  [ "${#lines[@]}" -eq 7 ]
  [[ ${lines[0]} == '{"error":'* ]]
  [[ ${lines[1]} == '{"group":"b","error":'* ]]
  [[ ${lines[2]} == '{"group":"c","error":"missing: cannot open: No such file'* ]]
  [[ ${lines[3]} == '{"group":"d","bead":'* ]]
  [ "${#stderr_lines[@]}" -eq 3 ]
}

# A line of five languages and as many documents.
write_groups() {
  python3 - "$1" <<'END'
import json, sys
texts = {"fr": "Le port {0} rouvre.\n\nIl a {0} ouvriers.", "en": "Port {0} reopens.\n\nIt has {0} workers.",
         "de": "Der Hafen {0} öffnet.\n\nEr hat {0} Arbeiter.", "es": "El puerto {0} reabre.\n\nTiene {0} obreros.",
         "zh": "{0}号港口重新开放。\n\n有{0}名工人。"}
for i in range(1, int(sys.argv[1]) + 1):
    print(json.dumps({"group": i, "documents": [{"language": l, "uri": f"{i}.{l}", "text": t.format(i)}
                                               for l, t in texts.items()]}, ensure_ascii=False))
END
}

@test "a stream keeps its order, whatever its lines are" {
  write_groups 3 > good
  {
    head -n 1 good
    printf '[]\n42\nnull\n{}\n\n  \r\n\0\0\n{"group":"\xff"}\n'
    printf '{"group":"g","documents":[{"language":"fr","uri":"a","text":"x\\u0000y"},3]}\n'
    printf '{"group":"h","documents":[{"language":"fr","uri":"a","text":"Oui."},{"language":"fr","uri":"b","text":"Non."}]}\n'
    python3 -c 'import json; print(json.dumps({"group": "long", "documents": [{"language": "fr", "uri": "a", "text": "Le port est ouvert à 8 h. " * 40000}, {"language": "en", "uri": "b", "text": "The port opens at 8. " * 4}]}))'
    tail -n 2 good | head -c -1
  } > groups
  run -2 --separate-stderr bitext align --stream < groups
  [ "$(grep -c '"error":' <<< "$output")" -eq 8 ]
  [ "${#stderr_lines[@]}" -eq 8 ]
  [[ ${stderr_lines[0]} == "bitext: stdin:2: is no JSON object" ]]
  grep -v '"error":\|"group":"long"' <<< "$output" > rest
  bitext align --stream < good | cmp - rest
  [ "$(grep -c '"language":"de".*"language":"es".*"language":"zh"' rest)" -eq 6 ]
  [ "$(sed 's/^{"group":\([0-9]\).*/\1/' rest | tr -d '\n')" = 112233 ]
}

@test "GNU parallel gives what one process gives" {
  command -v parallel || skip "parallel is not installed"
  export HOME=$PWD
  write_groups 20 > groups
  bitext align --stream < groups > alone
  parallel --will-cite --pipe -k -N 3 bitext align --stream < groups | cmp - alone
}

@test "a stream takes dictionaries, and nothing that is of one group" {
  printf 'fr\ten\nport\tharbour\n' > words
  bitext align --stream --dictionary fr,en:words < /dev/null
  refuses bitext align --stream --dictionary words < /dev/null
  refuses bitext align --stream --learn < /dev/null
}

@test "a stream takes no files" {
  refuses bitext align --stream port.fr.txt port.en.txt
}

# Two sentences against one, and a sentence that only one text has.
write_sentences() {
  printf 'Le navire vient de Riga.\nIl porte 1200 tonnes.\nLe 3 mars, le port rouvre.\nLe maire, Paul Adam, est venu avec 250 ouvriers.\n' > s.fr
  printf 'The ship comes from Riga and carries 1200 tonnes.\nOn 3 March the port reopens.\nThe mayor, Paul Adam, came with 250 workers.\nPhotograph by the port, 1998.\n' > s.en
}

@test "a ladder and beads lead back to the same pairs" {
  write_sentences
  bitext align -q -L -l fr,en --format tsv s.fr s.en > pairs
  for format in ladder beads; do
    bitext align -q -L -l fr,en --format "$format" -o "$format" s.fr s.en
    bitext import -q --memory "$format.db" --langs fr,en --beads "$format" s.fr s.en
    bitext export -q --memory "$format.db" --format tsv --langs fr,en --min-score 0 |
      grep -v 'Photograph' > "$format.tsv"
    grep -v 'Photograph' pairs | cmp - "$format.tsv"
  done
  [ "$(head -n 1 ladder | cut -f 1,2)" = $'0\t0' ]
  [ "$(sed -n 2p ladder | cut -f 1,2)" = $'2\t1' ]
  [ "$(tail -n 1 ladder)" = $'4\t4\t0.000' ]
}

@test "text is a line a bead, as hunalign's" {
  write_sentences
  printf 'Un\ttab 7.\n' >> s.fr
  printf 'A\ttab 7.\n' >> s.en
  run -0 --separate-stderr bitext align -q -L -l fr,en --format text s.fr s.en
  [[ ${lines[0]} == $'Le navire vient de Riga. ~~~ Il porte 1200 tonnes.\tThe ship comes from Riga and carries 1200 tonnes.\t'[01].* ]]
  [ "$(awk -F '\t' 'NF != 3' <<< "$output" | wc -l)" -eq 0 ]
  refuses bitext align -q -L -l fr,en,de --format ladder s.fr s.en s.fr
}

@test "a spreadsheet corrects an alignment" {
  write_sentences
  bitext align -q -L -l fr,en -f csv -o s.csv s.fr s.en
  # A person takes the pair of two sentences apart, fills a gap, and throws out the rest.
  python3 - <<'END'
import csv
rows = list(csv.reader(open("s.csv", newline="", encoding="utf-8-sig")))
assert rows[0] == ["fr", "en", "score", "flags"] and len(rows) == 5, rows
both = rows[1]
assert both[0] == "Le navire vient de Riga. Il porte 1200 tonnes.", both
rows[1] = ["Le navire vient de Riga.", "The ship comes from Riga", "", ""]
rows.insert(2, ["Il porte 1200 tonnes.", "and carries 1200 tonnes.", "", ""])
csv.writer(open("back.csv", "w", newline="", encoding="utf-8-sig"), delimiter=";").writerows(rows)
END
  run -0 bitext import --approve --memory m.db back.csv
  [[ $output == *"back.csv:6: has one text only; the row is left out"*"back.csv: 4 units"* ]]
  bitext export -q --memory m.db --langs fr,en --format tsv | grep -q $'Il porte 1200 tonnes.\tand carries 1200 tonnes.'
  run -1 bitext review -q --below 1 m.db
}

@test "the end of the output's name tells the format" {
  bitext align -q -o x.html port.fr.txt port.en.txt
  [[ $(head -n 1 x.html) == "<!DOCTYPE html>" ]]
  bitext align -q -o x.tsv port.fr.txt port.en.txt
  [ "$(head -n 1 x.tsv)" = $'fr\ten' ]
  run -0 bitext align -o x.xlsx port.fr.txt port.en.txt
  [[ $output == *"x.xlsx: will be TMX; --format says otherwise"* ]]
  bitext align -q --format tsv -o x.html port.fr.txt port.en.txt
  [ "$(head -n 1 x.html)" = $'fr\ten' ]
}
