"""What is said of an averaged beat: how it was made, what is proposed, what cannot be told."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.studies.measure.ecg.beat_bounds import Standing
from workstation.studies.measure.ecg.beat_study import PART_S, BeatStudy, NoBeat
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.studies.measure.ecg.proposals import NOTHING, Landmark
from workstation.studies.measure.ecg.qtc import TRUSTED_PER_MINUTE, CorrectedQt, QtFormula, Trust
from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.numbers import NBSP, decimal, with_unit

_MANY_EXCLUDED = 0.25
"""Part of the beats beyond which their exclusion is a warning."""
_TAKEN_EVENLY = 1.5
"""So many times more beats than were looked at: of a longer recording only some are averaged."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A line beside the beat; `warn` where the doctor should look twice."""

    text: str
    warn: bool = False


class BeatWords(QObject):
    """Words of the panel."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measured = MeasuredWords(self)

    def title(self) -> str:
        """Of the panel."""
        return self.tr("Averaged beat")

    def working(self) -> str:
        """While it is made."""
        return self.tr("Averaging the beats…")

    def failed(self) -> tuple[str, str]:
        """It could not be made: what is the matter, and what can be done."""
        return self.tr("The averaged beat could not be made"), self._by_hand()

    def of_part(self, part: str) -> Remark:
        """Of a long recording only what is on paper is averaged: «только 14:03:20–14:05:20»."""
        return Remark(self.tr("only of {}, the part on paper").format(part))

    def why_not(self, why: NoBeat) -> tuple[str, str]:
        """What is the matter, and what can be done."""
        by_hand = self._by_hand()
        rhythm = self.tr("Turn to the rhythm: {}").format(key_label("ecg.recording"))
        return {
            NoBeat.NO_LEADS: (self.tr("The file holds no leads"), ""),
            NoBeat.SLOW_SAMPLING: (self.tr("Sampled too slowly to find beats"), by_hand),
            NoBeat.ALREADY_AVERAGED: (self.tr("The device averaged this beat itself"), rhythm),
            NoBeat.TOO_FEW: (self.tr("Fewer than two beats that are alike were found"), by_hand),
        }[why]

    def _by_hand(self) -> str:
        text = self.tr("Measure on the trace itself with the calipers ({})")
        return text.format(key_label("caliper.time"))

    def made_of(self, study: BeatStudy) -> Remark:
        """«усреднено 10 из 11, другой формы исключено: 1»."""
        beat = study.beat
        if beat is None:
            return Remark("")
        excluded = beat.found - beat.used
        text = self.tr("{} of {} beats averaged").format(beat.used, beat.found)
        if excluded:
            text = self.tr("{} of {} beats averaged, {} of another shape excluded")
            text = text.format(beat.used, beat.found, excluded)
        every = len(study.rhythm.intervals_ms) + 1
        if every > _TAKEN_EVENLY * beat.found:
            text = self.tr("{}, taken evenly among {}").format(text, every)
        return Remark(text, warn=excluded > _MANY_EXCLUDED * beat.found)

    def remarks(self, study: BeatStudy, longer_s: float) -> list[Remark]:
        """What limits the beat; `longer_s` is the length of the whole recording."""
        found = []
        if not study.rhythm.is_steady:
            found.append(Remark(self.tr("RR varies: QT is not corrected"), warn=True))
        if not study.is_calibrated:
            found.append(Remark(self.tr("no calibration: nothing is proposed, no mV"), True))
        elif study.proposal == NOTHING:
            text = self.tr("the bounds of QRS are not clear: set them by hand")
            found.append(Remark(text, warn=True))
        elif study.proposal.p_onset is None:
            found.append(Remark(self.tr("no P wave is proposed")))
        if study.left_out:
            text = self.tr("not averaged: {}").format(", ".join(study.left_out))
            found.append(Remark(text))
        if longer_s > PART_S:
            found.append(Remark(self.tr("of the first 5 minutes")))
        return found

    def landmark(self, landmark: Landmark) -> str:
        """In full."""
        return {
            Landmark.P_ONSET: self.tr("P onset"),
            Landmark.QRS_ONSET: self.tr("QRS onset"),
            Landmark.QRS_OFFSET: self.tr("J point"),
            Landmark.T_END: self.tr("T end"),
        }[landmark]

    def short(self, landmark: Landmark) -> str:
        """As written at its line, with its key."""
        names = {
            Landmark.P_ONSET: "P",
            Landmark.QRS_ONSET: "Q",
            Landmark.QRS_OFFSET: "J",
            Landmark.T_END: "T",
        }
        number = list(Landmark).index(landmark) + 1
        return f"{number}{NBSP}{names[landmark]}"

    def standing(self, standing: Standing) -> str:
        """Whose a value is."""
        return {
            Standing.PROPOSED: self.tr("proposed"),
            Standing.CONFIRMED: self.tr("confirmed"),
            Standing.BY_HAND: self.tr("by hand"),
        }[standing]

    def chosen(self, model: BeatModel) -> str:
        """What keys act on now, and what they do."""
        enter = key_label("beat.confirm")
        if model.chosen is None:
            if model.awaits_rr:
                return self.tr("RR is proposed: {} confirms it").format(enter)
            return self.tr("1–4: choose a bound")
        name = self.landmark(model.chosen)
        if model.cursor is not None:
            return self.tr("{}: not set. ← → to its place, {} sets it").format(name, enter)
        at, beat = model.bounds.sample(model.chosen), model.beat
        if at is not None and beat is not None:
            name = f"{name}, {self.from_r(beat.milliseconds(at))}"
        if model.bounds.is_proposed(model.chosen):
            return self.tr("{}: proposed. {} confirms it").format(name, enter)
        standing = self.standing(model.bounds.standing([model.chosen]))
        return self.tr("{}: {}").format(name, standing)

    def from_r(self, milliseconds: float) -> str:
        """«+352 мс от R»."""
        sign = "+" if milliseconds > 0 else ""
        return self.tr("{} from R").format(f"{sign}{self.ms(milliseconds)}")

    def scale(self, speed: float, gain: float | None, zoom: float, chosen: TraceFilter) -> str:
        """«100 мм/с, 20 мм/мВ, 95 %, фильтр: нет»: always written on the paper."""
        height = self.tr("no calibration")
        if gain is not None:
            height = with_unit(gain, self.tr("mm/mV"))
        percent = f"{round(zoom * 100)}{NBSP}%"
        seen = self._measured.filter(chosen.code)
        return ", ".join((with_unit(speed, self.tr("mm/s")), height, percent, seen))

    def legend(self) -> str:
        """Beside a dashed line."""
        return self.tr("proposed")

    def ms(self, milliseconds: float) -> str:
        """«396 мс»."""
        return with_unit(milliseconds, self.tr("ms"), 0)

    def per_minute(self, value: float) -> str:
        """«68 в мин»."""
        return with_unit(value, self.tr("per min"), 0)

    def trust(self, one: CorrectedQt) -> Remark:
        """Where the formula misleads, and whether it does now."""
        low, high = (decimal(edge, 0) for edge in TRUSTED_PER_MINUTE[one.formula])
        if one.trust is Trust.TOO_SHORT:
            return Remark(self.tr("too short: below {}").format(low), warn=True)
        if one.trust is Trust.TOO_LONG:
            return Remark(self.tr("too long: from {}").format(high), warn=True)
        if one.trust is Trust.UNPROVEN:
            return Remark(self.tr("not proven outside {}–{}").format(low, high), warn=True)
        if one.formula is QtFormula.BAZETT:
            return Remark(self.tr("misleads outside {}–{}").format(low, high))
        return Remark(self.tr("proven for {}–{}").format(low, high))

    def one_rr_of_many(self) -> str:
        """Beside QTc of calipers in a rhythm that is not steady."""
        return self.tr("RR varies: QTc by one RR misleads")

    def not_corrected(self, study: BeatStudy) -> str:
        """Why there is no QTc though QT is known."""
        if not study.rhythm.is_steady:
            return self.tr("RR varies: not corrected")
        return self.tr("QT is not known")

    def axis_rule(self) -> str:
        """How the axis is found, in full."""
        return self.tr(
            "From the areas of QRS in I and aVF (Goldberger's lead is weaker: aVF × 2/√3); shown"
            " where the axis by R and S amplitudes is within 20° of it"
        )

    def formulas(self) -> str:
        """That a clinician has to confirm the formulas."""
        return self.tr(
            "Formulas and limits are for adults, after AHA/ACC/HRS 2009 and ICH E14; they have to"
            " be confirmed by a clinician before use in care. Proposals are off by 5 to 12 ms"
            " (median of 12 annotated records), up to 50 ms in one of them."
        )
