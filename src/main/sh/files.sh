#!/bin/sh
# Files of the host that dhcpcanon-setup, which reads this file, writes, and how it takes that back.
# shellcheck disable=SC2034,SC2154 # what its reader and networkmanager.sh set and read

# What enabling the service makes.
boot_link=/etc/systemd/system/multi-user.target.wants/dhcpcanon.service

made=           # files that this run has made, a line each
moved=          # those of before that it has put away, a line each
saved=          # a directory with these

note_made() {
  made="$made$1
"
  changed=yes
}

# Whether the file $1 has not got the text $2.
differs() { [ "$(cat "$1" 2>/dev/null)" != "$2" ]; }

# Writes the text $2 to the file $1 of ours, for root alone if $3 is "private". One of another version or route makes room.
write() {
  differs "$1" "$2" || return 0
  put_away "$1" && mkdir -p -- "${1%/*}" || return 1
  note_made "$1"
  (umask "$([ "${3:-}" = private ] && echo 077 || echo 022)" && printf '%s\n' "$2" >"$1")
}

# Moves the file $1, if there is one, to where "undo" finds it.
put_away() {
  [ -e "$1" ] || [ -L "$1" ] || return 0
  [ -n "$saved" ] || saved=$(mktemp -d) || return 1
  mv -- "$1" "$saved/${1##*/}" || return 1
  moved="$moved$1
"
  changed=yes
}

# This one its owner may change, so that one that is there is left as it is. One that "disable" has put aside, since somebody had changed
# it, is used again.
write_anonymity() {
  [ -n "$anonymity" ] && [ ! -e "$anonymity_conf" ] || return 0
  if [ -e "$anonymity_conf.disabled" ]; then
    note_made "$anonymity_conf"
    mv -- "$anonymity_conf.disabled" "$anonymity_conf"
    return
  fi
  write "$anonymity_conf" "$(cat "$lib/nm-conf/${anonymity_conf##*/}")"
}

# Removes the file $1 of ours. The one that is there to be changed by its owner is put aside if it was.
remove() {
  [ -e "$1" ] || [ -L "$1" ] || return 0
  if [ "$1" != "$anonymity_conf" ] || cmp -s -- "$1" "$lib/nm-conf/${1##*/}"; then
    rm -f -- "$1"
  else
    mv -- "$1" "$1.disabled" && say "What you changed in $1 is kept as $1.disabled."
  fi
}

# Has all files be as they were before this run.
restore_files() {
  printf '%s' "$made" | while IFS= read -r file; do
    remove "$file"
  done
  printf '%s' "$moved" | while IFS= read -r file; do
    mkdir -p -- "${file%/*}" && mv -- "$saved/${file##*/}" "$file"
  done
  forget_files
}

forget_files() {
  rmdir -- "${drop_in%/*}" "${settings_conf%/*}" 2>/dev/null
  [ -z "$saved" ] || rm -rf -- "$saved"
  saved=
}
