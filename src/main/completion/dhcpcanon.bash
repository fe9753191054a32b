# bash completion of dhcpcanon(1). Installed as /usr/share/bash-completion/completions/dhcpcanon.

_dhcpcanon() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} subcommand= at
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == -* ]] || { subcommand=${COMP_WORDS[at]}; break; }
  done
  COMPREPLY=()
  # "=" is a word of its own here.
  if [[ $word == = && $before == --color ]]; then
    COMPREPLY=(auto always never)
    return
  fi
  if [[ $before == --color || ($before == = && ${COMP_WORDS[COMP_CWORD - 2]} == --color) ]]; then
    mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word")
    return
  fi
  if [[ $before == --route ]]; then
    mapfile -t COMPREPLY < <(compgen -W 'auto dhclient dhcpcd dhcpcanon reapply' -- "$word")
    return
  fi
  local options='-h --help -V --version' words=
  case $subcommand in
    '') words='status show monitor renew release stop reload adopt unadopt packets enable disable doctor' ;;
    status) options+=' -v --verbose --json --color' ;;
    show | monitor) options+=' --json --color' ;;
    enable) options='-h --help -y --yes --dry-run --no-restart --backend-only --reconnect --guard --dhclient --route' ;;
    disable) options='-h --help -y --yes --dry-run --no-restart --guard' ;;
    doctor) options='-h --help --json' ;;
    packets)
      options+=' --json --color --seconds --write'
      [[ $word == -* ]] || { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word"); } ;;
  esac
  case $subcommand in
    status | show | monitor | renew | release | stop | packets)
      local interface
      for interface in /sys/class/net/*; do
        [[ ${interface##*/} == lo ]] || words+=" ${interface##*/}"
      done ;;
  esac
  case $subcommand in
    adopt | unadopt)
      # A name with spaces is one line.
      local name
      while IFS= read -r name; do
        [[ $name != "$word"* ]] || COMPREPLY+=("$(printf '%q' "$name")")
      done < <(nmcli -g NAME connection show 2>/dev/null) ;;
  esac
  [[ $word != -* ]] || words=$options
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _dhcpcanon dhcpcanon
