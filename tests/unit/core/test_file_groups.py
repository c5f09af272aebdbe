"""In which order the files of a case are opened, and so fetched ahead."""

from backend_client.models.documents import DocumentKind
from tests.factories import make_card, make_document, make_row
from workstation.core.file_groups import file_groups, opening_order


def order_of(*kinds: DocumentKind) -> list[int]:
    """Places of these files, which came in this order, in the order of opening."""
    files = [make_document(kind=kind, item_code="papers") for kind in kinds]
    card = make_card(make_row(), documents=files)
    return [files.index(one.lead) for one in opening_order(file_groups(card))]


def test_a_clip_and_an_ecg_come_before_the_papers() -> None:
    kinds = (DocumentKind.PDF, DocumentKind.ECG, DocumentKind.IMAGE, DocumentKind.CLIP)
    assert order_of(*kinds) == [3, 1, 0, 2]


def test_papers_alone_come_as_they_stand() -> None:
    assert order_of(DocumentKind.PDF, DocumentKind.PHOTO, DocumentKind.PDF) == [0, 1, 2]


def test_a_case_without_files_has_none_to_open() -> None:
    assert order_of() == []
