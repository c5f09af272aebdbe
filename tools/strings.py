"""Translations: collects the strings of the interface, finds untranslated ones, builds ru.qm.

One .ts file a room, so that a room's strings stand together; Qt releases them into one file.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n" / "ru"
RELEASED = ROOT / "resources" / "i18n" / "ru.qm"
UI = ROOT / "workstation" / "ui"
ROOMS: dict[str, tuple[Path, ...]] = {
    "main_window": (
        *(UI / f"{name}.py" for name in ("main_window", "main_window_model", "key_guard")),
        UI / "widgets",
    ),
    "app": tuple(
        ROOT / "workstation" / f"{name}.py"
        for name in ("app", "screens", "case_road", "orders_elsewhere", "appointed_road")
    ),
    "sign_in": (UI / "screens" / "sign_in",),
    "queue": (UI / "screens" / "queue",),
    "request_card": (UI / "screens" / "request_card", UI / "screens" / "delivery"),
    "triage": (UI / "screens" / "triage",),
    "review": (UI / "screens" / "review",),
    "settings": (UI / "screens" / "settings",),
    "slot": (UI / "screens" / "slot",),
    "call": (UI / "screens" / "call", UI / "screens" / "device_test"),
    "conclusion": (UI / "screens" / "conclusion",),
    "approvals": tuple(UI / "screens" / name for name in ("approvals", "archive", "checking")),
    "notices": (UI / "notifications",),
    "viewers": (UI / "viewers",),
    "errors": (UI / "error_text.py",),
    "wording": (UI / "wording.py", UI / "request_words.py"),
    "keys": (UI / "shortcuts",),
    "palette": (UI / "screens" / "palette", UI / "screens" / "key_page"),
}


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / f"pyside6-{name}")


def _sources(places: tuple[Path, ...]) -> list[str]:
    found: list[Path] = []
    for place in places:
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return [str(path) for path in found if path.exists()]


def _collect(room: str, target: Path) -> None:
    sources = _sources(ROOMS[room])
    if not sources:
        return
    command = [_tool("lupdate"), *sources, "-ts", str(target), "-no-obsolete", "-locations", "none"]
    command += ["-source-language", "en", "-target-language", "ru_RU"]
    subprocess.run(command, check=True, capture_output=True)


def update() -> int:
    """Collects the strings of every room; new ones stand there unfinished."""
    for room in ROOMS:
        _collect(room, FOLDER / f"{room}.ts")
    return 0


def unfinished(ts_file: Path) -> list[str]:
    """Strings of a .ts file that have no translation."""
    left = []
    for context in ElementTree.parse(ts_file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = (
                []
                if translation is None
                else [form.text for form in translation] or [translation.text]
            )
            if not forms or not all(forms):
                left.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return left


def check() -> int:
    """Lists the strings in the code that have no Russian; 1 where there are any."""
    missing = []
    with tempfile.TemporaryDirectory() as folder:
        for room in ROOMS:
            fresh = Path(folder) / f"{room}.ts"
            if (FOLDER / fresh.name).exists():
                copy(FOLDER / fresh.name, fresh)
            _collect(room, fresh)
            if fresh.exists():
                missing += [f"{room}.ts, {text}" for text in unfinished(fresh)]
    for line in missing:
        print(f"not translated: {line}")
    return 1 if missing else 0


def release() -> int:
    """Builds ru.qm of all rooms. Put in place whole: a running window has the old one mapped."""
    files = [str(path) for path in sorted(FOLDER.glob("*.ts"))]
    if files:
        fresh = RELEASED.with_suffix(".qm.new")
        command = [_tool("lrelease"), "-silent", *files, "-qm", str(fresh)]
        subprocess.run(command, check=True)
        fresh.replace(RELEASED)
    return 0


if __name__ == "__main__":
    words = {"update": update, "check": check, "release": release}
    sys.exit(words[sys.argv[1]]())
