# The examples of libalign/docs/batch.md, run as cron and systemd would run them.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

# example NUMBER: the code block of that number after "Every morning", for a folder of ours.
example() {
  sed -n '/^## Every morning/,/^## Past one/p' "$SOURCE/libalign/docs/batch.md" |
    awk -v n="$1" '/^```/ { inside = !inside; block += inside; next } inside && block == n' |
    sed "s|/srv/bitext|$PWD/srv|g"
}

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p srv/pages
  printf 'Le port a rouvert le 3 mars.\n' > srv/pages/port.fr.txt
  printf 'The port reopened on 3 March.\n' > srv/pages/port.en.txt
  program=$(command -v bitext)
}

# cron: HOME, LOGNAME, SHELL and what the crontab sets; /bin/sh; all output is mailed.
by_cron() {
  local path
  path=$(example 1 | sed -n 's/^PATH=//p')
  env -i HOME="$PWD" LOGNAME=nobody SHELL=/bin/sh PATH="$(dirname "$program"):$path" \
    /bin/sh -c "$(example 1 | sed -n 's/^15 6 \* \* \* //p')" > mail 2>&1 < /dev/null
}

@test "the line of the crontab works, and mails when there is trouble only" {
  by_cron
  [ ! -s mail ] && [ -s srv/report.html ] && [ -s srv/m.db ]
  by_cron
  [ ! -s mail ]
  : > srv/pages/bad.fr.txt
  printf 'Nothing.\n' > srv/pages/bad.en.txt
  run -2 by_cron
  [ "$(cat mail)" = "bitext: $PWD/srv/pages/bad.fr.txt: is empty" ]
  exec 9> srv/m.db.lock
  flock -n 9
  run -2 by_cron
  [ "$(cat mail)" = "bitext: $PWD/srv/m.db: another batch is at work" ]
  exec 9>&-
  rm -r srv/pages/*
  run -1 by_cron
  [ ! -s mail ]
}

@test "systemd finds nothing wrong with the units, and their command works" {
  example 2 | sed "s|/usr/local/bin/bitext|$program|; s/^User=.*/User=root/" > bitext-batch.service
  example 3 > bitext-batch.timer
  grep -q '^ExecStart=/' bitext-batch.service
  grep -q '^OnCalendar=' bitext-batch.timer
  env -i /bin/sh -c "$(sed -n 's/^ExecStart=//p' bitext-batch.service)"
  [ -s srv/m.db ]
  command -v systemd-analyze || skip "systemd is not installed"
  systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' bitext-batch.timer)"
  run -0 systemd-analyze verify "$PWD/bitext-batch.service" "$PWD/bitext-batch.timer"
  run -1 grep bitext-batch <<< "$output"
}
