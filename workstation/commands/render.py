"""`python -m workstation render FILE OUT.png`: the file as the window's own viewer draws it."""

import argparse
import asyncio
import os
import re
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workstation.commands.figure_words import add_item, add_place
from workstation.commands.files import (
    FILE_HELP,
    UNREADABLE,
    WRONG_USE,
    CommandFailed,
    OneLineParser,
    disc_of_many,
    ended,
    opened,
    reason_of,
    written_whole,
)
from workstation.commands.measure import chosen_filter, recording_of, second
from workstation.commands.places import Wished, frame_of, page_of, slice_of
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import StudyError
from workstation.studies.long_ecg import LongEcg
from workstation.studies.long_study import LongEcgStudy
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.studies.report import ReportInfo
from workstation.studies.stack import GreyWindow
from workstation.studies.study import (
    ClipStudy,
    DiscStudy,
    EcgStudy,
    PdfStudy,
    PictureStudy,
    ReportStudy,
    StackStudy,
    Study,
)
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.choices import EcgChoices

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from workstation.ui.theme import Theme
    from workstation.ui.viewers.stack.view import StackView

_SIZE: Final = re.compile(r"(\d{2,5})x(\d{2,5})")
_LARGEST: Final = 8192
_FARTHEST_VALUE: Final = 1e6
_SPEEDS: Final = (12.5, 25.0, 50.0)
_GAINS: Final = (2.5, 5.0, 10.0, 20.0)
LAYOUTS: Final = {
    "3x4": EcgLayout.THREE_BY_FOUR,
    "6x2": EcgLayout.SIX_BY_TWO,
    "12x1": EcgLayout.TWELVE_BY_ONE,
    "rhythm": EcgLayout.RHYTHM,
    "cabrera": EcgLayout.CABRERA,
    "3x4+3": EcgLayout.THREE_RHYTHMS,
}
"""3x4 with one rhythm lead below; 3x4+3 with three."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How the picture is to be. What the layout, speed, gain and filter say is of ECGs only."""

    size: tuple[int, int] = (1920, 1080)
    layout: str | None = None
    """None: as the window chooses by itself."""
    speed: float = 25.0
    gain: float = 10.0
    filter: TraceFilter = TraceFilter()
    recording: int = 1
    simultaneous: bool = False
    at_s: float | None = None
    """The second at the left edge; of a recording of hours its paper is shown there."""
    place: Wished = Wished()
    """Which frame, slice or page; as the window opens the file where nothing is said."""
    window: GreyWindow | None = None
    """Of slices; None: as the window shows them by itself."""
    item: int | None = None
    """Of a disc, from 1."""


def main(words: list[str]) -> int:
    """Runs the subcommand; the exit code."""
    options = _parser().parse_args(words)
    return ended(lambda: _render(options.file, options.out, _wish(options)))


def wish_of(words: list[str]) -> Wish:
    """What a command line wishes."""
    return _wish(_parser().parse_args(words))


async def picture_of(path: Path, wish: Wish, theme: "Theme") -> "QImage":
    """The picture; runs on the Qt loop of an application. Raises CommandFailed."""
    async with opened(path, wish.item) as study:
        return await _drawn(study, wish, theme)


def _parser() -> OneLineParser:
    parser = OneLineParser(prog="workstation render", description=__doc__)
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE_HELP)
    parser.add_argument("out", metavar="OUT.png", type=_png)
    add_item(parser)
    parser.add_argument("--size", type=_size, default=(1920, 1080), metavar="WIDTHxHEIGHT")
    ecg = parser.add_argument_group("an ECG")
    ecg.add_argument("--layout", choices=tuple(LAYOUTS))
    ecg.add_argument("--speed", type=float, choices=_SPEEDS, default=25.0, help="mm/s")
    ecg.add_argument("--gain", type=float, choices=_GAINS, default=10.0, help="mm/mV")
    ecg.add_argument("--simultaneous", action="store_true", help="all columns the same seconds")
    ecg.add_argument("--filter", type=chosen_filter, default=TraceFilter(), metavar="CODE")
    ecg.add_argument("--at", type=second, metavar="SECOND", help="where the page begins")
    ecg.add_argument("--recording", type=int, default=1, metavar="N", help="as inspect counts")
    picture = parser.add_argument_group("a picture, slices or a document")
    add_place(picture)
    picture.add_argument(
        "--window",
        type=_window,
        metavar="CENTRE,WIDTH",
        help="of slices, in their values (HU of CT); a negative centre as --window=-600,1500",
    )
    return parser


def _png(words: str) -> Path:
    path = Path(words)
    if path.suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{words}: a name that ends with .png")
    return path


def _size(words: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(words)
    size = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
    if not all(0 < side <= _LARGEST for side in size):
        raise argparse.ArgumentTypeError(f"{words}: such as 1920x1080, {_LARGEST} at most")
    return size


def _window(words: str) -> GreyWindow:
    try:
        centre, width = (float(one) for one in words.split(","))
    except ValueError:
        centre = width = nan
    if not (abs(centre) <= _FARTHEST_VALUE and 1 <= width <= _FARTHEST_VALUE):
        raise argparse.ArgumentTypeError(f"{words}: CENTRE,WIDTH such as 40,80, a width from 1 on")
    return GreyWindow(centre, width)


def _wish(options: argparse.Namespace) -> Wish:
    return Wish(
        options.size,
        options.layout,
        options.speed,
        options.gain,
        options.filter,
        options.recording,
        options.simultaneous,
        options.at,
        Wished.of(options),
        options.window,
        options.item,
    )


def _render(path: Path, target: Path, wish: Wish) -> None:
    if not target.parent.is_dir():
        raise CommandFailed(WRONG_USE, f"{target.parent}: no such folder")
    if target.exists() and path.exists() and target.samefile(path):
        raise CommandFailed(WRONG_USE, f"{target}: the file itself would be overwritten")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever screen there is: it opens no window
    written_whole(target, _png_of(path, wish))


def _png_of(path: Path, wish: Wish) -> bytes:
    """In an application of its own."""
    import qasync
    from PySide6.QtCore import qInstallMessageHandler

    from workstation.application import make_application

    qInstallMessageHandler(lambda *_: None)  # the platform's remarks are not our one line
    application = make_application()
    theme = _dressed(application)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return packed(runner.run(picture_of(path, wish, theme)))


def _dressed(application: "QApplication") -> "Theme":
    """As the window dresses it; what stands beside pictures is always of the dark look."""
    from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens

    load_fonts()
    theme = Theme(load_tokens(), Scheme.DARK)
    application.setStyle("Fusion")
    application.setFont(theme.font("body"))
    application.setPalette(theme.palette())
    application.setStyleSheet(theme.stylesheet())
    return theme


def packed(picture: "QImage") -> bytes:
    """The picture as a PNG."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageWriter

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"PNG").write(picture):
        raise CommandFailed(UNREADABLE, "out_of_memory: no room for the picture")
    return bytes(content.data())


async def _drawn(study: Study, wish: Wish, theme: "Theme") -> "QImage":
    """The viewer that the file needs, at that size, once it shows the file."""
    if wish.window is not None and not isinstance(study, StackStudy):
        words = f"--window is for slices, this is an open {study.kind.value}"
        raise CommandFailed(WRONG_USE, words)
    match study:
        case ClipStudy(info=info):
            return await _pictures(study, frame_of(wish.place, info.frame_count), wish, theme)
        case PictureStudy():
            return await _pictures(study, frame_of(wish.place, 1), wish, theme)
        case PdfStudy(info=info):
            return await _pictures(study, page_of(wish.place, info.page_count), wish, theme)
        case StackStudy():
            return await _stack(study, wish, theme)
        case EcgStudy() | LongEcgStudy() | ReportStudy():
            return await _whole(study, wish, theme)
        case DiscStudy():
            raise disc_of_many(study)


async def _whole(
    study: EcgStudy | LongEcgStudy | ReportStudy, wish: Wish, theme: "Theme"
) -> "QImage":
    """What has no frames and no pages."""
    if wish.place != Wished():
        words = f"--frame, --page and --series are for pictures, this is an open {study.kind.value}"
        raise CommandFailed(WRONG_USE, words)
    match study:
        case EcgStudy():
            return ecg_picture(study.info, wish, theme)
        case LongEcgStudy():
            return await _long(study, wish, theme)
        case ReportStudy():
            return report_picture(study.info, wish, theme)


def report_picture(report: ReportInfo, wish: Wish, theme: "Theme") -> "QImage":
    """The beginning of the table in the window's viewer."""
    from workstation.ui.viewers.report.view import ReportView

    viewer = ReportView(theme)
    viewer.resize(*wish.size)
    viewer.show_report(report)
    return _grabbed(viewer, wish)


def ecg_picture(record: EcgRecord, wish: Wish, theme: "Theme") -> "QImage":
    """The recording in the window's viewer. Raises CommandFailed."""
    from PySide6.QtGui import QGuiApplication

    from workstation.ui.viewers.ecg.paper import ScreenCalibration
    from workstation.ui.viewers.ecg.view import EcgView

    recording_of(record, wish.recording)  # there is one of that number
    viewer = EcgView(theme, ScreenCalibration.from_screen(QGuiApplication.primaryScreen()))
    viewer.resize(*wish.size)
    viewer.show_record(record)
    viewer.turn_to(wish.recording - 1)
    viewer.choose(_choices(wish))
    if wish.at_s is not None:
        _check_moment(wish.at_s, viewer.sheet.record or record)
        viewer.sheet.go_to(wish.at_s)
    return _grabbed(viewer, wish)


def _choices(wish: Wish) -> EcgChoices:
    return EcgChoices(
        layout=None if wish.layout is None else LAYOUTS[wish.layout],
        speed=wish.speed,
        gain=wish.gain,
        simultaneous=wish.simultaneous,
        filter=wish.filter,
    )


def _check_moment(second: float, recording: EcgRecord | LongEcg) -> None:
    if second >= recording.duration_s:
        words = f"--at {second:g}: the recording has {recording.duration_s:g} s"
        raise CommandFailed(WRONG_USE, words)


async def _long(study: LongEcgStudy, wish: Wish, theme: "Theme") -> "QImage":
    """The day above the trace; the paper where a moment is wished."""
    from workstation.commands.long_frame import LongFrame

    recording_of(study.info.facts, wish.recording)
    _check_moment(wish.at_s or 0.0, study.info)
    frame = LongFrame(study, theme, wish.size)
    try:
        await frame.shown(_choices(wish), wish.at_s)
        return _grabbed(frame.viewer, wish)
    except StudyError as error:
        raise CommandFailed(UNREADABLE, reason_of(error)) from error
    finally:
        await frame.close()


async def _pictures(
    study: ClipStudy | PictureStudy | PdfStudy, index: int, wish: Wish, theme: "Theme"
) -> "QImage":
    """Of a clip that frame, of a document that page."""
    from workstation.commands.one_frame import OneFrame

    one = OneFrame(study, theme, wish.size, index)
    try:
        await one.shown()
        return _grabbed(one.viewer, wish)
    except StudyError as error:
        raise CommandFailed(UNREADABLE, reason_of(error)) from error
    finally:
        await one.close()


async def _stack(study: StackStudy, wish: Wish, theme: "Theme") -> "QImage":
    """The slice in the middle of the first series, through the file's own window, or as wished."""
    from workstation.ui.task_scope import TaskScope
    from workstation.ui.viewers.stack.view import StackView

    index = slice_of(wish.place, study.info)
    try:
        await study.slice(index)
    except StudyError as error:
        raise CommandFailed(UNREADABLE, reason_of(error)) from error
    viewer, tasks = StackView(theme), TaskScope(on_error=lambda _: None)
    viewer.resize(*wish.size)
    viewer.show_stack(study.info, study, tasks)
    _look_at(viewer, index, wish.window)
    await tasks.finish()  # the device's lines over it, too
    picture = _grabbed(viewer, wish)
    viewer.clear()
    await tasks.close()
    return picture


def _look_at(viewer: "StackView", index: int, window: GreyWindow | None) -> None:
    from workstation.ui.viewers.stack.windows import WindowChoice

    model = viewer.model
    assert model is not None  # it was shown a stack
    model.go_to(index)
    if window is not None:
        model.choose(WindowChoice(None, window))


def _grabbed(viewer: "QWidget", wish: Wish) -> "QImage":
    viewer.resize(*wish.size)
    viewer.ensurePolished()
    picture = viewer.grab().toImage()
    if picture.isNull():
        raise CommandFailed(UNREADABLE, "out_of_memory: no room for the picture")
    return picture
