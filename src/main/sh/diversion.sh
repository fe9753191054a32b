#!/bin/sh
# Our shim in the place of dhclient, for whoever starts that: ifupdown, cloud-init, a user. Read by dhcpcanon-setup, which does and
# undoes it, and by dhcpcanon-doctor, which only looks.
#
# It is a link: AppArmor judges by the file that is executed once links are followed, so ISC's profile for /sbin/dhclient is not for
# ours. And it leads to a file of its own, not to the shim that NetworkManager is shown: NetworkManager's drop-in hides
# /usr/sbin/dhclient, for which systemd follows links, too.
# shellcheck disable=SC2154 # what networkmanager.sh sets

stand_in=$lib/sbin/dhclient

# A package has one or the other, and dpkg compares names, not files. Where /sbin is a link both are one file.
dhclient_names='/usr/sbin/dhclient /sbin/dhclient'

is_there() { [ -e "$1" ] || [ -L "$1" ]; }
is_ours() { [ "$(readlink -- "$1")" = "$stand_in" ]; }
knows_dpkg() { command -v dpkg-divert >/dev/null; }

# Whether dpkg puts the file $1 of whatever package where we want it.
is_put_aside() { knows_dpkg && [ "$(dpkg-divert --truename "$1")" = "$1.isc" ]; }

# Whether everybody who starts dhclient starts ours.
is_diverted() {
  for file in $dhclient_names; do
    is_ours "$file" || return 1
  done
}

# Whether there is something to undo.
is_diversion_begun() {
  for file in $dhclient_names; do
    ! is_ours "$file" && ! is_put_aside "$file" || return 0
  done
  return 1
}

# Where there is dpkg it is told, whether or not it has such a file now: a package that is installed or replaced later must not put its
# own in the place of ours.
put_aside() {
  if knows_dpkg; then
    is_put_aside "$1" || dpkg-divert --quiet --local --rename --divert "$1.isc" --add "$1"
  elif is_there "$1" && ! is_ours "$1"; then
    [ ! -e "$1.isc" ] && mv -- "$1" "$1.isc"
  fi
}

put_back() {
  if is_put_aside "$1"; then
    dpkg-divert --quiet --local --rename --divert "$1.isc" --remove "$1"
  elif is_there "$1.isc" && ! is_there "$1"; then
    mv -- "$1.isc" "$1"
  fi
}

# What a package had is put aside by both names before there is a link by any.
divert() {
  for file in $dhclient_names; do
    put_aside "$file" || return 1
  done
  for file in $dhclient_names; do
    is_ours "$file" || ln -s -- "$stand_in" "$file" || return 1
  done
}

# Fails if somebody has put another file in the place of ours meanwhile, which stays.
undivert() {
  for file in $dhclient_names; do
    ! is_ours "$file" || rm -f -- "$file" || return 1
  done
  for file in $dhclient_names; do
    put_back "$file" || return 1
  done
}

# DHCP clients that are not ours, a line each with process and arguments.
foreign_clients() {
  for file in /proc/[0-9]*/comm; do
    read -r program <"$file" || continue
    case $program in dhclient | dhcpcd* | udhcpc* | connmand | wickedd-dhcp4) ;; *) continue ;; esac
    process=${file%/comm}
    words=$(tr '\0' ' ' <"$process/cmdline")
    case $words in "$lib"/*) continue ;; esac
    # A netns is another machine, as it were.
    [ "$(readlink "$process/ns/net")" != "$(readlink /proc/self/ns/net)" ] || printf '%s %s\n' "${process#/proc/}" "${words% }"
  done 2>/dev/null
}

# --- enable --dhclient ---

plan_diversion() {
  say "Whoever starts dhclient is to start dhcpcanon, whose dhclient has no DHCPv6 (dhclient -6). To be done:"
  for file in $dhclient_names; do
    [ "$(readlink -f -- "${file%/*}")" = "${file%/*}" ] || continue
    say "  make $file a link to $stand_in; what a package has there is $file.isc"
  done
}

fail_diversion() {
  trap '' INT TERM HUP
  undivert || die 1 "$1, and it could not be undone: see \"dhcpcanon doctor\""
  die 1 "$1; nothing is changed now"
}

enable_dhclient() {
  if is_diverted; then
    say "dhclient is dhcpcanon already."
    return
  fi
  plan_diversion
  [ -z "$dry" ] || return 0
  agreed "Go on?" yes || die 1 "nothing was changed"
  trap 'fail_diversion "interrupted"' INT TERM HUP
  divert || fail_diversion "cannot put ours in the place of dhclient"
  case $(/sbin/dhclient --version 2>&1) in *dhcpcanon*) ;; *) fail_diversion "/sbin/dhclient is still another program" ;; esac
  trap - INT TERM HUP
  say "Done. \"dhcpcanon status\" shows the leases."
  foreign_clients | while IFS= read -r process; do
    say "Process ${process%% *} is a DHCP client of before, which ifdown may not end any more; kill ${process%% *} does: ${process#* }"
  done
}
