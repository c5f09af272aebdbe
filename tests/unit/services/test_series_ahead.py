"""A series that comes next: one file within the limits, fetched whole, and not opened."""

from backend_client.models.documents import Document, DocumentKind
from tests.factories import make_card, make_document, make_row
from workstation.core.case_file import case_files
from workstation.services.case_ahead import CaseAhead, PrefetchLimits

ROW = make_row()
LIMITS = PrefetchLimits(file_bytes=1000, case_bytes=1500, open_files=2)


def slices(count: int, size: int) -> list[Document]:
    """Of one series."""
    return [
        make_document(
            request_id=ROW.id,
            kind=DocumentKind.IMAGE,
            content=b"x" * size,
            series_uid="1.2.3",
            title=f"IM{number:04d}",
        )
        for number in range(count)
    ]


def ahead_of(documents: list[Document], limits: PrefetchLimits = LIMITS) -> CaseAhead:
    """The case with its card read."""
    case = CaseAhead(ROW.id, limits)
    case.begin_card()
    case.take_card(make_card(ROW, documents=documents, consents=[]))
    return case


def test_all_parts_of_a_series_are_fetched_and_none_is_opened() -> None:
    ct = slices(20, 40)
    ecg = make_document(request_id=ROW.id, content=b"x" * 100)
    case = ahead_of([*ct, ecg])
    assert case.share_out(10_000) == 900
    (series,) = [file for file in case_files(ct) if file.is_series]
    assert [one for one in case.documents if one != ecg] == list(series.parts)
    assert [one for one in case.documents if case.opens(one)] == [ecg]
    assert all(case.wants(one) for one in (*ct, ecg))


def test_a_series_above_the_limit_of_a_file_is_left_to_opening() -> None:
    """Each slice by itself would be within it."""
    ecg = make_document(request_id=ROW.id, content=b"x" * 100)
    case = ahead_of([*slices(20, 60), ecg])
    assert case.share_out(10_000) == 100
    assert case.documents == [ecg]


def test_a_series_is_ready_once_its_last_part_is_here() -> None:
    ct = slices(3, 40)
    case = ahead_of(ct)
    case.share_out(10_000)
    for part in case_files(ct)[0].parts:
        assert not case.is_ready
        assert case.next_document() == part
        case.have(part, is_open=False)
    assert case.is_ready
    assert case.next_document() is None
