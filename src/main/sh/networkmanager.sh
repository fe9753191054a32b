#!/bin/sh
# What dhcpcanon-setup and dhcpcanon-doctor, which read this file, know of the NetworkManager of this machine. Nothing here changes
# anything. Functions answer by their status and by the variables that are named above them.
# shellcheck disable=SC2034 # variables of those who read this

lib=/usr/lib/dhcpcanon
unit=NetworkManager.service
conf_dir=/etc/NetworkManager/conf.d
backend_conf=$conf_dir/90-dhcpcanon-backend.conf
anonymity_conf=$conf_dir/91-dhcpcanon-anonymity.conf
drop_in=/etc/systemd/system/$unit.d/dhcpcanon.conf

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

# Sets $slots, those of $nm, and $slot, the first for which there is a shim.
find_slot() {
  slots=
  slot=
  for name in dhclient dhcpcd dhcpcanon; do
    has_slot "$name" || continue
    slots=${slots:+$slots }$name
    [ -n "$slot" ] || [ ! -L "$lib/sh/$name" ] || slot=$name
  done
  [ -n "$slot" ]
}

# Where NetworkManager is to find our shim for $slot. Not in the place of the real program: AppArmor judges by the path, and Debian's
# profile for /sbin/dhclient would let the shim run nothing. There is none for this path, and NetworkManager looks there too.
place=/usr/local/sbin

# The files that $nm tries for the program of $slot, in its order: that of its build, and a fixed list.
candidates() {
  grep -aoE "(/[a-z]+)+/s?bin/$slot" "$nm" | head -n 1
  for directory in /usr/sbin /usr/bin /usr/local/sbin /sbin /usr/local/bin /bin; do
    printf '%s\n' "$directory/$slot"
  done
}

# Those that it must not see, as it would take them first: each once, by the name that links lead to.
hidden() {
  candidates | while IFS= read -r file; do
    directory=$(readlink -f -- "${file%/*}") || continue
    [ "$directory" != "$place" ] || break
    printf '%s\n' "$directory/$slot"
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

# The connection of interface $1 by its identifier, which has no colon to escape.
connection_of() {
  nmcli -g GENERAL.CON-UUID device show "$1" 2>/dev/null
}

# Value of the setting $2 of the connection $1.
setting() {
  nmcli -g "$2" connection show "$1" 2>/dev/null
}

# Interfaces that NetworkManager has up or is bringing up, and not somebody else: a line each, with type and state.
interfaces_in_use() {
  nmcli -t -f DEVICE,TYPE,STATE device 2>/dev/null |
    while IFS=: read -r interface type state; do
      case $state in *externally*) ;; connected* | connecting*) printf '%s %s %s\n' "$interface" "$type" "${state%% *}" ;; esac
    done
}

# Those of them that get their address by DHCP, or would if somebody answered.
dhcp_interfaces() {
  interfaces_in_use | while read -r interface type state; do
    case $type in loopback | tun | wireguard | gsm | cdma | ppp | dummy | wifi-p2p) continue ;; esac
    [ "$(setting "$(connection_of "$interface")" ipv4.method)" != auto ] || printf '%s %s\n' "$interface" "$state"
  done
}

# The shim that the NetworkManager of $nm_pid has started for interface $1, if there is one.
shim_of() {
  grep -lszxF -e "$lib/sh/dhclient" -e "$lib/sh/dhcpcd" -e "$lib/sh/dhcpcanon" /proc/[0-9]*/cmdline 2>/dev/null |
    while IFS= read -r file; do
      process=${file%/cmdline}
      # It may end meanwhile.
      [ "$({ tr '\0' '\n' <"$file"; } 2>/dev/null | tail -n 1)" = "$1" ] || continue
      grep -qxE "PPid:.*[^0-9]$nm_pid" "$process/status" 2>/dev/null && echo "${process#/proc/}"
    done
}

# The object of our client of interface $1; nothing if there is none.
client_of() {
  busctl --list --no-pager --timeout=2 tree org.dhcpcanon1 2>/dev/null | grep '^/org/dhcpcanon1/Client/[0-9]' | while read -r client; do
    [ "$(client_property "$client" Interface)" != "s \"$1\"" ] || echo "$client"
  done
}

# State of our client of interface $1, such as "bound"; nothing if there is none.
state_of() {
  client_property "$(client_of "$1")" State | sed 's/^s "\(.*\)"$/\1/'
}

client_property() {
  busctl --timeout=2 get-property org.dhcpcanon1 "$1" org.dhcpcanon1.Client "$2" 2>/dev/null
}

# Whether it has a lease.
leased() {
  case $(state_of "$1") in bound | renewing | rebinding) ;; *) return 1 ;; esac
}

# Whether the NetworkManager that runs finds our shim for $slot first; $found is what it finds.
finds_shim() {
  found=
  for file in $(candidates); do
    [ -x "/proc/$nm_pid/root$file" ] || continue
    found=$file
    break
  done
  [ -n "$found" ] && cmp -s "/proc/$nm_pid/root$found" "$lib/bin/$slot"
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
