#!/bin/sh
# shellcheck disable=SC2154,SC2034 # sourced by dhcpcanon-script, which sets and reads variables
# From the variables of a lease to what is on the interface. A plan is lines, each a thing to be there:
#   address ADDRESS PREFIX BROADCAST       alias ADDRESS PREFIX
#   route NETWORK/PREFIX GATEWAY METRIC    mtu OCTETS BEFORE
# The plan of the last call is in $state/IF.plan, so that exactly what was added is taken away.

# KIND NAME VALUE: $kept is the value, or empty if it is refused.
check() {
  kept=
  [ -n "$3" ] || return 0
  "keep_$1" "$3" && return
  kept=
  say "$interface: $2 is refused."
}

# As check, for a value that is used as it is, though keep_KIND makes something else of it.
check_form() {
  check "$@"
  [ -z "$kept" ] || kept=$3
}

# Hooks get nothing else, either.
check_variables() {
  check_new
  check_old
  check host alias_ip_address "$alias_ip_address"; alias_ip_address=$kept
  check mask alias_subnet_mask "$alias_subnet_mask"; alias_subnet_mask=$kept
  check metric IF_METRIC "$IF_METRIC"; IF_METRIC=$kept
}

check_new() {
  check host new_ip_address "$new_ip_address"; new_ip_address=$kept
  check mask new_subnet_mask "$new_subnet_mask"; new_subnet_mask=$kept
  check quad new_broadcast_address "$new_broadcast_address"; new_broadcast_address=$kept
  check quad new_network_number "$new_network_number"; new_network_number=$kept
  check hosts new_routers "$new_routers"; new_routers=$kept
  check hosts new_domain_name_servers "$new_domain_name_servers"; new_domain_name_servers=$kept
  check hosts new_ntp_servers "$new_ntp_servers"; new_ntp_servers=$kept
  check names new_domain_name "$new_domain_name"; new_domain_name=$kept
  check names new_domain_search "$new_domain_search"; new_domain_search=$kept
  check names new_host_name "$new_host_name"; new_host_name=$kept
  check number new_interface_mtu "$new_interface_mtu"; new_interface_mtu=$kept
  check number new_dhcp_lease_time "$new_dhcp_lease_time"; new_dhcp_lease_time=$kept
  check_form pairs new_static_routes "$new_static_routes"; new_static_routes=$kept
  check_form octets new_rfc3442_classless_static_routes "$new_rfc3442_classless_static_routes"
  new_rfc3442_classless_static_routes=$kept
  check_form classless new_classless_static_routes "$new_classless_static_routes"; new_classless_static_routes=$kept
  check_form octets new_ms_classless_static_routes "$new_ms_classless_static_routes"; new_ms_classless_static_routes=$kept
  check_form hex new_unknown_121 "$new_unknown_121"; new_unknown_121=$kept
  check_form hex new_unknown_249 "$new_unknown_249"; new_unknown_249=$kept
}

check_old() {
  check host old_ip_address "$old_ip_address"; old_ip_address=$kept
  check mask old_subnet_mask "$old_subnet_mask"; old_subnet_mask=$kept
  check quad old_broadcast_address "$old_broadcast_address"; old_broadcast_address=$kept
  check quad old_network_number "$old_network_number"; old_network_number=$kept
  check hosts old_routers "$old_routers"; old_routers=$kept
  check hosts old_domain_name_servers "$old_domain_name_servers"; old_domain_name_servers=$kept
  check hosts old_ntp_servers "$old_ntp_servers"; old_ntp_servers=$kept
  check names old_domain_name "$old_domain_name"; old_domain_name=$kept
  check names old_domain_search "$old_domain_search"; old_domain_search=$kept
  check names old_host_name "$old_host_name"; old_host_name=$kept
  check number old_interface_mtu "$old_interface_mtu"; old_interface_mtu=$kept
  check number old_dhcp_lease_time "$old_dhcp_lease_time"; old_dhcp_lease_time=$kept
  check_form pairs old_static_routes "$old_static_routes"; old_static_routes=$kept
  check_form octets old_rfc3442_classless_static_routes "$old_rfc3442_classless_static_routes"
  old_rfc3442_classless_static_routes=$kept
  check_form classless old_classless_static_routes "$old_classless_static_routes"; old_classless_static_routes=$kept
  check_form octets old_ms_classless_static_routes "$old_ms_classless_static_routes"; old_ms_classless_static_routes=$kept
  check_form hex old_unknown_121 "$old_unknown_121"; old_unknown_121=$kept
  check_form hex old_unknown_249 "$old_unknown_249"; old_unknown_249=$kept
}

add_line() {
  is_line "$1" "$plan" || plan=$plan$1$newline
}

is_line() {
  case $newline$2 in *"$newline$1$newline"*) ;; *) return 1 ;; esac
}

# ADDRESS MASK BROADCAST: begins $plan, and sets $address, $own_prefix, $own_network.
plan_address() {
  plan='' address=$1
  prefix_of "$2" || class_prefix_of "$address"
  own_prefix=$prefix
  network_of "$address" "$own_prefix"
  own_network=$network
  [ -z "$3" ] || broadcast=$3
  [ "$own_prefix" -lt 31 ] || broadcast=-
  add_line "address $address $own_prefix $broadcast"
}

# The kernel takes a gateway only if there is a way to it.
plan_gateway() {
  [ "$1" != 0.0.0.0 ] || return 0
  network_of "$1" "$own_prefix"
  [ "$network" = "$own_network" ] || add_line "route $1/32 0.0.0.0 0"
}

# A router that has our own address says that everything is on the link. The first router is preferred; where routes have no
# metrics, it is the only one.
plan_routers() {
  metric=${IF_METRIC:-0}
  for router in $1; do
    [ "$router" != "$address" ] || router=0.0.0.0
    plan_gateway "$router"
    add_line "route 0.0.0.0/0 $router $metric"
    [ "$backend" != bsd ] || return 0
    metric=$((metric + 1))
  done
}

# Those in $kept, of options 121, 249 or 33. A route of theirs that leads everywhere is a default route like another.
plan_routes() {
  for route in $kept; do
    gateway=${route#*,} destination=${route%,*} metric=0
    [ "$gateway" != "$address" ] || gateway=0.0.0.0
    [ "$destination" != 0.0.0.0/0 ] || metric=${IF_METRIC:-0}
    plan_gateway "$gateway"
    add_line "route $destination $gateway $metric"
  done
}

# Sets $kept to the classless routes by the first of the names that are in use for the option; fails if none has a value.
classless_routes() {
  kept=
  if [ -n "$1" ]; then
    keep_octets "$1"
  elif [ -n "$2" ]; then
    keep_classless "$2"
  elif [ -n "$3" ]; then
    keep_hex "$3"
  else
    return 1
  fi
}

# Below 576 it is an attack, or a mistake (RFC 791, RFC 2132 §5.1). $mtu_before is what it was without us.
plan_mtu() {
  is_number "$1" 576 65535 || return 0
  mtu_before=
  IFS=$newline
  for line in $before; do
    case $line in 'mtu '*) mtu_before=${line##* } ;; esac
  done
  IFS=$blanks
  [ -n "$mtu_before" ] || find_mtu
  add_line "mtu $1 $mtu_before"
}

find_mtu() {
  # shellcheck disable=SC2046 # words
  set -- $("${backend}_show" 2>/dev/null)
  while [ $# -gt 1 ] && [ "$1" != mtu ]; do
    shift
  done
  mtu_before=1500
  ! is_number "$2" 68 65535 || mtu_before=$2
}

# The user's, from dhclient.conf(5): beside a lease and without one.
plan_alias() {
  [ -n "$alias_ip_address" ] && [ "$alias_ip_address" != "$address" ] || return 0
  prefix_of "$alias_subnet_mask" || prefix=32
  add_line "alias $alias_ip_address $prefix"
}

# Option 121 stands above 3 and 33 (RFC 3442), and above 249, which is Microsoft's number for the same.
plan_new() {
  plan_address "$new_ip_address" "$new_subnet_mask" "$new_broadcast_address"
  if classless_routes "$new_rfc3442_classless_static_routes" "$new_classless_static_routes" "$new_unknown_121" ||
    classless_routes "$new_ms_classless_static_routes" '' "$new_unknown_249"; then
    plan_routes
  else
    plan_routers "$new_routers"
    keep_pairs "$new_static_routes"
    plan_routes
  fi
  plan_mtu "$new_interface_mtu"
  plan_alias
}

# Without the MTU, of which is not known what it was before.
plan_old() {
  plan_address "$old_ip_address" "$old_subnet_mask" "$old_broadcast_address"
  if classless_routes "$old_rfc3442_classless_static_routes" "$old_classless_static_routes" "$old_unknown_121" ||
    classless_routes "$old_ms_classless_static_routes" '' "$old_unknown_249"; then
    plan_routes
  else
    plan_routers "$old_routers"
    keep_pairs "$old_static_routes"
    plan_routes
  fi
}

# Sets $before to what the last call left, or, if that is not written down, to what it would have.
read_plan() {
  before='' plan=''
  if [ -f "$state/$interface.plan" ]; then
    while IFS= read -r line; do
      case $line in
        *[!a-z0-9./' '-]*) ;;
        'address '* | 'alias '* | 'route '* | 'mtu '*) before=$before$line$newline ;;
      esac
    done <"$state/$interface.plan"
    return 0
  fi
  [ -z "$old_ip_address" ] || plan_old
  plan_alias
  before=$plan plan='' address=''
}

# Takes away what is not wanted any more, routes first, then brings everything about that is wanted, as it may have been lost.
# What is gone comes first: with an old address of the same network, the kernel would delete a new one too. Fails if there is no
# address then.
change_to_plan() {
  take_away route
  take_away
  save plan "$plan"
  address_failed=
  IFS=$newline
  for line in $plan; do
    IFS=$blanks
    # shellcheck disable=SC2086 # words
    bring_about $line || say "$interface: cannot set the ${line%% *}."
  done
  IFS=$blanks
  [ -z "$address_failed" ]
}

take_away() {
  IFS=$newline
  for line in $before; do
    IFS=$blanks
    case $1$line in routeroute* | address* | alias* | mtu*) ;; *) continue ;; esac
    # shellcheck disable=SC2086 # words
    is_line "$line" "$plan" || remove $line
  done
  IFS=$blanks
}

# What is gone already needs no word.
remove() {
  case $1 in
    address) "${backend}_address_del" "$2" "$3" ;;
    alias) "${backend}_alias_del" "$2" "$3" ;;
    mtu) case $newline$plan in *"${newline}mtu "*) ;; *) "${backend}_mtu" "$3" ;; esac ;;
    route)
      "${backend}_route_del" "$2" "$3" "$4"
      case $2,$3 in *,0.0.0.0) ;; 0.0.0.0/0,*) "${backend}_neighbour_del" "$3" ;; esac
      ;;
  esac
}

# ifconfig and route have no "replace", and might lose routes by setting again what is there: a renewal leaves that alone.
bring_about() {
  known=
  if is_line "$*" "$before"; then
    known=yes
    case $backend,$reason in ip,*) ;; *,RE[NB]* | *,re[nb]*) return 0 ;; esac
  fi
  case $1 in
    address) "${backend}_address_add" "$2" "$3" "$4" "$(lifetime)" || { address_failed=yes; return 1; } ;;
    alias) "${backend}_alias_add" "$2" "$3" ;;
    mtu) "${backend}_mtu" "$2" ;;
    route) "${backend}_route_add" "$2" "$3" "$4" ;;
  esac
}

# Seconds; ten digits are more than thirty years.
lifetime() {
  case $new_dhcp_lease_time in
    '' | 0* | ??????????) printf '%s' - ;;
    *) printf '%s' "$new_dhcp_lease_time" ;;
  esac
}
