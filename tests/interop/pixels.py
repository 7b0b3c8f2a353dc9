#!/usr/bin/env python3
"""Every DICOM file below folders and in their ZIP archives: what naructl decodes beside pydicom, DCMTK and GDCM, sample by sample.

  pixels.py FOLDER... --bin BIN [--list FILE] [--jobs N] [--most N]      BIN: folder with naructl
  NARU_DICOM_SETS=FOLDER[:FOLDER...] pixels.py --bin BIN

Each distinct file falls into one class:
  equal      first, middle and last frame are those of every oracle that reads it, bit for bit
  within1    the same within one grey level: lossy syntaxes, and colour that is converted to RGB
  disputed   the oracles differ among themselves and ours equals one of them, or refuses with a reason what one alone reads
  unjudged   decoded, and no oracle reads it
  refused    not decoded, with the reason given, and no oracle reads it either
  nopixels   a DICOM object without an image (reports, structures, directories, commands)
  nodicom    not a DICOM file; not counted as distinct
  FAIL       anything else: oracles agree against ours, ours refuses what one of them reads, no reason, a crash, too much time or memory
Oracles run in processes of their own; one that is missing is left out, none at all skips the script. pydicom reads JPEG and
JPEG 2000 with the packages pylibjpeg, pylibjpeg-libjpeg, pylibjpeg-openjpeg and pyjpegls."""
import argparse
import hashlib
import io
import json
import multiprocessing
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

SECONDS, MEGABYTES = 2.0, 512  # of one frame: processor time, since other programs run as well
WALL = 4 * SECONDS + 2  # then a frame counts as hanging on any machine
MEGAPIXEL_SECONDS = 0.5  # a frame of many megapixels may take longer than SECONDS
LOSSY = {"1.2.840.10008.1.2.4." + n for n in ("50", "51", "53", "55", "81", "91", "203")}
PATIENCE = 60  # seconds; oracles that need more are no oracle for the file
CLASSES = ("equal", "within1", "disputed", "unjudged", "refused", "nopixels", "nodicom", "FAIL")
MOST_UNPACKED = 1 << 30
TOOLS = {"dcmtk": "dcmdjpeg", "gdcm": "gdcmconv"}


# The oracles, each in a child of its own

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


def uncompressed(name, path, raw):
    """The file as DCMTK or GDCM decompresses it."""
    if name == "gdcm":
        words = ["gdcmconv", "--raw", path, raw]
    else:
        import pydicom
        syntax = str(pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)
        family = syntax.rsplit(".", 1)[-1]
        program = "dcmdrle" if syntax == "1.2.840.10008.1.2.5" else "dcmdjpls" if family in ("80", "81") and ".4." in syntax \
            else "dcmdjpeg" if ".1.2.4." in syntax else "dcmconv"
        words = [program, *(["+te"] if program == "dcmconv" else []), path, raw]
    subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE)


def ask(name, path, folder, numbers):
    """In the child: FOLDER/NUMBER.npy for every frame that the oracle reads."""
    import numpy
    import pydicom
    source = str(path)
    meta = pydicom.dcmread(source, stop_before_pixels=True, force=True).file_meta
    compressed = "TransferSyntaxUID" in meta and meta.TransferSyntaxUID.is_compressed  # some have no meta header
    if name != "pydicom":
        source = str(folder / "raw")
        uncompressed(name, str(path), source)
    dataset = pydicom.dcmread(source, force=True)
    if name != "pydicom" and dataset.file_meta.TransferSyntaxUID.is_compressed:
        return
    for number in numbers:
        try:
            numpy.save(folder / f"{number}.npy", plain(dataset, number - 1))
            if name != "pydicom" and compressed and dataset.SamplesPerPixel == 1 and dataset.BitsAllocated == 16:
                whole = numpy.frombuffer(dataset.PixelData, "<i2" if dataset.PixelRepresentation else "<u2")
                size = dataset.Rows * dataset.Columns
                numpy.save(folder / f"{number}.whole.npy", whole[(number - 1) * size:number * size])
        except Exception:  # an oracle that cannot is no finding
            pass


def frames(name, path, numbers, scratch):
    """{number: [array, ...]} of what an oracle reads, with and without what a lossy stream has beyond the stored bits.

    Asked in a forked child: the packages are loaded once, and may crash."""
    import numpy
    folder = scratch / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    child = os.fork()
    if child == 0:
        os.setsid()
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 1), os.dup2(null, 2)
            ask(name, path, folder, numbers)
            status = 0
        finally:
            os._exit(status)
    end, wait = time.monotonic() + PATIENCE, 0.002
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(wait)
        wait = min(0.05, wait * 1.5)
        if time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            break
    found = {}
    for each in sorted(folder.glob("*.npy")):
        try:
            found.setdefault(int(each.name.split(".")[0]), []).append(numpy.load(each))
        except ValueError:  # killed while it wrote
            pass
    return found


def oracles():
    """Names, and what is missing when there is none."""
    try:
        import numpy  # noqa: F401
        import pydicom
        import pydicom.pixels
        if int(pydicom.__version__.split(".")[0]) < 3:
            return [], "pydicom 3 or newer"
    except ImportError as missing:
        return [], f"{missing.name} (python3 -m pip install pydicom numpy)"
    for package in ("openjpeg", "libjpeg", "jpeg_ls"):
        try:
            __import__(package)
        except ImportError:
            pass
    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
    return ["pydicom", *(name for name, tool in TOOLS.items() if shutil.which(tool))], ""


# Ours

# A process counts with the memory of whoever forked it, which here would be that of numpy.
LAUNCH = """import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
os.write(int(sys.argv[1]), b"%d %f %f" % (os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))"""


def naructl(program, *words):
    """(exit status, standard output, message, seconds, megabytes)"""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as told:
        number = told.fileno()
        subprocess.run([sys.executable, "-ISc", LAUNCH, str(number), program, *words], stdout=out, stderr=err,
                       env=dict(os.environ, LC_ALL="C.UTF-8"), pass_fds=[number], check=True)
        out.seek(0), err.seek(0), told.seek(0)
        status, seconds, megabytes = told.read().split()
        wall = time.monotonic() - begin
        taken = wall if wall > WALL else float(seconds)
        return int(status), out.read(), err.read().decode(errors="replace").strip(), taken, float(megabytes)


def distance(ours, theirs):
    """Greatest difference; None when they cannot be compared."""
    import numpy
    if isinstance(theirs, list):
        return min((each for each in (distance(ours, array) for array in theirs) if each is not None), default=None)
    if theirs.size != ours.size:
        return None
    theirs = theirs.reshape(ours.shape)
    if ours.dtype.kind == "f" or theirs.dtype.kind == "f":
        return 0.0 if numpy.array_equal(ours, theirs, equal_nan=True) else float(numpy.nanmax(numpy.abs(ours - theirs)))
    return int(numpy.abs(ours.astype(numpy.int64) - theirs.astype(numpy.int64)).max(initial=0))


def within(value, bound):
    return value is not None and value <= bound


class File:
    """One file under examination."""

    def __init__(self, path, program, names, scratch):
        self.path, self.program, self.names, self.scratch = path, program, names, scratch
        self.seconds = self.megabytes = 0.0
        self.seen = []

    def ours(self, *words):
        status, out, message, seconds, megabytes = naructl(self.program, *words)
        self.seconds, self.megabytes = max(self.seconds, seconds), max(self.megabytes, megabytes)
        return status, out, message, seconds

    def judge(self):
        """Its class; what was seen is in `seen`."""
        status, out, message, seconds = self.ours("image", "info", str(self.path), "--json")
        try:
            told = json.loads(out)
            facts = (told if isinstance(told, list) else [told])[0]
        except (ValueError, IndexError):
            self.seen.append(f"info ended with {status}: {message}")
            return "nodicom" if status in (1, 2, 3, 4, 5, 6) and message else "FAIL"
        if seconds > SECONDS or self.megabytes > MEGABYTES:
            self.seen.append(f"info took {seconds:.1f} s, {self.megabytes:.0f} MB")
            return "FAIL"
        self.syntax, self.photometric = str(facts.get("transferSyntax")), str(facts.get("photometric"))
        if not facts.get("decodable"):
            return self.judge_refusal(facts, message)
        return self.judge_frames(facts)

    def judge_refusal(self, facts, message):
        why = facts.get("whyNot") or facts.get("error") or message
        able = [name for name in self.names if frames(name, self.path, [1], self.scratch)]
        self.seen.append(f"{why}" + (f", read by {', '.join(able)}" if able else ""))
        if not why or (able and able != ["gdcm"]) or (able and self.names == ["gdcm"]):
            return "FAIL"  # GDCM alone fills what is missing with nothing
        if "notDicom" in str(why) or "NotDicom" in str(why):
            return "nodicom"
        return "nopixels" if str(why) == "imaging.NoPixels" and not able else "refused"

    def judge_frames(self, facts):
        count = int(facts.get("frames") or 0)
        numbers = sorted({1, count // 2 + 1, count})
        theirs = {name: frames(name, self.path, numbers, self.scratch) for name in self.names}
        pixels = int(facts.get("rows") or 0) * int(facts.get("columns") or 0)
        allowed = max(SECONDS, MEGAPIXEL_SECONDS * pixels / 1e6)
        worst = "equal"
        for number in numbers:
            each = self.judge_frame(number, {name: found[number] for name, found in theirs.items() if number in found}, allowed)
            worst = max(worst, each, key=("equal", "within1", "unjudged", "disputed", "refused", "FAIL").index)
        return worst

    def judge_frame(self, number, arrays, allowed):
        import numpy
        status, out, message, seconds = self.ours("image", "render", str(self.path), "--stored", "--frame", str(number))
        if seconds > allowed or self.megabytes > MEGABYTES:
            self.seen.append(f"frame {number} took {seconds:.1f} s, {self.megabytes:.0f} MB")
            return "FAIL"
        if status != 0:
            self.seen.append(f"frame {number}: {message or status}; read by {', '.join(arrays) or 'no oracle'}")
            if not message or status not in (1, 2, 3, 4, 5, 6) or len(arrays) > 1 or len(arrays) == len(self.names):
                return "FAIL"
            return "disputed" if arrays else "refused"
        ours = numpy.load(io.BytesIO(out))
        away = {name: distance(ours, array) for name, array in arrays.items()}
        bound = 1 if self.syntax in LOSSY or ours.ndim == 3 and "YBR" in self.photometric else 0
        if all(within(each, bound) for each in away.values()):
            if not away:
                self.seen.append(f"frame {number}: no oracle")
                return "unjudged"
            return "within1" if any(away.values()) else "equal"
        self.seen.append(f"frame {number}: " + ", ".join(f"{name} {'size' if d is None else d}" for name, d in away.items()))
        return "disputed" if any(within(each, bound) for each in away.values()) else "FAIL"


def examine(work):
    path, shown, program, names = work
    with tempfile.TemporaryDirectory() as scratch:
        file = File(path, program, names, pathlib.Path(scratch))
        try:
            outcome = file.judge()
        except Exception as error:  # a fault of this script must not hide a file
            outcome = "FAIL"
            file.seen.append(f"{type(error).__name__}: {error}")
        return outcome, shown, getattr(file, "syntax", ""), "; ".join(file.seen), file.seconds, file.megabytes


# Files

def unpacked(path, scratch):
    """Members of a ZIP archive, one after the other: (path, name)."""
    with zipfile.ZipFile(path) as archive:
        folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        total = 0
        for number, member in enumerate(archive.infolist()):
            total += member.file_size
            if member.is_dir() or total > MOST_UNPACKED:
                continue
            target = folder / str(number)
            target.write_bytes(archive.read(member))
            yield target, f"{path}!{member.filename}"


def distinct(folders, scratch, most, found):
    """(path, name) of files with bytes of their own; `found` counts them all. At most `most` from a folder that holds files."""
    known = set()
    for folder in folders:
        taken = {}
        for path in sorted(each for each in pathlib.Path(folder).rglob("*") if each.is_file() and each.stat().st_size > 0):
            try:
                members = list(unpacked(path, scratch)) if zipfile.is_zipfile(path) else [(path, str(path))]
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
                members = [(path, str(path))]
            for each, name in members:
                found.append(name)
                digest = hashlib.sha256(each.read_bytes()).digest()
                home = name.rsplit("/", 1)[0]
                if digest in known or (most and taken.get(home, 0) >= most):
                    continue
                known.add(digest)
                taken[home] = taken.get(home, 0) + 1
                yield each, name


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", default=[f for f in os.environ.get("NARU_DICOM_SETS", "").split(":") if f])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--list", help="one line a file: class, path, transfer syntax, what was seen")
    parser.add_argument("--jobs", type=int, default=2, help="files at the same time")
    parser.add_argument("--most", type=int, default=0, help="files of one folder, for long series (0: all)")
    options = parser.parse_args()
    if not options.folders:
        print("skip  pixels: no folder of DICOM files (NARU_DICOM_SETS)")
        return 0
    names, missing = oracles()
    if not names:
        print(f"skip  pixels: {missing} is missing")
        return 0
    program = str(pathlib.Path(options.bin) / "naructl")
    rows, found = [], []
    with tempfile.TemporaryDirectory() as scratch, multiprocessing.get_context("fork").Pool(max(1, options.jobs)) as pool:
        work = [(path, name, program, names) for path, name in distinct(options.folders, scratch, options.most, found)]
        for row in pool.imap(examine, work):
            rows.append(row)
            if row[0] in ("FAIL", "disputed"):
                print(f"{row[0]:<8}  pixels {row[1]} ({row[2]}): {row[3]}", flush=True)
    if options.list:
        pathlib.Path(options.list).write_text("".join("\t".join(row[:4]) + "\n" for row in rows))
    return report(rows, found, names)


def report(rows, found, names):
    counts = {name: sum(row[0] == name for row in rows) for name in CLASSES}
    reasons = {}
    for row in rows:
        if row[0] == "refused":
            reasons.setdefault(row[3], []).append(row[1])
    for why, which in sorted(reasons.items(), key=lambda each: -len(each[1])):
        print(f"refused   {len(which)} x {why} (such as {which[0]})")
    slowest, largest = max((row[4] for row in rows), default=0), max((row[5] for row in rows), default=0)
    print(f"pixels: {len(found)} files, {len(rows) - counts['nodicom']} distinct DICOM: {counts['equal']} equal to {', '.join(names)}, "
          f"{counts['within1']} within one grey level, {counts['disputed']} disputed among these, {counts['unjudged']} unjudged, "
          f"{counts['refused']} refused with a reason, {counts['nopixels']} without an image, {counts['FAIL']} failed; "
          f"slowest {slowest:.2f} s of processor time, largest {largest:.0f} MB")
    if not counts["FAIL"]:
        print("pass  pixels")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
