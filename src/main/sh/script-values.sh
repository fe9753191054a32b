#!/bin/sh
# shellcheck disable=SC2034,SC2086,SC2154 # sourced by dhcpcanon-script, which turns globbing off; splitting is wanted
# What the values of a lease may be. They come from the network: nothing of them is used before it was found to be an address,
# a name, or a number here, even though the client looked at them too. Nothing is evaluated, no other program is run.
# A function keep_KIND sets $kept to what can be used of a value, and fails if the value is not of its kind at all.

most_hosts=8     # of routers, name servers
most_names=6     # of domains to search
most_routes=64

is_octet() {
  case $1 in
    [0-9] | [1-9][0-9] | 1[0-9][0-9] | 2[0-4][0-9] | 25[0-5]) ;;
    *) return 1 ;;
  esac
}

# Four octets. No leading zeros, which some programs take for octal.
is_quad() {
  case $1 in *[!0-9.]* | .* | *. | *..* | ????????????????*) return 1 ;; esac
  IFS=.
  set -- $1
  IFS=$blanks
  [ $# -eq 4 ] && is_octet "$1" && is_octet "$2" && is_octet "$3" && is_octet "$4"
}

# What another host can have: not "this network", loopback, multicast, or reserved.
is_host() {
  is_quad "$1" || return 1
  case $1 in 0.* | 127.* | 22[4-9].* | 23?.* | 24?.* | 25?.*) return 1 ;; esac
}

# VALUE LEAST MOST, of at most nine digits: mksh counts with 32 bits.
is_number() {
  case $1 in 0) ;; '' | 0* | *[!0-9]* | ??????????*) return 1 ;; esac
  [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]
}

is_interface() {
  case $1 in '' | -* | . | .. | *[!A-Za-z0-9._:@+-]* | ????????????????*) return 1 ;; esac
}

# Sets $prefix. Fails for a mask with holes.
prefix_of() {
  is_quad "$1" || return 1
  IFS=.
  set -- $1
  IFS=$blanks
  prefix=0 more=yes
  for octet; do
    case $octet in
      255) bits=8 ;; 254) bits=7 ;; 252) bits=6 ;; 248) bits=5 ;; 240) bits=4 ;;
      224) bits=3 ;; 192) bits=2 ;; 128) bits=1 ;; 0) bits=0 ;; *) return 1 ;;
    esac
    [ "$more" = yes ] || [ "$bits" -eq 0 ] || return 1
    [ "$bits" -eq 8 ] || more=
    prefix=$((prefix + bits))
  done
}

# Sets $prefix to what the address has by its class (RFC 950), for servers that say nothing.
class_prefix_of() {
  if [ "${1%%.*}" -lt 128 ]; then
    prefix=8
  elif [ "${1%%.*}" -lt 192 ]; then
    prefix=16
  else
    prefix=24
  fi
}

# PREFIX: sets $mask.
mask_of() {
  mask='' rest=$1
  for place in 1 2 3 4; do
    bits=$rest
    [ "$bits" -le 8 ] || bits=8
    rest=$((rest - bits))
    mask=$mask${mask:+.}$((256 - (1 << (8 - bits))))
  done
}

# ADDRESS PREFIX: sets $network and $broadcast.
network_of() {
  mask_of "$2"
  IFS=.
  set -- $1 $mask
  IFS=$blanks
  network=$(($1 & $5)).$(($2 & $6)).$(($3 & $7)).$(($4 & $8))
  broadcast=$(($1 | (255 - $5))).$(($2 | (255 - $6))).$(($3 | (255 - $7))).$(($4 | (255 - $8)))
}

keep_host() {
  is_host "$1" && kept=$1
}

keep_quad() {
  is_quad "$1" && kept=$1
}

keep_mask() {
  prefix_of "$1" && [ "$prefix" -gt 0 ] && kept=$1
}

# Drops what no host can have: some servers fill up with 0.0.0.0.
keep_hosts() {
  kept='' count=0
  case $1 in *[!0-9.' ']*) return 1 ;; esac
  [ ${#1} -le 2048 ] || return 1
  for word in $1; do
    is_quad "$word" || return 1
    is_host "$word" || continue
    [ "$count" -lt "$most_hosts" ] || continue
    case " $kept " in *" $word "*) continue ;; esac
    kept=$kept${kept:+ }$word count=$((count + 1))
  done
}

keep_number() {
  case $1 in *[!0-9]* | ???????????*) return 1 ;; esac
  kept=$1
}

keep_metric() {
  is_number "$1" 0 999999999 && kept=$1
}

# Domain or host names, joined by blanks, without the dot at the end.
keep_names() {
  kept='' count=0
  case $1 in *[!A-Za-z0-9._' '-]*) return 1 ;; esac
  [ ${#1} -le 1600 ] || return 1
  for word in $1; do
    word=${word%.}
    is_name "$word" || return 1
    [ "$count" -lt "$most_names" ] || continue
    kept=$kept${kept:+ }$word count=$((count + 1))
  done
}

is_name() {
  case .$1. in *..* | *.-* | *-.*) return 1 ;; esac
  [ ${#1} -le 253 ] || return 1
  IFS=.
  set -- $1
  IFS=$blanks
  for label; do
    [ ${#label} -le 63 ] || return 1
  done
}

# NETWORK PREFIX GATEWAY: one more word NETWORK/PREFIX,GATEWAY in $kept, with the host bits of NETWORK cleared (RFC 3442).
# The gateway 0.0.0.0 says that the network is on the link itself.
keep_route() {
  [ "$3" = 0.0.0.0 ] || is_host "$3" || return 0
  if [ "$2" -ge 4 ]; then
    case $1 in 127.* | 22[4-9].* | 23?.* | 24?.* | 25?.*) return 0 ;; esac
  fi
  [ "$count" -lt "$most_routes" ] || return 0
  network_of "$1" "$2"
  kept=$kept${kept:+ }$network/$2,$3 count=$((count + 1))
}

# Option 121 or 249 as octets in decimal: "24 192 168 10 192 168 1 1".
keep_octets() {
  kept='' count=0
  case $1 in *[!0-9' ']*) return 1 ;; esac
  [ ${#1} -le 4096 ] || return 1
  set -- $1
  for octet; do
    is_octet "$octet" || return 1
  done
  while [ $# -gt 0 ]; do
    length=$1 size=$((($1 + 7) / 8)) destination=
    shift
    [ "$length" -le 32 ] && [ $# -ge $((size + 4)) ] || return 1
    for place in 1 2 3 4; do
      if [ "$place" -le "$size" ]; then
        destination=$destination${destination:+.}$1
        shift
      else
        destination=$destination${destination:+.}0
      fi
    done
    keep_route "$destination" "$length" "$1.$2.$3.$4"
    shift 4
  done
}

# The same as hexadecimal octets, as an option without a name comes: "18:c0:a8:a:c0:a8:1:1".
keep_hex() {
  kept=
  case $1 in *[!0-9a-f:]* | :* | *: | *::* | *[0-9a-f][0-9a-f][0-9a-f]*) return 1 ;; esac
  [ ${#1} -le 4096 ] || return 1
  IFS=:
  set -- $1
  IFS=$blanks
  octets=
  for octet; do
    octets="$octets $((0x$octet))"
  done
  keep_octets "$octets"
}

# The same as pairs NETWORK/PREFIX GATEWAY, or LENGTH.OCTETS GATEWAY, or as octets.
keep_classless() {
  case $1 in
    */*) keep_slash_pairs "$1" ;;
    *.*) keep_dot_pairs "$1" ;;
    *) keep_octets "$1" ;;
  esac
}

keep_slash_pairs() {
  kept='' count=0
  case $1 in *[!0-9./' ']*) return 1 ;; esac
  [ ${#1} -le 4096 ] || return 1
  set -- $1
  [ $(($# % 2)) -eq 0 ] || return 1
  while [ $# -gt 0 ]; do
    is_quad "${1%/*}" && is_number "${1##*/}" 0 32 && is_quad "$2" || return 1
    keep_route "${1%/*}" "${1##*/}" "$2"
    shift 2
  done
}

# "24.192.168.10 192.168.1.1" is "24 192 168 10 192 168 1 1" with dots.
keep_dot_pairs() {
  case $1 in *[!0-9.' ']* | *..*) return 1 ;; esac
  [ ${#1} -le 4096 ] || return 1
  IFS="$blanks."
  set -- $1
  IFS=$blanks
  keep_octets "$*"
}

# Option 33: pairs of a destination and a router. It has no masks: a network of its class, or a host (RFC 2132 §5.8, where
# 0.0.0.0 is forbidden).
keep_pairs() {
  kept='' count=0
  case $1 in *[!0-9.' ']*) return 1 ;; esac
  [ ${#1} -le 2048 ] || return 1
  set -- $1
  [ $(($# % 2)) -eq 0 ] || return 1
  while [ $# -gt 0 ]; do
    is_quad "$1" && is_quad "$2" || return 1
    class_prefix_of "$1"
    network_of "$1" "$prefix"
    [ "$network" = "$1" ] || prefix=32
    ! is_host "$2" || [ "$1" = 0.0.0.0 ] || keep_route "$1" "$prefix" "$2"
    shift 2
  done
}
