"""Lists the ids of the requirements (OZ-9, DRC-11 ...) that no test names yet."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT.parent / "shared" / "requirements.md"
_ROW = re.compile(r"^\| ((?:OZ|SPB|SOK|DRC)-\d+) \|", re.MULTILINE)
_ID = re.compile(r"\b(?:OZ|SPB|SOK|DRC)-\d+\b")


def ids_required(text: str) -> list[str]:
    """Ids of the rows, in their order."""
    return _ROW.findall(text)


def ids_named(folder: Path) -> set[str]:
    """Ids that stand in the tests."""
    return {name for path in folder.rglob("*.py") for name in _ID.findall(path.read_text("utf-8"))}


def main() -> int:
    """Prints the list; it informs and never fails."""
    if not REQUIREMENTS.exists():
        print("requirements.md is not beside this checkout: ids without a test are not listed")
        return 0
    required = ids_required(REQUIREMENTS.read_text("utf-8"))
    named = ids_named(ROOT / "tests")
    left = [name for name in required if name not in named]
    print(f"requirements that no test names yet: {len(left)} of {len(required)}")
    print("  " + " ".join(left))
    return 0


if __name__ == "__main__":
    sys.exit(main())
