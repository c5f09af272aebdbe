"""Keeps the beat's lines in the list of measurements as they should stand, and heeds the list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from backend_client.models.evidence import Origin
from workstation.ui.viewers.ecg.beat.lines import BeatLine, Key, is_of_beat, key_of
from workstation.ui.viewers.ecg.measurements import EcgMeasurements, Line


class BeatListing:
    """Writes lines; tells which of them the doctor confirmed in the list itself."""

    def __init__(
        self, measurements: EcgMeasurements, confirmed: Callable[[list[Key]], None]
    ) -> None:
        self._list = measurements
        self._confirmed = confirmed
        self._written: dict[Key, BeatLine] = {}
        """As they stood when they were last written."""
        self._dropped: set[Key] = set()
        """The doctor took them out of the list: they come back with the next beat only."""
        self._is_writing = False
        measurements.changed.connect(self._heed)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of the list."""
        return self._list.lines

    def write(self, wanted: Sequence[BeatLine]) -> None:
        """Brings the beat's lines to this state; a line that the doctor removed stays away."""
        self._is_writing = True
        fresh = {line.key: line for line in wanted if line.key not in self._dropped}
        for key in self._written.keys() - fresh.keys():
            self._remove(key)
        for line in fresh.values():
            self._put(line)
        self._written = fresh
        self._is_writing = False

    def leave(self) -> None:
        """The beat is not shown any more: what the doctor has not confirmed goes."""
        self._written, self._dropped = {}, set()
        self._purge()

    def _put(self, line: BeatLine) -> None:
        there = self._present().get(line.key)
        if there is not None and (there.measured, there.is_proposed) == (
            line.measured,
            line.is_proposed,
        ):
            return
        if there is None and line.is_proposed:
            self._list.propose(line.measured)
        elif there is None:
            self._list.add(line.measured, choose=False)
        elif _is_confirmed(there, line):
            self._list.confirm(there.id)
        else:
            self._list.replace(there.id, line.measured, is_proposed=line.is_proposed)

    def _remove(self, key: Key) -> None:
        there = self._present().get(key)
        if there is not None:
            self._list.remove(there.id)

    def _present(self) -> dict[Key, Line]:
        mine = (line for line in self._list.lines if is_of_beat(line.measured))
        return {key_of(line.measured): line for line in mine}

    def _heed(self) -> None:
        if self._is_writing:
            return
        if not self._written:
            self._purge()
            return
        present = self._present()
        self._dropped |= self._written.keys() - present.keys()
        confirmed = [
            key
            for key, line in self._written.items()
            if line.is_proposed and key in present and not present[key].is_proposed
        ]
        if confirmed:
            self._confirmed(confirmed)

    def _purge(self) -> None:
        """No line may wait for a word on what is not seen."""
        self._is_writing = True
        for line in self._list.lines:
            if line.is_proposed and is_of_beat(line.measured):
                self._list.remove(line.id)
        self._is_writing = False


def _is_confirmed(there: Line, line: BeatLine) -> bool:
    """Whether the line says what it said as a proposal."""
    was, now = replace(there.measured, origin=Origin.CONFIRMED), line.measured
    return there.is_proposed and not line.is_proposed and was == now
