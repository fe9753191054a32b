#!/bin/sh
# By which route NetworkManager gets its leases, and what is wrong with that, for dhcpcanon-doctor, which reads this file.
# shellcheck disable=SC2034,SC2154 # what its reader and networkmanager.sh set and read

# Sets $route: the one that is enabled, else the one that "dhcpcanon enable" would choose. Fails if NetworkManager has it no more.
check_route() {
  enabled=$(enabled_route)
  if choose_route "${enabled:-auto}"; then
    can_route
    return
  fi
  problem route "NetworkManager $nm_version does not start $enabled any more, and will use its own DHCP client, which identifies this machine" \
    "dhcpcanon enable, which finds another route"
  return 1
}

can_route() {
  if is_slot "$route"; then
    ok route "NetworkManager $nm_version can start us as $route"
  else
    ok route "NetworkManager $nm_version can be given each lease by D-Bus (route reapply)"
  fi
}

# What was set up, and whether NetworkManager goes by it.
check_choice() {
  said=$(backend)
  if [ -z "$enabled" ] && [ "$(configured main dhcp)" != "$route" ]; then
    chosen=$(configured main dhcp)
    problem choice "NetworkManager uses its DHCP client \"${said:-${chosen:-internal}}\", which identifies this machine" "dhcpcanon enable"
  elif is_slot "$route"; then
    check_slot
  else
    check_reapply
  fi
}

check_slot() {
  if [ "$(configured main dhcp)" != "$route" ]; then
    problem choice "NetworkManager uses its DHCP client \"${said:-internal}\", which identifies this machine" "dhcpcanon enable"
  elif [ -n "$said" ] && [ "$said" != "$route" ]; then
    problem choice "NetworkManager is told to use $route, and without a further word uses \"$said\", which identifies this machine" \
      "systemctl restart NetworkManager, or dhcpcanon enable, which says why"
  elif ! finds_shim; then
    problem choice "the $route that NetworkManager starts is not ours but ${found:-none}" "systemctl restart NetworkManager, or dhcpcanon enable"
  else
    ok choice "NetworkManager uses dhcpcanon"
    [ -n "$said" ] || note log "what NetworkManager says of its DHCP client is not in its log, so its own choice was not seen"
  fi
}

# Nobody calls the service then: it has to be there.
check_reapply() {
  if [ "$(configured main no-auto-default)" != '*' ]; then
    problem choice "NetworkManager makes profiles by itself, with its own DHCP client, which identifies this machine" "dhcpcanon enable"
  elif ! systemctl --quiet is-enabled dhcpcanon.service 2>/dev/null; then
    problem choice "the service is not started at boot, so adopted profiles have no IPv4 then" "systemctl enable --now dhcpcanon"
  elif ! active dhcpcanon.service; then
    problem choice "the service does not run, so adopted profiles have no IPv4" "systemctl start dhcpcanon"
  else
    ok choice "NetworkManager leaves IPv4 to dhcpcanon"
  fi
  check_profiles
}

# Those that somebody has changed, or made, since.
check_profiles() {
  profiles >"$list"
  while read -r uuid path name; do
    method=$(setting "$uuid" ipv4.method)
    if [ "$method" = auto ]; then
      problem profile "the profile \"$name\" has NetworkManager's own DHCP client, which identifies this machine" "dhcpcanon adopt $uuid"
    elif [ "$method" != disabled ] && is_marked "$path"; then
      warning profile "the profile \"$name\" was adopted, and is ipv4.method=$method now" "dhcpcanon adopt $uuid, or dhcpcanon unadopt $uuid"
    fi
  done <"$list"
}

check_interfaces() {
  interfaces=$(dhcp_interfaces)
  [ -n "$interfaces" ] || { note interfaces "no interface uses DHCP now"; return; }
  while read -r interface state; do
    shim=$(shim_of "$interface" | head -n 1)
    [ -z "$shim" ] || check_apparmor "$interface" "$shim"
    check_client
  done <<END
$interfaces
END
}

check_client() {
  if is_adopted "$(connection_of "$interface")"; then
    by="reapply, as its profile is adopted"
    has_reapply_client "$interface" || shim=none
  else
    by="$route, as NetworkManager starts our shim"
    [ -n "$shim" ] || shim=other
  fi
  case $shim in
    none) problem client "$interface has an adopted profile and no client of ours" "journalctl -u dhcpcanon; then systemctl restart dhcpcanon" ;;
    other) problem client "$interface has a DHCP client that is not ours" "nmcli device up $interface" ;;
    *)
      if leased "$interface"; then
        ok client "$interface has its lease by dhcpcanon (route $by)"
      else
        warning client "$interface has no lease yet (route $by)" "dhcpcanon status -v; journalctl -u dhcpcanon"
      fi ;;
  esac
}

# The shim of interface $1 by its process $2: confined by a profile that is for another program, it can do nothing.
check_apparmor() {
  profile=$(cat "/proc/$2/attr/apparmor/current" 2>/dev/null) || return 0
  case $profile in
    '' | unconfined*) ;;
    *) problem apparmor "AppArmor confines our shim for $1 by the profile $profile" "dhcpcanon disable, and then dhcpcanon enable" ;;
  esac
}
