#!/bin/sh
# How a shim finds the service: its directory, and the call. Read by shim.sh.
# shellcheck disable=SC2034,SC2154 # what shim.sh reads and sets

# Another one that starts with us may have made it meanwhile.
make_run() {
  [ -d "$run" ] || mkdir -m 0755 -- "$run" 2>/dev/null || [ -d "$run" ] ||
    die "$name cannot make $run: it must be run by root, and ${run%/*} be writable."
}

# Nobody else can enter the directory, so the files need no mode of their own, and scripts get the caller's umask.
# argv: the number of arguments, $0, the arguments, each ended by NUL, so that the service sees if something is missing.
make_directory() {
  make_run
  if [ -e "$dir" ] || [ -L "$dir" ]; then
    rm -rf -- "$dir"
  fi
  # Before it is made, since a signal is obeyed between the two.
  made=yes
  mkdir -m 0700 -- "$dir" || die "$name cannot make $dir."
  mkfifo -m 0600 -- "$dir/to-shim" "$dir/from-shim" || die "$name cannot make fifos in $dir."
  { write_arguments "$@" >"$dir/argv"; } 2>/dev/null || die "$name cannot write into $dir."
}

# Files by their full names, as the service is elsewhere.
write_arguments() {
  printf '%s\0' "$#" "$0"
  before=
  for word; do
    case $before in -cf | -lf | -sf | -pf | -df) absolute "$word"; word=$path ;; esac
    # What stands in the place of a value is no flag.
    if takes_value "$before"; then before=; else before=$word; fi
    printf '%s\0' "$word" || return
  done
}

# Fails if there is no bus at all: early in the boot, in a container.
have_bus() {
  case ${DBUS_SYSTEM_BUS_ADDRESS:-} in
    '') [ -S /run/dbus/system_bus_socket ] || [ -S /var/run/dbus/system_bus_socket ] ;;
    unix:path=*) socket=${DBUS_SYSTEM_BUS_ADDRESS#unix:path=}; [ -S "${socket%%[,;]*}" ] ;;
  esac
}

# One Attach call, by whatever tool is there, in words that refusal knows. The answer goes into a file, since "$( )" would not let TERM
# through.
call_attach() {
  if [ -n "$alone" ]; then
    command -v start_private >/dev/null || part private
    start_private
    return
  fi
  if command -v dbus-send >/dev/null; then
    LC_ALL=C dbus-send --system --print-reply --reply-timeout=25000 --dest=org.dhcpcanon1 /org/dhcpcanon1 \
      org.dhcpcanon1.Manager.Attach "string:$dir" </dev/null >"$dir/answer" 2>&1 3<&- 4<&- &
  elif command -v gdbus >/dev/null; then
    LC_ALL=C gdbus call --system --timeout 25 --dest org.dhcpcanon1 --object-path /org/dhcpcanon1 \
      --method org.dhcpcanon1.Manager.Attach "$dir" </dev/null >"$dir/answer" 2>&1 3<&- 4<&- &
  elif command -v busctl >/dev/null; then
    # Only its debug output has the names of errors.
    LC_ALL=C SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console busctl --system --timeout=25 call org.dhcpcanon1 \
      /org/dhcpcanon1 org.dhcpcanon1.Manager Attach s "$dir" </dev/null >"$dir/answer" 2>&1 3<&- 4<&- &
  else
    die "$name needs dbus-send, gdbus or busctl to reach the service dhcpcanond."
  fi
  [ -z "$stop_later" ] && await $!
  attach_status=$?
  [ -z "$stop_later" ] || leave_release $!
  return "$attach_status"
}

# Gives the call of a release 0.3 s more, NetworkManager's limit being 0.5 s. It is not killed then: it still arrives when
# the service has been started.
leave_release() {
  trap '' TERM INT HUP
  for tick in 0.02 0.08 0.2; do
    lives "$1" && sleep "$tick"
  done
  lives "$1" || remove_directory
  exit 0
}

# Sets $words to what the service said if it was the service that refused, and fails if it was the bus.
refusal() {
  words=
  [ -z "$alone" ] || { read -r words <"$dir/answer"; return 1; }
  [ -f "$dir/answer" ] || return 1
  while IFS= read -r answer || [ -n "$answer" ]; do
    case $answer in
      *error-name=org.dhcpcanon1.Error.*) words=${answer#*error-message=}; return 0 ;;
      *org.dhcpcanon1.Error.*) words=${answer#*org.dhcpcanon1.Error.}; words=${words#*: }; return 0 ;;
    esac
    case $answer in
      # Nobody has told the bus of our service.
      *org.freedesktop.DBus.Error.ServiceUnknown*) alone=yes ;;
      *'Connection refused'*) ! is_bus_away || alone=yes ;;
    esac
    words=${words:-$answer}
  done <"$dir/answer"
  return 1
}

# Nobody listens at the bus's socket. systemd does while a bus is restarted; elsewhere that takes less than the 0.75 s of the first four
# pauses. A shim that has had the service once waits for it.
is_bus_away() {
  [ "$mode" != start ] || { [ -z "$attached" ] && [ "${delay:-}" = 0.8 ]; }
}

# Both ends are opened read-write, which does not wait for the service. What is open is replaced, and never closed first: a
# service whose answer to Attach was lost would take that for our end.
open_fifos() {
  command exec 3<>"$dir/to-shim" && command exec 4<>"$dir/from-shim"
}

have_directory() {
  [ -p "$dir/to-shim" ] && [ -p "$dir/from-shim" ] && [ -f "$dir/argv" ]
}

# A service for this shim alone has no client that could be asked or ended.
answer_alone() {
  ends_another || die "$name: there is no service on the system bus to ask for its clients."
  end_privately
}

# NetworkManager never starts a client again, so there is no giving up; a release has nothing to wait for.
attach() {
  [ -n "$alone" ] || have_bus || alone=yes
  ! ends_another || ! is_private_elsewhere || alone=yes
  while :; do
    [ -z "$alone" ] || [ "$mode" = start ] || answer_alone
    have_directory || make_directory "$@"
    if open_fifos 2>/dev/null && call_attach; then
      # Read-only from here on: end of file now says that the service is gone.
      { command exec 3<"$dir/to-shim"; } 2>/dev/null && told= && attached=yes && return
    fi
    before_alone=$alone
    refusal && die "$name: $words"
    [ "$before_alone" = "$alone" ] || continue
    [ "$mode" = start ] || die "$name: the service dhcpcanond does not answer: $words"
    [ -n "$told" ] || say "$name: the service dhcpcanond does not answer, trying on: $words"
    told=yes
    pause
  done
}

# Waits longer each time, from 0.05 s to 5 s; from 0.4 s after a service that has ended, unless it lived for less than 10 s.
pause() {
  case ${delay:=0.05} in
    0.05) next=0.1 ;; 0.1) next=0.2 ;; 0.2) next=0.4 ;; 0.4) next=0.8 ;; 0.8) next=1.6 ;; 1.6) next=3.2 ;; *) next=5 ;;
  esac
  sleep "$delay" 3<&- 4<&- &
  await $!
  delay=$next
}

seconds_up() {
  read -r up _ </proc/uptime
  up=${up%%.*}
}
