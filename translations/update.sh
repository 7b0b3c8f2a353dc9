#!/bin/sh
# Takes new strings of the sources into the catalogues; translate what is marked unfinished afterwards.
# tst_ui_translations fails until every Korean sentence is there.
set -e
cd "$(dirname "$0")/.."
lupdate=${LUPDATE:-/usr/lib/qt6/bin/lupdate}
"$lupdate" -I . -locations none -no-obsolete ui app/workstation -ts translations/naru_ko.ts
"$lupdate" -I . -locations none -no-obsolete -pluralonly ui app/workstation -ts translations/naru_en.ts
