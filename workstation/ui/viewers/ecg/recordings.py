"""The recordings of one file: which is shown, and which others it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workstation.studies.ecg import EcgRecord, EcgRecording, RecordingKind


class Recordings:
    """Rhythm, median beat, second rhythm: in the file's order, round and round."""

    def __init__(self, record: EcgRecord) -> None:
        here = EcgRecording(record.name, record.kind, record.leads, record.sampling_rate_hz)
        self._first = record
        self.all = tuple(_told_apart((here, *record.others)))
        self.shown = 0
        """Place of the one that is shown."""

    @property
    def present(self) -> EcgRecording:
        """The one that is shown."""
        return self.all[self.shown]

    def turn(self, place: int) -> EcgRecord:
        """The file with that recording shown; beyond the last comes the first."""
        self.shown = place % len(self.all)
        if not self.shown:
            return self._first
        return replace(self._first.turned_to(self.shown - 1), name=self.present.name)

    def place_of(self, name: str, kind: RecordingKind | None = None) -> int | None:
        """Where the recording of that name stands; the one shown first where several have it."""
        fitting = (n for n, one in enumerate(self.all) if one.name == name)
        return next((n for n in fitting if kind in (None, self.all[n].kind)), None)


def _told_apart(recordings: Iterable[EcgRecording]) -> Iterator[EcgRecording]:
    """A later one of the same name gets its number: what is measured on it is found by its name."""
    names: set[str] = set()
    for number, one in enumerate(recordings, 1):
        name = f"{one.name} {number}".lstrip() if one.name in names else one.name
        names.add(name)
        yield replace(one, name=name) if name != one.name else one
