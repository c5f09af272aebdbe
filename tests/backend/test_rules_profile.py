"""Match of a diagnosis with the centre's list (OZ-3, OZ-5)."""

import pytest

from backend.rules.profile import profile_match
from backend_client.models.requests import ProfileMatch
from tests.backend.clinic import a_catalogue

DISEASES = a_catalogue().diseases


@pytest.mark.parametrize("code", ["I47", "I47.2", " i47.2 ", "Q21.3"])
def test_listed_prefix_is_in_profile(code: str) -> None:
    """OZ-3"""
    assert profile_match(code, DISEASES) is ProfileMatch.IN_PROFILE


@pytest.mark.parametrize("code", ["M16.1", "I4", "Q30"])
def test_other_code_is_out_of_profile(code: str) -> None:
    """OZ-3"""
    assert profile_match(code, DISEASES) is ProfileMatch.OUT_OF_PROFILE


@pytest.mark.parametrize("code", [None, "", "  "])
def test_without_a_code_it_is_not_determined_and_never_out(code: str | None) -> None:
    """OZ-5"""
    assert profile_match(code, DISEASES) is ProfileMatch.NOT_DETERMINED
