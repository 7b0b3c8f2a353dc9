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


XML = ("org.openehealth.ipf.commons", "ipf-commons-xml", "5.1.0")
SAXON = (("net.sf.saxon", "Saxon-HE", "12.8"), ("org.xmlresolver", "xmlresolver", "5.3.3"))


def maven(*arguments):
    need_program("mvn", "java")
    try:
        done = subprocess.run(["mvn", "-q", "-B", "-ntp", "-Dstyle.color=never", *map(str, arguments)], capture_output=True, text=True, timeout=540)
    except subprocess.TimeoutExpired:
        raise Skip("Maven Central did not answer in time") from None
    if done.returncode != 0:
        said = next((line for line in (done.stdout + done.stderr).splitlines() if "[ERROR]" in line), "no message")
        raise Skip(f"Maven Central is not reachable or does not have it: {said[:300]}")


def stored(cache, coordinates):
    """The jar, in the cache; fetched when it is not there."""
    group, name, version = coordinates
    path = cache / "jars" / f"{name}-{version}.jar"
    if not path.exists():
        maven("dependency:copy", f"-Dartifact={group}:{name}:{version}", f"-DoutputDirectory={path.parent}")
    if not path.exists():
        raise Skip(f"Maven did not deliver {path.name}")
    return path


def schematron(cache, coordinates, main):
    """A Schematron 1.5 or ISO schema of a jar, compiled to a style sheet with its phase "errors"; (java command, style sheet)."""
    command = ["java", "-cp", ":".join(str(stored(cache, one)) for one in SAXON), "net.sf.saxon.Transform"]
    compiled = cache / f"{pathlib.Path(main).stem}.xsl"
    if compiled.exists():
        return command, compiled
    steps = unpacked(cache, XML, ("schematron/",)) / "schematron"
    source = unpacked(cache, coordinates, ("schematron/", "schema/")) / main
    if not source.exists():
        raise Skip(f"{main} is not in the jar")
    work = cache / "schematron"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(source.parent, work)
    for file in work.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes().replace(b"http://www.ascc.net/xml/schematron", b"http://purl.oclc.org/dsdl/schematron"))
    before = work / source.name
    for number, step in enumerate(("iso_dsdl_include", "iso_abstract_expand", "iso_svrl_for_xslt2")):
        after = work / f"step{number}.xsl"
        subprocess.run([*command, f"-s:{before}", f"-xsl:{steps / step}.xsl", f"-o:{after}", "phase=errors"], check=True, capture_output=True)
        before = after
    before.rename(compiled)
    return command, compiled


def unpacked(cache, coordinates, folders=("",)):
    """The jar's files whose paths begin with one of `folders`, in a folder of the cache."""
    _, name, version = coordinates
    # Which folders were asked for is part of the name: another caller may want others of the same jar.
    target = cache / "-".join([name, version, *(one.strip("/") for one in folders if one)])
    if target.exists():
        return target
    jar = stored(cache, coordinates)
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
