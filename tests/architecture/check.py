#!/usr/bin/env python3
"""The house rules a compiler does not know: which room may include which, where third-party types stop, and a few habits.

check.py [--root DIR] [--layers FILE] [--third-party FILE] [--exceptions FILE] [--expect FILE]

Prints `file:line: rule: message`, one line a violation, and ends with 1 when there is any. With --expect the violations must be
exactly the `rule TAB file` rows of FILE (the self-test). Files above 500 lines are reported and do not fail.
Python 3.9, standard library only.
"""
import argparse
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREES = ("core", "ui", "app")
SOURCES = {".h", ".cpp", ".cc", ".c", ".hpp", ".inl"}
MAXIMUM_LINES = 500
PRACTICE_FORBIDDEN = ("core/ihe/", "core/net/", "core/cda/", "core/audit/")
# Qt's unprefixed headers of the modules that core/ must not see; completed from the installed Qt when there is one.
GUI_CLASSES = {"QWidget", "QApplication", "QGuiApplication", "QImage", "QPixmap", "QColor", "QFont", "QPainter", "QDialog",
               "QMessageBox", "QAction", "QIcon", "QTextDocument", "QClipboard", "QLabel", "QPushButton", "QStandardItemModel"}

TOKEN = re.compile(
    r'(?P<raw>\bu?8?[LU]?R"(?P<tag>[^()\\\s]{0,16})\((?P<rawbody>.*?)\)(?P=tag)")'
    r'|(?P<line>//[^\n]*)|(?P<block>/\*.*?\*/)'
    r'|"(?P<str>(?:[^"\\\n]|\\.)*)"'
    r"|(?P<chr>(?<![0-9A-Fa-f])'(?:[^'\\\n]|\\.)*')", re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
OID = re.compile(r'(?<![\d.])[0-2](?:\.\d+){4,}(?![\d.])')


class Rows:
    """`key: words` lines."""

    def __init__(self, path):
        self.rows = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            line = line.strip()
            if line and not line.startswith("#"):
                key, _, words = line.partition(": ") if ": " in line else line.partition(":")
                self.rows[key.strip()] = words.split()


class Source:
    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_text(encoding="utf-8", errors="replace")
        self.literals = []  # (line, body)
        self.code = TOKEN.sub(self._blank, self.text)  # without comments and literals, same line numbers
        self.includes = [(self.text.count("\n", 0, m.start()) + 1, m.group(1), m.group(2))
                         for m in INCLUDE.finditer(self._without_comments())]

    def _blank(self, match):
        line = self.text.count("\n", 0, match.start()) + 1
        body = match.group("str") if match.group("str") is not None else match.group("rawbody")
        if body is not None:
            self.literals.append((line, body))
            return '""' + "\n" * match.group(0).count("\n")
        return " " + "\n" * match.group(0).count("\n")

    def _without_comments(self):
        keep = lambda m: "\n" * m.group(0).count("\n") if m.group("line") or m.group("block") else m.group(0)
        return TOKEN.sub(keep, self.text)

    def find(self, pattern):
        for match in re.finditer(pattern, self.code):
            yield self.code.count("\n", 0, match.start()) + 1, match.group(0)


class Checker:
    def __init__(self, root, layers, third_party):
        self.root, self.layers, self.third_party = root, layers.rows, third_party.rows
        self.found = []  # (rule, path, line, message)
        self.reports = []
        files = [p for tree in TREES for p in sorted((root / tree).rglob("*")) if p.suffix in SOURCES and p.is_file()]
        self.sources = {s.path: s for s in (Source(root, p) for p in files)}
        self.gui = set(GUI_CLASSES)
        for module in ("QtGui", "QtWidgets"):
            for folder in Path("/usr/include").glob(f"**/qt6/{module}"):
                core = {p.name for p in (folder.parent / "QtCore").glob("Q*")}
                self.gui |= {p.name for p in folder.glob("Q*") if p.name not in core}

    def add(self, rule, path, line, message):
        self.found.append((rule, path, line, message))

    def room_of(self, path):
        best = ""
        for room in self.layers:
            if (path == room or path.startswith(room + "/")) and len(room) > len(best):
                best = room
        return best

    @staticmethod
    def below(path, room):
        return path == room or path.startswith(room + "/")

    def allowed(self, source_path, target_path):
        """May the file at source_path use the file or room at target_path?"""
        source, target = self.room_of(source_path), self.room_of(target_path)
        if not source or not target:
            return False
        if source == target:
            return True
        for word in self.layers[source]:
            if word.endswith("/*"):
                if target == word[:-2] or target.startswith(word[:-1]):
                    return True
            elif word == "errors":
                if re.search(r"/(Errors|errorsTable)\.h$", target_path):
                    return True
            elif target == word or (word not in self.layers and self.below(target, word)):
                return True
        return False

    def check(self):
        for source in self.sources.values():
            if not self.room_of(source.path):
                self.add("unknown-room", source.path, 1, "this folder has no row in layers.txt")
            self.check_includes(source)
            self.check_habits(source)
            lines = source.text.count("\n")
            if lines > MAXIMUM_LINES:
                self.reports.append(f"{source.path}: {lines} lines, look again")
        self.check_cycles()
        self.check_cmake()

    def check_includes(self, source):
        for line, _, target in source.includes:
            if target.split("/")[0] in TREES:
                if not self.allowed(source.path, target):
                    self.add("layering", source.path, line, f"may not include {target}")
                if self.below(source.path, "app/practice") and target.startswith(PRACTICE_FORBIDDEN):
                    self.add("practice-own-parsers", source.path, line, f"the practice exchange parses by itself, not with {target}")
                continue
            for start, rooms in self.third_party.items():
                if target.startswith(start) and not any(self.below(source.path, room) for room in rooms):
                    self.add("third-party", source.path, line, f"{target} belongs to {' '.join(rooms)}")
            if self.below(source.path, "core") and target in self.gui:
                self.add("third-party", source.path, line, f"{target} is of QtGui or QtWidgets")

    def check_habits(self, source):
        core = self.below(source.path, "core")
        if core:
            for line, _ in source.find(r"(?<![\w.>])(?:QObject::)?tr\s*\("):
                self.add("tr-in-core", source.path, line, "sentences for people are made in ui/text")
        for line, text in source.find(r"\b(?:SIGNAL|SLOT)\s*\("):
            self.add("string-connect", source.path, line, "connect by pointer to member")
        pattern = r"\bQEventLoop\b|\bprocessEvents\b"
        if not core and not source.path.endswith("main.cpp"):
            pattern += r"|(?:\.|->)exec\s*\(\s*\)" if not self.below(source.path, "ui") else r"|(?:\.|->|\bQ\w+::)exec\s*\("
        for line, text in source.find(pattern):
            self.add("event-loop", source.path, line, f"no nested event loop ({text.strip()})")
        for line, body in source.literals:
            for match in OID.findall(body):
                self.add("oid-literal", source.path, line, f"{match} belongs into core/base/tables/oids.tsv")
        printing = r"\bqDebug\s*[(<]"
        if not self.below(source.path, "app"):
            printing += r"|\bstd::c(?:out|err|log)\b|(?<!\w)(?:std::)?(?:printf|puts)\s*\("
        for line, text in source.find(printing):
            self.add("debug-print", source.path, line, f"left-over printing ({text.strip()})")

    def check_cycles(self):
        graph = {p: sorted({t for _, _, t in s.includes if t in self.sources}) for p, s in self.sources.items()}
        state = {}
        for start in sorted(graph):
            if start in state:
                continue
            stack = [(start, iter(graph[start]))]
            state[start] = 1
            while stack:
                node, targets = stack[-1]
                target = next(targets, None)
                if target is None:
                    state[node] = 2
                    stack.pop()
                elif state.get(target) == 1:
                    path = [n for n, _ in stack]
                    circle = path[path.index(target):] + [target]
                    self.add("cycle", min(circle), 1, "include cycle: " + " -> ".join(circle))
                elif target not in state:
                    state[target] = 1
                    stack.append((target, iter(graph[target])))

    def check_cmake(self):
        texts, folder_of = {}, {}
        for tree in TREES:
            for path in sorted((self.root / tree).rglob("CMakeLists.txt")):
                text = re.sub(r"#[^\n]*", "", path.read_text(encoding="utf-8"))
                folder = path.parent.relative_to(self.root).as_posix()
                texts[folder] = text
                for name in re.findall(r"\bnaru_room\s*\(\s*(\w+)|\badd_library\s*\(\s*naru_(\w+)", text):
                    folder_of[name[0] or name[1]] = folder
        for folder, text in texts.items():
            where = folder + "/CMakeLists.txt"
            if not self.room_of(folder):
                continue
            names = []
            for call in re.findall(r"\bnaru_room\s*\(([^)]*)\)", text):
                words = call.split()
                keyword = ""
                for word in words[1:]:
                    if word in ("DEPS", "LIBS", "PRIVATE_LIBS"):
                        keyword = word
                    elif keyword == "DEPS":
                        names.append(word)
                    elif word.startswith("naru_"):
                        names.append(word[5:])
            for call in re.findall(r"\btarget_link_libraries\s*\(([^)]*)\)", text):
                names += [w[5:] for w in call.split()[1:] if w.startswith("naru_") and w != "naru_flags"]
            for name in names:
                target = folder_of.get(name)
                if target is None:
                    guess = "core/" + name
                    target = guess if guess in self.layers else name.replace("_", "/")
                if not self.allowed(folder, target):
                    self.add("cmake-deps", where, 1, f"may not depend on {name}")


def read_exceptions(path):
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not cells[2].strip():
            sys.exit(f"{path}:{number}: an exception is `rule TAB file TAB reason`")
        rows.append((cells[0], cells[1], number))
    return rows


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--root", type=Path, default=HERE.parent.parent)
    arguments.add_argument("--layers", type=Path, default=HERE / "layers.txt")
    arguments.add_argument("--third-party", type=Path, default=HERE / "third_party.txt")
    arguments.add_argument("--exceptions", type=Path, default=HERE / "exceptions.txt")
    arguments.add_argument("--expect", type=Path)
    options = arguments.parse_args()

    checker = Checker(options.root.resolve(), Rows(options.layers), Rows(options.third_party))
    checker.check()
    used, violations = set(), []
    exceptions = read_exceptions(options.exceptions)
    for rule, path, line, message in sorted(checker.found):
        matching = [e for e in exceptions if e[0] == rule and e[1] == path]
        used.update(matching)
        if not matching:
            violations.append((rule, path, line, message))
    for rule, path, number in exceptions:
        if (rule, path, number) not in used:
            violations.append(("unused-exception", path, number, f"exceptions.txt grants {rule}, which is not needed"))

    for report in checker.reports:
        print(f"report: {report}")
    for rule, path, line, message in violations:
        print(f"{path}:{line}: {rule}: {message}")
    if options.expect:
        want = sorted(tuple(l.split("\t")) for l in options.expect.read_text(encoding="utf-8").splitlines()
                      if l and not l.startswith("#"))
        have = sorted({(rule, path) for rule, path, _, _ in violations} | {("size", r.split(":")[0]) for r in checker.reports})
        for row in want:
            if row not in have:
                print(f"self-test: not reported: {row[0]} in {row[1]}")
        for row in have:
            if row not in want:
                print(f"self-test: reported without reason: {row[0]} in {row[1]}")
        return 0 if want == have else 1
    print(f"{len(checker.sources)} files, {len(violations)} violations, {len(checker.reports)} reports")
    if not checker.sources:
        print("nothing was checked")
        return 1
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
