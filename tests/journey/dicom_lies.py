"""DICOM files that lie, one fault each, named for it."""

import random
import struct
import zlib

from dicom_codec_lies import j2k_frames, jpeg_frames, jpegls_frames
from dicom_files import *  # noqa: F403 the words of a DICOM file
from dicom_streams import raw_deflate, rle

PIXELS = bytes(range(256)) * 2
PLANE = b"\x81\0\x81\0"


def made(quickly=False):
    """(name, bytes) of every file made here, one at a time; quickly: without those that take seconds to make."""
    yield from containers()
    yield from geometry()
    yield from fragments()
    yield from rle_frames()
    if not quickly:
        yield from deflated()
    yield from jpeg_frames()
    yield from jpegls_frames()
    yield from j2k_frames()
    yield from attributes()
    yield from other_objects()


def containers():
    """Containers."""
    yield "empty", b""
    yield "one-byte", b"D"
    yield "prefix-only", b"\0" * 128 + b"DICM"
    yield "zeros-1M", b"\0" * (1 << 20)
    yield "ones-1M", b"\xFF" * (1 << 20)
    yield "text", b"this is not an image\n" * 5000
    yield "random-1M", random.Random(1).randbytes(1 << 20)
    yield "png", b"\x89PNG\r\n\x1a\n" + b"\0" * 5000
    for levels in (60, 64, 65, 100, 10_000, 1_000_000):
        yield f"sequences-deep-{levels}", part10(study() + [nested(levels)])
        yield f"items-undefined-deep-{levels}", part10(
            study() + [element(0x00081140, "SQ", struct.pack("<HHI", 0xFFFE, 0xE000, UNDEFINED) * levels, UNDEFINED)]
        )
    for levels in (60, 70, 2000):
        yield f"sequences-deep-known-{levels}", image(extra=[nested(levels, False)])
        yield f"groups-deep-known-{levels}", image(extra=[nested(levels, False, 0x52009230)])
    yield "sequences-un-deep", image(extra=[element(0x00091010, "UN", nested(5000), UNDEFINED)])
    for count in (10_000, 1_000_000):
        yield f"items-empty-{count}", image(extra=[element(0x00081140, "SQ", struct.pack("<HHI", 0xFFFE, 0xE000, 0) * count)])
        yield f"groups-empty-{count}", image(
            extra=[element(0x52009230, "SQ", struct.pack("<HHI", 0xFFFE, 0xE000, 0) * count)], frames=2, pixels=PIXELS * 2
        )
    yield "elements-500000", part10(study() + [element(0x00091000, "LO", "")] * 500_000)
    yield "elements-3000000", part10(study() + [b"".join([element(0x00091000, "LO", "")] * 3_000_000)])
    yield "elements-same-tag-rows", image(extra=[element(0x00280010, "US", 9)] * 100_000)
    yield "elements-distinct-900000", image(
        extra=[b"".join(struct.pack("<HH", 0x0009 + 2 * (n >> 16), n & 0xFFFF) + b"SH\2\0x " for n in range(900_000))]
    )
    for length in (0xFFFFFFFE, 0x7FFFFFFF, 0x80000000):
        yield f"length-{length:x}", image(extra=[element(0x00081030, "UT", b"x", length)])
        yield f"pixels-length-{length:x}", part10(
            study()
            + [element(0x00280010, "US", 16), element(0x00280011, "US", 16), element(0x00280100, "US", 16), element(0x7FE00010, "OW", PIXELS, length)]
        )
    yield "length-undefined-text", image(extra=[element(0x00081030, "UT", b"x", UNDEFINED)])
    yield "meta-length-lies", image()[:132] + element(0x00020000, "UL", struct.pack("<I", 0xFFFFFFF0)) + image()[144:]
    yield "text-60M", image(extra=[element(0x00104000, "UT", b"x" * 60_000_000)])
    yield "name-60M", image(extra=[element(0x00100010, "UN", b"x" * 60_000_000)])
    yield "character-set-hostile", image(
        extra=[
            element(0x00080005, "CS", "\\".join(["ISO 2022 IR 149", "ISO_IR 999", "GB18030"] * 300)),
            element(0x00104000, "LT", b"\x1b$)C" * 10_000),
        ]
    )
    yield "numbers-60000", image(extra=[element(0x00281050, "DS", "1\\" * 30_000), element(0x00281051, "DS", "1\\" * 30_000)])
    yield "numbers-huge", image(
        extra=[
            element(0x00281050, "DS", "1e999"),
            element(0x00281051, "DS", "nan"),
            element(0x00281053, "DS", "1e308"),
            element(0x00281052, "DS", "-1e308"),
            element(0x00200032, "DS", "1e308\\inf\\nan"),
            element(0x00200037, "DS", "0\\0\\0\\0\\0\\0"),
            element(0x00280030, "DS", "1e-320\\1e308"),
        ]
    )


def geometry():
    """Geometry."""
    for rows, columns in ((0, 16), (16, 0), (65535, 65535), (65535, 1), (1, 65535), (30000, 30000), (16384, 16384), (8192, 8192)):
        for syntax, name in ((LE, "raw"), (RLE, "rle"), (JPEG, "jpeg"), (JPEGLS, "jpegls"), (J2K, "j2k"), (HTJ2K, "htj2k"), (LOSSLESS, "lossless")):
            for samples in (1, 3):
                yield f"rows-{rows}x{columns}x{samples}-{name}", image(
                    rows,
                    columns,
                    8,
                    samples=samples,
                    photometric="RGB" if samples == 3 else "MONOCHROME2",
                    pixels=PIXELS,
                    fragments=None if syntax == LE else [b"\xFF\xD8\xFF\xE0" + b"x" * 80],
                    syntax=syntax,
                )
    for frames in (0, -1, 2, 1000, 99_999, 2_000_000_000, 10**30):
        yield f"frames-{frames}", image(frames=frames, pixels=PIXELS)
        yield f"frames-{frames}-rle", image(frames=frames, fragments=[rle([b"\x81\0\x81\0"] * 2)], syntax=RLE)
        yield f"frames-{frames}-1bit", image(frames=frames, pixels=PIXELS, bits=1)
    for bits in (0, 1, 4, 7, 8, 12, 13, 16, 24, 32, 64, 65535):
        for stored, high in ((0, 0), (bits, bits - 1), (bits + 1, bits), (65535, 65535), (1, 65535)):
            yield f"bits-{bits}-{stored}-{high}", image(bits=bits & 0xFFFF, stored=stored & 0xFFFF, high=high & 0xFFFF, pixels=PIXELS * 4)
    for samples in (0, 2, 3, 4, 255, 65535):
        yield f"samples-{samples}", image(samples=samples, pixels=PIXELS * 4, photometric="RGB")
    for photometric in ("", "XYZ", "PALETTE COLOR", "YBR_FULL_422", "YBR_PARTIAL_420", "ARGB", "x" * 60000, "한글"):
        for samples in (1, 3):
            yield f"photometric-{photometric[:20]}-{samples}", image(samples=samples, bits=8, photometric=photometric, pixels=PIXELS * 2)


def fragments():
    """Fragments."""
    good = rle([PLANE, PLANE])
    yield "fragments-none", image(fragments=[], syntax=RLE)
    yield "fragments-empty-2000000", image(fragments=[b""] * 300_000, syntax=RLE)
    yield "fragments-empty-many-frames", image(fragments=[b""] * 300_000, frames=300_000, syntax=RLE)
    yield "fragments-zero-length", image(fragments=[b"", good], syntax=RLE)
    yield "fragments-no-end", image(fragments=[good], syntax=RLE, end=False)
    yield "fragments-table-lies", image(fragments=[good] * 3, table=struct.pack("<III", 0, 0xFFFFFFFF, 7), frames=3, syntax=RLE)
    yield "fragments-table-cycle", image(fragments=[good] * 3, table=struct.pack("<III", 100, 100, 0), frames=3, syntax=RLE)
    yield "fragments-table-8M", image(fragments=[good], table=b"\0" * 8_000_000, frames=2_000_000, syntax=RLE)
    for offsets, lengths in (((0, 1 << 63), (1, 1)), ((0, 72), (1 << 62, 1 << 62)), ((0, 0), (72, 72)), ((2**64 - 1, 2**64 - 8), (0, 0))):
        yield f"extended-table-{offsets[1]:x}-{lengths[0]:x}", image(
            fragments=[good] * 2,
            frames=2,
            syntax=RLE,
            extra=[element(0x7FE00001, "OV", struct.pack("<QQ", *offsets)), element(0x7FE00002, "OV", struct.pack("<QQ", *lengths))],
        )
    yield "extended-table-short", image(fragments=[good] * 2, frames=2, syntax=RLE, extra=[element(0x7FE00001, "OV", b"\0" * 3)])


def rle_frames():
    """RLE."""
    yield "rle-segments-0", image(fragments=[rle([])], syntax=RLE)
    yield "rle-segments-16", image(fragments=[struct.pack("<I", 16) + b"\0" * 100], syntax=RLE)
    yield "rle-segments-4G", image(fragments=[struct.pack("<I", 0xFFFFFFFF) + b"\xFF" * 100], syntax=RLE)
    yield "rle-noops-20M", image(rows=4096, columns=4096, fragments=[rle([b"\x80" * 20_000_000, PLANE])], syntax=RLE)
    for side in (4096, 8192, 11000, 16000):
        bomb = b"\x81\0" * (side * side // 128 + 1)
        yield f"rle-bomb-{side}", image(side, side, 8, fragments=[rle([bomb[: side * side // 128 * 2]])], syntax=RLE)
        yield f"rle-bomb-{side}-rgb", image(
            side, side, 8, samples=3, photometric="RGB", fragments=[rle([bomb[: side * side // 128 * 2]] * 3)], syntax=RLE
        )


def deflated():
    """Deflate."""
    for size in (64, 200, 255, 300):
        packed = raw_deflate(b"\0" * (1 << 20), size)
        head = b"".join(study()) + element(0x00091010, "UN", b"", 0)
        yield f"deflate-zeros-{size}M", part10([], DEFLATED)[:-2] + packed
        body = b"".join(sorted(study()) + [struct.pack("<HH", 0x0009, 0x1010) + b"UN\0\0" + struct.pack("<I", size << 20)])
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        stream = packer.compress(body)
        for _ in range(size):
            stream += packer.compress(b"\0" * (1 << 20))
        yield f"deflate-element-{size}M", part10([], LE)[:0] + part10([], DEFLATED)[:-2] + stream + packer.flush()
    items = struct.pack("<HHI", 0xFFFE, 0xE000, 0) * (1 << 16)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(b"".join(sorted(study())) + struct.pack("<HH", 0x5200, 0x9230) + b"SQ\0\0" + struct.pack("<I", UNDEFINED))
    for _ in range(400):
        stream += packer.compress(items)
    yield "deflate-items-26M", part10([], DEFLATED)[:-2] + stream + packer.flush()
    yield "deflate-rubbish", part10([], DEFLATED)[:-2] + b"\x55" * 5000
    for side in (4096, 8192, 16000):
        yield f"deflate-frame-{side}", image(side, side, 8, fragments=[raw_deflate(b"\0" * side, side)], syntax=DEFLATED_FRAMES)
        yield f"deflate-frame-more-{side}", image(16, 16, 8, fragments=[raw_deflate(b"\0" * side, side)], syntax=DEFLATED_FRAMES)


def attributes():
    """Palettes, LUTs, overlays, functional groups."""
    for descriptor in ((0, 0, 16), (256, 0, 16), (256, 65535, 8), (65535, 32768, 16), (1, 0, 0), (256, 0, 255), (3, 0, 16)):
        for count in (0, 1, 256, 65536):
            name = f"{descriptor[0]}-{descriptor[1]}-{descriptor[2]}-{count}"
            yield f"palette-{name}", image(bits=8, photometric="PALETTE COLOR", pixels=PIXELS, extra=palette(descriptor, b"\1\2" * count))
            yield f"voi-lut-{name}", image(extra=[sequence(0x00283010, [lut_item(descriptor, b"\1\2" * min(count, 30000))])], pixels=PIXELS)
            yield f"modality-lut-{name}", image(extra=[sequence(0x00283000, [lut_item(descriptor, b"\1\2" * min(count, 30000))])], pixels=PIXELS)
            yield f"palette-segmented-{name}", image(
                bits=8,
                photometric="PALETTE COLOR",
                pixels=PIXELS,
                extra=palette(descriptor, (b"\1\0\xFF\xFF\5\0" + b"\2\0\xFF\xFF\0\0\0\0") * (count // 4 + 1), True),
            )
    yield "voi-luts-100000", image(extra=[sequence(0x00283010, [lut_item((2, 0, 8), b"\1\0\2\0")] * 100_000)])
    yield "voi-luts-64-full", image(extra=[sequence(0x00283010, [lut_item((0, 0, 16), b"\1\2" * 65_536)] * 64)])
    for rows, columns, frames in ((65535, 65535, None), (16, 16, 2_000_000_000), (16, 16, -1), (0, 0, 1), (4, 4, 65535)):
        yield f"overlay-{rows}x{columns}x{frames}", image(extra=overlay(rows=rows, columns=columns, data=b"\xFF" * 32, frames=frames))
        yield f"overlay-embedded-{rows}x{columns}x{frames}", image(extra=overlay(rows=rows, columns=columns, bit=12, frames=frames), stored=12)
    yield "overlay-origin", image(extra=overlay(data=b"\xFF" * 32, origin=(-32768, 32767)))
    big = b"\xFF" * (20_000 * 20_000 // 8)
    yield "overlay-50M", image(extra=overlay(rows=20_000, columns=20_000, data=big))
    yield "overlays-16x20M", image(extra=[e for g in range(16) for e in overlay(0x6000 + 2 * g, 12_000, 12_000, b"\xFF" * 18_000_000)])
    yield "overlays-16x6M", image(extra=[e for g in range(16) for e in overlay(0x6000 + 2 * g, 7_000, 7_000, b"\xFF" * 6_125_000)])
    yield "overlays-16x5M", image(extra=[e for g in range(16) for e in overlay(0x6000 + 2 * g, 6_000, 6_000, b"\xFF" * 4_500_000)])
    yield "overlays-embedded-16", image(
        4096, 4096, 16, 8, pixels=b"\xAA" * (4096 * 4096 * 2), extra=[e for g in range(16) for e in overlay(0x6000 + 2 * g, bit=g)]
    )
    yield "overlays-embedded-16-60f", image(
        1024, 1024, 16, 8, frames=60, pixels=b"\xAA" * (1024 * 1024 * 120), extra=[e for g in range(16) for e in overlay(0x6000 + 2 * g, bit=g)]
    )
    yield "overlays-embedded-1000f", image(
        1, 1, 16, 8, frames=60_000_000, pixels=b"\xAA" * 120_000_000, extra=[e for g in range(16) for e in overlay(0x6000 + 2 * g, bit=g)]
    )
    position = sequence(0x00209113, [element(0x00200032, "DS", "1\\2\\3")])
    orientation = sequence(0x00209116, [element(0x00200037, "DS", "1\\0\\0\\0\\1\\0")])
    windows = sequence(0x00289132, [element(0x00281050, "DS", "\\".join(["40"] * 256)) + element(0x00281051, "DS", "\\".join(["400"] * 256))])
    one = position + orientation
    for count in (10, 10_000, 100_000):
        yield f"groups-{count}-of-10", image(
            2, 2, 8, frames=10, pixels=b"\1" * 40, sop=ENHANCED_CT, extra=[sequence(0x52009230, [one] * count, count % 3 == 1)]
        )
        yield f"groups-{count}", image(
            2, 2, 8, frames=count, pixels=b"\1" * (4 * count), sop=ENHANCED_CT, extra=[sequence(0x52009230, [one] * count)]
        )
        yield f"groups-windows-{count}", image(
            2,
            2,
            8,
            frames=count,
            pixels=b"\1" * (4 * count),
            sop=ENHANCED_CT,
            extra=[sequence(0x52009229, [windows]), sequence(0x52009230, [one] * count)],
        )
    yield "groups-own-windows-5000", image(
        2, 2, 8, frames=5000, pixels=b"\1" * 20000, sop=ENHANCED_CT, extra=[sequence(0x52009230, [one + windows] * 5000)]
    )
    yield "groups-own-windows-20000", image(
        2, 2, 8, frames=20000, pixels=b"\1" * 80000, sop=ENHANCED_CT, extra=[sequence(0x52009230, [one + windows] * 20000)]
    )
    yield "groups-in-groups", image(extra=[sequence(0x52009230, [sequence(0x52009230, [one] * 1000)] * 300)])
    yield "frame-times-100000", image(1, 1, 8, frames=100_000, pixels=b"\1" * 100_000, extra=[element(0x00181065, "UN", "1\\" * 100_000)])
    yield "grid-offsets", image(
        1,
        1,
        8,
        frames=10_000,
        pixels=b"\1" * 10_000,
        extra=[
            element(0x3004000C, "DS", "\\".join(["1e300"] * 10_000)),
            element(0x00200032, "DS", "1\\2\\3"),
            element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
        ],
    )
    yield "shutter-vertices", image(
        2048,
        2048,
        pixels=PIXELS * 20000,
        extra=[element(0x00181600, "CS", "POLYGONAL"), element(0x00181620, "IS", "\\".join(str(n * 7919 % 3000) for n in range(14_000)))],
    )
    yield "shutter-vertices-huge", image(
        8192,
        8192,
        bits=8,
        pixels=b"\1" * (1 << 26),
        extra=[element(0x00181600, "CS", "POLYGONAL"), element(0x00181620, "IS", "\\".join(str(n * 7919 % 900) for n in range(16_000)))],
    )
    yield "shutter-circle", image(
        extra=[element(0x00181600, "CS", "CIRCULAR"), element(0x00181610, "IS", "-999999999\\999999999"), element(0x00181612, "IS", "2000000000")]
    )
    yield "regions-100000", image(extra=[sequence(0x00186011, [element(0x00186018, "UL", b"\xFF\xFF\xFF\xFF")] * 100_000)])
    yield "aspect-hostile", image(extra=[element(0x00280034, "IS", "999999\\1")])
    yield "window-hostile", image(
        extra=[element(0x00281050, "DS", "1e308"), element(0x00281051, "DS", "1e-308"), element(0x00281056, "CS", "SIGMOID")]
    )
    yield "window-linear-exact", image(
        extra=[
            element(0x00281050, "DS", "-1e308"),
            element(0x00281051, "DS", "1e308"),
            element(0x00281056, "CS", "LINEAR_EXACT"),
            element(0x00281053, "DS", "1e308"),
        ]
    )
    yield "padding-hostile", image(extra=[element(0x00280120, "US", 0), element(0x00280121, "US", 65535)])
    for value in (b"\xFF\xFF\x7F\x7F", b"\0\0\x80\x7F", b"\0\0\xC0\x7F", b"\1\0\0\0"):
        yield f"float-{value.hex()}", part10(
            study()
            + [
                element(0x00280002, "US", 1),
                element(0x00280004, "CS", "MONOCHROME2"),
                element(0x00280010, "US", 64),
                element(0x00280011, "US", 64),
                element(0x00280100, "US", 32),
                element(0x7FE00008, "OF", value * 4096),
            ]
        )
        yield f"double-{value.hex()}", part10(
            study()
            + [
                element(0x00280002, "US", 1),
                element(0x00280004, "CS", "MONOCHROME2"),
                element(0x00280010, "US", 64),
                element(0x00280011, "US", 64),
                element(0x00280100, "US", 64),
                element(0x7FE00009, "OD", value * 8192),
            ]
        )


def other_objects():
    """Other objects."""
    for levels in (20, 60, 100, 5000, 200_000):
        yield f"report-deep-{levels}", sr(sr_deep(levels))
    text = sr_item("CONTAINS", "TEXT", concept(), element(0x0040A160, "UT", "x" * 100))
    for count in (1000, 50_000):
        yield f"report-wide-{count}", sr(sequence(0x0040A730, [text] * count))
    yield "report-cycle", sr(sequence(0x0040A730, [sr_item("CONTAINS", "", element(0x0040DB73, "UL", struct.pack("<I", 1)))] * 10))
    yield "report-text-40M", sr(sequence(0x0040A730, [sr_item("CONTAINS", "TEXT", concept(), element(0x0040A160, "UT", "x" * 40_000_000))]))
    yield "report-scoord", sr(
        sequence(
            0x0040A730, [sr_item("CONTAINS", "SCOORD", element(0x00700022, "OF", b"\0\0\x80\x7F" * 1_000_000), element(0x00700023, "CS", "POLYLINE"))]
        )
    )
    graphic = (
        element(0x00700005, "CS", "PIXEL")
        + element(0x00700020, "US", 2)
        + element(0x00700021, "US", 16000)
        + element(0x00700022, "UN", struct.pack("<ff", 1, 2) * 1_000_000)
        + element(0x00700023, "CS", "POLYLINE")
    )
    layer = element(0x00700002, "CS", "A") + sequence(0x00700009, [graphic])
    yield "presentation-points-million", part10(study(PR, modality="PR") + [sequence(0x00700001, [layer])], sop=PR)
    small = (
        element(0x00700005, "CS", "PIXEL")
        + element(0x00700020, "US", 2)
        + element(0x00700021, "US", 2)
        + element(0x00700022, "FL", struct.pack("<ffff", 1, 2, 3, 4))
        + element(0x00700023, "CS", "POLYLINE")
    )
    yield "presentation-graphics-100000", part10(
        study(PR, modality="PR") + [sequence(0x00700001, [element(0x00700002, "CS", "A") + sequence(0x00700009, [small] * 100_000)])], sop=PR
    )
    yield "presentation-nan", part10(
        study(PR, modality="PR")
        + [sequence(0x00700001, [element(0x00700002, "CS", "A") + sequence(0x00700009, [small.replace(struct.pack("<f", 1), b"\0\0\xC0\x7F")])])],
        sop=PR,
    )
    for length in (0, 1, 0xFFFFFFFF):
        yield f"pdf-length-{length}", part10(
            study(PDF, modality="DOC")
            + [
                element(0x00420011, "OB", b"%PDF-1.4 rubbish"),
                element(0x00420015, "UL", struct.pack("<I", length)),
                element(0x00420012, "LO", "application/pdf"),
            ],
            sop=PDF,
        )
    yield "pdf-100M", part10(study(PDF, modality="DOC") + [element(0x00420011, "OB", b"%PDF" + b"\0" * 100_000_000)], sop=PDF)
    yield "pdf-undefined", part10(study(PDF, modality="DOC") + [element(0x00420011, "OB", b"%PDF", UNDEFINED)], sop=PDF)
    channel = b"".join([element(0x003A0202, "IS", "1"), element(0x003A0210, "DS", "1e308"), element(0x003A021A, "US", 16)])
    for channels, samples, bits in ((1, 0xFFFFFFFF, 16), (65535, 1, 16), (0, 0, 0), (12, 10000, 7), (12, 1_000_000, 16)):
        group = (
            element(0x003A0005, "US", channels)
            + element(0x003A0010, "UL", struct.pack("<I", samples))
            + element(0x003A001A, "DS", "1e-300")
            + sequence(0x003A0200, [channel] * min(channels, 1000))
            + element(0x54001004, "US", bits)
            + element(0x54001006, "CS", "SS")
            + element(0x54001010, "OW", b"\1\2" * 1000)
        )
        yield f"waveform-{channels}-{samples}-{bits}", part10(study(ECG, modality="ECG") + [sequence(0x54000100, [group])], sop=ECG)
    yield "waveform-groups-10000", part10(study(ECG, modality="ECG") + [sequence(0x54000100, [group[:200]] * 10_000)], sop=ECG)
    segment = element(0x00620004, "US", 1) + element(0x00620005, "LO", "x") + element(0x00620008, "CS", "AUTOMATIC")
    for count in (1, 65535):
        yield f"segments-{count}", image(
            8, 8, 1, frames=10, pixels=b"\xAA" * 80, sop=SEG, extra=[sequence(0x00620002, [segment] * count), element(0x00620001, "CS", "BINARY")]
        )
    yield "segments-frames-2G", image(8, 8, 1, frames=2_000_000_000, pixels=b"\xAA" * 80, sop=SEG, extra=[sequence(0x00620002, [segment])])
    yield from made_directories()
    yield "video-mpeg2", image(64, 64, 8, frames=100, fragments=[b"\0\0\1\xB3" + b"x" * 1000], syntax="1.2.840.10008.1.2.4.100")
    yield "syntax-unknown", image(fragments=[b"xx"], syntax="1.2.3.4.5.6")
    yield "syntax-long", image(fragments=[b"xx"], syntax="1." * 2000 + "1")
    for syntax in (RLE, JPEG, JPEG12, LOSSLESS, JPEGLS, J2K, HTJ2K, DEFLATED_FRAMES, ENCAPSULATED):
        yield f"fragment-zero-{syntax}", image(fragments=[b""], syntax=syntax)
        yield f"fragment-two-bytes-{syntax}", image(fragments=[b"\xFF\xD8"], syntax=syntax)
        yield f"fragment-noise-{syntax}", image(fragments=[random.Random(3).randbytes(60_000)], syntax=syntax)
        yield f"raw-in-{syntax}", image(pixels=PIXELS, syntax=syntax)


def made_directories():
    """DICOMDIR files."""
    yield "dicomdir-cycle", dicomdir([directory_record("PATIENT", 400, 400)] * 3, 400)
    yield "dicomdir-offsets-4G", dicomdir([directory_record("PATIENT", 0xFFFFFFFF, 0xFFFFFFF0)] * 3, 0xFFFFFFFF)
    yield "dicomdir-records-100000", dicomdir([directory_record("IMAGE", 0, 0, "IM1")] * 100_000)
    yield "dicomdir-escape", dicomdir(
        [
            directory_record("IMAGE", 0, 0, "..\\..\\..\\..\\ETC\\PASSWD"),
            directory_record("IMAGE", 0, 0, "/etc/passwd"),
            directory_record("IMAGE", 0, 0, "A\\" * 500),
        ]
    )
