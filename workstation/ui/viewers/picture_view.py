"""A photo or a scan: fit, zoom, pan, turn; measured as the paper of an ECG, or as an ultrasound
picture."""

import asyncio
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.evidence import FramePlace, Origin, PicturePlace
from workstation.core.findings import Finding
from workstation.core.photo_sheets import PhotoSheets
from workstation.studies.errors import StudyError
from workstation.studies.imaging import PictureInfo
from workstation.studies.measure.measurable import Still
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_words import DocumentWords
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.frame_feed import FrameFeed, FrameSource
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.numbers import moment
from workstation.ui.viewers.own_keys import PAGE_KEYS, bind_own_keys
from workstation.ui.viewers.page_tone import Tone
from workstation.ui.viewers.paper_ecg.desk import PaperDesk
from workstation.ui.viewers.paper_ecg.shelf import PaperShelf
from workstation.ui.viewers.photo_entry import PhotoEntry
from workstation.ui.viewers.photo_figures import PhotoFigures
from workstation.ui.viewers.photo_sheets import PAPER, Glance, SheetPages, SheetWords
from workstation.ui.viewers.picture_canvas import CornerLine, Corners, PictureCanvas
from workstation.ui.viewers.thumbnails import Thumbnails

_ROOM_FOR_SHEETS = 620


class PictureView(QWidget):
    """Shows one picture. `failed` carries a StudyError."""

    failed = Signal(object)
    activated = Signal()
    sheet_wanted = Signal(str)
    """Another photo of the same paper is to be read: its document's id."""
    keys_changed = Signal()
    """Keys do other things than before: another tool, or figures can be drawn."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ImagingWords(self)
        self._shades = DocumentWords(self)
        self._tone = Tone()
        self._whose = ""
        self._tasks: TaskScope | None = None
        self._info: PictureInfo | None = None
        self._feed: FrameFeed | None = None
        self._theme = theme
        self._sheet_words = SheetWords(self)
        self._sheets: PhotoSheets | None = None
        self._sheet_ids: tuple[str, ...] = ()
        self._sheets_wanted: bool | None = None
        """What the doctor chose; None: where there is room."""
        self.thumbnails = Thumbnails(theme, self)
        self.canvas = PictureCanvas(theme, self)
        tell_mouse(self.canvas, Surface.PICTURE)
        self.paper = PaperDesk(theme, self.canvas, self)
        self.drawn = PhotoFigures(theme, self.canvas, self)
        self.entry = PhotoEntry(theme, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.paper.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.thumbnails)
        row.addWidget(self.canvas, 1)
        box.addLayout(row, 1)
        box.addWidget(self.entry)
        self.thumbnails.hide()
        self.thumbnails.chosen.connect(self._choose_sheet)
        self.setFocusProxy(self.canvas)
        self.canvas.viewport_changed.connect(self._write_corners)
        self.canvas.wheel_turned.connect(lambda steps: self.canvas.zoom(-steps))
        self.canvas.clicked.connect(self.activated)
        self.paper.opened.connect(self._mode_changed)
        self.paper.left.connect(self._mode_changed)
        self._connect_figures()

    def show_picture(
        self,
        info: PictureInfo,
        source: FrameSource,
        tasks: TaskScope,
        shelf: PaperShelf | None = None,
        *,
        figures: FigureShelf | None = None,
        case: CaseFigures | None = None,
        taken_on: date | None = None,
    ) -> None:
        """Opens a picture; its pixels are asked for within `tasks`.

        `shelf`: where marks and calipers of a paper ECG are kept; `figures`: those of an ultrasound
        picture, of that `case`; without one they go with it. `taken_on`: day of the examination.
        """
        self.clear()
        self._info, self._tasks = info, tasks
        self.paper.show(shelf or PaperShelf(), 0, info.width, info.height)
        self.drawn.show(Still.of(info, taken_on), figures, case)
        self.canvas.expect(info.width, info.height, 1.0)
        self._feed = FrameFeed(source, 1, tasks, on_frame=self._arrived, on_error=self._fail)
        self._write_corners()
        self._feed.want((0,))

    def show_sheets(self, sheets: PhotoSheets | None, glance: Glance, tasks: TaskScope) -> None:
        """The photos beside which this one is read; None: it stands alone. `glance` opens one."""
        if sheets is not None and sheets == self._sheets:
            return
        before, self._sheets = self._sheet_ids, sheets
        if sheets is None:
            self.forget_sheets()
        else:
            pages, ids = SheetPages(sheets, glance), tuple(one.id for one in sheets.sheets)
            self._sheet_ids = ids
            if ids == before:
                self.thumbnails.go_on(pages, tasks)
            else:
                self.thumbnails.show_document([PAPER] * len(ids), pages, tasks)
            self.thumbnails.name_pages([self._sheet_words.named(one) for one in sheets.sheets])
            self.thumbnails.show_current(sheets.number)
        self._arrange_sheets()
        self._write_corners()

    def forget_sheets(self) -> None:
        """Nothing of other photos stays, not even a small picture."""
        self._sheets, self._sheet_ids = None, ()
        self.thumbnails.clear()
        self._arrange_sheets()

    def clear(self) -> None:
        """Shows nothing; the pixels are given back. Small pictures stay for the next sheet."""
        self._sheets = None
        self.thumbnails.go_on(None, None)
        if self._feed is not None:
            self._feed.close()
        self._feed, self._info, self._tasks = None, None, None
        self._tone = Tone()
        self.paper.show(PaperShelf(), 0, 1, 1)
        self.drawn.clear()
        self._mode_changed()
        self.canvas.clear()
        self.canvas.show_corners(Corners())

    def set_whose(self, name: str) -> None:
        """Whose request it is: a photo has no name of its own. "" where that is not known."""
        self._whose = name
        self._write_corners()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        acts = self.drawn.actions()
        if self.drawn.can_say:
            acts["figure.ultrasound"] = self._say
        if self._sheets is not None:
            acts["document.thumbnails"] = self._toggle_sheets
        if not self.drawn.is_on:  # its key is that of velocities
            acts["document.invert"] = lambda: self._set_tone(self._tone.inverted())
        return acts | {
            "view.zoom_in": lambda: self.canvas.zoom(1),
            "view.zoom_out": lambda: self.canvas.zoom(-1),
            "view.fit": self.canvas.fit,
            "view.rotate": self.canvas.turn,
            "paper.open": self.paper.toggle,
            "document.contrast": lambda: self._set_tone(self._tone.with_more_contrast()),
            "document.lighter": lambda: self._set_tone(self._tone.lighter(1)),
            "document.darker": lambda: self._set_tone(self._tone.lighter(-1)),
        }

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys of both desks, and its own while the focus is in it."""
        self.paper.bind(shortcuts)
        self.drawn.bind(shortcuts)
        same_key = ("document.invert", "figure.velocity")
        others = [action for action in PAGE_KEYS if action not in same_key]
        bind_own_keys(self, self.key_actions, others, shortcuts)
        bind_own_keys(self, self.key_actions, same_key, shortcuts, yields=True)

    @property
    def figures(self) -> FigureDesk | None:
        """The desk of figures, while they can be drawn."""
        return self.drawn.desk if self.drawn.is_on else None

    def put_paper_away(self) -> None:
        """Figures are to be seen: whatever is kept on paper, its desk is closed."""
        self.paper.leave()

    def finding(self) -> Finding | None:
        """The chosen measurement of the paper or of the ultrasound picture; without one, and where
        none is worked on, the whole photo."""
        if self.paper.is_open or self._info is None:
            return self.paper.finding()
        figure = self.drawn.finding()
        if figure is not None:
            return figure
        place = PicturePlace(start=(0.0, 0.0), stop=self._far_corner(self._info))
        return Finding(self._sheet_words.whole(self._sheets), place, Origin.BY_HAND)

    def show_place(self, place: PicturePlace | FramePlace) -> bool:
        """Brings a place of the picture into sight and marks it; False for what is not here."""
        if isinstance(place, FramePlace):
            self.put_paper_away()
            return self.drawn.show_place(place)
        if self._info is None or place.page:
            return False
        if (place.start, place.stop) == ((0.0, 0.0), self._far_corner(self._info)):
            self.canvas.fit()
            return True
        return self.paper.show_place(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_sheets()

    @staticmethod
    def _far_corner(info: PictureInfo) -> tuple[float, float]:
        return float(info.width), float(info.height)

    def _choose_sheet(self, number: int) -> None:
        self.activated.emit()
        if self._sheets is not None and number != self._sheets.number:
            self.sheet_wanted.emit(self._sheets.sheets[number].id)

    def _toggle_sheets(self) -> None:
        self._sheets_wanted = not self.thumbnails.isVisibleTo(self)
        self._arrange_sheets()

    def _arrange_sheets(self) -> None:
        usual = self.width() >= self._theme.px(_ROOM_FOR_SHEETS)
        wanted = self._sheets_wanted
        shown = usual if wanted is None else wanted
        self.thumbnails.setVisible(bool(self._sheet_ids) and shown)

    def _set_tone(self, tone: Tone) -> None:
        """Other shades of the whole picture; a bad photo of a paper becomes legible."""
        self._tone = tone
        self._write_corners()
        if tone.is_plain or self._tasks is None:
            self.canvas.dress(None)
        elif self.canvas.has_picture:
            self._tasks.start(self._dye(self.canvas.image.copy(), tone), name="picture.tone")

    async def _dye(self, image: QImage, tone: Tone) -> None:
        """In a thread; what is out of date then is dropped."""
        dyed = await asyncio.to_thread(tone.applied, image)
        if tone == self._tone and self.canvas.has_picture:
            self.canvas.dress(dyed)

    def _connect_figures(self) -> None:
        self.entry.paper_wanted.connect(self.paper.open)
        self.entry.ultrasound_wanted.connect(self._say)
        self.entry.calibration_wanted.connect(lambda: self.drawn.desk.do("figure.calibrate"))
        self.drawn.changed.connect(self.keys_changed)
        self.drawn.desk.hand_changed.connect(self.keys_changed)
        self.drawn.scale_changed.connect(self._tell_scale)

    def _say(self) -> None:
        """What the photo is: from the paper of an ECG it goes straight to the ultrasound."""
        if self.paper.is_open:
            self.paper.leave()
            self.drawn.say()
        else:
            self.drawn.toggle()

    def _tell_scale(self) -> None:
        shelf, is_on = self.drawn.shelf, self.drawn.is_on
        self.entry.show_said(shelf.hand, is_ultrasound=is_on, is_settled=shelf.is_drawn_on)

    def _mode_changed(self) -> None:
        """While the paper is worked on, keys go to its surface."""
        is_open = self.paper.is_open
        self.drawn.put_aside(is_aside=is_open)
        self.entry.setVisible(not is_open)
        self.setFocusProxy(self.paper.surface if is_open else self.canvas)

    def _arrived(self, index: int) -> None:
        frame = self._feed.take(index) if self._feed else None
        if frame is not None:
            self.canvas.show_frame(frame)
            self.drawn.show_frame()

    def _fail(self, error: StudyError) -> None:
        self.failed.emit(error)

    def _write_corners(self) -> None:
        if self._info is None:
            return
        scale = CornerLine(self._words.percent(self.canvas.viewport.scale))
        tone = self._shades.tone(self._tone)
        taken = moment(None, self._info.taken_at)
        below = [scale, CornerLine(tone)] if tone else [scale]
        above = [CornerLine(self._words.by_request(self._whose))] if self._whose else []
        above += [CornerLine(taken)] if taken else []
        if self._sheets is not None:
            above.insert(0, CornerLine(self._sheet_words.sheet(self._sheets), bright=True))
        self.canvas.show_corners(Corners(bottom_left=below, top_left=above))
