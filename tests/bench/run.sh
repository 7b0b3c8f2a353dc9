#!/usr/bin/env bash
# tests/bench/run.sh BUILD [NAME]: one line a figure, tab-separated: name value unit peer-or-floor its-value ratio.
# Lines with # say what was measured on.
set -euo pipefail
build=$1 name=${2:-}
echo "# machine	$(nproc) cores, $(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo), $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)"
echo "# build	$(sed -n 's/^CMAKE_BUILD_TYPE:STRING=//p' "$build/CMakeCache.txt"), $(c++ --version | head -1)"
if [ -z "$name" ] || [ "$name" = picker ]; then
    QT_QPA_PLATFORM=offscreen "$build/bin/naru_bench_picker"
fi
if [ -z "$name" ] || [ "$name" = viewer ]; then
    QT_QPA_PLATFORM=offscreen "$build/bin/naru_bench_viewer"
fi
if [ -z "$name" ] || [ "$name" = imaging ]; then
    "$build/bin/naru_bench_imaging"
fi
if [ -z "$name" ] || [ "$name" = images ]; then
    "$build/bin/naru_bench_images"
fi
if [ -z "$name" ] || [ "$name" = journey ]; then
    QT_QPA_PLATFORM=offscreen "$build/bin/naru_bench_journey"
fi
if [ -z "$name" ] || [ "$name" = pacs ]; then
    "$build/bin/naru_bench_pacs"
fi
[ "$name" = picker ] || [ "$name" = viewer ] || [ "$name" = pacs ] || [ "$name" = imaging ] || [ "$name" = images ] || [ "$name" = journey ] || exec "$build/bin/naru_bench" "$name"
