"""Versions of the contract."""

import pytest

from backend.versions import is_older


@pytest.mark.parametrize(
    ("version", "than"), [("0.1.0", "0.2.0"), ("0.9", "0.10"), ("0.1", "0.1.1"), ("1.2.3rc1", "2")]
)
def test_older_versions_are_older(version: str, than: str) -> None:
    assert is_older(version, than)
    assert not is_older(than, version)


def test_same_version_is_not_older_however_long_it_is_written() -> None:
    assert not is_older("0.1", "0.1.0")
    assert not is_older("0.1.0", "0.1")


@pytest.mark.parametrize("text", ["", "new", "v1"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        is_older(text, "0.1.0")
