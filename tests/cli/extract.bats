# bitext extract, as its users meet it.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  cat > page.html <<'END'
<html lang="fr"><head><title>Le pont est ouvert - Gazette</title>
<meta property="article:published_time" content="2019-05-02T07:30:00+02:00"></head><body>
<nav><a href="/">Accueil</a></nav><h1>Le pont est ouvert</h1>
<p>Le nouveau pont a été ouvert jeudi matin, trois ans après la pose de la première pierre.</p>
<p>Les bus y passeront dès lundi, toutes les dix minutes, et le vieux pont sera réparé.</p>
<footer>Tous droits réservés.</footer></body></html>
END
}

@test "prints the title and the paragraphs with an empty line between" {
  run --separate-stderr bitext extract page.html
  [ "$status" -eq 0 ]
  [ "$output" = "Le pont est ouvert

Le nouveau pont a été ouvert jeudi matin, trois ans après la pose de la première pierre.

Les bus y passeront dès lundi, toutes les dix minutes, et le vieux pont sera réparé." ]
  [ -z "$stderr" ]
}

@test "json has the fields of the page" {
  bitext extract --format json page.html > out
  [ "$(jq -r .title out)" = "Le pont est ouvert" ]
  [ "$(jq -r .date out)" = "2019-05-02T07:30" ]
  [ "$(jq -r .lang out)" = "fr" ]
  [ "$(jq -r .source out)" = "null" ]
  [ "$(jq '.paragraphs | length' out)" -eq 2 ]
}

@test "the same page from stdin gives the same text" {
  bitext extract page.html > a
  bitext extract - < page.html > b
  cmp a b
}

@test "a page in GB18030 that declares UTF-8 is read" {
  printf '<html><head><meta charset="utf-8"></head><body><h1>大桥通车</h1><p>新大桥于星期四上午正式通车，距离奠基已经过去三年，市长向工人们表示感谢。</p></body></html>' |
    iconv -f UTF-8 -t GB18030 > zh.html
  run --separate-stderr bitext extract --format json zh.html
  [ "$status" -eq 0 ]
  [[ "$output" == *"新大桥于星期四上午正式通车"* ]]
  [[ "$output" == *'"charset": "GB18030"'* ]]
}

@test "a page in UTF-8 that declares GB2312 is read" {
  printf '<html><head><meta charset="gb2312"></head><body><h1>大桥通车</h1><p>新大桥于星期四上午正式通车，距离奠基已经过去三年，市长向工人们表示感谢。</p></body></html>' > zh.html
  run --separate-stderr bitext extract zh.html
  [ "$status" -eq 0 ]
  [[ "$output" == "大桥通车"* ]]
}

@test "a guessed language is said, a given one is not" {
  printf 'Le pont est ouvert depuis jeudi et les bus y passent.\n' > text
  run --separate-stderr bitext extract text
  [ "$stderr" = "bitext: text: the language looks like fr" ]
  run --separate-stderr bitext extract --lang fr text
  [ -z "$stderr" ]
  mv text x.fr.txt
  run --separate-stderr bitext extract x.fr.txt
  [ -z "$stderr" ]
}

@test "--explain says why a block was dropped" {
  run --separate-stderr bitext extract --explain page.html
  [[ "$stderr" == *"bitext: dropped: navigation: Accueil"* ]]
  [[ "$stderr" == *"bitext: dropped: footer: Tous droits réservés."* ]]
}

@test "a page without text is found to have none" {
  printf '<html><body><nav><a href="/">Home</a></nav></body></html>' > none.html
  run bitext extract none.html
  [ "$status" -eq 1 ]
  [ "$output" = "bitext: none.html: no main text found" ]
}

trouble() { # the one line that is expected, the arguments
  local expected=$1
  shift
  run --separate-stderr bitext extract "$@"
  [ "$status" -eq 2 ]
  [ -z "$output" ]
  [ "$stderr" = "bitext: $expected" ]
}

@test "a missing file is trouble" {
  trouble "gone.html: cannot open: No such file or directory" gone.html
}

@test "a directory is trouble" {
  mkdir folder
  trouble "folder: is a directory" folder
}

@test "an empty file is trouble" {
  : > empty
  trouble "empty: is empty" empty
}

@test "binary data is trouble" {
  head -c 5000 "$(command -v bitext)" > program
  trouble "program: is no text (binary data)" program
}

@test "UTF-8 cut inside a character is trouble, with its line" {
  printf 'déjà vu\nà deux pas\nde l\xc3' > cut.txt
  trouble "cut.txt:3: truncated: ends inside a UTF-8 character (byte 26)" cut.txt
}

@test "an archive cut in half is trouble" {
  printf 'PK\x03\x04word/document.xml and then nothing' > half.docx
  trouble "half.docx: is a damaged or incomplete zip archive" half.docx
}

@test "more than 64 MB is trouble" {
  yes '<div>' | head -c 70000000 > large.html
  trouble "large.html: larger than 67108864 bytes" large.html
}

@test "options that make no sense are trouble" {
  trouble '--format xml: must be text or json' --format xml page.html
  trouble 'no file to read; "-" is stdin'
  trouble 'other.html: one file at a time' page.html other.html
  run bitext extract --explian page.html
  [ "$status" -eq 2 ]
  [[ "$output" == *"did you mean --explain?"* ]]
}

@test "a full disk is trouble" {
  [ -e /dev/full ] || skip
  run bash -c 'bitext extract page.html 2>&1 > /dev/full'
  [ "$status" -eq 2 ]
  [ "$output" = "bitext: stdout: cannot write: No space left on device" ]
}
