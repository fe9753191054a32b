#!/bin/sh
# The guard, which keeps DHCP clients that are not ours from sending, for dhcpcanon-setup and dhcpcanon-doctor, which read this file.
# shellcheck disable=SC2034,SC2154 # what its readers and networkmanager.sh set and read

guard_unit=dhcpcanon-guard.service
# What enabling the unit makes.
guard_link=/etc/systemd/system/sysinit.target.wants/$guard_unit
guarding=       # not empty once this run has begun it

is_guard_begun() { [ -L "$guard_link" ] || guard counters >/dev/null 2>&1; }
# In force, for all interfaces, and after the next boot.
is_guarded() { [ -L "$guard_link" ] && unguarded=$(guard missing 2>/dev/null) && [ -z "$unguarded" ]; }

guard() { "$lib/bin/dhcpcanon-guard" "$@"; }
guard_dropped() { guard counters | { read -r four six && printf '%s packets by IPv4, %s by IPv6' "$four" "$six"; }; }

check_guard_can() {
  [ -n "$guard" ] || return 0
  [ -d /run/systemd/system ] || die 1 "--guard needs systemd"
  words=$(guard probe 2>&1) || die 1 "--guard is not possible: ${words#dhcpcanon-guard: }. Nothing was changed."
}

plan_guard() {
  [ -z "$guard" ] || is_guarded || say "  start $guard_unit, and have it start at each boot: no other DHCP client can send (nftables)"
}

# Sets $failure and fails if it is not in force then.
begin_guard() {
  [ -n "$guard" ] && ! is_guarded || return 0
  failure="the guard does not start: see journalctl -u $guard_unit"
  changed=yes
  guarding=yes
  # One that was taken away by "nft flush ruleset" has a unit that is active.
  systemctl --quiet enable "$guard_unit" && systemctl restart "$guard_unit" && is_guarded
}

# If there are no rules, their service may still be enabled, and the other way round.
end_guard() {
  is_guard_begun || return 0
  systemctl --quiet disable --now "$guard_unit" 2>/dev/null || rm -f -- "$guard_link"
  guard down
}

undo_guard() {
  [ -z "$guarding" ] || end_guard || complain "the guard is still there: nft delete table netdev dhcpcanon_guard"
}

prove_guard() {
  [ -z "$guard" ] || say "No other DHCP client can send; dropped until now: $(guard_dropped)."
}
