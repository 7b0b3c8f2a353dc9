#!/usr/bin/env bash
# Tests against peers that we did not write. What this machine does not have is skipped with a plain message; the last line
# is "N passed, N failed, N skipped". Used by ./test --interop.
#   run.sh BIN [NAME...]     BIN: folder with naructl and naru-practice; NAME: audit_rsyslog schemas foreign_xds pacs dicomweb dcmtk_scps
#                            viewer_orthanc archive_day
# With NARU_DICOM_SETS (folders of DICOM files) also pixels.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,6p' "$0" | cut -c3- >&2; exit 2; }
bin=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(audit_rsyslog schemas foreign_xds pacs dicomweb dcmtk_scps viewer_orthanc archive_day)
[ $# -gt 0 ] || [ -z "${NARU_DICOM_SETS:-}" ] || names+=(pixels)
mkdir -p build/interop
log=build/interop/results.txt
: >"$log"
for name in "${names[@]}"; do
    # A script that breaks off counts as a failure even when it has reported none itself.
    before=$(grep -c '^FAIL' "$log" || true)
    if ! timeout 900 python3 "$here/$name.py" --bin "$bin" | tee -a "$log"; then
        [ "$(grep -c '^FAIL' "$log" || true)" -gt "$before" ] || echo "FAIL  $name: broke off" | tee -a "$log"
    fi
done
count() { grep -c "^$1" "$log" || true; }
failed=$(count FAIL)
echo "$(count pass) passed, $failed failed, $(count skip) skipped"
[ "$failed" -eq 0 ]
