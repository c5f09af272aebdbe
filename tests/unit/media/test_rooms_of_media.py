"""Who may import what: Qt in one module, codecs and Qt in the media process alone."""

import ast
import subprocess
import sys
from pathlib import Path

import workstation.media

FOLDER = Path(workstation.media.__file__).parent
ALLOWED_QT = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtMultimedia"}


def imported(path: Path) -> set[str]:
    """The modules that a file names in its imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
    return {name for name in found if name.startswith("PySide6")}


def test_qt_is_in_one_module_and_without_widgets() -> None:
    users = {path.name: imported(path) for path in FOLDER.glob("*.py") if imported(path)}
    assert set(users) == {"capture_qt.py"}
    assert users["capture_qt.py"] <= ALLOWED_QT


def test_the_windows_side_loads_neither_codecs_nor_qt() -> None:
    script = (
        "import sys, workstation.media.engine;"
        "sys.exit(bool({'aiortc', 'av', 'PySide6', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0
