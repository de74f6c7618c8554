# bitext lexicon, and what an alignment learns from a memory.

setup() { cd "$BATS_TEST_TMPDIR"; }

# Sixty pairs of sentences of four words out of twenty-four, in two invented languages.
make_pairs() {
  awk 'BEGIN {
    split("bako tulo miso gelu niva wuda rumi seda fano poda koru lepi", a, " ")
    split("hrynt sprok zylch quext ulmst vands dorms brims clonk thrap skeld jurns", b, " ")
    print "qaa\tqab"
    for (w = 1; w <= 12; w++) { a[w + 12] = "ra" a[w]; b[w + 12] = b[w] "um" }
    for (i = 0; i < 60; i++) {
      x = y = ""
      for (k = 0; k < 4; k++) {
        w = (i * (2 * k + 1) + k * k * 5) % 24 + 1
        x = x a[w] " "
        y = b[w] " " y
      }
      print x "\t" y
    }
  }' > pairs.tsv
}

@test "learns which words translate each other" {
  make_pairs
  bitext import -q --memory m.db pairs.tsv
  bitext lexicon -q --memory m.db --from qaa --to qab > pairs
  grep -qP '^bako\thrynt\t0\.[0-9]+$' pairs
  grep -qP '^miso\tzylch\t0\.[0-9]+$' pairs
  LC_ALL=C sort -c -k1,1 pairs
}

@test "a memory without such units is nothing found" {
  make_pairs
  bitext import -q --memory m.db pairs.tsv
  run bitext lexicon --memory m.db --from fr --to qab
  [ "$status" -eq 1 ]
  [ "$output" = 'bitext: m.db: no units in both fr and qab' ]
}

@test "what was learned helps to align" {
  make_pairs
  bitext import -q --memory m.db pairs.tsv
  printf 'bako seda.\ntulo rumi.\nfano gelu.\nniva koru.\n' > src
  printf 'brims hrynt.\nclonk zylch.\nskeld ulmst.\n' > tgt
  bitext lexicon -q --memory m.db --from qaa --to qab -o words.tsv
  align() { bitext align -q --lines --langs qaa,qab --format beads "$@" src tgt; }
  align --dictionary words.tsv > with
  align > without
  align --learn --memory m.db > learned
  ! cmp -s with without
  cmp with learned
}

@test "says what it needs" {
  run bitext lexicon --memory m.db
  [ "$status" -eq 2 ]
  [ "$output" = 'bitext: lexicon needs --memory, --from and --to' ]
  run bitext lexicon --memory missing.db --from fr --to en
  [ "$status" -eq 2 ]
  [ ! -e missing.db ]
}
