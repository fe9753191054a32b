#!/bin/sh
# Starts NetworkManager anew and finds out whether it uses us then, for dhcpcanon-setup, which reads this file.
# shellcheck disable=SC2034,SC2154 # what its reader, networkmanager.sh and watch.sh set and read

restart_nm() {
  systemctl daemon-reload && systemctl restart "$unit"
}

runs() { nm_runs && await 15 nm_answers; }
nm_answers() { nmcli -t general >/dev/null 2>&1; }
has_client() { [ -n "$(client_of "$1")" ]; }
has_shim() { [ -n "$(shim_of "$1")" ]; }
is_connected() { [ "$(nmcli -g GENERAL.STATE device show "$1" 2>/dev/null)" = '100 (connected)' ]; }
shows_address() { [ -n "$(nmcli -g IP4.ADDRESS device show "$1" 2>/dev/null)" ]; }
is_unused() {
  for interface in /sys/class/net/*; do
    [ -z "$(shim_of "${interface##*/}")" ] || return 1
  done
  for interface in $asking; do
    ! has_reapply_client "$interface" || return 1
  done
}

# Sets $asking, the interfaces that use DHCP, and $connected, those of them that have a lease; $addresses is a pair
# INTERFACE=ADDRESS for each, its hardware address now.
remember_interfaces() {
  asking=
  connected=
  addresses=
  while read -r interface state; do
    [ -n "$interface" ] || continue
    asking=${asking:+$asking }$interface
    addresses="$addresses $interface=$(hardware_address "$interface")"
    [ "$state" != connected ] || connected=${connected:+$connected }$interface
  done <<END
$(dhcp_interfaces)
END
}

# Sets $failure and fails if NetworkManager does not use us, whatever its configuration says.
prove() {
  runs || { failure="NetworkManager does not start again: see journalctl -u $unit"; return 1; }
  "prove_$kind" || return 1
  for interface in $asking; do
    await 30 "is_served_by_$kind" "$interface" || { failure="NetworkManager did not ask us about $interface"; return 1; }
    await 10 has_client "$interface"
    note_client "$interface" 0
  done
  for interface in $connected; do
    await 60 leased "$interface" || { failure="$interface, which was connected before, gets no lease: $(client_failure)"; return 1; }
    { await 20 is_connected "$interface" && await 10 shows_address "$interface"; } ||
      { failure="NetworkManager does not take the lease of $interface"; return 1; }
    say "$interface has a lease by dhcpcanon: $(nmcli -g IP4.ADDRESS device show "$interface")"
  done
  [ -n "$asking" ] || say "No interface uses DHCP now, so only NetworkManager's own word could be checked."
}

client_failure() {
  active=$(systemctl is-active dhcpcanon.service)
  if [ "$active" = active ]; then
    echo "no server has answered"
  else
    echo "the service is $active, see journalctl -u dhcpcanon"
  fi
}

prove_silence() {
  end_captures
  for interface in $asking; do
    others=$(foreign "$interface")
    [ "${others:-0}" -le 0 ] || { failure="another DHCP client sends on $interface as well ($others messages)"; return 1; }
    if [ -n "$others" ]; then
      say "All DHCP that left by $interface was ours."
    else
      say "Whether all DHCP that left by $interface was ours could not be seen."
    fi
  done
}
