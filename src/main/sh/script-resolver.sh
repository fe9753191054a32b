#!/bin/sh
# shellcheck disable=SC2154,SC2034 # sourced by dhcpcanon-script, which sets and reads variables
# Whom names are asked of: systemd-resolved if it runs, else resolvconf or openresolv if there is one, else /etc/resolv.conf.
# What was done for an interface is kept in $state/IF.names: the way on the first line, then what resolv.conf(5) would say.

# The server's names and name servers as lines of resolv.conf(5) in $lines; fails if there is no name server, as names alone
# would only have the network's words added to what is asked elsewhere.
resolver_lines() {
  [ -n "$new_domain_name_servers" ] || return 1
  domains=$new_domain_search
  case " $domains " in *" ${new_domain_name%% *} "*) ;; *) domains="$new_domain_name${domains:+ }$domains" ;; esac
  [ -n "$domains" ] || domains=$new_domain_name
  lines=
  [ -z "$domains" ] || lines="search $domains$newline"
  for server in $new_domain_name_servers; do
    lines="${lines}nameserver $server$newline"
  done
}

# Called when there is a lease. A hook may put a function of its own in the place of this one.
make_resolv_conf() {
  names_before=
  read_first "$state/$interface.names" && names_before=$first
  if ! resolver_lines; then
    undo_resolv_conf
    return 0
  fi
  for names_way in resolved resolvconf file; do
    "use_$names_way" && break
  done
  [ "$names_before" = "$names_way" ] || undo_names "$names_before"
  save names "$names_way$newline$lines"
}

# When there is no lease any more.
undo_resolv_conf() {
  names_before="file"
  read_first "$state/$interface.names" && names_before=$first
  rm -f -- "$state/$interface.names" 2>/dev/null
  undo_names "$names_before"
}

undo_names() {
  case $1 in
    resolved)
      run resolvectl dns "$interface" ''
      run resolvectl domain "$interface" ''
      ;;
    resolvconf) run resolvconf -d "$interface.dhcpcanon" ;;
    file) undo_file ;;
  esac
}

# Not reverted as a whole, before or after: the other settings of the link are somebody else's. An empty domain is for none.
use_resolved() {
  [ -S "$resolved_socket" ] && command -v resolvectl >/dev/null 2>&1 || return 1
  # shellcheck disable=SC2086 # lists
  run resolvectl dns "$interface" $new_domain_name_servers || return
  if [ -z "$domains" ]; then
    run resolvectl domain "$interface" ''
  else
    # shellcheck disable=SC2086
    run resolvectl domain "$interface" $domains
  fi
}

use_resolvconf() {
  command -v resolvconf >/dev/null 2>&1 || return 1
  [ -z "$debug" ] || printf '+ resolvconf -a %s.dhcpcanon\n' "$interface" >>"$debug"
  printf '%s' "$lines" | resolvconf -a "$interface.dhcpcanon" >>"${debug:-/dev/null}" 2>&1
}

mark_of() {
  mark="# by dhcpcanon-script for $1, until its lease ends"
}

read_first() {
  first=
  [ -f "$1" ] || return 1
  { IFS= read -r first <"$1"; } 2>/dev/null
  return 0
}

# Sets $file to /etc/resolv.conf, or to what it is a link to.
find_file() {
  file=$etc/resolv.conf
  [ -L "$file" ] || return 0
  target=$(ls -ld -- "$file")
  target=${target##* -> }
  case $target in /*) file=$target ;; *) file=$etc/$target ;; esac
}

# The present one is kept beside it, since it lives as long as ours; an empty copy is for none. Always succeeds: there is no
# further way, and an address without names is better than none.
use_file() {
  find_file
  mark_of "$interface"
  ! belongs_to_other || return 0
  if [ "$(cat -- "$file" 2>/dev/null)" != "$mark$newline${lines%"$newline"}" ]; then
    keep_file && printf '%s\n%s' "$mark" "$lines" | write_file
  fi
  return 0
}

# A later lease of another interface has it: a renewal does not take it back.
belongs_to_other() {
  read_first "$file" && [ "$first" != "$mark" ] || return 1
  case $reason,$first in RE[NB]*,"${mark%% for *}"* | re[nb]*,"${mark%% for *}"*) ;; *) return 1 ;; esac
}

# Unless it is one of ours.
keep_file() {
  if read_first "$file"; then
    case $first in "${mark%% for *}"*) return 0 ;; esac
    run cp -p -- "$file" "$file.before-dhcpcanon"
  else
    # Not ":", with which a shell ends if it cannot open the file.
    { printf '' >"$file.before-dhcpcanon"; } 2>/dev/null
  fi && return
  say "$interface: cannot write beside /etc/resolv.conf: the name servers of the lease are not used."
  return 1
}

# From standard input, as a whole or not at all: beside it first, as a new file that nobody else can have put there. A file that
# is mounted cannot be replaced, but filled.
write_file() {
  new=$file.dhcpcanon.$$
  rm -f -- "$new" 2>/dev/null
  if (set -C && cat >"$new") 2>/dev/null && chmod 644 "$new"; then
    mv -f -- "$new" "$file" 2>/dev/null || { cat -- "$new" >"$file"; } 2>/dev/null ||
      say "$interface: cannot replace /etc/resolv.conf."
  else
    say "$interface: cannot write /etc/resolv.conf: the name servers of the lease are not used."
  fi
  rm -f -- "$new" 2>/dev/null
}

# What another interface wants comes back, else what was there before us. A file that is not ours any more stays.
undo_file() {
  find_file
  mark_of "$interface"
  read_first "$file"
  case $first in
    "$mark") ;;
    "${mark%% for *}"*) return 0 ;;
    *)
      rm -f -- "$file.before-dhcpcanon" 2>/dev/null
      return 0
      ;;
  esac
  set +f
  for other in "$state"/*.names; do
    set -f
    read_first "$other"
    [ "$first" = file ] || continue
    [ "$other" != "$state/$interface.names" ] || continue
    other_interface=${other##*/}
    mark_of "${other_interface%.names}"
    { printf '%s\n' "$mark" && tail -n +2 -- "$other"; } | write_file
    return 0
  done
  set -f
  put_back
}

put_back() {
  if [ -s "$file.before-dhcpcanon" ]; then
    write_file <"$file.before-dhcpcanon"
  else
    # One that is mounted can be emptied only.
    rm -f -- "$file" 2>/dev/null || { printf '' >"$file"; } 2>/dev/null
  fi
  read_first "$file"
  [ "$first" = "$mark" ] || rm -f -- "$file.before-dhcpcanon" 2>/dev/null
}
