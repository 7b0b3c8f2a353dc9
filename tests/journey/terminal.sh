#!/usr/bin/env bash
# The main journey in the terminal, on real wires: hand-over from the EMR, consent, referral, sending, the hospital's view,
# byte-identical retrieval, the answer that comes back and its text. Used by ./run --terminal and by the tests.
#   terminal.sh --bin DIR --data DIR [--input FILE] [--quiet] [--fresh]      (--fresh: a new exchange as well)
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
bin= data= quiet=0
input=$here/resources/samples/fhir-bundle.json
fresh=0
while [ $# -gt 0 ]; do
    case "$1" in
    --bin) bin=$2; shift ;;
    --data) data=$2; shift ;;
    --input) input=$2; shift ;;
    --quiet) quiet=1 ;;
    --fresh) fresh=1 ;;
    *) echo "error: unknown option $1" >&2; exit 2 ;;
    esac
    shift
done
[ -n "$bin" ] && [ -n "$data" ] || { echo "usage: terminal.sh --bin DIR --data DIR [--input FILE]" >&2; exit 2; }

rm -rf "$data/clinic" "$data/hospital"
[ $fresh -eq 0 ] || rm -rf "$data/exchange"
mkdir -p "$data"
chmod 700 "$data"
export NARU_PASSPHRASE=${NARU_PASSPHRASE:-practice-only} NARU_SCRYPT_LOGN=${NARU_SCRYPT_LOGN:-15}
ready=$data/ready.json

say() { [ $quiet -eq 1 ] || printf '\n%s\n' "$*"; }
show() { [ $quiet -eq 1 ] || sed 's/^/   /'; [ $quiet -eq 0 ] || cat >/dev/null; }
member() { python3 -c 'import json,sys
value = json.load(sys.stdin)
for name in sys.argv[1].split("."):
    value = value[int(name)] if name.isdigit() else value[name]
print(value)' "$1"; }
clinic() { "$bin/naructl" --data "$data/clinic" --site "$site" "$@"; }
hospital() { "$bin/naructl" --data "$data/hospital" --site "$data/hospital-site.json" "$@"; }
fail() { echo "error: $*" >&2; exit 1; }

rm -f "$ready"
"$bin/naru-practice" --data "$data/exchange" --port 0 --ready-file "$ready" --reply-delay 2 >"$data/practice.log" 2>&1 &
practice=$!
trap 'kill $practice 2>/dev/null || true; wait $practice 2>/dev/null || true' EXIT
for _ in $(seq 600); do
    [ -s "$ready" ] && break
    kill -0 $practice 2>/dev/null || { cat "$data/practice.log" >&2; fail "the practice exchange did not start"; }
    sleep 0.1
done
site=$(member site <"$ready")
say "1. The practice exchange listens on port $(member port <"$ready") (files: $data/exchange)"

say "2. Hand-over from the EMR: $(basename "$input")"
# Results alone do not register anybody: the EMR announced the patient (with a telephone number) before.
case "$input" in *oru*) clinic --json patient import "$here/resources/samples/adt-a04.hl7" >/dev/null ;; esac
imported=$(clinic --json patient import "$input")
patient=$(member id <<<"$imported")
printf '%s' "$imported" | python3 -c 'import json,sys; d=json.load(sys.stdin); print(d["format"], d["encoding"], d["counts"])' | show

say "3. Identity: the exchange's index"
clinic patient ids "$patient" | show

say "4. Consent of the patient, signed"
python3 - "$data/signature.png" <<'PY'
import struct, sys, zlib
# A small drawn line as PNG: what the signature pad would hand over.
width, height = 240, 80
rows = []
for y in range(height):
    row = bytearray([0])
    for x in range(width):
        row.append(0 if abs(y - (40 + (x % 40 - 20) * (1 if (x // 40) % 2 else -1))) < 2 else 255)
    rows.append(bytes(row))
def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
                              + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b""))
PY
clinic consent give --patient "$patient" --by self --identity-check idCard --signature "$data/signature.png" | show
clinic consent status --patient "$patient" | show

say "5. The referral"
cat >"$data/referral.json" <<'JSON'
{"recipient": {"institution": "1.2.410.100110.10.31991001", "department": "1200"},
 "reason": "1년 전부터 시력이 떨어져 안저 검사와 치료를 의뢰합니다.",
 "opinion": "혈당 조절이 불량하여 약제를 조정하고 있습니다.",
 "relay": {"status": "02", "clinical": "01"}}
JSON
clinic --json document new referral --patient "$patient" --from "$data/referral.json" >"$data/draft.json"
# A hand-over of results only brings no diagnosis: the doctor chooses one.
if [ "$(python3 -c 'import json,sys; print(json.load(sys.stdin)["counts"].get("problems", 0))' <<<"$imported")" = 0 ]; then
    python3 - "$data/referral.json" <<'PY'
import json, sys
referral = json.load(open(sys.argv[1], encoding="utf-8"))
referral["problems"] = [{"code": {"system": "1.2.410.100110.40.2.3.2", "code": "E11.34", "display": "증식성 당뇨병성 망막병증을 동반한 2형 당뇨병"},
                         "main": True}]
json.dump(referral, open(sys.argv[1], "w", encoding="utf-8"), ensure_ascii=False)
PY
    clinic --json document new referral --patient "$patient" --from "$data/referral.json" >"$data/draft.json"
fi
draft=$(member draft <"$data/draft.json")
sealed=$(clinic --json document submit "$draft") || { echo "$sealed"; fail "the referral was not sealed"; }
item=$(member outbox <<<"$sealed")
document=$(member documentId <<<"$sealed")
echo "$document" | show

say "6. Sending"
clinic outbox run | show
[ "$(clinic --json outbox show "$item" | member state)" = done ] || fail "the referral was not registered"
clinic outbox list | show

say "7. The hospital's side: it finds and fetches the referral"
"$bin/naru-practice" certificate --data "$data/exchange" --institution 1.2.410.100110.10.31991001 --name hospital >/dev/null
python3 - "$site" "$data/hospital-site.json" <<'PY'
import json, os, sys
site = json.load(open(sys.argv[1], encoding="utf-8"))
folder = os.path.dirname(os.path.abspath(sys.argv[1]))
site["tls"] = {"ca": os.path.join(folder, "ca.pem"), "certificate": os.path.join(folder, "hospital.pem"),
               "key": os.path.join(folder, "hospital.key")}
site["institutionsFile"] = os.path.join(folder, site["institutionsFile"])
site["clinic"].update(number="31991001", oid="1.2.410.100110.10.31991001", name="한들대학교병원", kind="상급종합병원",
                      department={"code": "1200", "name": "안과"})
json.dump(site, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
PY
python3 - "$imported" "$data/visitor.json" <<'PY'
import json, sys
patient = json.loads(sys.argv[1])["patient"]
visitor = {"format": "naru-handover", "version": 1, "patient": {"localId": {"extension": "H-77001"}, "name": patient["name"], "sex": patient["sex"],
                       "birthDate": patient["birthDate"], "phone": patient.get("phone", "")}}
json.dump(visitor, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
PY
visitor=$(hospital --json patient import "$data/visitor.json" | member id)
hospital patient ids "$visitor" | show
hospital consent status --patient "$visitor" --refresh | show
hospital document search --patient "$visitor" --type referral | show
hospital document retrieve "$document" --patient "$visitor" -o "$data/received.xml" | show
sent=$(member sha256 <<<"$sealed")
[ "$(sha256sum <"$data/received.xml" | cut -d' ' -f1)" = "$sent" ] || fail "what the hospital received is not what was sealed"
say "   byte-identical: SHA-256 $sent"

say "8. The answer"
answer=
for _ in $(seq 40); do
    clinic --json document answers >/dev/null || true
    answer=$(clinic --json outbox show "$item" | member answeredBy)
    [ -n "$answer" ] && break
    sleep 0.5
done
[ -n "$answer" ] || fail "no answer came"
clinic document show "$answer" | show

say "9. The audit trail: records delivered; records in the chain, and whether it is unbroken"
clinic audit deliver | show
clinic audit verify | show
say "Done. Everything of this journey is in $data"
