"""A folder on the command line: the slices in it, within bounds, and nothing from elsewhere."""

import json
from pathlib import Path

import pytest

from tests.unit.commands.test_failures import one_line, refused
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import slices
from tests.unit.studies.test_picture_and_pdf import pdf
from workstation.__main__ import main
from workstation.studies.file_set import FolderTooLarge, files_in


def a_folder(path: Path) -> Path:
    """Two series, one of them in a folder of its own; a file that is no slice."""
    (path / "inner").mkdir()
    for number in (1, 2, 3, 5, 6, 7):
        (path / f"{9 - number}.dcm").write_bytes(slices.ct_file(number))
    other = slices.ct(7)
    other.SeriesInstanceUID, other.SeriesNumber, other.PatientName = "1.2.9", 5, "Другой^Пациент"
    other.SOPInstanceUID = "1.2.9.7"
    (path / "inner" / "a").write_bytes(make.written(other))
    (path / "notes.txt").write_text("for the colleague")
    return path


def test_inspect_says_series_order_gaps_and_whose_they_are(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["inspect", str(a_folder(tmp_path)), "--json"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert (answer["kind"], answer["slices"], answer["left_out"]) == ("stack", 7, 1)
    found = {one["number"]: one for one in answer["series"]}
    assert found[2]["order"] == [1, 2, 3, 5, 6, 7]
    assert (found[2]["from_mm"], found[2]["to_mm"]) == (5.0, 35.0)
    assert found[2]["patient"]["name"] == "Образцов Пётр"
    assert found[5]["patient"]["name"] == "Другой Пациент"
    assert found[2]["scale"] == "pixel_spacing"
    assert any("missing" in note for note in found[2]["notes"])


def test_a_folder_of_one_file_is_that_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "clip").write_bytes(make.clip_file(2))
    assert main(["inspect", str(tmp_path), "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["kind"] == "clip"


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Neither to files nor to folders, and no circle is walked."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    (inside / "own").write_bytes(b"own")
    (inside / "file").symlink_to(outside / "secret")
    (inside / "folder").symlink_to(outside)
    (inside / "circle").symlink_to(inside)
    assert files_in(inside) == {"own": b"own"}


def test_a_folder_has_bounds(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(100))
    (tmp_path / "b").write_bytes(bytes(100))
    assert len(files_in(tmp_path, 200)) == 2
    with pytest.raises(FolderTooLarge):
        files_in(tmp_path, 199)
    deep = tmp_path
    for _ in range(9):
        deep = deep / "d"
    deep.mkdir(parents=True)
    with pytest.raises(FolderTooLarge):
        files_in(tmp_path)


@pytest.mark.parametrize("content", [(), (b"nothing", b"of ours")], ids=["empty", "no slices"])
def test_a_folder_without_slices_is_refused_in_a_line(
    content: tuple[bytes, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, data in enumerate(content):
        (tmp_path / str(number)).write_bytes(data)
    assert refused(["inspect", str(tmp_path)]) == (3 if content else 2)
    one_line(capsys)


def test_a_folder_without_slices_is_a_disc_of_items(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each of which is inspected and measured by its number."""
    (tmp_path / "a.dcm").write_bytes(make.clip_file(2))
    (tmp_path / "b.pdf").write_bytes(pdf())
    assert main(["inspect", str(tmp_path), "--json"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["kind"] == "disc"
    items = [
        item for exam in answer["exams"] for series in exam["series"] for item in series["items"]
    ]
    assert [(one["item"], one["kind"]) for one in items] == [(1, "clip"), (2, "document")]
    assert main(["inspect", str(tmp_path), "--item", "2"]) == 0
    assert "kind: pdf" in capfdbinary.readouterr().out.decode()
    words = ["measure", str(tmp_path), "--item", "1", "--line", "0,0,3,4", "--json"]
    assert main(words) == 0
    assert json.loads(capfdbinary.readouterr().out)["kind"] == "clip"
    assert main(["inspect", str(tmp_path)]) == 0
    assert "item 1: clip of 2 in 1 file(s)" in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize("words", [(), ("--item", "3"), ("--item", "0")], ids=" ".join)
def test_of_a_disc_one_item_is_measured(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.dcm").write_bytes(make.clip_file(2))
    (tmp_path / "b.pdf").write_bytes(pdf())
    assert refused(["measure", str(tmp_path), *words, "--line", "0,0,1,1"]) == 2
    one_line(capsys)


def test_an_item_of_a_single_file_makes_no_sense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.dcm").write_bytes(make.clip_file(2))
    assert refused(["inspect", str(tmp_path / "a.dcm"), "--item", "1"]) == 2
    one_line(capsys)
