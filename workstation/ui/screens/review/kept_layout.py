"""How a doctor has laid out the review: kept between runs, and undone at one go."""

from functools import partial

import msgspec
from PySide6.QtCore import QObject

from workstation.ui.screens.review.columns import ReviewColumns
from workstation.ui.screens.review.pane_model import PaneKind
from workstation.ui.screens.review.panes_area import USUAL, PanesArea, Shares
from workstation.ui.screens.review.second_screen import SecondScreen
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.ecg.choices import KeptEcgChoices


class _Kept(msgspec.Struct):
    """Sizes in logical pixels, the pictures' shares, how ECGs are shown, and what of the centre's
    layout the doctor has changed."""

    across: list[int] = []
    pictures_share: float = USUAL.one_row
    ecg: KeptEcgChoices = KeptEcgChoices()
    rows_share: float = USUAL.two_rows
    places: int = 0
    """How many pictures hang at once, from before there were rules; 0: by the width."""
    chosen: dict[str, int] = {}
    """How many hang at once, by the names of the centre's rules."""
    width_share: float = USUAL.width
    aside: str = ""
    """What the doctor wants on the second screen: the name of a kind of places."""


class KeptLayout(QObject):
    """Reads and sets it in the parts of the view."""

    def __init__(
        self,
        model: ReviewViewModel,
        columns: ReviewColumns,
        area: PanesArea,
        second: SecondScreen,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model, self._columns, self._area, self._second = model, columns, area, second
        for pane in self._panes:
            pane.ecg_choices_changed.connect(partial(self._share, pane))

    def state(self) -> bytes:
        """What `restore` brings back after a restart."""
        shares, aside = self._area.shares, self._second.wanted
        kept = _Kept(
            across=self._columns.chosen_sizes(),
            pictures_share=shares.one_row,
            ecg=KeptEcgChoices.of(self._area.pane_of(self._model.ecg).ecg_choices),
            rows_share=shares.two_rows,
            chosen=self._model.hung.chosen,
            width_share=shares.width,
            aside=aside.value if aside is not None else "",
        )
        return msgspec.json.encode(kept)

    def restore(self, state: bytes) -> None:
        """Takes sizes and choices of an earlier window; what is not its own is ignored."""
        try:
            kept = msgspec.json.decode(state, type=_Kept)
        except msgspec.DecodeError:
            return
        self._columns.choose_sizes(kept.across)
        self._model.hung.choose_all({"": kept.places, **kept.chosen})
        self._area.choose_shares(Shares(kept.pictures_share, kept.rows_share, kept.width_share))
        self._second.want(next((one for one in PaneKind if one.value == kept.aside), None))
        for pane in self._panes:  # a disc's ECG is seen in the disc's own
            pane.set_ecg_choices(kept.ecg.choices())

    @property
    def _panes(self) -> list[StudyPane]:
        return [self._area.pane_of(one) for one in self._model.panes]

    def _share(self, pane: StudyPane) -> None:
        """An ECG is shown as the last one was, in whatever pane it is."""
        for other in self._panes:
            if other.ecg_choices != pane.ecg_choices:
                other.set_ecg_choices(pane.ecg_choices)

    def forget(self) -> None:
        """All hangs as the centre has laid down, in the usual widths and heights."""
        self._columns.forget_sizes()
        self._second.want(None)
        self._model.hung.choose_all({})
        self._area.choose_shares(USUAL)
