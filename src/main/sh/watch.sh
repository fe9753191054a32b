#!/bin/sh
# Watches interfaces for DHCP that is not ours, for dhcpcanon-setup, which reads this file.
# shellcheck disable=SC2154 # variables of its reader

captures=       # a directory for what is captured
watching=       # the processes that capture
clients=        # our clients when they were first seen: INTERFACE=OBJECT:MESSAGES, where MESSAGES it sent before the capture

# Captures on the interfaces that use DHCP, from before NetworkManager is restarted; each file is there once nothing is missed any more.
begin_captures() {
  captures=$(mktemp -d) || return 0
  for interface in $asking; do
    sent=$(client_property "$(client_of "$interface")" Sent)
    note_client "$interface" "${sent#t }"
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
    # Not INT, which a program in the background does not hear.
    kill -TERM "$process" 2>/dev/null
    wait "$process" 2>/dev/null
  done
  watching=
}

forget_captures() {
  end_captures
  [ -z "$captures" ] || rm -rf -- "$captures"
  captures=
}

# Remembers our client of interface $1, if it has one and none is known.
note_client() {
  noted=$(client_of "$1")
  [ -z "$noted" ] || [ -n "$(client_noted "$1")" ] || clients="$clients $1=$noted:$2"
}

client_noted() {
  for pair in $clients; do
    [ "${pair%%=*}" != "$1" ] || echo "${pair#*=}"
  done
}

# How many messages of DHCP clients left by interface $1 that our service did not send. They are counted on both sides; if our client is
# not the one of before, its count is not about all of them, and nothing is said.
foreign() {
  seen=$(sed -n 's/^outgoing: \([0-9]*\)$/\1/p' "$captures/$1" | tail -n 1)
  noted=$(client_noted "$1")
  [ -n "$seen" ] && [ -n "$noted" ] && [ "$(client_of "$1")" = "${noted%:*}" ] || return 0
  ours=$(client_property "${noted%:*}" Sent)
  echo $((seen - (${ours#t } - ${noted##*:})))
}
