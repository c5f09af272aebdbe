"""In which order the files of a case are opened, and so fetched ahead."""

import msgspec

from backend_client.models.documents import DocumentKind
from tests.factories import make_card, make_document, make_item, make_row
from workstation.core.file_groups import counted, file_groups, opening_order


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


def test_a_series_of_five_hundred_files_counts_as_one() -> None:
    """OZ-4: as the strip counts them; what the card has not read yet stays as the server says."""
    slices = [
        msgspec.structs.replace(make_document(item_code="ct", opened=n > 0), series_uid="1.2.3")
        for n in range(500)
    ]
    card = make_card(make_row(), documents=[*slices, make_document(item_code="ct", opened=True)])
    items = [make_item("ct", file_count=501), make_item("ecg", file_count=2)]
    ct, ecg = counted(msgspec.structs.replace(card, row=make_row(checklist=items)), items)
    assert (ct.file_count, ct.unopened_count) == (2, 1)
    assert ecg.file_count == 2
