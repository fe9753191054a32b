#!/bin/sh
# How dhcpcanon-setup, which reads this file, undoes all of it.
# shellcheck disable=SC2154 # what its reader and networkmanager.sh set

is_begun() {
  for file in "$drop_in" "$backend_conf" "$anonymity_conf" "$wired_profile" "$settings_conf"; do
    [ ! -e "$file" ] || return 0
  done
  return 1
}

disable() {
  is_begun || is_diversion_begun || is_guard_begun || { say "It is not enabled."; return 0; }
  find_nm
  nm_runs || restart=
  route=$(enabled_route)
  say "To be done:"
  ! is_begun || plan_disable
  plan_guard_end
  ! is_diversion_begun || say "  have dhclient be what it was before, for all who start it"
  [ -z "$dry" ] || return 0
  agreed "Go on?" yes || die 1 "nothing was changed"
  ! is_diversion_begun || undivert || die 1 "cannot put the dhclient of before in the place of ours"
  # Before NetworkManager's own client is to have a lease.
  end_guard || die 1 "the guard is still there: nft delete table netdev dhcpcanon_guard"
  if is_begun; then
    disable_nm
  else
    say "Done."
  fi
}

plan_guard_end() { ! is_guard_begun || say "  stop $guard_unit: other DHCP clients can send again"; }

# That alone.
disable_guard() {
  is_guard_begun || { say "There is no guard."; return 0; }
  say "To be done:"
  plan_guard_end
  [ -z "$dry" ] || return 0
  agreed "Go on?" yes || die 1 "nothing was changed"
  end_guard || die 1 "the guard is still there: nft delete table netdev dhcpcanon_guard"
  say "Done."
}

plan_disable() {
  [ "$route" != reapply ] || plan_give_back
  for file in "$drop_in" "$backend_conf" "$anonymity_conf" "$wired_profile" "$settings_conf"; do
    [ ! -e "$file" ] || say "  remove $file"
  done
  [ -z "$restart" ] || say "  restart NetworkManager, which then identifies this machine by DHCP as before"
}

disable_nm() {
  remember_interfaces
  [ "$route" != reapply ] || disable_reapply
  for file in "$drop_in" "$backend_conf" "$anonymity_conf" "$wired_profile" "$settings_conf"; do
    remove "$file" || die 1 "cannot remove $file"
  done
  forget_files
  after_disable
}

after_disable() {
  systemctl reset-failed "$check" 2>/dev/null
  if [ -z "$restart" ]; then
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
    say "NetworkManager uses the client of before from its next start on."
    return
  fi
  restart_nm || die 1 "NetworkManager does not start again: see journalctl -u $unit"
  runs || die 1 "NetworkManager does not start again: see journalctl -u $unit"
  await 10 is_unused || die 1 "NetworkManager still uses dhcpcanon: see \"dhcpcanon doctor\""
  for interface in $connected; do
    await 60 is_connected "$interface" || die 1 "$interface is not connected again yet: see journalctl -u $unit"
  done
  say "Done. NetworkManager uses the DHCP client \"$(backend)\"."
}
