#!/usr/bin/env python3
"""Terms in the terminal: a classification is taken over, searched, shown and mapped; a second release retires a code; broken
masters, a killed import and an interrupted one leave what was in service; lookups need no passphrase, changes to a profile do."""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

from clinic import ROOT, Answer, check

MASTERS = ROOT / "tests/data/terms/masters"
CAPTIONS = "상병기호,한글명,영문명,완전코드구분,주상병사용구분,법정감염병구분,성별구분,상한연령,하한연령,양·한방구분\n"


class Terms:
    def __init__(self, bin_folder, data):
        self.bin, self.data = pathlib.Path(bin_folder), pathlib.Path(data)
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("NARU_PASSPHRASE")}
        self.env.update(LC_ALL="C.UTF-8", NARU_SCRYPT_LOGN="10")

    def command(self, *words, plain=False):
        return [str(self.bin / "naructl"), "--data", str(self.data), *([] if plain else ["--json"]), "terms", *map(str, words)]

    def run(self, *words, expect=None, plain=False, passphrase=None):
        env = dict(self.env, **({"NARU_PASSPHRASE": passphrase} if passphrase else {}))
        answer = Answer(subprocess.run(self.command(*words, plain=plain), env=env, capture_output=True, timeout=120,
                                       stdin=subprocess.DEVNULL))
        if expect is not None:
            check(answer.status == expect, f"terms {' '.join(map(str, words))}: exit {answer.status}, expected {expect}: "
                                           f"{answer.diagnostics[-300:]}{answer.text[-300:]}")
        return answer

    def codes(self, *words):
        answer = self.run("search", *words)
        return [row["code"] for row in answer.json] if answer.status == 0 else []

    def releases(self):
        return self.run("stats", expect=0).json["releases"]


def row(code, korean, complete="완전코드"):
    return f"{code},{korean},Made up,{complete},가능,,,,,양방\n"


def write(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def workbook(path, rows):
    """A workbook of one sheet with inline strings, as a program other than a spreadsheet may write it."""
    def cell(column, line, text):
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{chr(65 + column)}{line}" t="inlineStr"><is><t>{text}</t></is></c>'
    lines = "".join(f'<row r="{n}">{"".join(cell(i, n, text) for i, text in enumerate(values) if text)}</row>'
                    for n, values in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
                      'ContentType="application/xml"/><Default Extension="rels" '
                      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>')
        book.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                      f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="V7.0" sheetId="1" '
                      'r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                      f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        book.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>')
    return path


def starter(terms):
    """Before anything is taken over: useful on day one, and nothing is written by looking."""
    hits = terms.run("search", "당뇨", "--limit", "3", expect=0).json
    check(len(hits) == 3 and {"system", "code", "ko", "en", "matched", "score"} <= set(hits[0]), f"shape of a hit: {hits[:1]}")
    check(hits[0]["score"] >= hits[1]["score"] >= hits[2]["score"], "not best first")
    check(all(hit["matched"] for hit in hits), "a hit does not say what matched")
    check(not terms.data.exists(), "looking something up wrote to the folder")
    terms.data.mkdir()  # in a folder that is there the program keeps the indexes of its own tables
    check("E119" in terms.codes("ekdsy", "--system", "kcd"), "the other keyboard mode")
    check(terms.run("show", "E11.9", "--system", "kcd", expect=0).json["code"] == "E119", "the dot")
    check(not terms.releases(), "a release that nobody took over")


def usage(terms, folder):
    terms.run("search", expect=2)
    terms.run("search", "당뇨", "--system", "nix", expect=2)
    terms.run("search", "당뇨", "--limit", "0", expect=2)
    terms.run("import", "--system", "kcd", expect=2)
    terms.run("map", "E119", "--from", "kcd", expect=2)
    terms.run("search", "뷁뷁뷁뷁", expect=1)
    terms.run("show", "Q99999", expect=1)
    missing = terms.run("import", "--system", "kcd", folder / "not there.csv")
    check(missing.status not in (0, 2) and missing.code, f"a file that is not there: {missing.status} {missing.code}")
    check(terms.run("import", "--system", "nix", folder / "x.csv").code == "services.NoTermSystem", "an unknown master")


def takeover(terms, folder):
    done = terms.run("import", "--system", "kcd", MASTERS / "kcd-hira-2024.11.csv", expect=0)
    check(done.json["master"] == "kcd" and done.json["version"] == "2024.11" and done.json["terms"] > 0, f"import: {done.text[:300]}")
    check(done.diagnostics.strip(), "no progress on stderr")
    check("A000" in terms.codes("콜레라", "--system", "kcd"), "the imported term is not found")
    check(not terms.codes("고혈압", "--system", "kcd"), "the starter list shows through a release")
    check(terms.codes("metformin"), "other systems lost their starter terms")
    shown = terms.run("show", "A00.0", "--system", "kcd", expect=0).json
    check(shown["path"] and shown["path"][-1]["code"] == "A00", f"no way up: {shown}")
    above = terms.run("show", "A00", "--system", "kcd", expect=0).json
    check(not above["complete"] and "A000" in [term["code"] for term in above["below"]], "no way down from an incomplete code")
    book = workbook(folder / "보건의료용어표준_V7.0.xlsx", [
        ["용어코드", "개념코드", "영문명", "한글명", "KCD", "ICD9CM", "LOINC", "EDI", "CCC", "ICNP", "CDT", "SNOMED CT"],
        ["H10000001", "H10000001", "Naru cholera", "나루콜레라", "A00.0|A00", "", "", "", "", "", "", "63650001"],
        ["H10000002", "H10000001", "Ferry cholera", "나룻배콜레라", "A00.0|A00", "", "", "", "", "", "", "63650001"]])
    kostom = terms.run("import", book, "--version", "V7.0", expect=0).json
    check(kostom["master"] == "kostom" and kostom["version"] == "V7.0" and kostom["terms"] == 1, f"KOSTOM: {kostom}")
    hit = terms.run("search", "나룻배", expect=0).json[0]
    check(hit["code"] == "H10000001" and hit["matched"] == "나룻배콜레라" and hit["ko"] == "나루콜레라", f"synonym: {hit}")
    mapped = terms.run("map", "H10000001", "--from", "kostom", "--to", "kcd", expect=0).json
    check(mapped[0]["code"] == "A000", f"map: {mapped}")
    back = terms.run("map", "A00.0", "--from", "kcd", "--to", "kostom", expect=0).json
    check([term["code"] for term in back] == ["H10000001"], f"map back: {back}")
    terms.run("map", "A099", "--from", "kcd", "--to", "kostom", expect=1)


def second_release(terms, folder):
    before = terms.run("stats", expect=0).json
    file = write(folder, "상병마스터_2025.11.csv", CAPTIONS + row("A00", "콜레라", "불완전코드") + row("A000", "새 이름 콜레라")
                 + row("A010", "나루장티푸스"))
    report = terms.run("import", "--system", "kcd", file, "--valid-from", "2025-11-01", expect=0).json
    change = report["change"]
    check(change["added"] == 1 and change["renamed"] >= 1 and change["removed"] == len(change["gone"]) > 0, f"change report: {change}")
    check("A090" in [gone["code"] for gone in change["gone"]], "a code that went is not named")
    check(not terms.codes("A090", "--system", "kcd"), "a removed code is still offered")
    check("A090" in terms.codes("A090", "--system", "kcd", "--day", "2025-01-15"), "a visit of last year lost its release")
    after = terms.releases()
    check(len(after) == len(before["releases"]) + 1, "the release before was not kept")
    current = [release for release in after if release["master"] == "kcd" and release["current"]]
    check([release["version"] for release in current] == ["2025.11"], f"in service: {current}")


def broken(terms, folder):
    before = terms.releases()
    for file in sorted((MASTERS / "hostile").iterdir()):
        answer = terms.run("import", "--system", "kcd", file)
        if answer.status == 0:  # a damage the importer repairs by itself is no fault
            terms.run("remove", terms.releases()[-1]["id"], expect=0)
            continue
        check(answer.status in (1, 5) and answer.code.startswith("terminology."), f"{file.name}: {answer.status} {answer.code}")
        check(terms.releases() == before, f"{file.name}: the releases changed")
    missing = terms.run("import", "--system", "kcd", MASTERS / "hostile/column-missing.csv")
    details = missing.json["error"]["details"]
    check(details["row"] and details["column"], f"no row and column: {details}")
    bomb = folder / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b" " * (400 << 20))
    start = time.monotonic()
    check(terms.run("import", "--system", "kcd", bomb).status in (1, 5), "a zip bomb")
    check(time.monotonic() - start < 30, "a zip bomb took long")
    line = folder / "line.csv"
    with open(line, "wb") as out:
        out.write(CAPTIONS.encode())
        for _ in range(64):
            out.write(b"A" * (1 << 20))
    check(terms.run("import", "--system", "kcd", line).code == "terminology.ImportRowTooLong", "an endless line")
    check(terms.releases() == before and "A010" in terms.codes("나루장티"), "the old index is not in service")


def large(folder, count):
    rows = (row(f"{chr(65 + n // 10000)}{n % 10000:04}", f"가상 질환 {n}") for n in range(count))
    return write(folder, "large.csv", CAPTIONS + "".join(rows))


def interrupted(terms, folder):
    before, file = terms.releases(), large(folder, 60000)  # long enough to be in time
    for how in (signal.SIGKILL, signal.SIGINT):
        process = subprocess.Popen(terms.command("import", "--system", "kcd", file), env=terms.env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        check(process.stderr.readline(), f"{how.name}: the import ended before it said anything")  # it is under way
        process.send_signal(how)
        out, _ = process.communicate(timeout=60)
        check(process.returncode != 0, f"{how.name} came too late to show anything")
        if how == signal.SIGINT:
            check(json.loads(out)["error"]["code"] == "base.Stopped", f"interrupted: {out[:200]}")
        check(terms.releases() == before and "A010" in terms.codes("나루장티"), f"{how.name}: the old index is not in service")


def searched_meanwhile(terms, folder):
    """Another process searches all the time: it sees the old list or the new one, never half of either."""
    count = 20000
    file = large(folder, count)
    process = subprocess.Popen(terms.command("import", "--system", "kcd", file), env=terms.env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = set()
    while process.poll() is None:
        seen.add(terms.run("stats", expect=0).json["systems"]["KCD"])
    check(process.returncode == 0, f"import: exit {process.returncode}")
    seen.add(terms.run("stats", expect=0).json["systems"]["KCD"])
    check(seen <= {3, count} and count in seen, f"sizes seen: {seen}")
    terms.run("remove", [release["id"] for release in terms.releases() if release["current"] and release["master"] == "kcd"][0],
              expect=0)
    check("A010" in terms.codes("나루장티"), "the release before did not come back")


def bench(terms, folder):
    for text in ("query\tsystem\tcodes\tkind\n나루장티\tkcd\tA010\tpartial\nA00.0\tkcd\tA000|A00\tcode\n", "나루장티\tkcd\tA01.0\n",
                 "나루장티\tkcd\tA01*\n"):
        result = terms.run("bench", write(folder, "queries.tsv", text), expect=0).json
        check(result["hit1"] == 1 and result["mrr"] == 1 and result["microseconds"]["max"] > 0, f"bench: {result}")
    check(terms.run("bench", write(folder, "queries.tsv", "one column\n")).status == 5, "a file without codes")
    text = terms.run("bench", write(folder, "queries.tsv", "나루장티\tkcd\tA010\n"), plain=True, expect=0).text
    check("hit@1" in text and "p99" in text, f"for people: {text}")


def claims(terms, folder):
    """Claims order what is met equally well; a table that is none tells its rows and changes nothing."""
    names = "".join(row(code, name) for code, name in (("J00", "나루감기"), ("J01", "나루감기 하나"), ("J02", "나루감기 둘")))
    terms.run("import", "--system", "kcd", write(folder, "claims-master.csv", CAPTIONS + names), expect=0)
    before = terms.codes("나루감기", "--system", "kcd")
    table = write(folder, "claims.csv", "상병코드,상병명,환자수,명세서청구건수\nJ02,나루감기 둘,3,\"9,000\"\nJ01,나루감기 하나,2,10\n")
    done = terms.run("import", "--system", "frequency", "--for", "kcd", table, expect=0).json
    check(done["master"] == "frequency-kcd" and done["terms"] == 2, f"table of claims: {done}")
    check(terms.codes("나루감기", "--system", "kcd") == ["J00", "J02", "J01"], f"{before} is not ordered by claims")
    broken = write(folder, "broken.csv", "상병코드,상병명,명세서청구건수\nJ01,하나,x\n,둘,5\n감기,셋,6\nJ02,넷,7\n")
    refused = terms.run("import", "--system", "frequency", broken, expect=1)
    check(refused.code == "terminology.ImportTooManyRefused", f"a broken table: {refused.text}")
    check([(one["row"], one["column"]) for one in refused.json["problems"]]
          == [(2, "명세서청구건수"), (3, "상병코드"), (4, "상병코드")], f"rows of a failed import: {refused.text}")
    check(refused.json["rows"]["read"] == 4 and refused.json["rows"]["refused"] == 3, f"counts of a failed import: {refused.text}")
    lines = terms.run("import", "--system", "frequency", broken, plain=True, expect=1).diagnostics
    check("broken.csv:2:명세서청구건수" in lines, f"rows of a failed import for people: {lines}")
    check(terms.codes("나루감기", "--system", "kcd") == ["J00", "J02", "J01"], "a failed table changed the order")
    check(terms.run("search", "", expect=1).code == "ctl.EmptyQuery", "a search for nothing")


def profile(terms, folder):
    """Once the folder is a clinic's profile, changing its terms is audited, so it needs the passphrase."""
    check(terms.run("alias", "나루말", "A01.0").code == "ctl.Passphrase", "an alias without a passphrase")
    terms.run("alias", "나루말", "A01.0", passphrase="journey-only", expect=0)
    file = write(folder, "again.csv", CAPTIONS + row("A010", "나루장티푸스"))
    refused = terms.run("import", "--system", "kcd", file)
    check(refused.status == 4 and refused.code == "ctl.Passphrase", f"import without a passphrase: {refused.status} {refused.code}")
    check(terms.codes("나루말", "--system", "kcd") == ["A010"], "the alias does not lead to its code")
    report = terms.run("import", "--system", "kcd", file, passphrase="journey-only", expect=0).json
    check(report["favourites"] == [], f"favourites of nobody: {report['favourites']}")
    check([row["alias"] for row in terms.run("aliases", expect=0).json] == ["나루말"], "list of aliases")
    terms.run("alias", "나루말", "A010", "--remove", passphrase="journey-only", expect=0)
    check(not terms.codes("나루말", "--system", "kcd"), "a removed alias is still found")
    # Nothing was chosen in this profile yet: said, not left blank.
    check(terms.run("search", "", passphrase="journey-only", expect=1).code == "ctl.NothingFound", "favourites of nobody")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        terms = Terms(arguments.bin, folder / "clinic")
        starter(terms)
        takeover(terms, folder)
        usage(terms, folder)
        second_release(terms, folder)
        broken(terms, folder)
        interrupted(terms, folder)
        searched_meanwhile(terms, folder)
        bench(terms, folder)
        claims(Terms(arguments.bin, folder / "claims"), folder)
        profile(terms, folder)
    print("terms: taken over, searched, mapped, replaced; broken, killed and interrupted imports changed nothing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
