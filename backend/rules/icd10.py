"""Titles of ICD-10 headings: an own table of the chapters that the centres work with."""

import csv
from functools import cache
from pathlib import Path

HEADINGS = Path(__file__).parents[2] / "resources" / "catalogues" / "icd10_headings.csv"
HEADING_LENGTH = 3
"""Letters and digits of a heading («I35»); a subheading has more («I35.0»)."""


def icd10_title(code: str) -> tuple[str, str] | None:
    """The heading's title in Russian and English; None where the table has no such heading.

    A subheading that is not in the table by itself answers with its three-character heading.
    """
    titles = icd10_titles()
    code = code.strip().upper()
    return titles.get(code) or titles.get(code[:HEADING_LENGTH])


@cache
def icd10_titles(path: Path = HEADINGS) -> dict[str, tuple[str, str]]:
    """The whole table in its order: code to title in Russian and English. Read once."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter=";")
        return {row["code"]: (row["title_ru"], row["title_en"]) for row in rows}
