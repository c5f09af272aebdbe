"""`render`: the window's own viewers, from the command line."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui.viewers.made_up import make_ecg, make_lead
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from workstation.commands.files import CommandFailed
from workstation.commands.render import LAYOUTS, Wish, ecg_picture, packed, picture_of, wish_of
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.arrangement import EcgLayout

ROOT = Path(__file__).resolve().parents[3]
SMALL = (640, 400)


def test_the_names_are_those_of_all_layouts() -> None:
    assert sorted(LAYOUTS.values()) == list(EcgLayout)


def test_the_command_line_is_understood() -> None:
    words = ["a.dcm", "out.png", "--layout", "6x2", "--speed", "50", "--gain", "20"]
    wish = wish_of([*words, "--size", "800x600", "--filter", "0.05-40"])
    assert (wish.layout, wish.speed, wish.gain, wish.size) == ("6x2", 50, 20, (800, 600))
    assert wish.filter.code == "0.05-40"
    assert wish_of(["a.dcm", "out.png"]) == Wish()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_ecg_in_each_layout(qapp: QApplication, viewer_theme: Theme, layout: str) -> None:
    picture = ecg_picture(make_ecg(), Wish(SMALL, layout), viewer_theme)
    assert (picture.width(), picture.height()) == SMALL
    assert len({picture.pixel(x, 200) for x in range(0, 640, 3)}) > 3


def test_a_choice_is_seen(qapp: QApplication, viewer_theme: Theme) -> None:
    pictures = [
        packed(ecg_picture(make_ecg(), wish, viewer_theme))
        for wish in (
            Wish(SMALL),
            Wish(SMALL, speed=50.0),
            Wish(SMALL, gain=5.0),
            Wish(SMALL, filter=TraceFilter(baseline=True)),
        )
    ]
    assert len(set(pictures)) == len(pictures)


async def test_a_clip_a_picture_and_its_failure(
    qapp: QApplication, viewer_theme: Theme, tmp_path: Path
) -> None:
    """Through the decoder process, as far as the first frame."""
    (tmp_path / "clip").write_bytes(make.clip_file(3))
    (tmp_path / "photo").write_bytes(make.jpeg(make.colour_frame(0, 60, 40)))
    for name in ("clip", "photo"):
        picture = await picture_of(tmp_path / name, Wish(SMALL), viewer_theme)
        assert (picture.width(), picture.height()) == SMALL
        middle = picture.pixelColor(320, 200)
        assert max(middle.red(), middle.green(), middle.blue()) > 20


def test_the_whole_command(tmp_path: Path) -> None:
    """In a process of its own: a PNG of the size, or the reason and nothing beside the file."""
    (tmp_path / "ecg.dcm").write_bytes(make.ecg_file())
    (tmp_path / "cut.dcm").write_bytes(make.ecg_file()[:600])
    target = tmp_path / "out.png"
    command = [sys.executable, "-m", "workstation", "render"]
    done = subprocess.run(
        [*command, str(tmp_path / "cut.dcm"), str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "cut.dcm: truncated: the file ends before what it announces\n"
    assert not target.exists()
    done = subprocess.run(
        [*command, str(tmp_path / "ecg.dcm"), str(target), "--size", "640x400"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (QImage(str(target)).width(), QImage(str(target)).height()) == SMALL
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cut.dcm", "ecg.dcm", "out.png"]


async def test_a_recording_of_hours(
    qapp: QApplication, viewer_theme: Theme, tmp_path: Path
) -> None:
    """The day above the trace; with a moment its paper; never beyond its end."""
    counts = np.tile(make.heart_counts(10_000, 1), (92, 1))
    path = tmp_path / "holter.ecg"
    path.write_bytes(binary.ishne(counts, ("V5",), rate=250))
    day = await picture_of(path, Wish(SMALL), viewer_theme)
    paper = await picture_of(path, Wish(SMALL, at_s=3000.0), viewer_theme)
    assert day.size() == paper.size()
    assert day != paper
    with pytest.raises(CommandFailed) as raised:
        await picture_of(path, Wish(SMALL, at_s=3700.0), viewer_theme)
    assert raised.value.code == 2


def test_a_page_that_begins_later(qapp: QApplication, viewer_theme: Theme) -> None:
    record = make_ecg([make_lead("II", seconds=60)])
    first = ecg_picture(record, Wish(SMALL), viewer_theme)
    assert ecg_picture(record, Wish(SMALL, at_s=0.5), viewer_theme) != first
    with pytest.raises(CommandFailed):
        ecg_picture(record, Wish(SMALL, at_s=60.0), viewer_theme)
