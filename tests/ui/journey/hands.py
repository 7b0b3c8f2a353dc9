#!/usr/bin/python3
"""What a person with a screen reader can find and press in the workstation, on the session bus of the environment; run with the
system's python, which has gi.
    hands.py say PART           JSON of [role, name, description] of what is showing and has PART in its name or description
    hands.py place PART         JSON of [role, name, description, x, y, width, height] on the screen of the same
    hands.py press NAME         presses the showing button or entry of this name; 1 when there is none"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "accessibility"))
from walk import ACCESSIBLE, STATE_SHOWING, Walker  # noqa: E402

from gi.repository import GLib  # noqa: E402

ACTION, COMPONENT = "org.a11y.atspi.Action", "org.a11y.atspi.Component"


def showing(walker):
    for application in walker.children(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")):
        for role, name, node in walker.walk(application):
            try:
                if walker.has(node, STATE_SHOWING):
                    yield role, name, node
            except GLib.Error:
                continue


def main():
    walker, act, what = Walker(), sys.argv[1], sys.argv[2]
    found = []
    for role, name, node in showing(walker):
        try:
            if act == "press" and name == what:
                walker.call(node, ACTION, "DoAction", GLib.Variant("(i)", (0,)))
                return 0
            if act in ("say", "place"):
                said = walker.get(node, ACCESSIBLE, "Description")
                if what in name or what in said:
                    place = walker.call(node, COMPONENT, "GetExtents", GLib.Variant("(u)", (0,)))[0] if act == "place" else []
                    found.append([role, name, said, *place])
        except GLib.Error:
            continue
    if act == "press":
        return 1
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
