#!/bin/sh
# Finds Java and the class-data archive that fits it. Read by the launchers beside this file, which set
#   name     their own, for messages
#   trouble  the exit status for "cannot run"
#   home     the directory above this file's, absolute and without links, as an archive knows it
#
# The environment is that of the launchers.
# shellcheck disable=SC2034,SC2154,SC2015 # what the launchers set and read

# What else would reach the Java machine unasked. Sorting and file names must not depend on who starts us.
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
LC_ALL=C.UTF-8
export LC_ALL
oldest=17
archives=${DHCPCANON_ARCHIVE:-$home/archive}

die() {
  printf '%s: %s\n' "$name" "$1" >&2
  exit "$trouble"
}

# Sets $java, $release (17.0.15+6-Debian-1deb12u1) and $feature (17) to those of the home $1, from its file "release", since
# asking Java itself takes 40 ms. Fails if there is none, or it is too old.
look_at() {
  [ -x "$1/bin/java" ] || return 1
  release=''
  plain=''
  if [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      value=${value#\"}
      value=${value%\"}
      case $key in
        JAVA_RUNTIME_VERSION) release=$value ;;
        JAVA_VERSION) plain=$value ;;
      esac
    done <"$1/release"
  fi
  [ -n "$plain" ] || plain=$(ask "$1/bin/java")
  release=${release:-$plain}
  feature=${plain%%[!0-9]*}
  [ "${feature:-0}" -ge "$oldest" ] && java=$1/bin/java
}

# The version, of a Java that has no file "release".
ask() {
  "$1" -XshowSettings:properties -version 2>&1 | while IFS=' =' read -r key value; do
    [ "$key" != java.version ] || printf '%s\n' "$value"
  done
}

find_java() {
  java=
  if [ -n "${JAVA_HOME:-}" ]; then
    look_at "${JAVA_HOME%/}" || die "JAVA_HOME is $JAVA_HOME, where there is no Java $oldest or newer"
    return
  fi
  if found=$(command -v java); then
    found=$(readlink -f -- "$found")
    look_at "${found%/bin/java}" && return
  fi
  find_newest_java
}

find_newest_java() {
  newest=0
  for candidate in /usr/lib/jvm/*; do
    if look_at "$candidate" && [ "$feature" -gt "$newest" ]; then
      newest=$feature
      best=$candidate
    fi
  done
  [ "$newest" -gt 0 ] || die "there is no Java $oldest or newer: set JAVA_HOME, or install one (Debian: openjdk-17-jre-headless)"
  look_at "$best"
}

# Sets $log. An archive that does not fit is to be passed over without a word, and standard output is not for the Java machine.
log_flag() { # the lowest level that is shown
  log=-Xlog:all=$1,cds=off,cds+dynamic=off,class+path=off
  [ "$feature" -lt 24 ] || log=$log',aot*=off'
  log=$log:stderr
}

# Sets $archive: an archive fits one build of Java, whose version is in its name.
find_archive() { # what the name begins with
  archive=$archives/$1$release.jsa
  [ "$feature" -lt 25 ] || archive=${archive%jsa}aot
}

# Sets $flag, which is empty without an archive. Java passes over one of another build or class path by itself, but dies of one
# that was cut short or damaged (tried with 17 and 25): so the sum is compared, which takes 4 ms for 9 MB.
archive_flag() {
  flag=
  { read -r sum <"$archive.sum"; } 2>/dev/null && [ -f "$archive" ] && [ "$(cksum <"$archive")" = "$sum" ] || return 0
  case $archive in
    *.aot) flag=-XX:AOTCache=$archive ;;
    *) flag=-XX:SharedArchiveFile=$archive ;;
  esac
}

begin_archive() {
  umask 022
  mkdir -p -- "$archives" || die "cannot make $archives"
  rm -f -- "$archive".new*
}

# The old one is replaced only when the new one is whole.
keep_archive() {
  [ -s "$archive.new" ] || die "$java made no archive"
  chmod 0644 -- "$archive.new"
  rm -f -- "$archive.sum"
  mv -f -- "$archive.new" "$archive" && cksum <"$archive" >"$archive.sum" || die "cannot write $archive"
  rm -f -- "$archive".new*
  printf '%s\n' "$archive"
}
