"""The patient's page asks phones for JPEG: what a phone may choose is said by the file field."""

import re
from pathlib import Path

import backend.patient_page

_SCRIPT = Path(backend.patient_page.__path__[0]) / "file_content.js"


def accepted() -> set[str]:
    """The kinds of the field's `accept`."""
    found = re.search(r'export const ACCEPT = "([^"]+)"', _SCRIPT.read_text("utf-8"))
    assert found is not None
    return set(found.group(1).split(","))


def test_a_phone_converts_its_photos() -> None:
    """An iPhone sends HEIC as it is where the field takes it, or any picture; where it takes JPEG
    and nothing of that kind the phone makes a JPEG of it."""
    kinds = accepted()
    assert {"image/jpeg", ".jpg", ".jpeg"} <= kinds
    wide = {kind for kind in kinds if "*" in kind or re.search("hei[cf]", kind, re.IGNORECASE)}
    assert wide == set()
