#!/usr/bin/env bash
# screenshots.sh BUILD DIR: every page and every step of the journeys as PNG, named page.step.theme.scale.png; Korean, light and dark
# at 100 %, light at 200 %. Pages come from naru_screens, steps from the live journey with the practice exchange.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,3p' "$0" | cut -c3- >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
export LC_ALL=C.UTF-8 TZ=Asia/Seoul
screens=$(find "$build" -type f -name naru_screens -perm -u+x | head -1)
[ -n "$screens" ] || { echo "error: $build has no naru_screens" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
while read -r theme zoom; do
    scale=$(awk -v z="$zoom" 'BEGIN {print z * 100}')
    QT_QPA_PLATFORM=offscreen "$screens" "$work/$theme.$scale" "$theme" "$zoom" ko 1366 768 2>"$work/log" || { cat "$work/log" >&2; status=1; }
    for file in "$work/$theme.$scale"/*.png; do
        name=$(basename "$file" .png | tr - .)
        case $name in *.*) ;; *) name=$name.page ;; esac
        mv "$file" "$out/$name.$theme.$scale.png"
    done
    if python3 "$here/journey/gui_journey.py" --bin "$build/bin" --shots "$out" --theme "$theme" --zoom "$zoom" >"$work/log" 2>&1; then
        :
    else
        done=$?
        tail -5 "$work/log" >&2
        [ $done -eq 77 ] || status=1
    fi
done <<'LOOKS'
light 1
dark 1
light 2
LOOKS
echo "$(find "$out" -name '*.png' | wc -l) pictures in $out"
exit $status
