"""What a subcommand says and leaves where it fails: 2 or 3, one line, nothing half written."""

from pathlib import Path

import pytest

from tests.unit.studies import dicom_factory as make
from workstation.__main__ import COMMANDS, main
from workstation.commands.files import CommandFailed, reason_of, written_whole
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile

Lines = pytest.CaptureFixture[str]


def refused(words: list[str]) -> int:
    """The exit code, however it is told."""
    try:
        return main(words)
    except SystemExit as left:
        code = left.code
    assert isinstance(code, int)
    return code


def one_line(capsys: Lines) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize(
    "words",
    [
        ["inspect"],
        ["inspect", "nowhere.dcm"],
        ["inspect", "a", "b"],
        ["render", "a.dcm", "out.jpg"],
        ["render", "a.dcm", "out.png", "--size", "20x"],
        ["render", "a.dcm", "out.png", "--size", "99999x10"],
        ["render", "a.dcm", "out.png", "--layout", "5x5"],
        ["render", "a.dcm", "out.png", "--speed", "30"],
        ["render", "a.dcm", "nowhere/out.png"],
        ["render", "a.dcm", "out.png", "--window", "40"],
        ["render", "a.dcm", "out.png", "--window", "40,0"],
        ["render", "a.dcm", "out.png", "--window", "nan,80"],
        ["render", "a.dcm", "out.png", "--window", "40,inf"],
        ["render", "a.dcm", "out.png", "--frame", "-1"],
        ["render", "a.dcm", "out.png", "--page", "0"],
        ["measure", "a.dcm"],
        ["measure", "a.dcm", "--from", "1"],
        ["measure", "a.dcm", "--from", "nan", "--to", "1"],
        ["measure", "a.dcm", "--from", "-1", "--to", "1"],
        ["measure", "a.dcm", "--from", "0", "--to", "1", "--cycles", "0"],
        ["measure", "a.dcm", "--beat", "--filter", "strong"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused_in_a_line(words: list[str], capsys: Lines) -> None:
    assert refused(words) == 2
    one_line(capsys)


def test_a_folder_of_several_records_has_to_be_told_which(tmp_path: Path, capsys: Lines) -> None:
    for name in ("a.hea", "b.hea"):
        (tmp_path / name).write_text("a 1 500 10\na.dat 16 200 16 0 0 0 0 I\n")
    assert refused(["inspect", str(tmp_path)]) == 2
    assert "2 WFDB headers" in one_line(capsys)


def test_an_unreadable_file_is_3_and_its_reason(tmp_path: Path, capsys: Lines) -> None:
    """And its words are not quoted: they may be a patient's."""
    cut = tmp_path / "cut.dcm"
    cut.write_bytes(make.ecg_file()[:600])
    assert refused(["inspect", str(cut)]) == 3
    words = one_line(capsys)
    assert words == "cut.dcm: truncated: the file ends before what it announces\n"
    assert "Образцова" not in words


def test_a_file_is_not_overwritten_by_its_own_picture(tmp_path: Path, capsys: Lines) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"kept")
    assert refused(["render", str(photo), str(photo)]) == 2
    assert "overwritten" in one_line(capsys)
    assert photo.read_bytes() == b"kept"


def test_every_reason_has_words() -> None:
    for reason in Unreadable:
        assert reason_of(UnreadableFile(reason, "X")).startswith(f"{reason.value}: ")
    for stopped in StopReason:
        assert reason_of(DecoderStopped(stopped)).startswith("decoder_stopped: ")


def test_a_picture_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    written_whole(target, b"first")
    written_whole(target, b"second")
    assert target.read_bytes() == b"second"
    target.unlink()
    target.mkdir()
    with pytest.raises(CommandFailed):
        written_whole(target, b"third")
    assert [one.name for one in tmp_path.iterdir()] == ["out.png"]


def test_the_commands_are_known() -> None:
    assert COMMANDS == ("inspect", "render", "measure")
