"""What is written over the slice that is seen, and what is said below it."""

from dataclasses import replace

from PySide6.QtCore import QObject

from workstation.studies.series_spacing import SeriesFault
from workstation.studies.stack import GreyView
from workstation.studies.warnings import StudyWarning
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.picture_canvas import CornerLine, Corners
from workstation.ui.viewers.stack.film import StackFilm
from workstation.ui.viewers.stack.model import StackModel
from workstation.ui.viewers.stack.windows import Preset
from workstation.ui.viewers.stack.words import StackWords
from workstation.ui.viewers.warning_words import WarningWords

_ON_SIGHT = (
    StudyWarning.MODALITY_LUT_UNUSABLE,
    StudyWarning.VOI_LUT_UNUSABLE,
    StudyWarning.MASK_NOT_APPLIED,
    StudyWarning.OVERLAYS_HIDDEN,
)
"""Warnings that are written below the picture: shades or lines are not the device's."""


class StackCaptions(QObject):
    """Puts together the words of the slice, of the film, of the device's lines."""

    def __init__(self, words: StackWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._imaging = words, ImagingWords(self)
        self._warnings = WarningWords(self)

    def corners(
        self,
        model: StackModel,
        shown: int,
        view: GreyView,
        *,
        scale: float,
        value: float | None,
        film: StackFilm,
        lines: str,
    ) -> Corners:
        """For the corners of the canvas: of slice `shown`, whose greys are by `view`. `value`:
        under the mouse; `lines`: what is said of the device's lines."""
        one, choice, words = model.info.slices[shown], model.choice, self._words
        is_files = choice.preset in (Preset.FILE, Preset.FILE_SECOND)
        series = model.info.series[model.info.series_of(shown)]
        found = words.corners(
            model.info,
            shown,
            series,
            window=words.window(view, choice, name=view.name if is_files else ""),
            percent=words.percent(scale),
            pointed=words.pointed(value, one),
        )
        here, below = [*found.bottom_right], [*found.bottom_left]
        times, place = film.film, shown - series.first
        if times is not None and 0 <= place < times.frame_count:
            here[-1:] = [CornerLine(self._imaging.frame_and_time(times, place), bright=True)]
            here += [CornerLine(film.controls.played)] if film.controls.played else []
        below += [CornerLine(lines)] if lines else []
        return replace(found, bottom_left=below, bottom_right=here)

    def are_grave(self, model: StackModel) -> bool:
        """Whether what is said is a warning: a gap, a tilt, an order or shades that are not sure.
        Slices that came twice are none, nor is a film that has times and no places."""
        calm = {SeriesFault.DOUBLED}
        if model.present.film is not None:
            calm.add(SeriesFault.BY_NUMBER)
        faults = {note.fault for note in model.present.notes} - calm
        return bool(faults) or any(one in _ON_SIGHT for one in model.info.warnings)

    def notes(self, model: StackModel) -> list[str]:
        """What must be known of the present series: of its shades and lines, then of its order."""
        said = (self._warnings.text(one) for one in model.info.warnings if one in _ON_SIGHT)
        lines = [text[:1].lower() + text[1:] for text in said]
        return lines + self._words.notes(model.info, model.present)
