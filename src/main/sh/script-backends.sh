#!/bin/sh
# shellcheck disable=SC2034,SC2086,SC2154,SC2317 # sourced by dhcpcanon-script; called as ${backend}_NAME; splitting is wanted
# The ways to configure an interface: ip, ifconfig and route of Linux (net), ifconfig and route of the BSDs and of QNX (bsd).
# Each has the same functions:
#   link_up                          show                          medium WORDS...
#   address_add ADDRESS PREFIX BROADCAST SECONDS   alias_add ADDRESS PREFIX    address_del, alias_del ADDRESS PREFIX
#   route_add, route_del NETWORK/PREFIX GATEWAY METRIC    the gateway 0.0.0.0 is none, the metric 0 is not said
#   mtu OCTETS                       neighbour_del ADDRESS    probe ADDRESS
# A BROADCAST of - is none; SECONDS of - is for ever. $known is not empty if the thing should be there already.

choose_backend() {
  if command -v ip >/dev/null 2>&1; then
    backend=ip
  elif ! command -v ifconfig >/dev/null 2>&1 || ! command -v route >/dev/null 2>&1; then
    return 1
  elif [ "$(uname -s)" = Linux ]; then
    backend=net
  else
    backend=bsd
  fi
}

# What a command says may name addresses, which no log is to have.
run() {
  [ -z "$debug" ] || printf '%s\n' "+ $*" >>"$debug"
  "$@" </dev/null >>"${debug:-/dev/null}" 2>&1
}

ip_link_up() {
  run ip link set dev "$interface" up
}

ip_show() {
  ip link show dev "$interface"
}

ip_medium() {
  :
}

# The address ends with the lease, so that it does not outlive a client that is killed. An ip that knows no lifetimes, as
# some of busybox, gets none.
ip_address_add() {
  broadcast_words=
  [ "$3" = - ] || broadcast_words="broadcast $3"
  seconds=$4
  [ "$seconds" != - ] || seconds=forever
  run ip -4 address replace "$1/$2" $broadcast_words dev "$interface" valid_lft "$seconds" preferred_lft "$seconds" ||
    run ip -4 address add "$1/$2" $broadcast_words dev "$interface" || [ -n "$known" ]
}

ip_address_del() {
  run ip -4 address delete "$1/$2" dev "$interface"
}

# The label is what ifconfig shows; there is none for an interface with a long name.
ip_alias_add() {
  label_words="label $interface:0"
  is_interface "$interface:0" || label_words=
  run ip -4 address replace "$1/$2" dev "$interface" $label_words ||
    run ip -4 address add "$1/$2" dev "$interface" $label_words || [ -n "$known" ]
}

ip_alias_del() {
  ip_address_del "$@"
}

# Protocol 16 is DHCP: a route of somebody else's is neither replaced (so append) nor deleted.
ip_route_words() {
  route_words="$1 "
  [ "$2" = 0.0.0.0 ] || route_words="$1 via $2 "
  route_words="${route_words}dev $interface protocol 16"
  [ "$3" = 0 ] || route_words="$route_words metric $3"
}

ip_route_add() {
  ip_route_words "$@"
  run ip -4 route append $route_words || [ -n "$known" ]
}

ip_route_del() {
  ip_route_words "$@"
  run ip -4 route delete $route_words
}

ip_mtu() {
  run ip link set dev "$interface" mtu "$1"
}

ip_neighbour_del() {
  run ip -4 neigh flush to "$1" dev "$interface"
}

ip_probe() {
  run ping -q -c 1 -w 2 -I "$interface" "$1"
}

net_link_up() {
  run ifconfig "$interface" up
}

net_show() {
  ifconfig "$interface"
}

net_medium() {
  :
}

net_address_add() {
  mask_of "$2"
  broadcast_words=
  [ "$3" = - ] || broadcast_words="broadcast $3"
  run ifconfig "$interface" "$1" netmask "$mask" $broadcast_words up
}

# There is no way to name the address: it is the one that the interface has.
net_address_del() {
  run ifconfig "$interface" 0.0.0.0
}

net_alias_add() {
  mask_of "$2"
  run ifconfig "$interface:0" "$1" netmask "$mask"
}

net_alias_del() {
  run ifconfig "$interface:0" down
}

net_route_words() {
  mask_of "${1#*/}"
  case $1 in
    */0) route_words=default ;;
    */32) route_words="-host ${1%/*}" ;;
    *) route_words="-net ${1%/*} netmask $mask" ;;
  esac
  [ "$2" = 0.0.0.0 ] || route_words="$route_words gw $2"
  [ "$3" = 0 ] || route_words="$route_words metric $3"
}

net_route_add() {
  net_route_words "$@"
  run route add $route_words dev "$interface" || [ -n "$known" ]
}

net_route_del() {
  net_route_words "$@"
  run route del $route_words dev "$interface"
}

net_mtu() {
  run ifconfig "$interface" mtu "$1"
}

net_neighbour_del() {
  run arp -d "$1"
}

net_probe() {
  ip_probe "$@"
}

bsd_link_up() {
  run ifconfig "$interface" up
}

bsd_show() {
  ifconfig "$interface"
}

bsd_medium() {
  run ifconfig "$interface" "$@"
}

bsd_address_add() {
  mask_of "$2"
  broadcast_words=
  [ "$3" = - ] || broadcast_words="broadcast $3"
  run ifconfig "$interface" inet "$1" netmask "$mask" $broadcast_words up
}

bsd_address_del() {
  run ifconfig "$interface" inet "$1" delete
}

bsd_alias_add() {
  mask_of "$2"
  run ifconfig "$interface" inet "$1" netmask "$mask" alias
}

bsd_alias_del() {
  bsd_address_del "$@"
}

# No metrics: see plan_routers, which gives only one default route.
bsd_route_words() {
  mask_of "${1#*/}"
  case $1 in
    */0) route_words=default ;;
    */32) route_words="-host ${1%/*}" ;;
    *) route_words="-net ${1%/*} -netmask $mask" ;;
  esac
  if [ "$2" = 0.0.0.0 ]; then
    route_words="$route_words -interface $interface"
  else
    route_words="$route_words $2"
  fi
}

bsd_route_add() {
  bsd_route_words "$@"
  run route add $route_words || [ -n "$known" ]
}

bsd_route_del() {
  bsd_route_words "$@"
  run route delete $route_words
}

bsd_mtu() {
  run ifconfig "$interface" mtu "$1"
}

bsd_neighbour_del() {
  run arp -d "$1"
}

bsd_probe() {
  run ping -q -c 1 -w 2 "$1"
}
