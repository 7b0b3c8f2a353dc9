#!/usr/bin/env python3
"""Broken and hostile DICOM files through naructl, each in a process of its own: `image info`, `image render` of a frame, `image import`.

The answer is an image or one line "error: CODE: sentence" with a documented exit status, in 2 s of processor time and 512 MB in the
program and in its decoder. A code that says that the decoder died or answered nonsense is a finding, too.

  hostile_images.py --bin DIR                         a part of the files made here, some seconds (the default run)
  hostile_images.py --bin DIR --all                   all files made here, some minutes
  hostile_images.py --bin DIR --images DIR --seed N --count N [--keep DIR]
                                                      N broken versions of the DICOM files in a folder of yours; the same seed and
                                                      folder give the same files; those with a finding stay in --keep"""
import argparse
import collections
import json
import multiprocessing
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

CLEAR = {
    "NotDicom",
    "Truncated",
    "Malformed",
    "TooDeep",
    "TooLarge",
    "NoPixels",
    "BadGeometry",
    "UnsupportedSyntax",
    "UnsupportedColour",
    "Video",
    "FrameMissing",
    "PixelsTruncated",
    "CodecFailed",
    "NoPayload",
    "File",
    "DecoderTimeout",
}
Answer = collections.namedtuple("Answer", "status out err processor waited megabytes")


def run(command, env, patience):
    """One process: what it said, its processor time and the peak memory of the larger of it and its children."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        process = subprocess.Popen(command, env=env, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        timer = threading.Timer(patience, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        waited = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        return Answer(
            process.returncode,
            out.read(8 << 20),
            err.read(1 << 20).decode(errors="replace"),
            usage.ru_utime + usage.ru_stime,
            waited,
            usage.ru_maxrss / 1024,
        )


def common_faults(answer, factor, seconds=2, clear=frozenset(CLEAR)):
    """What no answer may be, whatever was asked."""
    found = []
    lines = answer.err.splitlines()
    errors = [line for line in lines if line.startswith("error: ")]
    if answer.status not in (0, 1, 5):
        found.append(f"exit {answer.status}")
    if answer.processor > seconds * factor:
        found.append(f"{answer.processor:.1f} s")
    if answer.megabytes > 512 * factor:
        found.append(f"{answer.megabytes:.0f} MB")
    if len(errors) != len(lines):
        found.append("says " + [line for line in lines if line not in errors][0][:100])
    for line in errors:
        parts = line.split(":", 2)
        if len(parts) < 3 or not parts[2].strip() or "%{" in line or parts[1].strip().split(".")[-1] not in clear:
            found.append(line[:120])
    if any("Hostile^File" in line for line in lines):
        found.append("the diagnostics name a patient")
    return found, errors


def faults_of_info(answer, factor):
    found, errors = common_faults(answer, factor)
    try:
        rows = json.loads(answer.out) if answer.out else None
        if answer.status == 0 and (not isinstance(rows, list) or len(rows) != 1):
            found.append("no answer in JSON")
    except ValueError:
        found.append("broken JSON")
    return found


def faults_of_render(answer, factor):
    found, errors = common_faults(answer, factor)
    if answer.status == 0 and not answer.out.startswith(b"\x89PNG"):
        found.append("no image and no error")
    if answer.status != 0 and len(errors) != 1:
        found.append(f"{len(errors)} error lines")
    return found


def produce(pipe, options, folder):
    """Writes one file at a time, in a process of its own: what it holds is not counted as memory of the programs."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
    import dicom_lies
    import dicom_mutations

    number = 0
    for name, data in cases(options, dicom_lies, dicom_mutations):
        safe = "".join(c if c.isalnum() or c in "-._" else "_" for c in name)[:100]
        path = pathlib.Path(folder) / f"{number}-{safe}"
        number += 1
        path.write_bytes(data)
        pipe.send((name, str(path)))
        pipe.recv()
    pipe.send(None)


def cases(options, lies, mutations):
    if options.images:
        seeds = mutations.seeds(options.images)
        if not seeds:
            raise SystemExit(f"no DICOM file in {options.images}")
        for number in range(options.count):
            rng = random.Random(options.seed * 1_000_003 + number)
            path = seeds[number % len(seeds)] if options.count >= len(seeds) else rng.choice(seeds)
            data, kind = mutations.mutate(path.read_bytes(), rng)
            yield f"{number}-{kind}-{path.name}", data
        return
    chosen = random.Random(options.seed)
    for name, data in lies.made(quickly=not options.all and not options.match):
        if options.match and options.match not in name:
            continue
        if options.all or options.match or chosen.random() < options.share and len(data) < 2_000_000:
            yield name, data


def strange_folder(root):
    """What a folder holds that is no file, beside one good image; and archives that lie."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
    import dicom_files
    import dicom_lies

    (root / "good.dcm").write_bytes(dicom_files.image())
    os.mkfifo(root / "pipe.dcm")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(root / "socket.dcm"))
    (root / "loop").symlink_to(root)
    (root / "dangling.dcm").symlink_to(root / "nowhere")
    (root / "device.dcm").symlink_to("/dev/zero")
    empty = root / "empty"
    empty.mkdir()
    for number in range(1000):
        (empty / f"{number}.dcm").touch()
    deep = root
    for _ in range(200):
        deep = deep / "d"
        deep.mkdir()
    (root / "DICOMDIR").write_bytes(dict(dicom_lies.made_directories())["dicomdir-escape"])
    with zipfile.ZipFile(root / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.dcm", "w", force_zip64=True) as entry:
            for _ in range(400):
                entry.write(b"\0" * (1 << 20))
    with zipfile.ZipFile(root / "escape.zip", "w") as archive:
        archive.writestr("../" * 12 + "tmp/naru-escaped.dcm", dicom_files.image())
        archive.writestr("/tmp/naru-escaped.dcm", dicom_files.image())
    with zipfile.ZipFile(root / "many.zip", "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number}", b"")
    (root / "cut.zip").write_bytes((root / "many.zip").read_bytes()[:50_000])
    (root / "rubbish.zip").write_bytes(b"PK\x03\x04" + random.Random(5).randbytes(100_000))
    return server


def faults_of_import(options, env, folder):
    """The folder, then each strange thing in it by its name. What is not named as DICOM is passed over; the one good image is kept."""
    root = folder / "strange"
    root.mkdir()
    server = strange_folder(root)
    outside = pathlib.Path("/tmp/naru-escaped.dcm")
    findings, largest = [], 0
    names = [".", "bomb.zip", "escape.zip", "many.zip", "cut.zip", "rubbish.zip", "pipe.dcm", "socket.dcm", "device.dcm", "dangling.dcm"]
    for name in names:
        answer = run([str(options.bin / "naructl"), "--json", "--data", str(folder / "profile"), "image", "import", str(root / name)], env, 120)
        largest = max(largest, answer.megabytes)
        found, errors = common_faults(answer, options.factor, 10, CLEAR | {"NoPath", "Io", "TooLarge", "NotZip", "BadZip", "NothingFound"})
        try:
            said = json.loads(answer.out)
            if name == "." and said.get("stored") != 1:
                found.append(f"{said.get('stored')} images stored instead of one")
        except ValueError:
            found.append("no answer in JSON")
        findings += [f"import {name}: {fault}" for fault in found]
    server.close()
    if outside.exists():
        findings.append("an archive wrote outside of the profile")
    return findings, len(names), largest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--factor", type=float, default=1, help="how much slower and larger this build may be")
    parser.add_argument("--images", type=pathlib.Path, help="a folder of DICOM files to be broken")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200, help="of broken versions")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--match", default="", help="only files made here whose name holds this")
    parser.add_argument("--share", type=float, default=0.02, help="of the files made here in the default run")
    parser.add_argument("--keep", type=pathlib.Path, help="where files with a finding stay")
    options = parser.parse_args()
    options.bin = options.bin.resolve()
    naructl = str(options.bin / "naructl")
    env = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "NARU_PASSPHRASE": "hostile-only",
        "NARU_SCRYPT_LOGN": "10",
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
    }
    failures, count, slowest, largest = [], 0, (0.0, ""), (0.0, "")
    answers = collections.Counter()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="naru-hostile-") as name:
        folder = pathlib.Path(name)
        env["HOME"] = name
        ours, theirs = context.Pipe()
        producer = context.Process(target=produce, args=(theirs, options, name))
        producer.start()
        theirs.close()
        while (made := ours.recv()) is not None:
            what, path = made
            info = run([naructl, "--json", "image", "info", path], env, 60)
            render = run([naructl, "image", "render", path, "-o", "-"], env, 60)
            found = [f"info {what}: {fault}" for fault in faults_of_info(info, options.factor)]
            found += [f"render {what}: {fault}" for fault in faults_of_render(render, options.factor)]
            count += 2
            answers["image" if render.status == 0 else render.err.split(":")[1].strip() if ":" in render.err else "nothing"] += 1
            for answer in (info, render):
                slowest = max(slowest, (answer.processor, what))
                largest = max(largest, (answer.megabytes, what))
            if found and options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, options.keep)
            for fault in found:
                print("!", fault, flush=True)
            failures += found
            pathlib.Path(path).unlink()
            ours.send(True)
        producer.join()
        if not options.images and not options.match:
            found, runs, megabytes = faults_of_import(options, env, folder)
            count += runs
            largest = max(largest, (megabytes, "import"))
            for fault in found:
                print("!", fault)
            failures += found
    print(", ".join(f"{code} {number}" for code, number in answers.most_common()))
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}), largest {largest[0]:.0f} MB ({largest[1]})")
    print(f"{count} runs, {len(failures)} findings")
    return 1 if failures or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
