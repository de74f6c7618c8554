# What `bitext align` can be told beforehand: dictionaries, lexicons, vectors.

setup() {
  cd "$BATS_TEST_TMPDIR"
  unset http_proxy https_proxy
  folder=$SOURCE/corpora/communiques/earthquake-aid
}

serve() {
  "$SOURCE"/tests/cli/embedding_server.py "$folder"/fr.lines "$folder"/zh.lines \
    "$folder"/gold.fr-zh.txt port . 3>&- &
  server=$!
  for _ in $(seq 100); do
    [ -e port ] && break
    sleep 0.05
  done
  url=http://127.0.0.1:$(cat port)
}

teardown() { [ -z "${server-}" ] || kill "$server"; }

align() { # the sides in no language, so that nothing but the vectors can tell
  bitext align --lines --langs qaa,qab --format beads "$@" "$folder"/fr.lines "$folder"/zh.lines
}

strict_f1() {
  bitext eval "$folder"/gold.fr-zh.txt "$1" | sed -n 's/^strict.*F1 *\([0-9.]*\).*/\1/p'
}

@test "vectors of a service find every bead, though it is busy at first" {
  serve
  align --embed-url "$url" --embed-model test > beads
  align > without
  [ "$(strict_f1 beads)" = 1.000 ]
  [ "$(strict_f1 without)" != 1.000 ]
}

@test "a memory keeps vectors, so that the service is asked once" {
  serve
  align --embed-url "$url" --embed-model test --memory m.db > /dev/null
  align --embed-url "$url" --embed-model test > served
  kill "$server" && wait "$server" || true
  unset server
  align --embed-url "$url" --embed-model test --memory m.db > kept
  cmp served kept
  run align --embed-url "$url" --embed-model another --memory m.db
  [ "$status" -eq 2 ]
}

@test "vectors in vecalign's files do the same as the service" {
  serve
  align --embed-url "$url/" > served
  align --src-embed source --tgt-embed target,target.emb > filed
  cmp served filed
}

@test "without libcurl there is one clear line, and all else works" {
  mkdir broken
  touch broken/libcurl.so.4 broken/libcurl-gnutls.so.4
  LD_LIBRARY_PATH=$PWD/broken run align --embed-url http://localhost:1
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == 'bitext: services need libcurl: '* ]]
  LD_LIBRARY_PATH=$PWD/broken run align
  [ "$status" -eq 0 ]
}

@test "a sentence without a vector is an error, not a guess" {
  serve
  sed -i '$d' target
  truncate -s -$((64 * 4)) target.emb
  run align --src-embed source --tgt-embed target
  [ "$status" -eq 2 ]
  [[ "$output" == *'no vector for the sentence'* ]]
}

@test "files that do not fit each other are an error" {
  serve
  truncate -s -3 target.emb
  run align --src-embed source --tgt-embed target
  [ "$status" -eq 2 ]
  [[ "$output" == 'bitext: target: '*'do not make rows'* ]]
}

@test "a service that is not there is named" {
  run align --embed-url http://127.0.0.1:1/nothing/embeddings
  [ "$status" -eq 2 ]
  [[ "$output" == 'bitext: http://127.0.0.1:1/nothing/embeddings: '* ]]
}

@test "an answer that holds no vectors is an error" {
  serve
  run align --embed-url "$url/broken"
  [ "$status" -eq 2 ]
  [[ "$output" == *'not an answer with'* ]]
}

@test "the key comes from the environment variable that is named" {
  serve
  run align --embed-url "$url" --embed-model secret --embed-key BITEXT_TEST_KEY
  [ "$status" -eq 2 ]
  [[ "$output" == *'BITEXT_TEST_KEY: the environment has no such variable'* ]]
  BITEXT_TEST_KEY=wrong run align --embed-url "$url" --embed-model secret --embed-key BITEXT_TEST_KEY
  [ "$status" -eq 2 ]
  [[ "$output" == *'the service answered 401'* ]]
  BITEXT_TEST_KEY=key align --embed-url "$url" --embed-model secret --embed-key BITEXT_TEST_KEY
}

@test "a dictionary decides what nothing else tells" {
  printf 'bako rumi.\ntulo seda.\nmiso fano.\nniva koru.\n' > src
  printf 'hrynt ulms.\nsprok vands.\nquext brims.\n' > tgt
  printf 'hrynt @ bako\nulms @ rumi\nsprok @ tulo\nvands @ seda\nquext @ niva\nbrims @ koru\n' > d
  run bitext align --lines --langs qaa,qab --format beads --dictionary d src tgt
  [ "$status" -eq 0 ]
  [[ "$output" == *'[2]:[]:'* ]]
  run bitext align --lines --langs qaa,qab --format beads --dictionary qaa,qab:d src tgt
  [[ "$output" == *'[2]:[]:'* ]]
}

@test "a dictionary that is none is refused with its line" {
  printf 'a @ b\nnonsense\n' > d
  run align --dictionary d
  [ "$status" -eq 2 ]
  [ "$output" = 'bitext: d:2: neither "target @ source" nor two columns' ]
}

@test "lexicons of the data folder are found, and left out on request" {
  mkdir -p data/bitext/lexicons
  printf 'bako\thrynt\nrumi\tulms\ntulo\tsprok\nseda\tvands\nniva\tquext\nkoru\tbrims\n' \
    > data/bitext/lexicons/qaa-qab.tsv
  printf 'bako rumi.\ntulo seda.\nmiso fano.\nniva koru.\n' > src
  printf 'hrynt ulms.\nsprok vands.\nquext brims.\n' > tgt
  export XDG_DATA_HOME=$PWD/data
  run bitext align --lines --langs qaa,qab --format beads src tgt
  [[ "$output" == *'[2]:[]:'* ]]
  bitext align --lines --langs qaa,qab --format beads src tgt > with
  bitext align --lines --langs qaa,qab --format beads --no-lexicon src tgt > without
  ! cmp -s with without
}
