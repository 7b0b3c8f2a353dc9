"""Frames of JPEG, JPEG-LS, JPEG 2000 and HTJ2K that lie, one fault each, named for it."""

import random
import struct

from dicom_files import HTJ2K, J2K, JPEG, JPEG12, JPEGLS, LOSSLESS, image
from dicom_streams import j2k, jpeg, jpegls, marker


def jpeg_frames():
    """JPEG."""
    for side in (2048, 8192, 12000, 20000):
        for process, syntax, name in (
            (0xC0, JPEG, "baseline"),
            (0xC2, JPEG, "progressive"),
            (0xC3, LOSSLESS, "lossless"),
            (0xC1, JPEG12, "extended"),
        ):
            precision = 12 if process == 0xC1 else 8
            if side > 8192 and process == 0xC3:
                continue
            for components in (1, 3):
                yield f"jpeg-{name}-{side}x{components}", image(
                    side,
                    side,
                    16 if precision == 12 else 8,
                    samples=components,
                    photometric="RGB" if components == 3 else "MONOCHROME2",
                    fragments=[jpeg(side, side, components, process, precision)],
                    syntax=syntax,
                )
    for scans in (2, 60, 128, 129, 20_000):
        for side in (64, 2048, 8192):
            if scans * side > 20_000 * 64:
                continue
            yield f"jpeg-scans-{scans}-{side}", image(side, side, 8, fragments=[jpeg(side, side, 1, 0xC2, 8, scans)], syntax=JPEG)
    yield "jpeg-dnl", image(64, 64, 8, fragments=[jpeg(0, 64, data=b"\0" * 100, height_later=64)], syntax=JPEG)
    yield "jpeg-dnl-65535", image(65535, 64, 8, fragments=[jpeg(0, 64, data=b"\0" * 100, height_later=65535)], syntax=JPEG)
    yield "jpeg-dnl-lossless", image(64, 64, 8, fragments=[jpeg(0, 64, process=0xC3, data=b"\0" * 100, height_later=64)], syntax=LOSSLESS)
    yield "jpeg-components-255", image(64, 64, 8, fragments=[jpeg(64, 64, 255, data=b"\0" * 100)], syntax=JPEG)
    yield "jpeg-components-0", image(64, 64, 8, fragments=[jpeg(64, 64, 0, data=b"\0" * 100)], syntax=JPEG)
    yield "jpeg-sampling-0", image(64, 64, 8, fragments=[jpeg(64, 64, sampling=0, data=b"\0" * 100)], syntax=JPEG)
    yield "jpeg-sampling-15", image(64, 64, 8, fragments=[jpeg(64, 64, 3, sampling=0xFF, data=b"\0" * 100)], samples=3, syntax=JPEG)
    for process in range(0xC0, 0xD0):
        yield f"jpeg-process-{process:x}", image(64, 64, 8, fragments=[jpeg(64, 64, process=process)], syntax=JPEG)
    for precision in (0, 1, 2, 9, 12, 16, 17, 255):
        for process in (0xC0, 0xC1, 0xC3):
            yield f"jpeg-precision-{precision}-{process:x}", image(
                64, 64, 16, fragments=[jpeg(64, 64, process=process, precision=precision)], syntax=JPEG
            )
    for restart in (0, 1, 63, 65535):
        yield f"jpeg-restart-{restart}", image(64, 64, 8, fragments=[jpeg(64, 64, restart=restart)], syntax=JPEG)
        yield f"jpeg-restart-lossless-{restart}", image(64, 64, 8, fragments=[jpeg(64, 64, process=0xC3, restart=restart)], syntax=LOSSLESS)
    yield "jpeg-fill-bytes-20M", image(64, 64, 8, fragments=[b"\xFF\xD8" + b"\xFF" * 20_000_000], syntax=JPEG)
    yield "jpeg-comments-300000", image(64, 64, 8, fragments=[jpeg(64, 64, extra=marker(0xFFFE, b"") * 300_000)], syntax=JPEG)
    yield "jpeg-tables-100000", image(64, 64, 8, fragments=[jpeg(64, 64, extra=marker(0xFFC4, b"\0\1" + b"\0" * 16) * 100_000)], syntax=JPEG)
    yield "jpeg-nested-soi", image(64, 64, 8, fragments=[b"\xFF\xD8" * 500_000], syntax=JPEG)
    yield "jpeg-icc-20M", image(64, 64, 8, fragments=[jpeg(64, 64, extra=marker(0xFFE2, b"ICC_PROFILE\0\1\1" + b"x" * 60_000) * 300)], syntax=JPEG)


def jpegls_frames():
    """JPEG-LS."""
    for side in (2048, 8192, 12000, 16000):
        for components, interleave in ((1, 0), (3, 0), (3, 1), (3, 2)):
            if side > 12000 and components > 1:
                continue
            yield f"jpegls-{side}x{components}-{interleave}", image(
                side,
                side,
                8,
                samples=components,
                photometric="RGB" if components == 3 else "MONOCHROME2",
                fragments=[jpegls(side, side, components, interleave=interleave)],
                syntax=JPEGLS,
            )
    for maximum, t1, t2, t3, reset in (
        (0, 0, 0, 0, 0),
        (65535, 1, 2, 3, 64),
        (255, 300, 2, 1, 3),
        (1, 1, 1, 1, 1),
        (255, 1, 1, 1, 65535),
        (255, 255, 255, 255, 3),
    ):
        yield f"jpegls-lse-{maximum}-{t1}-{reset}", image(
            64, 64, 8, fragments=[jpegls(64, 64, presets=struct.pack(">BHHHHH", 1, maximum, t1, t2, t3, reset))], syntax=JPEGLS
        )
    for kind in (2, 3, 4, 5, 13, 255):
        yield f"jpegls-lse-kind-{kind}", image(64, 64, 8, fragments=[jpegls(64, 64, presets=bytes([kind, 4]) + b"\xFF" * 60)], syntax=JPEGLS)
    for near in (1, 3, 127, 128, 255):
        yield f"jpegls-near-{near}", image(64, 64, 8, fragments=[jpegls(64, 64, near=near)], syntax=JPEGLS)
        yield f"jpegls-near-noise-{near}", image(
            64, 64, 8, fragments=[jpegls(64, 64, near=near, data=random.Random(near).randbytes(9000).replace(b"\xFF", b"\xFE"))], syntax=JPEGLS
        )
    for precision in (0, 1, 2, 12, 16, 17, 255):
        yield f"jpegls-precision-{precision}", image(64, 64, 16, fragments=[jpegls(64, 64, precision=precision)], syntax=JPEGLS)
    yield "jpegls-mapping", image(64, 64, 8, fragments=[jpegls(64, 64, mapping=1)], syntax=JPEGLS)
    for transform in (1, 2, 3, 9):
        yield f"jpegls-transform-{transform}", image(
            64, 64, 8, samples=3, photometric="RGB", fragments=[jpegls(64, 64, 3, interleave=2, transform=transform)], syntax=JPEGLS
        )
        yield f"jpegls-transform-big-{transform}", image(
            4096, 4096, 8, samples=3, photometric="RGB", fragments=[jpegls(4096, 4096, 3, interleave=1, transform=transform)], syntax=JPEGLS
        )
    yield "jpegls-zeros", image(64, 64, 8, fragments=[jpegls(64, 64, data=b"\0" * 1_000_000)], syntax=JPEGLS)


def j2k_frames():
    """JPEG 2000 and HTJ2K."""
    for ht, syntax, name in ((False, J2K, "j2k"), (True, HTJ2K, "htj2k")):
        for side in (1024, 4096, 8192, 11000, 16000, 30000):
            for components in (1, 3):
                if side * side * components > 1 << 30:
                    continue
                yield f"{name}-empty-{side}x{components}", image(
                    side,
                    side,
                    8,
                    samples=components,
                    photometric="RGB" if components == 3 else "MONOCHROME2",
                    fragments=[j2k(side, side, components=components, ht=ht)],
                    syntax=syntax,
                )
                yield f"{name}-empty16-{side}x{components}", image(
                    side,
                    side,
                    16,
                    samples=components,
                    photometric="RGB" if components == 3 else "MONOCHROME2",
                    fragments=[j2k(side, side, components=components, bits=16, ht=ht, mct=1 if components == 3 else 0)],
                    syntax=syntax,
                )
        for tile in (1, 2, 8, 16, 32, 64, 128):
            for side in (512, 2048, 8192):
                count = min((side // tile) ** 2, 65535)
                yield f"{name}-tiles-{tile}-{side}", image(
                    side, side, 8, fragments=[j2k(side, side, (tile, tile), tiles=min(count, 5000), ht=ht)], syntax=syntax
                )
                yield f"{name}-tiles-one-{tile}-{side}", image(
                    side, side, 8, fragments=[j2k(side, side, (tile, tile), tiles=1, ht=ht)], syntax=syntax
                )
        yield f"{name}-tile-4G", image(64, 64, 8, fragments=[j2k(64, 64, (0xFFFFFFFF, 0xFFFFFFFF), ht=ht)], syntax=syntax)
        yield f"{name}-tile-0", image(
            64, 64, 8, fragments=[j2k(64, 64, (0, 0), ht=ht).replace(struct.pack(">II", 64, 64) + b"\0" * 8, b"\0" * 16)], syntax=syntax
        )
        for components in (0, 2, 4, 255, 16384):
            yield f"{name}-components-{components}", image(64, 64, 8, fragments=[j2k(64, 64, components=components, ht=ht)], syntax=syntax)
            yield f"{name}-components-{components}-tagged", image(
                64, 64, 8, samples=components, fragments=[j2k(64, 64, components=components, ht=ht)], syntax=syntax
            )
        for layers in (0, 2, 1024, 1025, 65535):
            for side in (64, 2048, 8192):
                yield f"{name}-layers-{layers}-{side}", image(side, side, 8, fragments=[j2k(side, side, layers=layers, ht=ht)], syntax=syntax)
                yield f"{name}-layers-tiles-{layers}-{side}", image(
                    side,
                    side,
                    8,
                    fragments=[j2k(side, side, (side // 32, side // 32), layers=layers, ht=ht, tiles=1024, packets=b"\0" * 6)],
                    syntax=syntax,
                )
        for levels in (0, 1, 5, 12, 32, 33, 255):
            yield f"{name}-levels-{levels}", image(512, 512, 8, fragments=[j2k(512, 512, levels=levels, ht=ht)], syntax=syntax)
            yield f"{name}-levels-{levels}-8192", image(8192, 8192, 8, fragments=[j2k(8192, 8192, levels=levels, ht=ht)], syntax=syntax)
        for precinct in (0x00, 0x11, 0x22, 0x33, 0x44, 0x0F, 0xF0, 0xFF):
            for side in (64, 1024, 8192):
                yield f"{name}-precincts-{precinct:x}-{side}", image(
                    side, side, 8, fragments=[j2k(side, side, precincts=[precinct] * 6, ht=ht)], syntax=syntax
                )
                for progression in (1, 2, 3, 4, 7):
                    yield f"{name}-progression-{progression}-{precinct:x}-{side}", image(
                        side, side, 8, fragments=[j2k(side, side, precincts=[precinct] * 6, progression=progression, ht=ht, layers=16)], syntax=syntax
                    )
        for block in ((2, 2), (10, 2), (2, 10), (6, 6), (12, 12), (17, 2)):
            for side in (64, 4096, 8192):
                yield f"{name}-blocks-{block[0]}-{block[1]}-{side}", image(
                    side, side, 8, fragments=[j2k(side, side, block=block, ht=ht)], syntax=syntax
                )
        for bits in (1, 2, 16, 17, 31, 32, 38, 128):
            yield f"{name}-bits-{bits}", image(64, 64, 32 if bits > 16 else 16, fragments=[j2k(64, 64, bits=bits, ht=ht)], syntax=syntax)
        for steps in ((0, 0), (2, 2), (255, 255), (4, 1)):
            yield f"{name}-steps-{steps[0]}-{steps[1]}", image(64, 64, 8, fragments=[j2k(64, 64, steps=steps, ht=ht)], syntax=syntax)
        yield f"{name}-offset-4G", image(64, 64, 8, fragments=[j2k(64, 64, (0xFFFFFFFF, 0xFFFFFFFF), offset=0xFFFFFF00, ht=ht)], syntax=syntax)
        for seed in range(40):
            noise = random.Random(seed)
            side = noise.choice([16, 64, 512, 1024])
            yield f"{name}-noise-{seed}", image(
                side,
                side,
                8,
                fragments=[
                    j2k(
                        side,
                        side,
                        packets=noise.randbytes(noise.choice([20, 2000, 200_000])),
                        ht=ht,
                        layers=noise.choice([1, 5, 60]),
                        style=noise.choice([0, 0, 1, 4, 0x3F]),
                    )
                ],
                syntax=syntax,
            )
        yield f"{name}-tile-parts-60000", image(
            64,
            64,
            8,
            fragments=[j2k(64, 64, ht=ht)[:-2] + (struct.pack(">HHHIBB", 0xFF90, 10, 0, 14, 1, 0) + b"\xFF\x93") * 60_000 + b"\xFF\xD9"],
            syntax=syntax,
        )
        yield f"{name}-tile-part-length-0", image(
            64, 64, 8, fragments=[j2k(64, 64, ht=ht)[:-2] + struct.pack(">HHHIBB", 0xFF90, 10, 0, 0, 1, 0) + b"\xFF\x93" + b"\0" * 100], syntax=syntax
        )
        for code in (0xFF53, 0xFF55, 0xFF57, 0xFF58, 0xFF5E, 0xFF5F, 0xFF60, 0xFF61, 0xFF63, 0xFF64, 0xFF74, 0xFF78):
            body = j2k(64, 64, ht=ht)
            at = body.index(b"\xFF\x5C")
            yield f"{name}-marker-{code:x}", image(64, 64, 8, fragments=[body[:at] + marker(code, b"\0\1" + b"\xFF" * 40) + body[at:]], syntax=syntax)
            yield f"{name}-marker-{code:x}-many", image(
                64, 64, 8, fragments=[body[:at] + marker(code, b"\0" * 7) * 20_000 + body[at:]], syntax=syntax
            )
