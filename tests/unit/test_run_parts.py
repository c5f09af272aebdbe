"""`make test` runs every test there is, in one of its parts."""

from pathlib import Path

from tools.run_tests import ALONE, BACKEND, JOURNEYS, WINDOW, WITH_JOURNEYS

ROOT = Path(__file__).resolve().parents[2]
FILES = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")]
SAID = "mark." + "journey"


def _is_named(file: Path, part: list[str]) -> bool:
    left_out = {word.removeprefix("--ignore=") for word in part if word.startswith("--ignore=")}
    places = {str(place) for place in (file, *file.parents)}
    return bool(places & set(part)) and not places & left_out


def test_every_file_is_in_one_part() -> None:
    """Of windows and servers, which run what is no journey."""
    wrong = [file for file in FILES if _is_named(file, WINDOW) == _is_named(file, BACKEND)]
    assert not wrong


def test_every_journey_is_looked_for_where_it_is() -> None:
    """Of the others nothing is collected: that takes as long as a journey."""
    journeys = [file for file in FILES if SAID in (ROOT / file).read_text("utf-8")]
    assert journeys
    assert not [file for file in journeys if not _is_named(file, WITH_JOURNEYS)]
    assert all(set(WITH_JOURNEYS) < set(part) for part in (JOURNEYS, ALONE))
