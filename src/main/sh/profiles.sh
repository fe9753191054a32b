#!/bin/sh
# NetworkManager's connections, those of them that were adopted, and our clients, for those who have read networkmanager.sh. Nothing here
# changes anything.
# shellcheck disable=SC2154 # what networkmanager.sh sets

nm_name=org.freedesktop.NetworkManager
nm_path=/org/freedesktop/NetworkManager

# A call or a question to NetworkManager, which must not start it.
ask_nm() {
  verb=$1
  shift
  busctl --no-pager --auto-start=no --timeout=10 "$verb" "$nm_name" "$@" 2>/dev/null
}

# --- Connections ---

# The connection of interface $1 by its identifier, which has no colon to escape.
connection_of() {
  nmcli -g GENERAL.CON-UUID device show "$1" 2>/dev/null
}

# Value of the setting $2 of the connection $1.
setting() {
  nmcli -g "$2" connection show "$1" 2>/dev/null
}

# Whether interfaces or connections of the type $1 have no DHCP for which we could be asked.
is_without_dhcp() {
  case $1 in
    loopback | tun | wireguard | gsm | cdma | ppp | pppoe | dummy | wifi-p2p | vpn | bluetooth | ip-tunnel) ;;
    *) return 1 ;;
  esac
}

# Interfaces that NetworkManager has up or is bringing up, and not somebody else: a line each, with type and state.
interfaces_in_use() {
  nmcli -t -f DEVICE,TYPE,STATE device 2>/dev/null |
    while IFS=: read -r interface type state; do
      case $state in *externally*) ;; connected* | connecting*) printf '%s %s %s\n' "$interface" "$type" "${state%% *}" ;; esac
    done
}

# Those of them that get their address by DHCP, or would if somebody answered: of NetworkManager, or of us if they are adopted.
dhcp_interfaces() {
  interfaces_in_use | while read -r interface type state; do
    ! is_without_dhcp "$type" || continue
    connection=$(connection_of "$interface")
    if [ "$(setting "$connection" ipv4.method)" = auto ] || is_adopted "$connection"; then
      printf '%s %s\n' "$interface" "$state"
    fi
  done
}

# Connections that could use DHCP, but for those that NetworkManager makes up as long as nobody gives it one: a line each, with
# identifier, object and name.
profiles() {
  nmcli -t -f UUID,TYPE,DBUS-PATH,NAME connection show 2>/dev/null | sed 's/\\\(.\)/\1/g' |
    while IFS=: read -r uuid type path name; do
      is_without_dhcp "$type" || is_made_up "$path" || printf '%s %s %s\n' "$uuid" "$path" "$name"
    done
}

# By its flags: 2 is made by NetworkManager, 8 is what another program has set up.
is_made_up() {
  flags=$(ask_nm get-property "$1" "$nm_name.Settings.Connection" Flags)
  [ $((${flags#u } & 10)) != 0 ]
}

# The files of those that it makes up for wired interfaces.
made_up_files() {
  nmcli -t -f TYPE,DBUS-PATH,FILENAME connection show 2>/dev/null | sed 's/\\\(.\)/\1/g' |
    while IFS=: read -r type path file; do
      [ "$type" != 802-3-ethernet ] || ! is_made_up "$path" || printf '%s\n' "$file"
    done | grep '^/run/'
}

# --- Adopted connections ---

# Whether the connection with the object $1 has the mark that Adopt sets; nmcli does not show it.
is_marked() {
  ask_nm call "$1" "$nm_name.Settings.Connection" GetSettings | grep -qF '"org.dhcpcanon.method"'
}

# The same, by the identifier $1.
is_adopted() {
  [ -n "$1" ] || return 1
  object=$(ask_nm call "$nm_path/Settings" "$nm_name.Settings" GetConnectionByUuid s "$1" | sed -n 's/^o "\(.*\)"$/\1/p')
  [ -n "$object" ] && is_marked "$object"
}

# Those of profiles() for which NetworkManager would run its own client.
adoptable() {
  profiles | while read -r uuid path name; do
    [ "$(setting "$uuid" ipv4.method)" != auto ] || printf '%s %s\n' "$uuid" "$name"
  done
}

# Those that are adopted, but for the one that "dhcpcanon enable" makes.
adopted() {
  profiles | while read -r uuid path name; do
    [ "$name" = dhcpcanon-wired ] || ! is_marked "$path" || printf '%s %s\n' "$uuid" "$name"
  done
}

# --- Our clients ---

# The shim that the NetworkManager of $nm_pid has started for interface $1, if there is one.
shim_of() {
  grep -lszxF -e "$lib/sh/dhclient" -e "$lib/sh/dhcpcd" /proc/[0-9]*/cmdline 2>/dev/null |
    while IFS= read -r file; do
      process=${file%/cmdline}
      # It may end meanwhile.
      [ "$({ tr '\0' '\n' <"$file"; } 2>/dev/null | tail -n 1)" = "$1" ] || continue
      grep -qxE "PPid:.*[^0-9]$nm_pid" "$process/status" 2>/dev/null && echo "${process#/proc/}"
    done
}

# The object of our client of interface $1; nothing if there is none.
client_of() {
  our_property /org/dhcpcanon1 Manager Clients | grep -o '/org/dhcpcanon1/Client/[0-9]*' | while read -r client; do
    [ "$(client_property "$client" Interface)" != "s \"$1\"" ] || echo "$client"
  done
}

# State of our client of interface $1, such as "bound"; nothing if there is none.
state_of() {
  client_property "$(client_of "$1")" State | sed 's/^s "\(.*\)"$/\1/'
}

client_property() { our_property "$1" Client "$2"; }

# Only "call" leaves a service that does not run as it is.
our_property() {
  busctl --auto-start=no --timeout=2 call org.dhcpcanon1 "$1" org.freedesktop.DBus.Properties Get ss "org.dhcpcanon1.$2" "$3" 2>/dev/null |
    sed 's/^v //'
}

# Whether it has a lease.
leased() {
  case $(state_of "$1") in bound | renewing | rebinding) ;; *) return 1 ;; esac
}

# Whether interface $1 has a client that applies its lease by itself, without a shim.
has_reapply_client() {
  [ "$(client_property "$(client_of "$1")" Route)" = 's "reapply"' ]
}
