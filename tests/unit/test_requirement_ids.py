"""The list of requirements without a test. Ids are put together here, so as not to name them."""

from pathlib import Path

from tools.requirement_ids import ids_named, ids_required

FIRST, SECOND, THIRD = "OZ" + "-1", "DRC" + "-11", "SPB" + "-41"


def test_rows_are_found_in_their_order() -> None:
    text = f"| id | says | does |\n|---|---|---|\n| {FIRST} | a | b |\n| {SECOND} | {THIRD} | d |\n"
    assert ids_required(text) == [FIRST, SECOND]


def test_ids_in_tests_count_as_named(tmp_path: Path) -> None:
    (tmp_path / "test_clock.py").write_text(f"# proves {FIRST} and {THIRD}")
    assert ids_named(tmp_path) == {FIRST, THIRD}
