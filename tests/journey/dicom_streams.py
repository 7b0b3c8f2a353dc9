"""Codestreams as a DICOM frame holds them, as short as can be: empty packets, blocks of zeros, runs without end."""

import struct
import zlib


def marker(code, body=b""):
    return struct.pack(">HH", code, len(body) + 2) + body


def j2k(
    rows,
    columns,
    tile=None,
    components=1,
    bits=8,
    layers=1,
    levels=5,
    packets=b"",
    tiles=None,
    precincts=None,
    progression=0,
    block=(4, 4),
    ht=False,
    steps=(1, 1),
    mct=0,
    offset=0,
    style=0,
):
    """A JPEG 2000 codestream whose packets are empty (one zero byte each) unless given."""
    tile = tile or (columns, rows)
    size = struct.pack(">HIIIIIIII", 0x4000 if ht else 0, columns + offset, rows + offset, offset, offset, tile[0], tile[1], 0, 0)
    size += struct.pack(">H", components & 0xFFFF) + bytes([bits - 1, *steps]) * min(components, 16000)
    coding = struct.pack(
        ">BBHBBBBBB", 1 if precincts else 0, progression, layers, mct, levels, block[0] - 2, block[1] - 2, style | (0x40 if ht else 0), 1
    )
    coding += bytes(precincts or ())
    quant = bytes([0x40]) + bytes([8 << 3] * (3 * levels + 1))
    out = b"\xFF\x4F" + marker(0xFF51, size)
    if ht:
        out += marker(0xFF50, struct.pack(">IH", 0x20000, 0))
    out += marker(0xFF52, coding) + marker(0xFF5C, quant)
    count = tiles if tiles is not None else 1
    for number in range(count):
        body = packets or b"\0" * min(200_000, layers * (levels + 1) * components)
        out += struct.pack(">HHHIBB", 0xFF90, 10, number & 0xFFFF, 12 + 2 + len(body), 0, 1) + b"\xFF\x93" + body
    return out + b"\xFF\xD9"


def jpeg(
    rows,
    columns,
    components=1,
    process=0xC0,
    precision=8,
    scans=1,
    data=None,
    extra=b"",
    sampling=0x11,
    height_later=None,
    spectral=None,
    restart=None,
):
    """A JPEG stream whose Huffman tables give every block two bits of zero."""
    out = b"\xFF\xD8" + extra + marker(0xFFDB, b"\0" + b"\1" * 64)
    parts = b"".join(bytes([c + 1, sampling if c == 0 else 0x11, 0]) for c in range(components))
    out += marker(0xFF00 | process, struct.pack(">BHHB", precision, rows & 0xFFFF, columns & 0xFFFF, components) + parts)
    one_code = b"\1" + b"\0" * 15
    out += marker(0xFFC4, b"\x00" + one_code + b"\0") + marker(0xFFC4, b"\x10" + one_code + (b"\xE0" if process == 0xC2 else b"\0"))
    if restart is not None:
        out += marker(0xFFDD, struct.pack(">H", restart))
    body = b"".join(bytes([c + 1, 0]) for c in range(components))
    lossless = process == 0xC3
    first = bytes([1, 0, 0]) if lossless else (bytes([0, 0, 0]) if process == 0xC2 else bytes([0, 63, 0]))
    if data is None:
        blocks = (rows * columns if lossless else (rows + 7) // 8 * ((columns + 7) // 8)) * components
        data = b"\0" * (blocks // (8 if lossless or process == 0xC2 else 4) + 2)
    out += marker(0xFFDA, bytes([components]) + body + first) + data
    for _ in range(scans - 1):
        out += marker(0xFFDA, bytes([1, 1, 0]) + (spectral or bytes([1, 63, 0]))) + b"\0\0\0\0" * max(1, rows * columns // 64 // 16000)
    if height_later is not None:
        out += marker(0xFFDC, struct.pack(">H", height_later))
    return out + b"\xFF\xD9"


def jpegls(rows, columns, components=1, precision=8, near=0, interleave=0, presets=None, data=None, transform=None, mapping=0):
    out = b"\xFF\xD8"
    parts = b"".join(bytes([c + 1, 0x11, 0]) for c in range(components))
    out += marker(0xFFF7, struct.pack(">BHHB", precision, rows & 0xFFFF, columns & 0xFFFF, components) + parts)
    if presets:
        out += marker(0xFFF8, presets)
    if transform is not None:
        out += marker(0xFFE8, b"mrfx" + bytes([transform]))
    together = components if interleave else 1
    for scan in range(components if not interleave else 1):
        ids = b"".join(bytes([scan + c + 1, mapping]) for c in range(together))
        out += marker(0xFFDA, bytes([together]) + ids + bytes([near, interleave, 0]))
        # Ones: every run goes to its end.
        out += (b"\xFF\x7F" * (rows * columns // 60000 + rows + 8)) if data is None else data
    return out + b"\xFF\xD9"


def rle(planes):
    header = struct.pack("<I", len(planes))
    at = 64
    for plane in planes:
        header += struct.pack("<I", at)
        at += len(plane)
    return header.ljust(64, b"\0")[:64] + b"".join(planes)


def raw_deflate(data_of, count):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join([packer.compress(data_of) for _ in range(count)]) + packer.flush()
