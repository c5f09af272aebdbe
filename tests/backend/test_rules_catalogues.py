"""Catalogues by their period of validity (OZ-29)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend.rules.catalogues import Catalogues, NoCatalogue
from backend.settings import CATALOGUES
from tests.backend.clinic import a_catalogue, write_catalogues

FIRST = replace(
    a_catalogue(), version="first", valid_from=date(2020, 11, 1), valid_to=date(2021, 10, 31)
)
SECOND = replace(a_catalogue(), version="second", valid_from=date(2022, 1, 1), valid_to=None)
BOTH = Catalogues([SECOND, FIRST])


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2020, 11, 1), "first"),
        (date(2021, 10, 31), "first"),
        (date(2022, 1, 1), "second"),
        (date(2050, 1, 1), "second"),
    ],
)
def test_version_is_the_one_valid_on_the_day(day: date, version: str) -> None:
    """OZ-29"""
    assert BOTH.catalogue_of("cardio", day).version == version


@pytest.mark.parametrize("day", [date(2020, 10, 31), date(2021, 11, 1)])
def test_outside_all_periods_there_is_none(day: date) -> None:
    """OZ-29"""
    with pytest.raises(NoCatalogue):
        BOTH.catalogue_of("cardio", day)


def test_day_is_that_of_the_centres_zone() -> None:
    eve = datetime(2021, 12, 31, 21, 30, tzinfo=UTC)
    assert BOTH.catalogue_at("cardio", eve).version == "second"


def test_request_from_a_gap_is_judged_by_the_newest() -> None:
    assert BOTH.catalogue_for("cardio", datetime(2021, 11, 5, tzinfo=UTC)).version == "second"


def test_unknown_centre_has_none() -> None:
    for ask in (BOTH.newest, lambda centre: BOTH.catalogue_of(centre, date(2026, 1, 1))):
        with pytest.raises(NoCatalogue):
            ask("nowhere")


def test_folder_gives_all_centres(tmp_path: Path) -> None:
    assert Catalogues.from_folder(write_catalogues(tmp_path / "c")).centre_ids == [
        "cardio",
        "perinatal",
    ]


@pytest.mark.parametrize("centre", ["cardio", "perinatal"])
def test_both_centres_have_a_catalogue_today(centre: str) -> None:
    """OZ-3, OZ-5"""
    today = Catalogues.from_folder(CATALOGUES).catalogue_of(centre, date.today())
    assert today.diseases
    assert today.documents
