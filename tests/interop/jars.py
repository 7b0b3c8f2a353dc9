"""Schemas and peers from Maven Central, kept under the cache folder. Nothing of them is part of the project.

Skips with a plain message when Maven is missing or Central cannot be reached."""
import pathlib
import shutil
import subprocess
import zipfile

from peers import Skip, need_program

HERE = pathlib.Path(__file__).resolve().parent
# What lies on Central is not complete for every version; these were found there.
CDA = ("org.openehealth.ipf.modules", "ipf-modules-cda-core", "3.6.3")
HL7V3 = ("org.openehealth.ipf.commons", "ipf-commons-ihe-hl7v3", "5.0.0")
XDS = ("org.openehealth.ipf.commons", "ipf-commons-ihe-xds", "5.1.0")
AUDIT = ("org.openehealth.ipf.commons", "ipf-commons-audit", "5.1.0")


def maven(*arguments):
    need_program("mvn", "java")
    try:
        done = subprocess.run(["mvn", "-q", "-B", "-ntp", *map(str, arguments)], capture_output=True, text=True, timeout=540)
    except subprocess.TimeoutExpired:
        raise Skip("Maven Central did not answer in time") from None
    if done.returncode != 0:
        said = next((line for line in (done.stdout + done.stderr).splitlines() if "[ERROR]" in line), "no message")
        raise Skip(f"Maven Central is not reachable or does not have it: {said[:300]}")


def unpacked(cache, coordinates, folders=("",)):
    """The jar's files whose paths begin with one of `folders`, in a folder of the cache."""
    group, name, version = coordinates
    target = cache / f"{name}-{version}"
    if target.exists():
        return target
    maven("dependency:get", "-Dtransitive=false", f"-Dartifact={group}:{name}:{version}")
    jar = pathlib.Path.home() / ".m2/repository" / group.replace(".", "/") / name / version / f"{name}-{version}.jar"
    if not jar.exists():
        raise Skip(f"{jar.name} is not in the local Maven repository {jar.parent}")
    new = target.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    with zipfile.ZipFile(jar) as archive:
        archive.extractall(new, [one for one in archive.namelist() if one.startswith(tuple(folders)) and not one.endswith(".class")])
    new.rename(target)
    return target


def peer_library(cache):
    """The jars of peer/pom.xml, in a folder of the cache."""
    wanted = (HERE / "peer/pom.xml").read_bytes()
    library, stamp = cache / "lib", cache / "lib/pom.xml"
    if stamp.exists() and stamp.read_bytes() == wanted:
        return library
    shutil.rmtree(library, ignore_errors=True)
    maven("-f", HERE / "peer/pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={library}")
    stamp.write_bytes(wanted)
    return library
