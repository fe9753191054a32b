#!/bin/sh
# Of a shim that is to end another (-r, -x). Read by shim.sh.
# shellcheck disable=SC2034,SC2154 # what shim.sh reads and sets

# Sets $named to the process that the pid file names if it is one of ours, or is gone: a pid may long be somebody else's.
read_pid_file() {
  [ -n "$pid_file" ] && [ -f "$pid_file" ] || return 0
  read -r named <"$pid_file"
  case $named in '' | *[!0-9]*) named=; return 0 ;; esac
  [ -d "$run/shim.$named" ] || ! lives "$named" || named=
  # The usual pid file may be that of another interface's.
  [ -n "$pid_given" ] || [ "$count" -gt 1 ] || serves "$named" || named=
}

# Whether it is the shim of this interface.
serves() {
  [ -f "$run/shim.$1/argv" ] && tr '\000' '\n' <"$run/shim.$1/argv" | grep -Fxq -e "${interfaces# }"
}

# The service has ended the client. Its shim might wait for a service just now, though, and would then start another one.
# The file goes too, as it does with ISC's dhclient.
end_named_shim() {
  [ -n "$named" ] || return 0
  [ ! -d "$run/shim.$named" ] || kill -TERM "$named" 2>/dev/null
  rm -f -- "$pid_file"
}

# Whether the client of this interface is that of a service for its shim alone, as one that was begun before there was a bus: the
# service of all does not know it.
is_private_elsewhere() {
  for other in "$run"/shim.*; do
    [ ! -f "$other/private" ] || ! lives "${other##*.}" || ! serves "${other##*.}" || return 0
  done
  return 1
}

# Without a bus the one who has the client must end it: its shim, which has a service of its own, and whose script hears of it.
end_privately() {
  for other in "$run"/shim.*; do
    other=${other##*.}
    [ "$other" != $$ ] || continue
    { lives "$other" && serves "$other"; } || continue
    # An empty file needs no room on a disk that is full.
    [ "$mode" = release ] || : >"$run/shim.$other/stop"
    kill -ALRM "$other"
    for tick in 0.1 0.2 0.3 0.4 1 1 1 1; do
      ! lives "$other" || sleep "$tick"
    done
    ! lives "$other" || kill -TERM "$other"
  done
  [ ! -f "$pid_file" ] || [ -z "$named" ] || rm -f -- "$pid_file"
  finish 0
}
