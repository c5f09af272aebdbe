"""The averaged beat of the shown ECG: studied beside the window, bounded by the doctor."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from backend_client.models.evidence import EcgPlace
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.beat_bounds import BeatBounds, Standing
from workstation.studies.measure.ecg.beat_study import BeatStudy, study_beat
from workstation.studies.measure.ecg.beat_values import NO_VALUES, BeatValues, beat_values
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.studies.measure.ecg.median_beat import MedianBeat
from workstation.studies.measure.ecg.placed_caliper import NAME_LENGTH
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.ecg.beat.lines import (
    BeatState,
    Key,
    Settled,
    lines_of,
    needs_rr,
    rests_on,
    taken_up,
)
from workstation.ui.viewers.ecg.beat.listing import BeatListing
from workstation.ui.viewers.ecg.beat.work import BeatWork, Study
from workstation.ui.viewers.ecg.measurements import EcgMeasurements

_USUAL_LEAD = "II"
_OFTEN_AT_MS = {
    Landmark.P_ONSET: -160.0,
    Landmark.QRS_ONSET: -40.0,
    Landmark.QRS_OFFSET: 50.0,
    Landmark.T_END: 350.0,
}
"""From R: where the cursor begins, so that the way is short. It is no bound until it is set."""


class BeatModel(QObject):
    """What the panel shows. Nothing is studied while the panel is closed."""

    changed = Signal()

    def __init__(
        self,
        measurements: EcgMeasurements,
        parent: QObject | None = None,
        *,
        study: Study = study_beat,
    ) -> None:
        super().__init__(parent)
        self.record: EcgRecord | None = None
        self.chosen_filter = TraceFilter()
        self.study: BeatStudy | None = None
        self.settled = Settled()
        self.values: BeatValues = NO_VALUES
        self.chosen: Landmark | None = None
        """The bound on which keys act."""
        self.cursor: int | None = None
        """Where the chosen bound would be set; None where it stands already."""
        self.lead = ""
        """The lead that is emphasised."""
        self.is_open = False
        self.has_failed = False
        """The beat could not be made of this recording."""
        self._is_dragging = False
        self._work = BeatWork(self._take, study)
        self._tasks: TaskScope | None = None
        self.offset_s = 0.0
        """Where the record begins in a longer one of which it is a window."""
        self._kept: dict[TraceFilter, Settled] = {}
        """Of this record, seen through other filters."""
        self._listing = BeatListing(measurements, self._confirmed_in_list)

    @property
    def beat(self) -> MedianBeat | None:
        """The beat that is shown."""
        return self.study.beat if self.study is not None else None

    @property
    def is_working(self) -> bool:
        """Whether the beat is being made."""
        return self._work.is_running

    @property
    def bounds(self) -> BeatBounds:
        """As they stand now."""
        return self.settled.bounds

    @property
    def has_proposals(self) -> bool:
        """Whether anything waits for the doctor's word."""
        return self._first_proposed() is not None or self.awaits_rr

    @property
    def awaits_rr(self) -> bool:
        """Whether RR is the next to be confirmed: all bounds are the doctor's."""
        study = self.study
        known = study is not None and study.beat is not None and study.rhythm.rr_ms is not None
        return known and not self.settled.is_rr_confirmed and self._first_proposed() is None

    def follow(
        self,
        record: EcgRecord | None,
        chosen: TraceFilter,
        tasks: TaskScope | None = None,
        offset_s: float = 0.0,
    ) -> None:
        """The sheet shows that record through that filter; `tasks` end with its file.

        `offset_s`: where the record begins in a longer one of which it is a window.
        """
        if record is self.record and chosen == self.chosen_filter:
            return
        self._leave()
        if record is not self.record:
            self._kept = {}
        self.record, self.chosen_filter, self._tasks = record, chosen, tasks
        self.offset_s = offset_s
        if self.is_open:  # else nobody sees it, and the paper waits to be painted
            self._begin()
            self.changed.emit()

    def is_of(self, place: EcgPlace) -> bool:
        """Whether it is a place of the recording that is followed, and of this part of it."""
        here = (self._recording, self.offset_s)
        return self.record is not None and (place.recording, place.beats_from_s) == here

    def open(self) -> None:
        """Shows the beat."""
        if not self.is_open:
            self.is_open = True
            self._begin()
            self.changed.emit()

    def close(self) -> None:
        """Away with it; what the doctor has settled stays."""
        if self.is_open:
            self._leave()
            self.is_open = False
            self.changed.emit()

    def choose(self, landmark: Landmark | None) -> None:
        """Keys act on that bound; one that is not known yet gets a cursor."""
        if self.beat is None:
            return
        self.chosen, self.cursor = landmark, None
        if landmark is not None and self.bounds.sample(landmark) is None:
            self.cursor = self._within(landmark, self._often(landmark))
        self.changed.emit()

    def step_ms(self, milliseconds: float) -> None:
        """Moves the chosen bound, or its cursor, by so much, snapped to a sample."""
        if self.beat is not None:
            samples = round(abs(milliseconds) * self.beat.sampling_rate_hz / 1000) or 1
            self.step(samples if milliseconds > 0 else -samples)

    def step(self, samples: int) -> None:
        """Moves the chosen bound, or its cursor."""
        landmark = self.chosen
        if self.beat is None or landmark is None:
            return
        here = self.bounds.sample(landmark)
        if here is not None:
            self.place(landmark, here + samples)
        elif self.cursor is not None:
            self.cursor = self._within(landmark, self.cursor + samples)
            self.changed.emit()

    def place(self, landmark: Landmark, sample: int) -> None:
        """Sets a bound by hand, never past its neighbours."""
        at = self._within(landmark, sample)
        if at is None:
            return
        self.chosen, self.cursor = landmark, None
        if at != self.bounds.sample(landmark):
            self._settle(self.bounds.placed(landmark, at, Standing.BY_HAND))
        else:
            self.changed.emit()

    def drag(self, landmark: Landmark, sample: int) -> None:
        """The same while the mouse holds it: the list is told once it is let go."""
        self._is_dragging = True
        self.place(landmark, sample)

    def drop(self) -> None:
        """The mouse has let go."""
        if self._is_dragging:
            self._is_dragging = False
            self._tell()

    def confirm(self) -> None:
        """Takes over what is chosen, and goes on to what is proposed next; RR comes last."""
        if self.chosen is not None and self.cursor is not None:
            self._settle(self.bounds.placed(self.chosen, self.cursor, Standing.BY_HAND))
        elif self.chosen is not None and self.bounds.is_proposed(self.chosen):
            self._settle(self.bounds.confirmed([self.chosen]))
        elif self.awaits_rr:
            self._confirm_rr()
        self.choose(self._first_proposed() or (None if self.awaits_rr else self.chosen))

    def confirm_all(self) -> None:
        """Takes over all that is proposed, as it is shown."""
        if self.beat is not None:
            self.chosen, self.cursor = None, None
            self.settled = replace(self.settled, is_rr_confirmed=True)
            self._settle(self.bounds.confirmed())

    def remove(self) -> None:
        """Gives the chosen bound back to what was proposed; a proposed one goes altogether."""
        landmark, study = self.chosen, self.study
        if landmark is None or study is None or self.bounds.sample(landmark) is None:
            return
        proposal = study.proposal.at(landmark)
        bounds = self.bounds.without(landmark)
        low, high = bounds.limits(landmark, self._count)
        back = proposal is not None and low <= proposal <= high
        if proposal is not None and back and not self.bounds.is_proposed(landmark):
            bounds = bounds.placed(landmark, proposal, Standing.PROPOSED)
        self._settle(bounds)
        self.choose(landmark)

    def choose_lead(self, name: str) -> None:
        """Emphasises that lead."""
        if self.beat is not None and self.beat.lead(name) is not None:
            self.lead = name
            self.changed.emit()

    def want_lead(self, name: str) -> None:
        """Emphasises that lead, if there is one of that name, now or once the beat is made."""
        self.lead = name or self.lead
        self.choose_lead(name)

    def step_lead(self, steps: int) -> None:
        """The next lead, round and round."""
        if self.beat is not None:
            names = [lead.name for lead in self.beat.leads]
            place = names.index(self.lead) if self.lead in names else -1
            self.choose_lead(names[(place + steps) % len(names)])

    def toggle_st(self) -> None:
        """ST of the emphasised lead into the list, or out of it."""
        leads = self.settled.st_leads ^ {self.lead}
        self.settled = replace(self.settled, st_leads=leads)
        self._settle(self.bounds)

    @property
    def _recording(self) -> str:
        return self.record.name[:NAME_LENGTH] if self.record is not None else ""

    @property
    def _count(self) -> int:
        return len(self.beat.leads[0].samples) if self.beat is not None else 0

    def _first_proposed(self) -> Landmark | None:
        return next((one for one in Landmark if self.bounds.is_proposed(one)), None)

    def _often(self, landmark: Landmark) -> int:
        beat = self.beat
        if beat is None:
            return 0
        return beat.r_at + round(_OFTEN_AT_MS[landmark] * beat.sampling_rate_hz / 1000)

    def _within(self, landmark: Landmark, sample: int) -> int | None:
        """The nearest place at which the bound may stand; None where there is none."""
        low, high = self.bounds.limits(landmark, self._count)
        return min(max(sample, low), high) if low <= high else None

    def _confirm_rr(self) -> None:
        self.settled = replace(self.settled, is_rr_confirmed=True)
        self._settle(self.bounds)

    def _settle(self, bounds: BeatBounds) -> None:
        self.settled = replace(self.settled, bounds=bounds)
        self._tell()

    def _tell(self) -> None:
        study = self.study
        if study is None or self.record is None:
            return
        self.values = beat_values(study, self.bounds)
        state = BeatState(self._recording, self.offset_s, study, self.settled, self.values)
        if not self._is_dragging:
            self._listing.write(lines_of(state))
        self.changed.emit()

    def _confirmed_in_list(self, keys: list[Key]) -> None:
        """The doctor confirmed lines in the list: what they rest on is confirmed with them."""
        landmarks = {one for key in keys for one in rests_on(key)}
        if any(needs_rr(key) for key in keys):
            self.settled = replace(self.settled, is_rr_confirmed=True)
        self._settle(self.bounds.confirmed(landmarks))

    def _leave(self) -> None:
        """The beat is not seen any more; what was settled is kept while the record is shown."""
        self._work.leave()
        if self.study is not None:
            self._kept[self.chosen_filter] = self.settled
        self.study, self.settled, self.values = None, Settled(), NO_VALUES
        self.chosen, self.cursor, self._is_dragging = None, None, False
        self.has_failed = False
        self._listing.leave()

    def _begin(self) -> None:
        if self.record is not None and self._tasks is not None:
            self._work.begin(self.record, self.chosen_filter, self._tasks)

    def _take(self, study: BeatStudy | None) -> None:
        self.study, self.has_failed = study, study is None
        if study is None:
            self.changed.emit()
            return
        kept = self._kept.get(study.chosen_filter)
        self.settled = kept or taken_up(self._listing.lines, study, self._recording, self.offset_s)
        if self.beat is not None and self.beat.lead(self.lead) is None:
            usual = self.beat.lead(_USUAL_LEAD) or self.beat.leads[0]
            self.lead = usual.name
        self._tell()
        self.choose(self._first_proposed())
