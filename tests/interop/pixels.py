#!/usr/bin/env python3
"""Every DICOM file below a folder: what naructl decodes beside pydicom, DCMTK and GDCM, sample by sample.

  pixels.py FOLDER --bin BIN [--list FILE]      BIN: folder with naructl
  NARU_DICOM_SETS=FOLDER[:FOLDER...] pixels.py --bin BIN

Lossless syntaxes must be equal, lossy ones within one grey level, wherever the oracles agree among themselves; where they
do not, ours must equal one of them and the file is named. A file may be refused when no oracle reads it. Whatever the file,
naructl answers within the time and memory of its limits. pydicom reads JPEG and JPEG 2000 with the packages pylibjpeg,
pylibjpeg-libjpeg, pylibjpeg-openjpeg and pyjpegls; an oracle that is missing is left out, none at all skips the script."""
import argparse
import io
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

SECONDS, MEGABYTES = 2.0, 512  # of one frame: processor time, since other programs run as well
WALL = 4 * SECONDS + 2  # then a frame counts as hanging on any machine
LOSSY = {"1.2.840.10008.1.2.4." + n for n in ("50", "51", "53", "55", "81", "91", "203")}
# Oracles that need more than this are no oracle for the file.
PATIENCE = 60


class Reader:
    """One oracle: frames(path, numbers) gives {number: array} of RGB or grey samples."""

    def __init__(self, name, argv):
        self.name, self.argv = name, argv

    def frames(self, path, numbers, folder):
        """None: it does not read this file."""
        import numpy
        out = folder / self.name
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        try:
            done = subprocess.run([*self.argv, str(path), str(out), ",".join(map(str, numbers))], capture_output=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return {}
        if done.returncode != 0:
            return {}
        return {int(each.stem): numpy.load(each) for each in out.glob("*.npy")}


def plain(dataset, index):
    """Grey or RGB samples of a frame of a pydicom data set; what lies beside the stored bits is taken away."""
    from pydicom.pixels import pixel_array
    if int(dataset.get("SamplesPerPixel", 1) or 1) == 3:
        return pixel_array(dataset, index=index)  # YBR becomes RGB
    told = pixel_array(dataset, index=index, raw=True)
    allocated, stored = int(dataset.get("BitsAllocated", 0)), int(dataset.get("BitsStored", 0))
    if told.dtype.kind in "iu" and 0 < stored < allocated:
        low = 0 if dataset.file_meta.TransferSyntaxUID.is_compressed else max(0, int(dataset.get("HighBit", stored - 1)) + 1 - stored)
        above = told.dtype.itemsize * 8 - stored - low
        if above >= 0:
            told = (told << above) >> (above + low)
    return told


def oracle(argv):
    """The child process of an oracle: NAME PATH FOLDER NUMBERS."""
    import numpy
    import pydicom
    name, path, folder, numbers = argv[0], argv[1], pathlib.Path(argv[2]), argv[3].split(",")
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
    source = path
    if name == "dcmtk":
        source = str(folder / "raw")
        syntax = str(pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)
        family = syntax.rsplit(".", 1)[-1]
        program = "dcmdrle" if syntax == "1.2.840.10008.1.2.5" else "dcmdjpls" if family in ("80", "81") and ".4." in syntax \
            else "dcmdjpeg" if ".1.2.4." in syntax else "dcmconv"
        subprocess.run([program, *(["+te"] if program == "dcmconv" else []), path, source], check=True, capture_output=True, timeout=PATIENCE)
    elif name == "gdcm":
        source = str(folder / "raw")
        subprocess.run(["gdcmconv", "--raw", path, source], check=True, capture_output=True, timeout=PATIENCE)
    dataset = pydicom.dcmread(source, force=True)
    if name != "pydicom" and dataset.file_meta.TransferSyntaxUID.is_compressed:
        return 1
    for number in numbers:
        try:
            numpy.save(folder / f"{number}.npy", plain(dataset, int(number) - 1))
        except Exception as error:  # an oracle that cannot is no finding
            print(error, file=sys.stderr)
    if source != path:
        os.remove(source)
    return 0


def same(ours, theirs):
    """Greatest difference; None when they cannot be compared."""
    import numpy
    if theirs.size != ours.size:
        return None
    theirs = theirs.reshape(ours.shape)
    if ours.dtype.kind == "f" or theirs.dtype.kind == "f":
        return 0.0 if numpy.array_equal(ours, theirs, equal_nan=True) else float(numpy.nanmax(numpy.abs(ours - theirs)))
    return int(numpy.abs(ours.astype(numpy.int64) - theirs.astype(numpy.int64)).max(initial=0))


class Naructl:
    def __init__(self, bin_folder):
        self.program = str(pathlib.Path(bin_folder) / "naructl")
        self.slowest = self.largest = 0

    def run(self, *words):
        """(exit status, standard output, message, seconds, megabytes)"""
        begin = time.monotonic()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([self.program, *words], stdout=out, stderr=err, env=dict(os.environ, LC_ALL="C.UTF-8"))
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0), err.seek(0)
            seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
            if time.monotonic() - begin > WALL:
                seconds = time.monotonic() - begin
            self.slowest, self.largest = max(self.slowest, seconds), max(self.largest, megabytes)
            return process.returncode, out.read(), err.read().decode(errors="replace").strip(), seconds, megabytes


def frames_of(count):
    return sorted({1, count // 2 + 1, count}) if count > 0 else []


def check(naructl, readers, path, folder):
    """(outcome, what was seen); outcome: pass FAIL note other"""
    import numpy
    status, out, message, seconds, megabytes = naructl.run("image", "info", str(path), "--json")
    if status not in (0, 1, 2, 3, 4, 5, 6):
        return "FAIL", f"info ended with {status}: {message}"
    try:
        told = json.loads(out)
        facts = (told if isinstance(told, list) else [told])[0]
    except (ValueError, IndexError):
        return ("other", message) if status else ("FAIL", "info gave no JSON")
    if seconds > SECONDS or megabytes > MEGABYTES:
        return "FAIL", f"info took {seconds:.1f} s, {megabytes:.0f} MB"
    frames, decodable = int(facts.get("frames") or 0), bool(facts.get("decodable"))
    numbers = frames_of(frames) if decodable else [1]
    theirs = {reader.name: reader.frames(path, numbers, folder) for reader in readers}
    if not decodable:
        # Alone, GDCM fills what is missing with nothing.
        able = [name for name, arrays in theirs.items() if arrays and (name != "gdcm" or len(readers) == 1)]
        why = facts.get("whyNot") or facts.get("error") or message
        return ("FAIL" if able else "other"), f"refused ({why}), read by {', '.join(able) or 'no oracle'}"
    lossy = facts.get("transferSyntax") in LOSSY
    seen, outcome = [], "pass"
    for number in numbers:
        status, out, message, seconds, megabytes = naructl.run("image", "render", str(path), "--stored", "--frame", str(number))
        if seconds > SECONDS or megabytes > MEGABYTES:
            return "FAIL", f"frame {number} took {seconds:.1f} s, {megabytes:.0f} MB"
        arrays = {name: found[number] for name, found in theirs.items() if number in found}
        if status != 0:
            outcome = "FAIL" if arrays or status not in (1, 2, 3, 4, 5, 6) else "note" if outcome == "pass" else outcome
            seen.append(f"frame {number}: {message or status}; read by {', '.join(arrays) or 'no oracle'}")
            continue
        ours = numpy.load(io.BytesIO(out))
        away = {name: same(ours, array) for name, array in arrays.items()}
        bound = 1 if lossy or ours.ndim == 3 and "YBR" in str(facts.get("photometric")) else 0
        good = [name for name, distance in away.items() if distance is not None and distance <= bound]
        if len(good) < len(away):
            outcome = "FAIL" if not good else "note" if outcome == "pass" else outcome
            seen.append(f"frame {number}: " + ", ".join(f"{name} {'size' if d is None else d}" for name, d in away.items()))
        elif not away:
            outcome = "other" if outcome == "pass" else outcome
            seen.append(f"frame {number}: no oracle")
    return outcome, "; ".join(seen)


def oracles():
    try:
        import numpy  # noqa: F401
        import pydicom
        if int(pydicom.__version__.split(".")[0]) < 3:
            return [], "pydicom 3 or newer"
    except ImportError as missing:
        return [], f"{missing.name} (python3 -m pip install pydicom numpy)"
    here = [sys.executable, __file__, "--oracle"]
    readers = [Reader("pydicom", [*here, "pydicom"])]
    if shutil.which("dcmdjpeg"):
        readers.append(Reader("dcmtk", [*here, "dcmtk"]))
    if shutil.which("gdcmconv"):
        readers.append(Reader("gdcm", [*here, "gdcm"]))
    return readers, ""


def main():
    if sys.argv[1:2] == ["--oracle"]:
        return oracle(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", default=[f for f in os.environ.get("NARU_DICOM_SETS", "").split(":") if f])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--list", help="one line a file: outcome, path, what was seen")
    options = parser.parse_args()
    if not options.folders:
        print("skip  pixels: no folder of DICOM files (NARU_DICOM_SETS)")
        return 0
    readers, missing = oracles()
    if not readers:
        print(f"skip  pixels: {missing} is missing")
        return 0
    naructl, counts, listed = Naructl(options.bin), {}, []
    with tempfile.TemporaryDirectory() as scratch:
        for folder in options.folders:
            for path in sorted(each for each in pathlib.Path(folder).rglob("*") if each.is_file()):
                outcome, seen = check(naructl, readers, path, pathlib.Path(scratch))
                counts[outcome] = counts.get(outcome, 0) + 1
                listed.append(f"{outcome}\t{path}\t{seen}")
                if outcome == "FAIL":
                    print(f"FAIL  pixels {path}: {seen}", flush=True)
                elif outcome == "note":
                    print(f"note  pixels {path}: oracles differ: {seen}", flush=True)
    if options.list:
        pathlib.Path(options.list).write_text("\n".join(listed) + "\n")
    good = counts.get("pass", 0) + counts.get("note", 0)
    print(f"pass  pixels: {good} files equal to {', '.join(reader.name for reader in readers)} ({counts.get('note', 0)} where these differ), "
          f"{counts.get('other', 0)} without pixels for an oracle; slowest {naructl.slowest:.2f} s of processor time, largest {naructl.largest:.0f} MB")
    return 1 if counts.get("FAIL") else 0


if __name__ == "__main__":
    sys.exit(main())
