#!/bin/sh
# The lease file (-lf). Read by shim.sh.
# shellcheck disable=SC2034,SC2154 # what shim.sh reads and sets

# Puts what the service wrote at the end of the lease file, or in its place. Whatever else than a file has that name stays as it is:
# /dev/null is a usual one, and a link may be somebody else's, in a directory that is open to all.
on_lease() {
  draft=$dir/$2
  case $2 in entry.*[!0-9]* | entry.) return ;; entry.*) ;; *) return ;; esac
  [ -f "$draft" ] || return 0
  if [ -L "$lease_file" ]; then
    say "$name: cannot write $lease_file: it is a link."
  elif [ -n "$lease_file" ] && { [ -f "$lease_file" ] || [ ! -e "$lease_file" ]; }; then
    ( save_lease "$1" ) </dev/null 2>/dev/null 3<&- 4<&- &
    await $! || say "$name: cannot write $lease_file."
  fi
  rm -f -- "$draft"
}

save_lease() {
  case $1 in
    append) cat -- "$draft" >>"$lease_file" || exit ;;
    replace)
      new=$lease_file.new
      make_new || exit
      { { find_others && cat -- "$draft"; } >>"$new" && sync_file "$new" && mv -f -- "$new" "$lease_file"; } || {
        rm -f -- "$new"
        exit 1
      } ;;
  esac
  sync_file "$lease_file"
}

# Of several interfaces with one file, each waits for the others, but not for one that has died meanwhile. Nobody is to have put a
# link there: the directory may be open to all.
make_new() {
  set -C
  tries=0
  while [ "$tries" -lt 50 ]; do
    # Not ":", with which a failure would end the shell.
    { true >"$new"; } 2>/dev/null && return
    # Nobody has it, and it cannot be made.
    [ -e "$new" ] || [ -L "$new" ] || [ "$tries" -lt 2 ] || return
    sleep 0.1
    tries=$((tries + 1))
  done
  rm -f -- "$new"
  true >"$new"
}

# The leases that the file has of other interfaces, as they are; nothing in them means anything to us.
find_others() {
  { [ -f "$lease_file" ] && command -v awk >/dev/null; } || return 0
  own="  interface \"${interfaces# }\";" awk '
    $0 == "lease {" { block = ""; owner = ""; inside = 1 }
    inside { block = block $0 "\n" }
    inside && owner == "" && /^  interface "/ { owner = $0 }
    length(block) > 65536 { inside = 0; block = "" }
    $0 == "}" && inside {
      if (owner != "" && owner != ENVIRON["own"]) printf "%s", block
      inside = 0
    }' "$lease_file"
}

# Not every sync(1) takes a name.
sync_file() {
  sync -- "$1" 2>/dev/null || sync
}
