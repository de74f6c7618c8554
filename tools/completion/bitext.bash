# bash completion for bitext: commands and options come from its own --help.
# SPDX-License-Identifier: MIT

_bitext_names() {
  bitext --help 2> /dev/null | sed -n 's/^  \([a-z]*\)  *.*/\1/p'
}

_bitext_options() {
  bitext "$1" --help 2> /dev/null | grep -oE -- '--[a-z][a-z-]*=?' | sort -u
}

_bitext() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_bitext_names) --help --version" -- "$word")
    return
  fi
  case $before in
    --format | -f) mapfile -t COMPREPLY < <(compgen -W "tmx tsv csv jsonl html beads ladder text json xliff xliff2 po moses tbx" -- "$word") ;;
    --lang | --langs | --from | --to) mapfile -t COMPREPLY < <(compgen -W "fr en zh de es it ja ru" -- "$word") ;;
    *)
      if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_bitext_options "${COMP_WORDS[1]}")" -- "$word")
        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
      else
        compopt -o default
      fi
      ;;
  esac
}

complete -F _bitext bitext
