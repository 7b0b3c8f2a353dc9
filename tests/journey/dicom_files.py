"""DICOM files byte by byte, for tests that need them to be wrong: every length and number may lie."""

import struct
import zlib

LE, IMPLICIT, BE, DEFLATED = ("1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99")
RLE, JPEG, JPEG12, LOSSLESS = ("1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.70")
JPEGLS, J2K, HTJ2K = ("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201")
DEFLATED_FRAMES, ENCAPSULATED = "1.2.840.10008.1.2.8.1", "1.2.840.10008.1.2.1.98"
WIDE = {"OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UC", "UR", "UT", "UN", "SV", "UV"}
UNDEFINED = 0xFFFFFFFF
CT, US_MULTI, SR, PR, SEG, ECG, PDF, ENHANCED_CT = (
    "1.2.840.10008.5.1.4.1.1.2",
    "1.2.840.10008.5.1.4.1.1.3.1",
    "1.2.840.10008.5.1.4.1.1.88.33",
    "1.2.840.10008.5.1.4.1.1.11.1",
    "1.2.840.10008.5.1.4.1.1.66.4",
    "1.2.840.10008.5.1.4.1.1.9.1.1",
    "1.2.840.10008.5.1.4.1.1.104.1",
    "1.2.840.10008.5.1.4.1.1.2.1",
)


def element(tag, vr, value=b"", length=None):
    """One element, explicit little endian; `length` lies."""
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, int):
        value = struct.pack({"US": "<H", "SS": "<h", "UL": "<I", "FD": "<d", "FL": "<f"}[vr], value)
    if len(value) % 2:
        value += b"\0" if vr in WIDE or vr == "UI" else b" "
    length = len(value) if length is None else length
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr.encode()
    return head + (b"\0\0" + struct.pack("<I", length) if vr in WIDE else struct.pack("<H", length & 0xFFFF)) + value


def item(content, undefined=False):
    if undefined:
        return struct.pack("<HHI", 0xFFFE, 0xE000, UNDEFINED) + content + struct.pack("<HHI", 0xFFFE, 0xE00D, 0)
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(content)) + content


SEQUENCE_END = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


def sequence(tag, items, undefined=False):
    body = b"".join(item(one, undefined) for one in items)
    return element(tag, "SQ", body + SEQUENCE_END, UNDEFINED) if undefined else element(tag, "SQ", body)


def encapsulated(fragments, table=b"", end=True):
    body = item(table) + b"".join(item(f + b"\0" * (len(f) % 2)) for f in fragments)
    return element(0x7FE00010, "OB", body + (SEQUENCE_END if end else b""), UNDEFINED)


def part10(elements, syntax=LE, sop=CT, uid="1.2.3.4.5"):
    """A file; `elements` are bytes, put in the order of their tags."""

    def order(one):
        group, number = struct.unpack_from("<HH", one)
        return group << 16 | number

    meta = b"".join(
        [
            element(0x00020001, "OB", b"\0\1"),
            element(0x00020002, "UI", sop),
            element(0x00020003, "UI", uid),
            element(0x00020010, "UI", syntax),
            element(0x00020012, "UI", "1.2.3"),
        ]
    )
    body = b"".join(sorted(elements, key=order))
    if syntax == DEFLATED:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = packer.compress(body) + packer.flush()
    return b"\0" * 128 + b"DICM" + element(0x00020000, "UL", len(meta)) + meta + body


def study(sop=CT, uid="1.2.3.4.5", modality="CT"):
    return [
        element(0x00080016, "UI", sop),
        element(0x00080018, "UI", uid),
        element(0x00080060, "CS", modality),
        element(0x00100010, "PN", "Hostile^File"),
        element(0x00100020, "LO", "H1"),
        element(0x0020000D, "UI", "1.2.3.4"),
        element(0x0020000E, "UI", "1.2.3.4.1"),
    ]


def image(
    rows=16,
    columns=16,
    bits=16,
    stored=None,
    high=None,
    frames=None,
    samples=1,
    photometric="MONOCHROME2",
    pixels=None,
    fragments=None,
    table=b"",
    syntax=LE,
    extra=(),
    signed=0,
    sop=CT,
    planar=0,
    end=True,
    allocated_in_file=None,
):
    stored = bits if stored is None else stored
    out = study(sop) + [
        element(0x00280002, "US", samples),
        element(0x00280004, "CS", photometric),
        element(0x00280010, "US", rows & 0xFFFF),
        element(0x00280011, "US", columns & 0xFFFF),
        element(0x00280100, "US", bits),
        element(0x00280101, "US", stored),
        element(0x00280102, "US", stored - 1 if high is None else high),
        element(0x00280103, "US", signed),
    ]
    if samples > 1:
        out.append(element(0x00280006, "US", planar))
    if frames is not None:
        out.append(element(0x00280008, "IS", str(frames)))
    if fragments is not None:
        out.append(encapsulated(fragments, table, end))
    else:
        if pixels is None:
            pixels = bytes(range(256)) * (min(rows * columns * samples * max(1, (frames or 1)) * bits // 8, 1 << 20) // 256 + 1)
            pixels = pixels[: min(rows * columns * samples * (frames or 1) * bits // 8, 1 << 20)]
        out.append(element(0x7FE00010, "OW", pixels))
    return part10(out + list(extra), syntax, sop)


def nested(levels, undefined=True, tag=0x00081140):
    if undefined:
        return (
            struct.pack("<HH", tag >> 16, tag & 0xFFFF) + b"SQ\0\0" + struct.pack("<I", UNDEFINED) + struct.pack("<HHI", 0xFFFE, 0xE000, UNDEFINED)
        ) * levels
    body = b""
    for _ in range(levels):
        body = sequence(tag, [body])
    return body


def sr_item(relation, kind, *more):
    return b"".join(sorted([element(0x0040A010, "CS", relation), element(0x0040A040, "CS", kind), *more]))


def concept(text="Finding"):
    return sequence(0x0040A043, [element(0x00080100, "SH", "121071") + element(0x00080102, "SH", "DCM") + element(0x00080104, "LO", text)])


def sr(root_content, extra=()):
    return part10(
        study(SR, modality="SR")
        + [element(0x0040A040, "CS", "CONTAINER"), element(0x0040A050, "CS", "SEPARATE"), concept("Report"), root_content, *extra],
        sop=SR,
    )


def sr_deep(levels):
    # Built from the inside out, so that each level is copied once: lengths are undefined.
    head = (
        struct.pack("<HH", 0x0040, 0xA730)
        + b"SQ\0\0"
        + struct.pack("<I", UNDEFINED)
        + struct.pack("<HHI", 0xFFFE, 0xE000, UNDEFINED)
        + element(0x0040A010, "CS", "CONTAINS")
        + element(0x0040A040, "CS", "CONTAINER")
    )
    tail = struct.pack("<HHI", 0xFFFE, 0xE00D, 0) + SEQUENCE_END
    return head * levels + tail * levels


def directory_record(kind, next_at=0, lower=0, file_id=None):
    out = [
        element(0x00041400, "UL", next_at & 0xFFFFFFFF),
        element(0x00041410, "US", 0xFFFF),
        element(0x00041420, "UL", lower & 0xFFFFFFFF),
        element(0x00041430, "CS", kind),
    ]
    if file_id is not None:
        out += [element(0x00041500, "CS", file_id), element(0x00041510, "UI", CT), element(0x00041511, "UI", "1.2.3"), element(0x00041512, "UI", LE)]
    return b"".join(out)


def dicomdir(records, root=0):
    return part10(
        [
            element(0x00041130, "CS", "SET"),
            element(0x00041200, "UL", root),
            element(0x00041202, "UL", root),
            element(0x00041212, "US", 0),
            sequence(0x00041220, records),
        ],
        sop="1.2.840.10008.1.3.10",
    )


def overlay(group=0x6000, rows=16, columns=16, data=None, frames=None, bit=0, origin=(1, 1)):
    base = group << 16
    out = [
        element(base | 0x10, "US", rows & 0xFFFF),
        element(base | 0x11, "US", columns & 0xFFFF),
        element(base | 0x40, "CS", "G"),
        element(base | 0x50, "SS", struct.pack("<hh", *origin)),
        element(base | 0x100, "US", 1),
        element(base | 0x102, "US", bit),
    ]
    if frames is not None:
        out.append(element(base | 0x15, "IS", str(frames)))
    if data is not None:
        out.append(element(base | 0x3000, "OW", data))
    return out


def palette(descriptor, data, segmented=False):
    out = []
    for channel in range(3):
        out.append(element(0x00281101 + channel, "US", struct.pack("<HHH", *[v & 0xFFFF for v in descriptor])))
        out.append(element((0x00281221 if segmented else 0x00281201) + channel, "OW", data))
    return out


def lut_item(descriptor, data):
    return element(0x00283002, "US", struct.pack("<HHH", *[v & 0xFFFF for v in descriptor])) + element(0x00283006, "OW", data)
