"""Photos of one checklist item are sheets of one paper."""

from datetime import timedelta

import msgspec

from backend_client.models.documents import Document, DocumentKind, FileAnswer, WhoseFile
from tests.factories import NOW, make_document
from workstation.core.photo_sheets import PhotoSheets, photo_sheets


def photo(item: str = "summary", **changes: object) -> Document:
    return make_document(item_code=item, kind=DocumentKind.PHOTO, format="JPEG", **changes)


def test_photos_of_one_item_are_sheets_in_their_order() -> None:
    files = [photo(), photo("report"), photo(), make_document(item_code="summary"), photo()]
    found = photo_sheets(files[2], files)
    assert found == PhotoSheets((files[0], files[2], files[4]), 1)


def test_a_single_photo_and_other_kinds_stand_alone() -> None:
    files = [photo(), photo("report"), make_document(item_code="summary", kind=DocumentKind.PDF)]
    assert [photo_sheets(one, files) for one in files] == [None] * 3


def test_another_patients_photo_is_no_sheet() -> None:
    """Nothing of it is seen among the patient's own, nor of those beside it."""
    answer = FileAnswer(
        whose=WhoseFile.OTHER,
        reason="",
        sha256="0" * 64,
        by_name="Левашова М. О.",
        at=NOW - timedelta(hours=1),
    )
    own, second = photo(), photo()
    others = msgspec.structs.replace(photo(), answer=answer)
    files = [own, others, second]
    assert photo_sheets(others, files) is None
    assert photo_sheets(own, files) == PhotoSheets((own, second), 0)
    assert photo_sheets(own, [own, others]) is None
