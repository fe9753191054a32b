#!/bin/sh
# The route without a slot: NetworkManager has profiles without IPv4, and our service gives them their leases. For dhcpcanon-setup, which
# reads this file.
# shellcheck disable=SC2034,SC2154 # what its reader and networkmanager.sh set and read

adopting=       # profiles that this run has adopted, a line each
released=       # those that it has given back

reapply_backend_text() { cat "$lib/nm-conf/90-dhcpcanon-reapply.conf"; }
wired_text() { cat "$lib/nm-conf/${wired_profile##*/}"; }
settings_text() {
  say '# By "dhcpcanon enable"; "dhcpcanon disable" removes it. A profile for a Wi-Fi network that is new to NetworkManager is ours from'
  say '# its beginning, before NetworkManager has asked there for an address by a client of its own.'
  say '[defaults]'
  say 'adopt-new = wifi'
}

plan_reapply() {
  ! differs "$backend_conf" "$(reapply_backend_text)" ||
    say "  write $backend_conf: NetworkManager makes no profile by itself, which would have a client of its own"
  ! differs "$wired_profile" "$(wired_text)" || say "  write $wired_profile: for wired interfaces without another profile"
  ! differs "$settings_conf" "$(settings_text)" || say "  write $settings_conf: profiles for new Wi-Fi networks are ours"
  is_started_at_boot || say "  start dhcpcanon.service, and have it start at each boot"
  # Before NetworkManager is started again the first time it may not answer.
  adoptable | while read -r uuid name; do
    say "  adopt the profile \"$name\": its IPv4 is turned off in NetworkManager, and comes from us"
  done
}

is_started_at_boot() { systemctl --quiet is-enabled dhcpcanon.service 2>/dev/null; }

write_reapply() {
  write "$backend_conf" "$(reapply_backend_text)" && write "$settings_conf" "$(settings_text)" &&
    write "$wired_profile" "$(wired_text)" private || return 1
  ! is_started_at_boot || return 0
  note_made "$boot_link"
  systemctl --quiet enable dhcpcanon.service
}

reapply_is_configured() {
  failure="another file says no-auto-default=$(configured main no-auto-default), after ours: see $nm --print-config"
  [ "$(configured main no-auto-default)" = '*' ]
}

reapply_is_complete() {
  ! differs "$backend_conf" "$(reapply_backend_text)" && ! differs "$wired_profile" "$(wired_text)" &&
    ! differs "$settings_conf" "$(settings_text)" && is_started_at_boot && [ -z "$(adoptable)" ]
}

# --- Profiles ---

manager() { busctl --quiet --timeout=30 call org.dhcpcanon1 /org/dhcpcanon1 org.dhcpcanon1.Manager "$@"; }

# Has the service, which may have begun with other settings, adopt all profiles for which NetworkManager would run its own client.
adopt_all() {
  failure="the service does not take its settings"
  manager Reload || return 1
  while read -r uuid name; do
    [ -n "$uuid" ] || continue
    adopting="$adopting$uuid $name
"
    failure="the profile \"$name\" cannot be adopted"
    manager Adopt s "$uuid" || return 1
  done <<END
$(adoptable)
END
}

# Gives back those in $1, a line each, by method $2. A service that cannot run must not be in the way: then they are as before but for
# the mark.
give_back() {
  while read -r uuid name; do
    [ -n "$uuid" ] || continue
    manager "$2" s "$uuid" || nmcli connection modify "$uuid" ipv4.method auto ||
      complain "the profile \"$name\" is still without IPv4: nmcli connection modify $uuid ipv4.method auto"
  done <<END
$1
END
}

adopt_again() {
  while read -r uuid name; do
    [ -z "$uuid" ] || manager Adopt s "$uuid" || complain "the profile \"$name\" is not adopted any more"
  done <<END
$released
END
}

# What an interface had by NetworkManager's own invention is replaced while NetworkManager runs, as later it would take the address that
# it finds for another program's. What it has invented survives a restart, in a file.
change_reapply() {
  adopt_all && use_wired || return 1
  for interface in $asking; do
    await 5 has_client "$interface"
    note_client "$interface" 0
  done
  failure="NetworkManager cannot be restarted"
  restarted=yes
  files=$(made_up_files)
  systemctl daemon-reload && systemctl stop "$unit" || return 1
  printf '%s\n' "$files" | while IFS= read -r file; do
    [ -z "$file" ] || rm -f -- "$file"
  done
  systemctl start "$unit" && runs
}

# Has our profile for wired interfaces be used by those that have none of the user's.
use_wired() {
  failure="NetworkManager does not take $wired_profile"
  nmcli connection load "$wired_profile" || return 1
  for interface in $asking; do
    ! is_on_adopted "$interface" || continue
    nmcli --wait 90 connection up dhcpcanon-wired ifname "$interface" >/dev/null ||
      { failure="$interface does not come up without NetworkManager's own client: $(client_failure)"; return 1; }
  done
}

# Takes it from those that have it, without NetworkManager looking for another one that is theirs.
leave_wired() {
  for interface in $asking; do
    [ "$(nmcli -g GENERAL.CONNECTION device show "$interface")" != dhcpcanon-wired ] || nmcli device disconnect "$interface" >/dev/null
  done
}

# Has NetworkManager forget that profile, and what has it is without a profile then.
forget_wired() {
  [ ! -e "$wired_profile" ] || nmcli connection delete dhcpcanon-wired >/dev/null 2>&1 || rm -f -- "$wired_profile"
}

is_on_adopted() { is_adopted "$(connection_of "$1")"; }
is_served_by_reapply() { has_reapply_client "$1"; }

# That NetworkManager has no client of its own is seen by what leaves: it has no word for it.
prove_reapply() {
  for interface in $asking; do
    is_on_adopted "$interface" || { failure="NetworkManager has $interface on a profile that is not ours"; return 1; }
  done
}

# --- disable ---

plan_give_back() {
  adopted | while read -r uuid name; do
    say "  give the profile \"$name\" back to NetworkManager, which asks for its address by its own client"
  done
  ! is_started_at_boot || say "  not start dhcpcanon.service at boot"
}

disable_reapply() {
  nm_runs || die 1 "NetworkManager does not run, and only it can give its profiles back: systemctl start NetworkManager"
  give_back "$(adopted)" Unadopt
  forget_wired
  remove "$boot_link"
}
