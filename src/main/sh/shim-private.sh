#!/bin/sh
# Of a shim that has a service for itself alone. Read by shim.sh.
# shellcheck disable=SC2034,SC2154 # what shim.sh reads and sets

# Starts a service for this shim alone, which says in $dir/answer when it is ready. In a session of its own: a terminal's signals are
# not for it.
start_private() {
  [ -x "$service" ] || die "$name: there is no system bus, and no $service to do without."
  # For a shim that is to end this one.
  : >"$dir/private"
  rm -f -- "$dir/answer"
  mkfifo -m 0600 -- "$dir/answer" || die "$name cannot make fifos in $dir."
  session=
  command -v setsid >/dev/null && session=setsid
  DHCPCANON_RUN=$run $session "$service" --private "$dir" </dev/null >"$dir/answer" 2>&1 3<&- 4<&- &
  private=$!
  words=
  while IFS= read -r answer || go_on; do
    case $answer in
      ready) private=; return 0 ;;
      'refused: '*) private=; die "$name: ${answer#refused: }" ;;
    esac
    words=$answer
  done <"$dir/answer"
  private=
  rm -f -- "$dir/answer"
  printf '%s\n' "$words" >"$dir/answer"
  return 1
}
