#!/bin/sh
# Of a shim that leaves its caller, or has no interface or several. Read by shim.sh.
# shellcheck disable=SC2034,SC2154 # what shim.sh reads and sets

run_in_background() {
  if [ "$mode" = start ] && [ -z "$foreground" ]; then
    [ -n "$parent" ] || wait_for_child "$@"
    tied=yes
    [ -z "$at_once" ] || detach
  fi
  if [ "$count" = 0 ] && [ -z "$idle" ]; then
    find_interfaces
    [ "$count" != 0 ] || no_interface "$@"
    [ "$count" != 1 ] || set -- "$@" "${interfaces# }"
  fi
  begin
  [ -z "$idle" ] || be_idle
  [ "$count" -lt 2 ] || start_parts "$@"
  run_client "$@"
}

# Those that the configuration has blocks for, as ISC's does, or else all that are up (1) and can broadcast (2), and are neither
# loopback (8) nor point-to-point (16).
find_interfaces() {
  find_blocks
  [ -z "$blocks" ] || return 0
  for flags in /sys/class/net/*/flags; do
    { read -r bits <"$flags"; } 2>/dev/null || continue
    [ $((bits & 27)) = 3 ] || continue
    found=${flags%/flags}
    interfaces="$interfaces ${found##*/}"
    count=$((count + 1))
  done
}

# What begins a line with a name in quotes; the rest of the file, and the files that it includes, are for the service to read. Sets
# $blocks if there is a block at all, even of an interface that is not there.
find_blocks() {
  blocks=
  [ -f "$conf" ] || return 0
  while read -r word found rest; do
    case $word:$rest in [Ii]nterface: | [Ii]nterface:'{'*) ;; *) continue ;; esac
    case $found in '"'*'"' | '"'*'"{'*) ;; *) continue ;; esac
    found=${found#'"'}
    found=${found%%'"'*}
    blocks=yes
    case $found in '' | . | .. | */*) continue ;; esac
    case " $interfaces " in *" $found "*) continue ;; esac
    [ -d "/sys/class/net/$found" ] || continue
    interfaces="$interfaces $found"
    count=$((count + 1))
  done <"$conf"
}

# ISC's dhclient tells its script so, in capitals, and has nothing else to do.
no_interface() {
  run_without_interface "$@"
  [ -z "$verbose" ] || printf 'No broadcast interfaces found - exiting.\n' >&2
  [ -n "$persist" ] || finish 0
  idle=yes
}

# Only what -e asks for, as the service is not there to judge it.
run_without_interface() {
  left=$#
  while [ "$left" -gt 0 ]; do
    [ "$1" != -e ] || [ "$left" = 1 ] || case $2 in [A-Za-z_]*=*) set -- "$@" "$2" ;; esac
    if takes_value "$1"; then
      shift
      left=$((left - 1))
    fi
    shift
    left=$((left - 1))
  done
  env -i "$@" REASON=NBI PATH=/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin "$script" </dev/null &
  job_kind=script
  await $!
  job_kind=
}

# Starts this file anew, in a session of its own where there is setsid, and waits until it goes into the background or ends.
# A signal is for both: nobody else knows the other yet.
wait_for_child() {
  child=
  trap 'exit 0' USR1
  trap 'stop_later=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT HUP
  session=
  command -v setsid >/dev/null && session=setsid
  find_self
  DHCPCANON_CHILD=$$ $session "$self" "$@" &
  child=$!
  [ -z "$stop_later" ] || kill -TERM "$child" 2>/dev/null
  wait_for "$child"
  [ -z "$stop_later" ] || exit 0
  exit "$wait_status"
}

# Not by its bare name, which could be another dhclient.
find_self() {
  case $0 in /*) self=$0 ;; *) self=$origin/$0 ;; esac
}

# Sets $wait_status, once it has really ended.
wait_for() {
  while :; do
    wait "$1"
    wait_status=$?
    [ "$wait_status" -gt 128 ] && lives "$1" || return 0
  done
}

# Whoever is waiting in wait_for_child may go on. From here on nobody reads what we say, and a terminal or a pipe is let go.
detach() {
  [ -n "$tied" ] || return 0
  tied=
  write_pid_file
  exec </dev/null >/dev/null 2>&1
  cd /
  # shellcheck disable=SC2086 # several
  [ -z "$parts" ] || kill -USR2 $parts 2>/dev/null
  read -r lives_stat </proc/$$/stat
  lives_stat=${lives_stat##*) }
  lives_stat=${lives_stat#* }
  [ "${lives_stat%% *}" != "$parent" ] || kill -USR1 "$parent"
}

# One process for each interface, with the same arguments but for the others' names. They are told by USR2 that nobody looks any more.
start_parts() {
  find_self
  # So that -r and -x know whom the pid file names.
  make_run
  made=yes
  mkdir -m 0700 -- "$dir" || die "$name cannot make $dir."
  # USR1 is what they send when they would go into the background.
  trap detach USR1
  waits_for_parts=
  [ -z "$tied" ] || waits_for_parts=$$
  for only in $interfaces; do
    start_part "$only" "$@"
  done
  for process in $parts; do
    wait_for "$process"
    [ "$wait_status" = 0 ] || finish "$wait_status"
  done
  ! ends_another || end_named_shim
  finish 0
}

start_part() {
  only=$1
  shift
  left=$#
  while [ "$left" -gt 0 ]; do
    if takes_value "$1"; then
      set -- "$@" "$1" "$2"
      shift
      left=$((left - 1))
    else
      case $1 in -nw) ;; -*) set -- "$@" "$1" ;; esac
    fi
    shift
    left=$((left - 1))
  done
  [ -n "$waits_for_parts" ] || [ -n "$foreground" ] || set -- -d -q "$@"
  DHCPCANON_CHILD=$waits_for_parts "$self" "$@" --no-pid "$only" &
  parts="$parts $!"
}

end_parts() {
  # shellcheck disable=SC2086 # several
  kill -TERM $parts 2>/dev/null
}

# Nothing to do but to be there.
be_idle() {
  while :; do
    sleep 3600 &
    await $!
  done
}
