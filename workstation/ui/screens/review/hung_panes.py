"""What hangs where: the places of a case by the centre's rules and the doctor's choice. No widgets.

Places of one kind can stand aside, in a window of their own (decision 0057).
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.hanging import AT_ONCE, HangingRule
from workstation.core.hanging import (
    PICTURES,
    HangingRules,
    kinds_beside,
    name_of,
    places_at,
)
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState, Studies


class HungPanes(QObject):
    """Pictures hang above the ECG, documents beside them or in the whole place.

    A file opens in the pane of its kind, and the pane in which one was opened last is the active
    one. Only files that are seen are opened: an opened file counts as looked at.
    """

    changed = Signal()
    """Which panes are seen, or which one is active."""

    def __init__(self, studies: Studies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pictures = [PaneModel(PaneKind.PICTURES, studies, self) for _ in range(AT_ONCE[-1])]
        self.ecg = PaneModel(PaneKind.ECG, studies, self)
        self.document = PaneModel(PaneKind.DOCUMENT, studies, self)
        self.active = self.ecg
        self.one_pane = False
        self.aside: PaneKind | None = None
        """The kind whose places stand in a window of their own."""
        self._picture_pane = self.pictures[0]
        self._rules = self._next_rules = HangingRules()
        self._rule = self._rules.leading(())
        self._files: tuple[Document, ...] = ()
        self._width = 0.0
        self._chosen: dict[str, int] = {}

    @property
    def panes(self) -> list[PaneModel]:
        """All places, whether they are seen or not."""
        return [*self.pictures[:2], self.ecg, self.document, *self.pictures[2:]]

    @property
    def places(self) -> int:
        """How many pictures hang at once: as the doctor chose for such pictures, else as the centre
        has laid down for the width."""
        return self._chosen.get(name_of(self._rule), 0) or places_at(self._rule, self._width)

    @property
    def chosen(self) -> dict[str, int]:
        """The doctor's own numbers by the names of the rules."""
        return dict(self._chosen)

    @property
    def visible(self) -> list[PaneModel]:
        """The places that are seen now, in both windows."""
        return [*self.away, *self.here]

    @property
    def here(self) -> list[PaneModel]:
        """Those in the window of the case."""
        here = [pane for pane in self._in_order if pane.kind is not self.aside]
        if self.active in here and self._is_alone:
            return [self.active]
        there = [pane for pane in here if pane.state is not PaneState.EMPTY]
        hung = [pane for pane in there if self._hangs(pane.kind)]
        return hung or ([self.active] if self.active in here else there[:1])

    @property
    def away(self) -> list[PaneModel]:
        """Those in the window of their own."""
        away = [pane for pane in self._in_order if pane.kind is self.aside]
        if self.one_pane and self.active in away:
            return [self.active]
        return [pane for pane in away if pane.state is not PaneState.EMPTY]

    def follow(self, rules: HangingRules) -> None:
        """The centre's rules: nothing moves under the doctor's eyes, they count from the next case
        on."""
        self._next_rules = rules
        if all(pane.document is None for pane in self.panes):
            self._take_rules()

    def know(self, files: Sequence[Document]) -> None:
        """All files of the case as they are now."""
        self._files = tuple(files)
        if all(pane.document is None for pane in self.panes):
            self._take_rules()

    def opening(self) -> Document | None:
        """The file with which the case opens."""
        return self._rules.open(self._files, self._width, self.places, self._rule).first

    def set_width(self, width: float) -> None:
        """That of the window in which the pictures hang, at the usual size of type."""
        before = (self.places, kinds_beside(self._rule, self._width))
        self._width = width
        if (self.places, kinds_beside(self._rule, width)) != before:
            self._hang_places()

    def choose_places(self, places: int) -> None:
        """So many pictures at once from now on, whatever the width: 1, 2 or 4; 0: by the rules."""
        if places not in (0, *AT_ONCE):
            return
        name = name_of(self._rule)
        self._chosen = {key: n for key, n in self._chosen.items() if key != name}
        if places:
            self._chosen[name] = places
        self._hang_places()

    def show_places(self, places: int) -> None:
        """So many pictures at once, and all panes are seen."""
        self.one_pane = False
        self.choose_places(places)

    def turn_places(self) -> None:
        """One picture, two, four, and one again; all panes are seen then."""
        self.show_places(AT_ONCE[(AT_ONCE.index(self.places) + 1) % len(AT_ONCE)])

    def choose_all(self, chosen: Mapping[str, int]) -> None:
        """The doctor's numbers of an earlier time, by the names of rules; none: by the rules."""
        self._chosen = {name: n for name, n in chosen.items() if n in AT_ONCE}
        self._hang_places()

    def show(self, document: Document) -> None:
        """Opens a file in the pane of its kind. A picture of another rule changes their number."""
        if document.kind in PICTURES:
            self._take_rule(self._rules.rule_of(document))
        pane = self._pane_for(document)
        if pane.kind is PaneKind.PICTURES:
            self._picture_pane = pane
        pane.show(document)
        self.active = pane
        self._fill()
        self.changed.emit()

    def activate(self, pane: PaneModel) -> None:
        """The doctor works in that pane now."""
        if pane is not self.active:
            self.active = pane
            if pane.kind is PaneKind.PICTURES:
                self._picture_pane = pane
            self.changed.emit()

    def toggle_one_pane(self) -> None:
        """The active pane alone, or all again."""
        self.one_pane = not self.one_pane
        self._fill()
        self.changed.emit()

    def put_aside(self, kind: PaneKind | None) -> None:
        """Places of that kind stand in a window of their own from now on; None: all in one."""
        if kind is not self.aside:
            self.aside = kind
            self._fill()
            self.changed.emit()

    def clear(self) -> None:
        """No file is open any more."""
        self._files = ()
        self.active, self.one_pane = self.ecg, False
        self._picture_pane = self.pictures[0]
        for pane in self.panes:
            _clear(pane)
        self._take_rules()
        self.changed.emit()

    @property
    def _in_order(self) -> list[PaneModel]:
        return [*self.pictures, self.ecg, self.document]

    @property
    def _is_alone(self) -> bool:
        """Whether the active pane takes the whole place of its window."""
        return self.one_pane or not self._hangs(self.active.kind)

    def _hangs(self, kind: PaneKind) -> bool:
        """Whether places of that kind are seen beside others."""
        if kind is PaneKind.PICTURES or kind is self.aside:
            return True
        kinds = kinds_beside(self._rule, self._width)
        if kind is PaneKind.ECG:
            return DocumentKind.ECG in kinds or self.aside is PaneKind.PICTURES
        return bool(kinds - {DocumentKind.ECG})

    def _take_rules(self) -> None:
        self._rules = self._next_rules
        self._rule = self._rules.leading(self._files)

    def _take_rule(self, rule: HangingRule) -> None:
        """Pictures that have no place under another rule are let go."""
        before, self._rule = self.places, rule
        if self.places < before:
            self._let_go_spare()

    def _fill(self) -> None:
        """Hangs what the rule opens in empty places that are seen: and only there."""
        if not self._files or self.one_pane or self._is_alone:
            return
        hung = self._rules.open(self._files, self._width, self.places, self._rule)
        ecgs = [one for one in self._files if one.kind is DocumentKind.ECG]
        if self.ecg.document is None and ecgs and self._hangs(PaneKind.ECG):
            self.ecg.show(hung.ecg or ecgs[0])
        if self.document.document is None and hung.document is not None:
            self.document.show(hung.document)
        own = self._rules.pictures(self._rule, self._files)
        for pane in self.pictures[: self.places]:
            others = [one for one in own if not self._is_hung_as_picture(one)]
            if pane.document is None and others:
                pane.show(others[0])

    def _is_hung_as_picture(self, document: Document) -> bool:
        return any(is_in(pane, document) for pane in self.pictures)

    def _hang_places(self) -> None:
        """Another number of places: those that are seen are filled, the others let go."""
        self._let_go_spare()
        self._fill()
        self.changed.emit()

    def _let_go_spare(self) -> None:
        shown, spare = self.pictures[: self.places], self.pictures[self.places :]
        if self._picture_pane in spare:
            self._picture_pane = shown[0]
        if self.active in spare:
            self.active = shown[0]
        for pane in spare:
            _clear(pane)

    def _pane_for(self, document: Document) -> PaneModel:
        kind = PaneKind.of(document.kind)
        if kind is PaneKind.ECG:
            return self.ecg
        if kind is PaneKind.DOCUMENT:
            return self.document
        showing = [pane for pane in self.pictures if is_in(pane, document)]
        return showing[0] if showing else self._picture_pane


def is_in(pane: PaneModel, document: Document) -> bool:
    """Whether that file is in the pane."""
    return pane.document is not None and pane.document.id == document.id


def _clear(pane: PaneModel) -> None:
    if pane.document is not None:
        pane.clear()
