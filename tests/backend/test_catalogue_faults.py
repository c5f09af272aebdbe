"""What no catalogue may say: the server does not start, and names file, field and value."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from backend.rules.catalogue_files import BadCatalogue
from backend.rules.catalogues import CALENDARS, Catalogues
from backend.settings import CATALOGUES, CannotStart
from tests.backend.clinic import ClinicMaker

Written = dict[str, object]
"""A version as it stands in the file."""


def put(name: str, value: object) -> Callable[[Written], None]:
    """Another value of a field of the version."""

    def change(version: Written) -> None:
        version[name] = value

    return change


def put_in(group: str, number: int, name: str, value: object) -> Callable[[Written], None]:
    """Another value of a field of one member of a list."""

    def change(version: Written) -> None:
        members = msgspec.convert(version[group], list[Written])
        members[number][name] = value
        version[group] = members

    return change


def hang(**changes: object) -> Callable[[Written], None]:
    """One rule of what opens where, with these fields."""
    return put("hanging", {"rules": [{"places": [{"places": 1}], **changes}]})


FAULTS: list[tuple[str, Callable[[Written], None], str, str]] = [
    ("signing level", put("signing", {"level": "B-LTV"}), "signing.level", "'B-LTV'"),
    (
        "signing upside down",
        put("signing", {"level": "B-B", "at_least": "B-T"}),
        "signing.at_least",
        "'B-T'",
    ),
    (
        "time service",
        put("signing", {"time_services": ["tsa.example.org"]}),
        "signing.time_services[0]",
        "'tsa.example.org'",
    ),
    ("no time", put("signing", {"timeout_seconds": 0}), "signing.timeout_seconds", "0.0"),
    ("calendar", put("working_calendar", "rus"), "working_calendar", "'rus'"),
    ("zone", put("time_zone", "Europe/Moskow"), "time_zone", "'Europe/Moskow'"),
    ("no zone", put("time_zone", ""), "time_zone", "''"),
    (
        "hours backwards",
        put("working_hours", {"opens": "18:00:00", "closes": "09:00:00"}),
        "working_hours.closes",
        "'09:00:00'",
    ),
    (
        "no hours at all",
        put("working_hours", {"opens": "09:00:00", "closes": "09:00:00"}),
        "working_hours.closes",
        "'09:00:00'",
    ),
    ("period", put("valid_to", "2021-10-31"), "valid_to", "'2021-10-31'"),
    ("field", put("workin_calendar", "ru"), "workin_calendar", "'ru'"),
    ("counting", put_in("clocks", 3, "counting", "workng"), "clocks[3].counting", "'workng'"),
    ("goal", put_in("clocks", 4, "until", "vizit"), "clocks[4].until", "'vizit'"),
    ("start", put_in("clocks", 2, "counts_from", "slot"), "clocks[2].counts_from", "'slot'"),
    ("literal unknown", put_in("clocks", 0, "route", "unknown"), "clocks[0].route", "'unknown'"),
    ("clock's field", put_in("clocks", 0, "due_day", 3), "clocks[0].due_day", "3"),
    ("born over", put_in("clocks", 0, "due_days", 0), "clocks[0].due_days", "0"),
    ("due never", put_in("clocks", 0, "due_days", 10**9), "clocks[0].due_days", "1000000000"),
    ("far", put_in("clocks", 3, "due_hours", 10**9), "clocks[3].due_hours", "1000000000"),
    (
        "two starts",
        put_in("clocks", 4, "counts_from", "appointment"),
        "clocks[4].counts_from",
        "'appointment'",
    ),
    ("no consultation", put_in("consultations", 0, "minutes", 0), "consultations[0].minutes", "0"),
    (
        "warned too late",
        put_in("consultations", 1, "last_after_minutes", 31),
        "consultations[1].last_after_minutes",
        "31",
    ),
    (
        "warnings backwards",
        put_in("consultations", 2, "soon_after_minutes", 30),
        "consultations[2].soon_after_minutes",
        "30",
    ),
    (
        "endless extension",
        put_in("consultations", 3, "extension_minutes", 10**9),
        "consultations[3].extension_minutes",
        "1000000000",
    ),
    (
        "route",
        put_in("documents", 1, "routes", ["referal"]),
        "documents[1].routes[0]",
        "'referal'",
    ),
    ("consent", put_in("consents", 0, "kind", "personal"), "consents[0].kind", "'personal'"),
    ("approval", put("approval_routes", ["centre"]), "approval_routes[0]", "'centre'"),
    ("no pictures", hang(places=[]), "hanging.rules[0].places", "[]"),
    ("not from 0", hang(places=[{"from_px": 9, "places": 1}]), "hanging.rules[0].places", "[9]"),
    (
        "widths back",
        hang(places=[{"places": 1}, {"from_px": 9, "places": 2}, {"from_px": 9, "places": 4}]),
        "hanging.rules[0].places",
        "[0, 9, 9]",
    ),
    ("three", hang(places=[{"places": 3}]), "hanging.rules[0].places[0].places", "3"),
    ("no such item", hang(items=["ekho"]), "hanging.rules[0].items[0]", "'ekho'"),
    (
        "no such kind",
        hang(beside=[{"kinds": ["ekg"]}]),
        "hanging.rules[0].beside[0].kinds[0]",
        "'ekg'",
    ),
    ("kind of none", hang(beside=[{"kinds": []}]), "hanging.rules[0].beside[0].kinds", "[]"),
    ("order", put("hanging", {"rules": [], "order": ["card"]}), "hanging.order[0]", "'card'"),
]


def faulty(folder: Path, change: Callable[[Written], None]) -> Path:
    """The catalogues that come with the program, one of them with another present version."""
    (folder / CALENDARS).mkdir(parents=True)
    for name in ("cardio.json", "perinatal.json", f"{CALENDARS}/ru.json"):
        (folder / name).write_bytes((CATALOGUES / name).read_bytes())
    file = folder / "perinatal.json"
    versions = msgspec.json.decode(file.read_bytes(), type=list[Written])
    change(versions[-1])
    file.write_bytes(msgspec.json.encode(versions))
    return folder


@pytest.mark.parametrize(
    ("change", "field", "value"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_word_that_nobody_can_go_by_is_refused_with_its_file_and_field(
    tmp_path: Path, change: Callable[[Written], None], field: str, value: str
) -> None:
    """SPB-4, OZ-29"""
    with pytest.raises(BadCatalogue) as refused:
        Catalogues.from_folder(faulty(tmp_path / "c", change))
    text = str(refused.value)
    assert text.startswith(str(tmp_path / "c" / "perinatal.json"))
    assert f" {field} is {value}: " in text
    assert "2021.1" in text


@pytest.mark.parametrize("change", [put("working_calendar", ""), put("working_hours", None)])
def test_calendar_and_hours_may_be_left_out(
    tmp_path: Path, change: Callable[[Written], None]
) -> None:
    assert Catalogues.from_folder(faulty(tmp_path / "c", change)).centre_ids


@pytest.mark.parametrize("text", [b"[{", b'[{"centre_id": "perinatal"}]', b"{}"])
@pytest.mark.parametrize("name", ["perinatal.json", f"{CALENDARS}/ru.json"])
def test_file_that_is_none_is_refused_by_its_name(tmp_path: Path, name: str, text: bytes) -> None:
    folder = faulty(tmp_path / "c", put("working_hours", None))
    (folder / name).write_bytes(text)
    with pytest.raises(BadCatalogue) as refused:
        Catalogues.from_folder(folder)
    assert str(refused.value).startswith(str(folder / name))


async def test_server_with_a_bad_catalogue_does_not_start(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """SPB-4"""
    folder = faulty(tmp_path / "c", put("working_calendar", "rus"))
    bad = replace(clinics, settings=replace(clinics.settings, catalogues=folder))
    with pytest.raises(CannotStart, match=r"perinatal\.json.* working_calendar is 'rus'.* ru"):
        await bad.open().__aenter__()
