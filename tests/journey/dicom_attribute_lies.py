"""Attributes that lie, put into anybody's data set in the order of tags: what is written is well formed, and wrong."""

import struct

from dicom_files import UNDEFINED, WIDE, element, lut_item, nested, overlay, palette, sequence

COUNTS = [0, 1, 2, 3, 7, 8, 9, 12, 15, 16, 17, 31, 32, 64, 255, 256, 4096, 32767, 32768, 65535]
NUMBERS = [
    "",
    "0",
    "-0",
    "1",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "inf",
    "nan",
    "x",
    "99999999999",
    "1\\2",
    "1\\2\\3",
    "0\\0\\0\\0\\0\\0",
    "1\\" * 3000 + "1",
]
WORDS = ["", "MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT", "ARGB", "x" * 5000]
SHAPE = [0x00280002, 0x00280006, 0x00280010, 0x00280011, 0x00280100, 0x00280101, 0x00280102, 0x00280103, 0x00280120, 0x00280121, 0x00280A02]
DECIMALS = [
    0x00180050,
    0x00181063,
    0x00181065,
    0x00200032,
    0x00200037,
    0x00201041,
    0x00280030,
    0x00281050,
    0x00281051,
    0x00281052,
    0x00281053,
    0x3004000C,
]
INTEGERS = [0x00200013, 0x00280008, 0x00280034, 0x00181610, 0x00181612, 0x00181620, 0x00081160]


def shape(rng):
    return [element(tag, "US", rng.choice(COUNTS)) for tag in rng.sample(SHAPE, rng.choice([1, 1, 2, 4]))]


def decimals(rng):
    return [element(rng.choice(DECIMALS), "DS", rng.choice(NUMBERS)), element(rng.choice(INTEGERS), "IS", rng.choice(NUMBERS))]


def words(rng):
    return [
        element(0x00280004, "CS", rng.choice(WORDS)),
        element(0x00281056, "CS", rng.choice(["", "SIGMOID", "LINEAR_EXACT", "x"])),
        element(0x00181600, "CS", rng.choice(["CIRCULAR", "POLYGONAL", "RECTANGULAR", "BITMAP", ""])),
    ]


def descriptor(rng):
    return rng.choice(COUNTS), rng.choice(COUNTS), rng.choice([0, 1, 8, 10, 16, 17, 255])


def tables(rng):
    data = rng.randbytes(rng.choice([0, 2, 16, 512, 131072]))
    short = data[:60000]
    return rng.choice(
        [
            palette(descriptor(rng), data, rng.random() < 0.5) + [element(0x00280004, "CS", "PALETTE COLOR")],
            [sequence(0x00283010, [lut_item(descriptor(rng), short)] * rng.choice([1, 70]), rng.random() < 0.5)],
            [sequence(0x00283000, [lut_item(descriptor(rng), short)], rng.random() < 0.5)],
            [sequence(0x20500010, [lut_item(descriptor(rng), short)])],
        ]
    )


def overlays(rng):
    data = rng.choice([None, b"", b"\xFF" * 32, rng.randbytes(4096)])
    return overlay(
        0x6000 + 2 * rng.randrange(20),
        rng.choice(COUNTS),
        rng.choice(COUNTS),
        data,
        rng.choice([None, 0, -1, 2, 2_000_000_000]),
        rng.choice([0, 1, 12, 15, 16, 255]),
        (rng.choice([-32768, -1, 0, 1, 32767]), rng.choice([-32768, 0, 1, 32767])),
    )


def groups(rng):
    parts = [
        sequence(0x00209113, [element(0x00200032, "DS", rng.choice(NUMBERS))]),
        sequence(0x00209116, [element(0x00200037, "DS", rng.choice(NUMBERS))]),
        sequence(0x00289110, [element(0x00280030, "DS", rng.choice(NUMBERS))]),
        sequence(0x00289132, [element(0x00281050, "DS", rng.choice(NUMBERS))]),
        sequence(0x00289145, []),
        sequence(0x0062000A, [element(0x0062000B, "US", rng.choice(COUNTS))]),
        sequence(0x00209111, [element(0x00209157, "UL", rng.choice([0, 1, 0xFFFFFFFF]))]),
    ]
    item = b"".join(sorted(rng.sample(parts, rng.randrange(len(parts)))))
    return [sequence(rng.choice([0x52009229, 0x52009230]), [item] * rng.choice([0, 1, 2, 5000]), rng.random() < 0.5)]


def frames(rng):
    count = rng.choice([1, 2, 3, 100])
    values = [rng.choice([0, 1, 8, 2**31, 2**32, 2**63, 2**64 - 1, rng.randrange(100_000)]) for _ in range(2 * count)]
    packed = struct.pack(f"<{2 * count}Q", *values)
    return [
        element(0x00280008, "IS", rng.choice(["0", "1", str(count), "-5", "2147483647"])),
        element(0x7FE00001, "OV", packed[: 8 * count]),
        element(0x7FE00002, "OV", packed[8 * count :][: rng.choice([0, 8, 8 * count])]),
    ]


def objects(rng):
    wave = element(0x003A0005, "US", rng.choice(COUNTS)) + element(0x003A0010, "UL", rng.choice([0, 1, 1000, 0xFFFFFFFF]))
    wave += element(0x003A001A, "DS", rng.choice(NUMBERS)) + element(0x54001004, "US", rng.choice(COUNTS)) + element(0x54001006, "CS", "SS")
    wave += element(0x54001010, "OW", rng.randbytes(200))
    segment = element(0x00620004, "US", rng.choice(COUNTS)) + element(0x00620005, "LO", "x")
    sop = rng.choice(["1.2.840.10008.5.1.4.1.1." + one for one in ("2.1", "9.1.1", "66.4", "88.33", "104.1", "11.1", "77.1.6", "481.2", "7", "")])
    return rng.choice(
        [
            [sequence(0x54000100, [wave] * rng.choice([1, 300]))],
            [sequence(0x00620002, [segment] * rng.choice([1, 3000])), element(0x00620001, "CS", rng.choice(["BINARY", "FRACTIONAL", ""]))],
            [
                element(0x00420011, "OB", rng.randbytes(50), rng.choice([50, 50, 49, 0, 0x7FFFFFFE])),
                element(0x00420015, "UL", rng.choice([0, 49, 51, 0xFFFFFFFF])),
            ],
            [element(0x00080016, "UI", sop)],
        ]
    )


def lengths(rng):
    text = b"x" * rng.choice([1, 3, 7])
    return rng.choice(
        [
            [struct.pack("<HH", 0x0008, 0x1030) + b"LO" + struct.pack("<H", len(text)) + text],  # odd, and no byte that makes it even
            [nested(rng.choice([1, 2, 60]))],  # sequences that do not end
            [element(0x00081140, "SQ", b"", rng.choice([UNDEFINED, 0xFFFFFFFE, 7]))],
            [element(0x00091010, "UN", nested(3), UNDEFINED)],
            [sequence(0x00081140, [b"\0" * rng.choice([1, 4, 7, 8])])],
        ]
    )


KINDS = [shape, shape, shape, decimals, words, tables, overlays, groups, frames, objects, lengths]


def top_level(data, places):
    """(tag, offset, end) of the elements that are in no sequence, as far as they can be followed."""
    out, end, depth = [], 0, 0
    for at, head, _, _, length in places:
        group, number = struct.unpack_from("<HH", data, at)
        if at < end or group == 2:
            continue
        if group == 0xFFFE:
            depth -= number == 0xE0DD and depth > 0
            continue
        if depth == 0:
            out.append((group << 16 | number, at, at + head + (0 if length == UNDEFINED else length)))
        if length == UNDEFINED:
            depth += 1
        elif depth == 0 and data[at + 4 : at + 6] == b"SQ":
            end = at + head + length
    return out


def explicit(data, places):
    """Whether this is what element() writes: explicit little endian."""
    found = [data[at + 4 : at + 6] for at, *_ in places[5:40] if data[at : at + 2] not in (b"\xFE\xFF", b"\2\0")]
    return bool(found) and all(vr.isalpha() and vr.isupper() and (vr.decode() in WIDE or len(vr) == 2) for vr in found)


def lie(out, places, rng):
    """Puts one kind of lie into `out`: in the place of what it had, or where it belongs."""
    if not explicit(out, places):
        return
    top = top_level(bytes(out), places)
    new = {struct.unpack_from("<H", one)[0] << 16 | struct.unpack_from("<H", one, 2)[0]: one for one in rng.choice(KINDS)(rng)}
    for tag in sorted(new, reverse=True):  # from the end, so that offsets stay
        same = [(at, end) for other, at, end in top if other == tag]
        later = [at for other, at, _ in top if other > tag]
        at, end = same[0] if same else (later[0], later[0]) if later else (len(out), len(out))
        out[at:end] = new[tag]
