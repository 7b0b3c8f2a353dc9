#!/usr/bin/env bash
# tests/fuzz/run.sh PROGRAMS SECONDS: every fuzz target for SECONDS, as many at once as there are cores. New inputs stay in
# build/fuzz/corpus; a finding is copied to build/fuzz/findings and named at the end. Ends with "N passed, N failed".
set -euo pipefail
programs=$(cd "$1" && pwd) seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(dirname "$programs")
mkdir -p "$work/findings"

one() {
    local program=$1 name corpus seeds
    name=$(basename "$program")
    corpus=$work/corpus/$name
    mkdir -p "$corpus"
    seeds=$here/corpus/$name
    [ -d "$seeds" ] || seeds=$here/corpus/${name#fuzz_}
    [ -d "$seeds" ] || seeds=$corpus
    touch "$work/$name.start"
    if "$program" "$corpus" "$seeds" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
        -artifact_prefix="$work/findings/$name-" >"$work/$name.log" 2>&1; then
        echo "ok    $name  $(grep -oE 'Done [0-9]+ runs' "$work/$name.log" | tail -1)"
    else
        echo "FAIL  $name  see $work/$name.log"
        grep -aE 'ERROR|SUMMARY|runtime error|^ +#[0-9]+ ' "$work/$name.log" | head -25 | sed 's/^/      /'
        # Small ones are shown: a machine that forgets its folders says here what it has found.
        find "$work/findings" -name "$name-*" -size -8k -newer "$work/$name.start" -print -exec base64 -w 120 {} \; | sed 's/^/      /'
    fi
}
export -f one
export work here seconds
results=$(find "$programs" -maxdepth 1 -type f -name 'fuzz_*' -perm -u+x | sort | xargs -P "$(nproc)" -I{} bash -c 'one {}')
echo "$results"
passed=$(grep -c '^ok' <<<"$results" || true)
failed=$(grep -c '^FAIL' <<<"$results" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
