#!/bin/sh
# run.sh PROGRAM WALKER [--plant]: a bus, a screen and an accessibility bus of their own, then the walker. 77 = something is not installed.
program=$1
walker=$2
extra=$3
launcher=
for candidate in /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher; do
    [ -x "$candidate" ] && launcher=$candidate
done
for tool in Xvfb dbus-run-session; do
    command -v $tool >/dev/null 2>&1 || { echo "skipped: $tool is not installed"; exit 77; }
done
[ -n "$launcher" ] || { echo "skipped: at-spi2-core is not installed"; exit 77; }
/usr/bin/python3 -c 'import gi' 2>/dev/null || { echo "skipped: python3-gi is not installed"; exit 77; }
XDG_RUNTIME_DIR=$(mktemp -d) || exit 77
export XDG_RUNTIME_DIR LAUNCHER="$launcher" PROGRAM="$program" WALKER="$walker" EXTRA="$extra"
chmod 700 "$XDG_RUNTIME_DIR"
# shellcheck disable=SC2016
dbus-run-session -- sh -c '
    exec 3>"$XDG_RUNTIME_DIR/display"
    Xvfb -displayfd 3 -screen 0 1366x768x24 >/dev/null 2>&1 & xvfb=$!
    sleep 1
    DISPLAY=:$(cat "$XDG_RUNTIME_DIR/display"); export DISPLAY
    "$LAUNCHER" --launch-immediately >/dev/null 2>&1 & bus=$!
    sleep 1
    QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 LC_ALL=C.UTF-8 "$PROGRAM" $EXTRA & app=$!
    sleep 2
    /usr/bin/python3 "$WALKER" $app $EXTRA; status=$?
    kill $app $bus $xvfb 2>/dev/null
    exit $status'
status=$?
rm -rf "$XDG_RUNTIME_DIR"
exit $status
