#!/bin/sh
# What dhcpcanon-setup and dhcpcanon-doctor, which read this file, know of the NetworkManager of this machine. Nothing here changes
# anything. Functions answer by their status and by the variables that are named above them.
# shellcheck disable=SC2034 # variables of those who read this

lib=/usr/lib/dhcpcanon
unit=NetworkManager.service
check=dhcpcanon-check.service
conf_dir=/etc/NetworkManager/conf.d
backend_conf=$conf_dir/90-dhcpcanon-backend.conf
anonymity_conf=$conf_dir/91-dhcpcanon-anonymity.conf
drop_in=/etc/systemd/system/$unit.d/dhcpcanon.conf
wired_profile=/etc/NetworkManager/system-connections/dhcpcanon-wired.nmconnection
settings_conf=/etc/dhcpcanon/dhcpcanon.conf.d/50-enable.conf

# nmcli translates what it says.
LC_ALL=C.UTF-8
PATH=${PATH:+$PATH:}/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH

# Sets $nm, the program, and $nm_version.
find_nm() {
  nm=$(systemctl show -P ExecStart "$unit" 2>/dev/null | sed -n 's/.*{ path=\([^ ;]*\).*/\1/p' | tail -n 1)
  [ -x "$nm" ] || nm=$(command -v NetworkManager) || return 1
  nm_version=$("$nm" --version 2>/dev/null)
  nm_version=${nm_version%% *}
}

# Whether $nm was built with the plug-in that starts the program $1.
has_slot() {
  case $1 in
    dhclient) plug_in=NMDhcpDhclient ;;
    dhcpcd) plug_in=NMDhcpDhcpcd ;;
    dhcpcanon) plug_in=NMDhcpDhcpcanon ;;
  esac
  grep -aqF "$plug_in" "$nm"
}

# Sets $slots, those of $nm in the order in which we like them: dhclient's tells us the most of a connection.
find_slots() {
  slots=
  for name in dhclient dhcpcd dhcpcanon; do
    ! has_slot "$name" || slots=${slots:+$slots }$name
  done
}

# Sets $route, how NetworkManager gets its leases from us: the slot whose program it starts, or "reapply". $1 is the wish, or "auto".
choose_route() {
  find_slots
  route=$1
  case $1 in
    auto) route=${slots%% *}; [ -n "$route" ] || route=reapply ;;
    reapply) ;;
    *) has_slot "$1" ;;
  esac
}

# Which one "dhcpcanon enable" has set up; nothing if none.
enabled_route() {
  if grep -qs '^no-auto-default=' "$backend_conf"; then
    echo reapply
  else
    { cat "$backend_conf" "$drop_in" 2>/dev/null || :; } |
      sed -n "s/^dhcp=//p; s|^BindReadOnlyPaths=-$lib/bin/\\([a-z]*\\):.*|\\1|p" | head -n 1
  fi
}

is_slot() { [ "$1" != reapply ]; }

# Where NetworkManager is to find our shim for $route. Not in the place of the real program: AppArmor judges by the path, and Debian's
# profile for /sbin/dhclient would let the shim run nothing. There is none for this path, and NetworkManager looks there too.
place=/usr/local/sbin

# The files that $nm tries for the program of the slot $route, in its order: that of its build, and a fixed list.
candidates() {
  grep -aoE "(/[a-z]+)+/s?bin/$route" "$nm" | head -n 1
  for directory in /usr/sbin /usr/bin /usr/local/sbin /sbin /usr/local/bin /bin; do
    printf '%s\n' "$directory/$route"
  done
}

# The command dhcpcanon is the client of the slot of that name, and is where NetworkManager looks.
is_in_its_place() { [ "$route" = dhcpcanon ]; }

# Those that it must not see, as it would take them first: each once, by the name that links lead to.
hidden() {
  candidates | while IFS= read -r file; do
    directory=$(readlink -f -- "${file%/*}") || continue
    [ "$directory" != "$place" ] || break
    [ "$(readlink -f -- "$file")" != "$lib/bin/$route" ] || break
    printf '%s\n' "$directory/$route"
  done | sort -u
}

# Sets $nm_pid.
nm_runs() {
  nm_pid=$(systemctl show -P MainPID "$unit" 2>/dev/null)
  [ "${nm_pid:-0}" -gt 0 ]
}

# What the NetworkManager that runs said it uses as its DHCP client, such as "internal"; nothing if the log does not tell.
backend() {
  nm_said 'Using DHCP client' | sed -n "s/.*Using DHCP client '\([^']*\)'.*/\1/p" | tail -n 1
}

# Its lines with a text, since it was started.
nm_said() {
  journalctl --quiet --no-pager --output=cat "_SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID "$unit")" 2>/dev/null |
    grep -F -- "$1"
}

# Whether the NetworkManager that runs finds our shim for $route first; $found is what it finds.
finds_shim() {
  found=
  for file in $(candidates); do
    [ -x "/proc/$nm_pid/root$file" ] || continue
    found=$file
    break
  done
  [ -n "$found" ] && cmp -s "/proc/$nm_pid/root$found" "$lib/bin/$route"
}

# The MAC address of the moment.
hardware_address() {
  cat "/sys/class/net/$1/address" 2>/dev/null
}

# The value of key $2 in section $1 of what NetworkManager is configured with; defaults are comments there.
configured() {
  "$nm" --print-config 2>/dev/null | awk -v section="[$1]" -v key="$2" '
    /^\[/ { here = ($0 == section) }
    here && index($0, key "=") == 1 { value = substr($0, length(key) + 2) }
    END { print value }'
}

# Waits up to $1 seconds until the rest succeeds.
await() {
  deadline=$(($(date +%s) + $1))
  shift
  until "$@"; do
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    sleep 0.2
  done
}
