"""Broken versions of anybody's DICOM files: the same seed gives the same bytes."""

import pathlib
import struct

from dicom_attribute_lies import lie
from dicom_files import SEQUENCE_END, UNDEFINED, WIDE, item, nested


def structure(data):
    """Offsets of what can be reached as explicit or implicit little endian: (offset, header size, length position, length size, value length)."""
    out = []
    at = 132 if data[128:132] == b"DICM" else 0
    implicit = frames = False
    while at + 8 <= len(data) and len(out) < 5000:
        group, number = struct.unpack_from("<HH", data, at)
        if group == 0xFFFE:
            length, head, place, size = struct.unpack_from("<I", data, at + 4)[0], 8, at + 4, 4
            out.append((at, head, place, size, length))
            into = number == 0xE000 and not frames and (length == UNDEFINED or len(out) < 3000)
            at += head if into or length == UNDEFINED else head + length
            continue
        vr = data[at + 4 : at + 6]
        explicit = vr.isalpha() and vr.isupper()
        implicit = implicit or (group > 2 and not explicit)
        if not explicit:
            length, head, place, size = struct.unpack_from("<I", data, at + 4)[0], 8, at + 4, 4
        elif vr.decode() in WIDE and at + 12 <= len(data):
            length, head, place, size = struct.unpack_from("<I", data, at + 8)[0], 12, at + 8, 4
        else:
            length, head, place, size = struct.unpack_from("<H", data, at + 6)[0], 8, at + 6, 2
        out.append((at, head, place, size, length))
        frames = group == 0x7FE0 and length == UNDEFINED  # their items are fragments, not data sets
        if length == UNDEFINED or vr == b"SQ":
            at += head  # into it
        else:
            at += head + length
    return out


INTERESTING = [0, 1, 2, 7, 8, 0x7F, 0x80, 0xFE, 0xFF]
NUMBERS = {
    0x00280002,
    0x00280006,
    0x00280008,
    0x00280010,
    0x00280011,
    0x00280100,
    0x00280101,
    0x00280102,
    0x00280103,
    0x00281101,
    0x00281102,
    0x00281103,
    0x00283002,
    0x60000010,
    0x60000011,
    0x60000015,
    0x60000050,
    0x60000100,
    0x60000102,
}


def mutate(data, rng):
    """One broken version of `data`, and what was done to it."""
    out = bytearray(data)
    places = structure(data)
    kind = rng.choice(
        [
            "bits",
            "bits-head",
            "bits-stream",
            "bytes",
            "cut",
            "cut-structure",
            "length",
            "length",
            "delete",
            "repeat",
            "number",
            "number",
            "number",
            "marker",
            "marker",
            "marker-length",
            "swap",
            "insert",
            "stream",
            "stream",
            "table",
            "lie",
            "lie",
            "lie",
            "lie",
        ]
    )
    if not places or len(data) < 200:
        kind = rng.choice(["bits", "bytes", "cut"])
    start = 132 if len(data) > 200 else 0
    pixels = max([at for at, *_ in places if data[at : at + 4] == b"\xE0\x7F\x10\x00"], default=start)
    if kind in ("bits", "bits-head", "bits-stream"):
        low, high = (
            (start, len(out)) if kind == "bits" else (start, max(start + 1, pixels)) if kind == "bits-head" else (pixels, min(len(out), pixels + 600))
        )
        for _ in range(rng.choice([1, 3, 10, 100])):
            out[rng.randrange(low, max(low + 1, high))] ^= 1 << rng.randrange(8)
    elif kind == "bytes":
        for _ in range(rng.choice([1, 5, 50])):
            out[rng.randrange(start, len(out))] = rng.choice(INTERESTING)
    elif kind == "cut":
        del out[rng.randrange(len(out)) :]
    elif kind == "cut-structure":
        at, head, *_ = rng.choice(places)
        del out[min(len(out), at + rng.choice([0, 1, head - 1, head, head + 1])) :]
    elif kind == "length":
        at, head, place, size, length = rng.choice(places)
        told = rng.choice([0, 1, length - 1, length + 1, length * 2, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, UNDEFINED]) % (1 << (8 * size))
        out[place : place + size] = told.to_bytes(size, "little")
    elif kind in ("delete", "repeat"):
        at, head, place, size, length = rng.choice(places)
        end = min(len(out), at + head + (0 if length == UNDEFINED else length))
        out[at:end] = b"" if kind == "delete" else bytes(out[at:end]) * rng.choice([2, 3, 50]) if end - at < 100_000 else out[at:end]
    elif kind == "number":
        known = [p for p in places if struct.unpack_from("<H", data, p[0])[0] << 16 | struct.unpack_from("<H", data, p[0] + 2)[0] in NUMBERS]
        if known:
            at, head, place, size, length = rng.choice(known)
            for i in range(at + head, min(len(out) - 1, at + head + min(length, 6)), 2):
                if rng.random() < 0.7:
                    out[i : i + 2] = struct.pack("<H", rng.choice([0, 1, 2, 3, 7, 8, 9, 12, 15, 16, 31, 32, 64, 255, 256, 4096, 32767, 32768, 65535]))
    elif kind in ("marker", "marker-length"):
        stream = bytes(out[pixels : pixels + 200_000])
        marks = [i for i in range(len(stream) - 12) if stream[i] == 0xFF and stream[i + 1] >= 0x4F and stream[i + 1] not in (0xFF,)][:40]
        if marks:
            at = pixels + rng.choice(marks)
            if kind == "marker":
                for _ in range(rng.choice([1, 2, 4])):
                    out[at + rng.randrange(2, 40) if at + 40 < len(out) else at] = rng.choice(INTERESTING + [rng.randrange(256)])
            else:
                out[at + 2 : at + 4] = struct.pack(">H", rng.choice([0, 1, 2, 3, 100, 65535]))
    elif kind == "stream":
        resize(out, places, rng)
    elif kind == "lie":
        lie(out, places, rng)
    elif kind == "table":
        lying_table(out, places, rng)
    elif kind == "swap":
        a, b = rng.choice(places), rng.choice(places)
        if a[0] < b[0]:
            first, second = bytes(out[a[0] : a[0] + 8]), bytes(out[b[0] : b[0] + 8])
            out[a[0] : a[0] + 8], out[b[0] : b[0] + 8] = second[:8].ljust(8, b"\0"), first[:8].ljust(8, b"\0")
    elif kind == "insert":
        at = rng.choice(places)[0]
        out[at:at] = rng.choice(
            [b"\0" * rng.choice([1, 2, 8, 1000]), nested(rng.choice([3, 200])), SEQUENCE_END, item(b"", True), rng.randbytes(rng.choice([1, 8, 64]))]
        )
    return bytes(out), kind


def fragments(data, places):
    """The items of encapsulated pixel data: the offset table and the fragments."""
    starts = [at for at, _, _, _, length in places if data[at : at + 4] == b"\xE0\x7F\x10\x00" and length == UNDEFINED]
    return [p for p in places if starts and p[0] > starts[-1] and data[p[0] : p[0] + 4] == b"\xFE\xFF\x00\xE0" and p[4] != UNDEFINED]


def resize(out, places, rng):
    """Bytes more or less inside of a frame, whose fragment says so: the codec sees them, not the reader of the file."""
    found = [p for p in fragments(out, places)[1:] if p[4] >= 8]
    if not found:
        return
    at, head, place, size, length = rng.choice(found)
    start, end = at + head, min(len(out), at + head + length)
    where = rng.randrange(start, min(end, start + rng.choice([200, 1 << 30])))
    count = rng.choice([1, 2, 3, 16, 200]) * 2
    if rng.random() < 0.5:
        count = min(count, (end - where) // 2 * 2)
        del out[where : where + count]
        count = -count
    else:
        out[where:where] = rng.choice([rng.randbytes(count), b"\xFF" * count, b"\0" * count, bytes(out[start:end])[:count].ljust(count, b"\0")])
    out[place : place + size] = (length + count).to_bytes(size, "little")


def lying_table(out, places, rng):
    """A table of offsets that says anything, of the length it has or none."""
    found = fragments(out, places)
    if not found:
        return
    at, head, place, size, length = found[0]
    lies = [rng.choice([0, 1, 7, 8, 0x7FFFFFFF, 0xFFFFFFFE, UNDEFINED, rng.randrange(len(out))]) for _ in range(rng.choice([1, 2, 3, 1000]))]
    table = struct.pack(f"<{len(lies)}I", *lies)
    out[at + head : at + head + length] = table
    out[place : place + size] = len(table).to_bytes(size, "little")


def seeds(folder, largest=8_000_000):
    """Every file below `folder` that looks like DICOM, in the order of names."""
    out = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file() and not path.is_symlink() and 200 < path.stat().st_size <= largest:
            with path.open("rb") as stream:
                head = stream.read(132)
            if head[128:] == b"DICM" or head[1:2] == b"\0" and head[0] in (2, 8):
                out.append(path)
    return out
