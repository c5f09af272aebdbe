"""The document checklist (OZ-4, OZ-6, OZ-14)."""

from datetime import date

import pytest

from backend.rules.completeness import ItemFiles, checklist, missing_documents, tally
from backend_client.models.requests import ChecklistItem, ItemState
from backend_client.models.routes import Route
from tests.backend.clinic import a_catalogue

ITEMS = a_catalogue().documents
ONE_FILE = ItemFiles(1, None, 0)


def states(items: list[ChecklistItem]) -> dict[str, ItemState]:
    return {item.code: item.state for item in items}


@pytest.mark.parametrize("route", [Route.CENTRE, Route.REFERRAL])
def test_required_items_without_files_are_missing_and_optional_ones_absent(route: Route) -> None:
    """OZ-4, OZ-6"""
    items = checklist(ITEMS, route, {"ecg": ONE_FILE}, {})
    assert states(items) == {
        "ecg": ItemState.PRESENT,
        "echo": ItemState.MISSING,
        "ct": ItemState.ABSENT,
    }
    assert missing_documents(items, route, {"conclusion": ONE_FILE}) == ["echo"]


@pytest.mark.parametrize(
    ("route", "missing"),
    [
        (Route.CENTRE, ["conclusion"]),
        (Route.REFERRAL, ["conclusion"]),
        (Route.DUTY, []),
        (Route.JOURNAL, []),
    ],
)
def test_conclusion_is_missing_at_every_gate_whatever_the_list_says(
    route: Route, missing: list[str]
) -> None:
    """OZ-2: the list of these items has no conclusion at all."""
    files = {"ecg": ONE_FILE, "echo": ONE_FILE}
    items = checklist(ITEMS, route, files, {})
    assert missing_documents(items, route, files) == missing
    there = files | {"conclusion": ONE_FILE}
    assert missing_documents(items, route, there) == []


@pytest.mark.parametrize("route", [Route.CENTRE, Route.DUTY])
def test_what_was_asked_for_is_missing_however_optional_it_is(route: Route) -> None:
    """OZ-4, OZ-14: of what is there a newer one may be asked for."""
    files = {code: ONE_FILE for code in ("conclusion", "ecg", "echo")}
    items = checklist(ITEMS, route, files, {})
    assert missing_documents(items, route, files, ["ct", "echo"]) == ["echo", "ct"]


def test_duty_route_demands_nothing_and_shows_what_there_is() -> None:
    """OZ-13, OZ-14"""
    items = checklist(ITEMS, Route.DUTY, {"ecg": ONE_FILE}, {})
    assert states(items)["ecg"] is ItemState.PRESENT
    assert states(items)["echo"] is ItemState.ABSENT
    assert not any(item.required for item in items)
    assert missing_documents(items, Route.DUTY, {}) == []


def test_journal_asks_for_no_documents() -> None:
    """SPB-3"""
    assert checklist(ITEMS, Route.JOURNAL, {}, {}) == []


def test_item_that_does_not_apply_is_not_missing_and_says_why() -> None:
    """OZ-6"""
    items = checklist(ITEMS, Route.CENTRE, {"ecg": ONE_FILE}, {"echo": "Беременности нет"})
    echo = next(item for item in items if item.code == "echo")
    assert (echo.state, echo.reason) == (ItemState.NOT_APPLICABLE, "Беременности нет")
    assert missing_documents(items, Route.CENTRE, {"conclusion": ONE_FILE}) == []


def test_file_that_came_after_all_counts_more_than_the_reason() -> None:
    items = checklist(ITEMS, Route.CENTRE, {"echo": ONE_FILE}, {"echo": "нет"})
    assert states(items)["echo"] is ItemState.PRESENT


def test_tally_counts_files_their_latest_day_and_the_unopened() -> None:
    early, late = date(2026, 1, 1), date(2026, 2, 1)
    files = [("ecg", late, True), ("ecg", early, False), ("ecg", None, False), ("ct", None, True)]
    assert tally(files) == {"ecg": ItemFiles(3, late, 2), "ct": ItemFiles(1, None, 0)}


def test_tally_shows_in_the_checklist() -> None:
    day = date(2026, 2, 1)
    ecg = checklist(ITEMS, Route.CENTRE, {"ecg": ItemFiles(3, day, 2)}, {})[0]
    assert (ecg.file_count, ecg.latest_on, ecg.unopened_count) == (3, day, 2)
