#!/usr/bin/python3
"""What a screen reader would find in the workstation: the text of every text area whose accessible name is asked for, as JSON.
    spoken.py NAME      on the session bus of the environment; run with the system's python, which has gi."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "accessibility"))
from walk import ACCESSIBLE, STATE_SHOWING, Walker  # noqa: E402

from gi.repository import GLib  # noqa: E402

TEXT = "org.a11y.atspi.Text"


def main():
    walker = Walker()
    found = []
    for application in walker.children(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")):
        for role, name, node in walker.walk(application):
            try:
                if name == sys.argv[1] and role == "text" and walker.has(node, STATE_SHOWING):
                    found.append(walker.call(node, TEXT, "GetText", GLib.Variant("(ii)", (0, -1)))[0])
            except GLib.Error:
                continue
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
