"""Slices that came as separate files are one file of the case."""

from datetime import timedelta

import msgspec
import pytest

from backend_client.models.documents import Document, DocumentKind, FileAnswer, WhoseFile
from tests.factories import NOW, make_card, make_document, make_row
from tests.steps import steps_of
from workstation.core.case_file import case_files
from workstation.core.file_groups import (
    file_groups,
    files_in_order,
    first_to_show,
    in_order,
    opening_order,
)


def slices(count: int, series: str = "1.2.3", item_code: str = "ct") -> list[Document]:
    made = []
    for number in range(count):
        one = make_document(kind=DocumentKind.IMAGE, item_code=item_code)
        when = NOW + timedelta(seconds=number)
        made.append(msgspec.structs.replace(one, series_uid=series, uploaded_at=when))
    return made


def test_slices_of_one_series_are_one_file_where_the_first_of_them_stands() -> None:
    paper, ct = make_document(kind=DocumentKind.PDF, item_code="ct"), slices(3)
    files = case_files([ct[2], paper, ct[0], ct[1]])
    assert [file.parts for file in files] == [tuple(ct), (paper,)]
    assert [file.is_series for file in files] == [True, False]
    assert files[0].lead == ct[0]
    assert files[0].size == sum(one.size for one in ct)


def test_a_part_that_comes_later_does_not_take_the_leads_place() -> None:
    ct = slices(4)
    assert case_files(ct[:3])[0].lead == case_files(ct[::-1])[0].lead


@pytest.mark.parametrize(
    "other", [slices(2, "1.2.4"), slices(2, item_code="mri"), [make_document()]]
)
def test_other_series_items_and_files_stay_apart(other: list[Document]) -> None:
    files = case_files([*slices(2), *other])
    assert [len(file.parts) for file in files] == [2, len(other)]


def test_one_slice_alone_is_a_file_like_any_other() -> None:
    (file,) = case_files(slices(1))
    assert not file.is_series


def test_what_is_another_patients_is_kept_apart() -> None:
    ct = slices(4)
    answer = FileAnswer(whose=WhoseFile.OTHER, reason="", sha256="", by_name="", at=NOW)
    ct[1] = msgspec.structs.replace(ct[1], answer=answer)
    files = case_files(ct)
    assert [file.parts for file in files] == [(ct[0], ct[2], ct[3]), (ct[1],)]


def test_a_series_counts_as_opened_once_every_part_was() -> None:
    ct = [msgspec.structs.replace(one, opened=True) for one in slices(3)]
    assert case_files(ct)[0].is_opened()
    late = msgspec.structs.replace(ct[2], opened=False)
    (file,) = case_files([*ct[:2], late])
    assert not file.is_opened()
    assert file.is_opened({late.id})


def test_groups_hold_files_and_lead_to_one_document_of_each() -> None:
    ct, papers = slices(3, item_code="papers"), [make_document(item_code="papers")]
    groups = file_groups(make_card(make_row(), documents=[*ct, *papers]))
    assert [len(file.parts) for file in files_in_order(groups)] == [3, 1]
    assert in_order(groups) == [ct[0], papers[0]]
    assert first_to_show(groups[0], {ct[0].id}) == papers[0]
    assert [file.lead for file in opening_order(groups)] == in_order(groups)


def test_2000_documents_are_put_in_order_in_a_few_steps_each() -> None:
    files = [one for n in range(4) for one in slices(500, f"1.2.{n}")]
    card = make_card(make_row(), documents=files)
    leads: list[Document] = []
    steps = steps_of(lambda: leads.extend(in_order(file_groups(card))))
    assert steps < 20 * len(files)
    assert len(leads) == 4
