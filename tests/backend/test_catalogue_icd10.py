"""The table of ICD-10 headings: its form, its reach, its agreement with the national directory."""

import csv
import json
import re
from pathlib import Path

import pytest

from backend.rules.icd10 import HEADINGS, icd10_title, icd10_titles

NATIONAL = Path(__file__).parents[3] / "shared/data/icd10/1.2.643.5.1.13.13.11.1005_2.27.csv"
CENTRES = ("cardio", "perinatal")
CHAPTERS = (
    [("I05", "I09"), ("I20", "I28"), ("I30", "I52"), ("I60", "I74"), ("I80", "I83")]
    + [("Q20", "Q28"), ("Q50", "Q52"), ("O10", "O16"), ("O20", "O26"), ("O60", "O75")]
    + [("O85", "O92"), ("P10", "P15"), ("P20", "P29"), ("P50", "P61"), ("N60", "N64")]
    + [("N70", "N77"), ("N80", "N98"), ("C50", "C58"), ("D05", "D07"), ("D24", "D28")]
    + [("R00", "R07"), ("Z30", "Z39")]
)
"""First and last of runs without a hole in ICD-10."""


def rows() -> list[dict[str, str]]:
    with HEADINGS.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=";"))


def prefixes(centre: str) -> set[str]:
    versions = json.loads((HEADINGS.parent / f"{centre}.json").read_bytes())
    groups = [group for version in versions for group in version["diseases"]]
    return {prefix for group in groups for prefix in group["icd10_prefixes"]}


def test_every_row_is_a_code_with_a_title_in_both_languages() -> None:
    for row in rows():
        assert re.fullmatch(r"[A-Z]\d\d(\.\d)?", row["code"])
        assert re.search("[а-яё]", row["title_ru"]), row["code"]
        assert re.fullmatch(r"[A-Za-z0-9 ,'()-]+", row["title_en"]), row["code"]
        assert max(len(row["title_ru"]), len(row["title_en"])) <= 70, row["code"]


def test_codes_are_ordered_and_stand_once() -> None:
    codes = [row["code"] for row in rows()]
    assert codes == sorted(set(codes))


def test_titles_tell_headings_of_a_chapter_apart() -> None:
    titles = [row["title_ru"] for row in rows()]
    assert len(set(titles)) == len(titles)


def test_every_subheading_has_its_heading() -> None:
    codes = {row["code"] for row in rows()}
    assert {code[:3] for code in codes} <= codes


@pytest.mark.parametrize(("first", "last"), CHAPTERS)
def test_blocks_of_the_centres_have_no_hole(first: str, last: str) -> None:
    expected = {f"{first[0]}{number:02}" for number in range(int(first[1:]), int(last[1:]) + 1)}
    assert expected <= set(icd10_titles())


@pytest.mark.parametrize("centre", CENTRES)
def test_every_prefix_of_the_disease_lists_has_a_heading(centre: str) -> None:
    """OZ-3, OZ-5."""
    codes = icd10_titles()
    without = {one for one in prefixes(centre) if not any(code.startswith(one) for code in codes)}
    assert not without


def test_title_of_a_code() -> None:
    assert icd10_title("I35.0") == ("Аортальный стеноз", "Aortic stenosis")
    assert icd10_title(" i35.0 ") == icd10_title("I35.0")


def test_unknown_subheading_answers_with_its_heading() -> None:
    assert icd10_title("I35.8") == icd10_title("I35")


@pytest.mark.parametrize("code", ["", "I", "A00", "нет кода"])
def test_code_outside_the_table_has_no_title(code: str) -> None:
    assert icd10_title(code) is None


@pytest.mark.shared_data
@pytest.mark.skipif(not NATIONAL.exists(), reason="the national directory is not beside us")
def test_every_code_is_in_the_national_directory() -> None:
    with NATIONAL.open(encoding="utf-8", newline="") as table:
        national = list(csv.DictReader(table, delimiter=";"))
    actual = {row["MKB_CODE"] for row in national if row["ACTUAL"] == "1"}
    assert {row["code"] for row in rows()} <= actual
