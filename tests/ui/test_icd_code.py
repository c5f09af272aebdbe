"""ICD-10 codes as they are typed, under either layout."""

import pytest

from workstation.ui.screens.conclusion.icd_code import (
    TypedCode,
    as_code,
    is_beginning_of_code,
    is_code,
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("I35.0", "I35.0"),
        ("i35.0", "I35.0"),
        ("Ш35.0", "I35.0"),
        ("ш35ю0", "I35.0"),
        ("Ш35,0", "I35.0"),
        (" I 35.0 ", "I35.0"),
        ("П63.2*", "G63.2*"),
        ("С50.1", "C50.1"),
        ("Щ80", "O80"),
        ("Й21.0", "Q21.0"),
    ],
)
def test_a_code_is_understood_under_both_layouts(typed: str, code: str) -> None:
    assert as_code(typed) == TypedCode(code)
    assert is_code(code)


@pytest.mark.parametrize(
    ("typed", "code", "read_as"),
    [("О80", "O80", ("О", "O")), ("у11", "E11", ("У", "E")), ("К29.1", "K29.1", ("К", "K"))],
)
def test_a_letter_with_two_readings_is_told(
    typed: str, code: str, read_as: tuple[str, str]
) -> None:
    assert as_code(typed) == TypedCode(code, read_as)


@pytest.mark.parametrize("text", ["", "I", "I3", "35", "I35.", "I35.012", "II5", "I35.0.", "Й21"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


def test_what_may_still_become_a_code_is_not_called_wrong() -> None:
    for text in ("", "I", "I3", "I35", "I35.", "I35.1"):
        assert is_beginning_of_code(text), text
    for text in ("3", "II", "I3.", "I35.1.", "I350"):
        assert not is_beginning_of_code(text), text
