"""Codes of structured reports as a Russian doctor says them; else the file's own words, literal."""

import csv
from functools import cache
from typing import Final

from workstation.resources import resource
from workstation.studies.report import Coded

_OLD_SNOMED: Final = ("SNM3", "99SDM")
"""Other names of the scheme "SRT" (PS3.16, 8)."""


def term(code: Coded) -> str:
    """The term where the code is known, else its meaning in the file, else the code itself."""
    return known_term(code) or code.meaning or code.value


def known_term(code: Coded) -> str:
    """The term of the table; "" where the code is not in it."""
    scheme = "SRT" if code.scheme in _OLD_SNOMED else code.scheme
    return _terms().get((scheme, code.value), "")


@cache
def _terms() -> dict[tuple[str, str], str]:
    with resource("catalogues", "report_terms_ru.csv").open(encoding="utf-8", newline="") as file:
        return {(row["scheme"], row["code"]): row["term"] for row in csv.DictReader(file)}
