# What the shell tests share: TAP lines and a folder that goes away at the end. Sourced.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
count=0
bad=0

# check NAME COMMAND...: one test, passed when the command ends with 0.
check() {
    local name=$1
    shift
    count=$((count + 1))
    if "$@"; then
        printf 'ok %d - %s\n' "$count" "$name"
    else
        bad=$((bad + 1))
        printf 'not ok %d - %s\n' "$count" "$name"
        [[ ! -s ${folder}/output ]] || sed 's/^/# /' "$folder/output"
    fi
}

# run COMMAND...: leaves its output in the file output and its exit status in status.
run() {
    status=0
    "$@" >"$folder/output" 2>&1 </dev/null || status=$?
}

ended_with() {
    [[ $status -eq $1 ]]
}

says() {
    grep -qF -- "$1" "$folder/output"
}

is_silent_about() {
    ! says "$1"
}

finish() {
    printf '1..%d\n' "$count"
    ((bad == 0))
}

# jdk FOLDER RELEASE: a JDK to be found, whose java prints what it is started with.
jdk() {
    mkdir -p "$1/bin"
    printf 'IMPLEMENTOR="Test"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
    cat >"$1/bin/java" <<'JAVA'
#!/usr/bin/env bash
for argument in "$@"; do
    if [[ $argument == -XX:AOTCacheOutput=* ]]; then
        echo cache >"${argument#*=}"
        exit 0
    fi
done
printf 'java %s\n' "$*"
JAVA
    printf '#!/bin/sh\n' >"$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
}
