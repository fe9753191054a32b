#!/bin/sh
# The routes by a slot of NetworkManager, which starts our shim as its DHCP client, for dhcpcanon-setup, which reads this file.
# shellcheck disable=SC2034,SC2154 # what its reader and networkmanager.sh set and read

slot_backend_text() {
  sed "s/^dhcp=.*/dhcp=$route/" "$lib/nm-conf/${backend_conf##*/}"
}

# The "-" is for when the package, or the other program, is gone. Without the empty directory systemd would leave a file on the disk.
drop_in_text() {
  say "# By \"dhcpcanon enable\"; \"dhcpcanon disable\" removes it. NetworkManager, and nobody else, finds our shim as its $route."
  say '[Unit]'
  say "# Fails, and says so in the log, if this NetworkManager does not start $route any more."
  say "Wants=$check"
  say '[Service]'
  hidden | sed 's/^/InaccessiblePaths=-/'
  ! is_in_its_place || return 0
  say "TemporaryFileSystem=$place:ro"
  say "BindReadOnlyPaths=-$lib/bin/$route:$place/$route"
}

plan_slot() {
  ! differs "$drop_in" "$(drop_in_text)" || say "  write $drop_in: its $route is our shim, and nobody else's"
  ! differs "$backend_conf" "$(slot_backend_text)" || say "  write $backend_conf: dhcp=$route"
}

write_slot() {
  write "$drop_in" "$(drop_in_text)" && write "$backend_conf" "$(slot_backend_text)"
}

# Sets $failure and fails if another file of NetworkManager's has the last word.
slot_is_configured() {
  failure="another file says dhcp=$(configured main dhcp), after ours: see $nm --print-config"
  [ "$(configured main dhcp)" = "$route" ]
}

# Whether what has been written is what NetworkManager goes by already.
slot_is_complete() {
  ! differs "$drop_in" "$(drop_in_text)" && ! differs "$backend_conf" "$(slot_backend_text)" && finds_shim && uses_slot
}

# Has NetworkManager go by what was written.
change_slot() {
  failure="NetworkManager cannot be restarted"
  restarted=yes
  restart_nm
}

is_served_by_slot() { has_shim "$1"; }
has_chosen() { [ -n "$(backend)" ]; }
uses_slot() { [ "$(backend)" = "$route" ]; }

# Sets $failure and fails if NetworkManager does not use the slot, whatever its configuration says.
prove_slot() {
  await 15 has_chosen
  uses_slot || { failure="NetworkManager uses the DHCP client \"$(backend)\" and not \"$route\": $(why_not)"; return 1; }
  say "NetworkManager says that it uses the DHCP client \"$route\"."
}

why_not() {
  nm_said 'not available' | tail -n 1 | grep . || echo "its log does not say why"
}
