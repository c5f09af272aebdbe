"""A diagnosis is found by code and by Russian words, and a code is judged by its day."""

from datetime import date

import pytest

from backend_client.models.icd10 import Icd10Code
from workstation.core.icd10 import Icd10Index, Standing, is_one_slip_away, readings, stem

ON = date(2026, 11, 23)
CHANGED = date(2020, 10, 7)
INDEX = Icd10Index(
    [
        Icd10Code(code="I20-I25", title="ИШЕМИЧЕСКАЯ БОЛЕЗНЬ СЕРДЦА"),
        Icd10Code(code="I21", title="Острый инфаркт миокарда"),
        Icd10Code(code="I21.4", title="Острый субэндокардиальный инфаркт миокарда"),
        Icd10Code(code="I35.0", title="Аортальный (клапанный) стеноз"),
        Icd10Code(code="Q23.0", title="Врожденный стеноз аортального клапана"),
        Icd10Code(code="Q25.3", title="Стеноз аорты"),
        Icd10Code(code="O14.1", title="Тяжелая преэклампсия"),
        Icd10Code(code="B21.4", title="Другое"),
        Icd10Code(code="A90", title="Лихорадка денге", valid_to=CHANGED),
        Icd10Code(code="A97", title="Денге", valid_from=CHANGED),
    ],
    "2.27",
)


def found(typed: str, on: date = ON) -> list[str]:
    return [one.heading.code for one in INDEX.search(typed, on)]


@pytest.mark.parametrize("typed", ["I21", "i21", "И21", "и 21", "Ш21", "ш21"])
def test_a_code_is_found_whatever_letters_were_typed(typed: str) -> None:
    assert found(typed)[:2] == ["I21", "I21.4"]


@pytest.mark.parametrize("typed", ["I21.4", "и21,4", "Ш21ю4", "i214"])
def test_whatever_stands_for_the_point(typed: str) -> None:
    assert found(typed)[0] == "I21.4"


def test_all_readings_of_a_letter_are_offered() -> None:
    assert sorted(found("И21.4")) == ["B21.4", "I21.4"]
    assert readings("В05")[0] == "B05"
    assert readings("стеноз") == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("стеноз аорт", ["Q25.3", "I35.0", "Q23.0"]),
        ("стеноза аортального клапана", ["I35.0", "Q23.0"]),
        ("ПРЕЭКЛАМПСИЯ тяжёлая", ["O14.1"]),
        ("тяжелой преэклампсией", ["O14.1"]),
        ("миокарда инф", ["I21", "I21.4"]),
        ("инфаркт миокарда задний", ["I21", "I21.4"]),
        ("ишемическая", []),
        ("с", []),
        ("  ", []),
        ("слово", []),
    ],
)
def test_words_by_their_beginnings_in_any_form_and_order(typed: str, codes: list[str]) -> None:
    """A block is no diagnosis; one word too many still finds."""
    assert found(typed) == codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("приэклампсия", "O14.1"),  # a wrong letter
        ("прэклампсия", "O14.1"),  # a missing one
        ("преэкклампсия", "O14.1"),  # one too many
        ("преэкламспия", "O14.1"),  # two that changed places
        ("лихородка", None),  # only what is not in force has it
        ("аортольный стеноз", "I35.0"),
        ("врождёный стеноз", "Q23.0"),
        ("стинос", None),  # two slips
    ],
)
def test_one_slip_of_the_keys_is_forgiven(typed: str, code: str | None) -> None:
    assert found(typed)[:1] == ([] if code is None else [code])


def test_what_a_title_has_is_not_taken_for_a_slip() -> None:
    """«Стеноз» is a word of the directory: «стенок» is looked for only where nothing begins so."""
    assert is_one_slip_away("стенок", "стеноз")
    assert not is_one_slip_away("стенк", "станок")
    assert found("миокарда") == ["I21", "I21.4"]


def test_what_is_not_valid_that_day_is_found_by_its_code_alone() -> None:
    assert found("денге") == ["A97"]
    assert found("денге", date(2019, 1, 1)) == ["A90"]
    (old,) = INDEX.search("A90", ON)
    assert not old.is_valid


@pytest.mark.parametrize(
    ("code", "on", "standing"),
    [
        ("I35.0", ON, Standing.VALID),
        ("I35.0*", ON, Standing.VALID),
        ("A90", ON, Standing.NO_MORE),
        ("A90", date(2020, 10, 6), Standing.VALID),
        ("A97", date(2020, 10, 6), Standing.NOT_YET),
        ("A97", CHANGED, Standing.VALID),
        ("I20-I25", ON, Standing.BLOCK),
        ("I35.7", ON, Standing.UNKNOWN),
    ],
)
def test_a_code_is_judged_by_its_day(code: str, on: date, standing: Standing) -> None:
    assert INDEX.judge(code, on).standing is standing


def test_short_words_keep_their_letters() -> None:
    assert stem("вен") == "вен"
    assert stem("стеноза") == "стеноз"
