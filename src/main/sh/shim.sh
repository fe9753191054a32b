#!/bin/sh
# What the programs have in common that are a DHCP client to others, and only wait for what the service dhcpcanond says. Read by
# them; they set
#   name           their own, for messages
#   home           where this file is
#   stop_later     see there
#   show_help, show_version  functions
# Their arguments are dhclient's by the time that main gets them. What not every run needs is in files of its own, each of which
# is read before anything has begun: an upgrade may replace them.
#
# Environment: DHCPCANON_RUN  where the attach directories are (default /run/dhcpcanon).
#              PATH_DHCLIENT_PID, PATH_DHCLIENT_SCRIPT, PATH_DHCLIENT_DB, PATH_DHCLIENT_CONF  as in dhclient(8).
#              DHCPCANON_SERVICE  the service to start where there is no bus (default dhcpcanond of the package)
#              DHCPCANON_CHILD  is ours: the process that waits for this one to go into the background.
# shellcheck disable=SC2034,SC2154 # what they and the parts set and read

# A reader that has gone away (dhclient -v | head) must not end us; ":" and not "", which scripts would inherit.
trap : PIPE
# Of several interfaces one has a lease, and nobody looks at this one any more.
trap 'exec </dev/null >/dev/null 2>&1; interrupted=yes' USR2
interrupted=    # not empty after a signal that does not end us: "read" fails of it
PATH=${PATH:+$PATH:}/usr/sbin:/usr/bin:/sbin:/bin
export PATH

version=0.1.0
run=${DHCPCANON_RUN:-/run/dhcpcanon}
dir=$run/shim.$$
made=           # not empty once $dir is ours
job=            # the one child that we wait for
job_kind=       # "script" for a child that gets time to end
told=           # not empty while the user knows that the service does not answer
mode=start      # or release, end; renew, dump
phase=starting  # until a signal may end us; see stop
named=          # the process that the pid file of -r and -x names
starts_anew=${DHCPCANON_CHILD+yes}  # not empty in a process that a shim has started
parent=${DHCPCANON_CHILD:-}
unset DHCPCANON_CHILD
parts=          # the processes of several interfaces
tied=           # not empty as long as the caller's process may not go on
foreground=     # not empty with -d
verbose=        # not empty with -v and -d, unless -q follows
once=           # not empty with -1, until the first lease
oneshot=        # not empty: ends when there is a lease
failure=2       # the status if there is no lease in time
at_once=        # not empty with -nw
idle=           # not empty with -n
persist=        # not empty with -w
interfaces=     # as named, or else all that will do
count=0         # of them
origin=${PWD:-/}
pid_file=${PATH_DHCLIENT_PID:-}
pid_given=$pid_file
pid_directory=  # where it is, if that may have to be made
service=${DHCPCANON_SERVICE:-/usr/lib/dhcpcanon/bin/dhcpcanond}
attached=       # not empty once there was a service
alone=          # not empty where the service cannot be had on a bus
private=        # the process of a service for us alone, until it is ready
lease_file=
conf=           # the configuration file, or where it could be
script=${PATH_DHCLIENT_SCRIPT:-/usr/lib/dhcpcanon/bin/dhcpcanon-script}

# Reads a part that is needed.
part() {
  [ -r "$home/shim-$1.sh" ] || die "$name: $home/shim-$1.sh is missing."
  # shellcheck source=/dev/null # one of those beside this file
  . "$home/shim-$1.sh"
}

# Shows a line on stderr, and in the system's log if nobody may be looking there.
say() {
  printf '%s\n' "$1" >&2
  [ -t 2 ] && return
  logger -t "$name" -p daemon.notice -- "$1" </dev/null >/dev/null 2>&1 3<&- 4<&- &
  await $!
}

# Waits for a child so that a signal is obeyed meanwhile, which it is not while a command runs in the foreground. One that does not
# end us only interrupts "wait".
await() {
  job=$1
  while :; do
    wait "$job"
    await_status=$?
    { [ -z "$stop_later" ] && [ "$await_status" -gt 128 ] && lives "$job"; } || break
  done
  job=
  return "$await_status"
}

# A killed child that was not waited for is a zombie, which kill -0 takes for living.
lives() {
  lives_stat=
  { read -r lives_stat <"/proc/$1/stat"; } 2>/dev/null
  lives_stat=${lives_stat##*) }
  case $lives_stat in '' | Z*) return 1 ;; esac
}

# Ends the present child; a script that does not obey TERM is killed after 0.15 s.
end_job() {
  [ -n "$job" ] || return 0
  kill -TERM "$job" 2>/dev/null
  for tick in 0.01 0.04 0.1; do
    [ "$job_kind" = script ] && lives "$job" && sleep "$tick"
  done
  lives "$job" && kill -KILL "$job" 2>/dev/null
  job=
}

# Once more if a child that is just ending has put something there meanwhile.
remove_directory() {
  [ -n "$made" ] || return 0
  for tick in 1 2 3; do
    rm -rf -- "$dir" 2>/dev/null
    [ -e "$dir" ] || return 0
  done
}

finish() {
  trap '' TERM INT HUP USR1 USR2 ALRM
  end_job
  [ -z "$parts" ] || end_parts
  # One that is ready ends by itself when our fifos are closed.
  [ -z "$private" ] || kill -TERM "$private" 2>/dev/null
  remove_directory
  exit "$1"
}

# The pid file stays, as it does with ISC's dhclient: whoever named it removes it.
stop() {
  # A release must still reach the service, though NetworkManager sends TERM right behind it.
  if [ "$phase" = starting ]; then
    stop_later=yes
  else
    finish 0
  fi
}

may_stop() {
  phase=running
  [ -z "$stop_later" ] || finish 0
}

die() {
  say "$1"
  finish 1
}

refuse() {
  say "$name: $1"
  show_help
  finish 1
}

# Sets $path, which is not to depend on the directory that a daemon leaves.
absolute() {
  case $1 in /* | '') path=$1 ;; *) path=$origin/$1 ;; esac
}

write_pid_file() {
  [ -n "$pid_file" ] || return 0
  [ -z "$pid_directory" ] || [ -d "$pid_directory" ] || mkdir -p -- "$pid_directory" 2>/dev/null
  { printf '%s\n' $$ >"$pid_file"; } 2>/dev/null || say "Can't create $pid_file."
}

# Puts the lines NAME='VALUE' of a file that the service wrote into the environment of the script, and nothing else.
run_script() {
  trap - TERM INT HUP PIPE
  exec 3<&- 4<&-
  list=$1
  set --
  while IFS= read -r entry; do
    case $entry in
      [A-Za-z_]*=\'*\') eval "set -- \"\$@\" $entry" ;;
      *) exit 126 ;;
    esac
  done <"$list"
  # env would take a path with "=" for one more variable.
  # shellcheck disable=SC2016 # for the inner shell
  case $script in
    *=*) exec env -i "$@" /bin/sh -c 'unset PWD OLDPWD; exec "$0"' "$script" ;;
    *) exec env -i "$@" "$script" ;;
  esac
}

# Answers "SEQ STATUS"; -1 if there is no such script.
on_run() {
  run_status=-1
  case $2 in env.*[!0-9]* | env.) return ;; env.*) ;; *) return ;; esac
  if [ ! -f "$dir/$2" ]; then
    : # from a service that has taken it back
  elif [ -f "$script" ] && [ -x "$script" ]; then
    ( run_script "$dir/$2" ) &
    job_kind=script
    await $!
    run_status=$?
    job_kind=
  else
    say "$name: $script is not an executable file."
  fi
  printf '%s %s\n' "$1" "$run_status" >&4
}

# There is a lease, its script has run, its lease file is written.
on_bound() {
  [ -z "$oneshot" ] || finish 0
  once=
  [ -z "$tied" ] || detach
}

on_failed() {
  if [ -n "$once" ]; then
    tell 'Unable to obtain a lease on first try.  Exiting.'
    finish "$failure"
  fi
  tell 'No working leases in persistent database - sleeping.'
  [ -z "$tied" ] || detach
}

# Only to whoever has asked for it: the log may be kept on a disk, where no address is to be.
tell() {
  [ -z "$verbose" ] || printf '%s\n' "$1" >&2
}

on_line() {
  rest=${1#* }
  case $1 in
    'message '*) say "$rest" ;;
    'tell '*) tell "$rest" ;;
    'print '*) printf '%s\n' "$rest" ;;
    'exit '*) on_exit "$rest" ;;
    'script /'*) script=$rest ;;
    'run '*' '*) on_run "${rest%% *}" "${rest#* }" ;;
    'lease append '* | 'lease replace '*) on_lease "${rest%% *}" "${rest#* }" ;;
    bound) on_bound ;;
    failed) on_failed ;;
    declined) [ -z "$once" ] || finish "$failure" ;;
  esac
}

# It was not the end of the file, and no line either.
go_on() {
  [ -n "$interrupted" ] || return 1
  interrupted=
  line=
}

on_exit() {
  case $1 in '' | *[!0-9]*) finish 1 ;; esac
  [ "$1" != 0 ] || ! ends_another || end_named_shim
  finish "$1"
}

# The service ends the client, after the script, and then us.
ask_end() {
  order=release
  [ ! -e "$dir/stop" ] || order=stop
  { printf '%s\n' "$order" >&4; } 2>/dev/null
  interrupted=yes
}

# Whether the next argument belongs to this one. With DHCPv6, -R is ISC's "all or nothing", without it Fedora's list of options.
takes_value() {
  case $1 in
    -sf | -pf | -lf | -cf | -df | -e | -p | -s | -g | -D | -C | -H | -F | -V | -timeout | --timeout | -4o6) ;;
    --user-class | --vendor-options) ;;
    --dad-wait-time | --prefix-len-hint | --address-prefix-len | --decline-wait-time) ;;
    -R) [ -z "$ipv6" ] ;;
    *) return 1 ;;
  esac
}

# Only what the shim itself must know. Flags with a value are told apart, so that a value is not taken for a flag.
scan_arguments() {
  pid_flag=
  case " $* " in *' -6 '*) ipv6=yes ;; *) ipv6= ;; esac
  while [ $# -gt 0 ]; do
    if takes_value "$1"; then
      [ $# -gt 1 ] || refuse "flag $1 needs a value"
      scan_valued "$1" "$2"
      shift
    else
      scan_plain "$1"
    fi
    shift
  done
  [ -n "$pid_file" ] || usual_pid_file
  [ "$pid_flag" != none ] || pid_file=
  [ -z "$idle" ] || [ "$count" = 0 ] || refuse "-n and an interface exclude each other"
  absolute "$script"
  script=$path
}

scan_valued() {
  absolute "$2"
  case $1 in
    -pf) pid_file=$path; pid_given=yes ;;
    -lf) lease_file=$path ;;
    -sf) script=$path ;;
    -cf) conf=$path ;;
  esac
}

scan_plain() {
  case $1 in
    --version) show_version; finish 0 ;;
    --help | -h) show_help; finish 0 ;;
    -r) mode=release ;;
    -x) mode=end ;;
    -d) foreground=yes; verbose=yes ;;
    -v) verbose=yes ;;
    -q) verbose= ;;
    -1) once=yes ;;
    -nw) at_once=yes ;;
    -w) persist=yes ;;
    -n) idle=yes ;;
    --no-pid) pid_flag=none ;;
    --renew) mode=renew ;;
    --dump) mode=dump ;;
    --show-pid-file) mode=show ;;
    --oneshot) once=yes; oneshot=yes ;;
    -4 | -6 | -i | -I | -B | -N | -P | -R | -S | -T) ;;
    -*) refuse "unknown flag $1" ;;
    *) interfaces="$interfaces $1"; count=$((count + 1)) ;;
  esac
}

# With -d and one interface, as NetworkManager has it, there is no more to it than the client.
main() {
  trap stop TERM INT HUP
  trap ask_end ALRM
  scan_arguments "$@"
  part attach
  [ -z "$lease_file" ] || part lease
  ! ends_another || part end
  [ "$mode" != show ] || { printf '%s\n' "$pid_file"; finish 0; }
  if [ -n "$foreground" ] && [ "$count" = 1 ]; then
    begin
    run_client "$@"
  else
    part background
    run_in_background "$@"
  fi
}

ends_another() {
  [ "$mode" = release ] || [ "$mode" = end ]
}

begin() {
  [ "$mode" = release ] || may_stop
  if ends_another; then
    read_pid_file
  elif [ -n "$foreground" ]; then
    write_pid_file
  fi
}

run_client() {
  while :; do
    attach "$@"
    may_stop
    seconds_up
    since=$up
    while IFS= read -r line <&3 || go_on; do
      on_line "$line"
    done
    # What is still in the fifos was meant for the service that is gone, and goes with them.
    exec 3<&- 4<&-
    [ "$mode" = start ] || die "$name: the service dhcpcanond ended before it was done."
    seconds_up
    # Not at once: the call that starts a service cancels the job of systemd that stops it.
    case $((up - since)):${delay:-} in [0-9]:0.[48] | [0-9]:[1-9]*) ;; *) delay=0.4 ;; esac
    pause
  done
}
