#!/bin/sh
# Watches interfaces for DHCP that is not ours, for dhcpcanon-setup, which reads this file.
# shellcheck disable=SC2154 # variables of its reader

captures=       # a directory for what is captured
watching=       # the processes that capture

# Captures on the interfaces that use DHCP, from before NetworkManager is restarted; each file is there once nothing is missed any more.
begin_captures() {
  captures=$(mktemp -d) || return 0
  for interface in $asking; do
    "$lib/bin/dhcpcanon" packets --seconds 300 --write "$captures/$interface.pcap" "$interface" >"$captures/$interface" 2>&1 &
    watching="$watching $!"
  done
  for interface in $asking; do
    await 15 [ -e "$captures/$interface.pcap" ] || say "$interface cannot be watched: $(tail -n 1 "$captures/$interface")"
  done
}

end_captures() {
  [ -n "$captures" ] || return 0
  for process in $watching; do
    kill -INT "$process" 2>/dev/null
    wait "$process" 2>/dev/null
  done
  watching=
}

forget_captures() {
  end_captures
  [ -z "$captures" ] || rm -rf -- "$captures"
  captures=
}

# What left by interface $1 and is not of our service, whose journal has the xid of each of its exchanges: a type and an xid a line.
foreign() {
  [ -e "$captures/$1.pcap" ] || return 0
  awk '$2 == "out" && $3 ~ /^(DISCOVER|REQUEST|DECLINE|RELEASE|INFORM)$/ { print $3, substr($4, 3) }' "$captures/$1" | sort -u |
    while read -r type xid; do
      [ -n "$(journalctl --quiet --no-pager -n 1 -o cat DHCPCANON_INTERFACE="$1" DHCPCANON_XID="$xid")" ] || echo "$type 0x$xid"
    done
}
