"""What the decoder process does for a long recording: says where it lies, surveys it in pieces."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_store import StoredTrace, place_of
from workstation.studies.measure.ecg.envelope import build_pyramid
from workstation.studies.measure.ecg.r_peaks import Places, minute_length, r_peaks_in_minute
from workstation.studies.messages import (
    Answer,
    BeatsFound,
    BuildPyramid,
    Done,
    FindBeats,
    LeadStore,
    LongEcgOpened,
)
from workstation.studies.readers.long_record import LongFound, PackedEcg, copied

Memory = npt.NDArray[np.uint8]


def viewable(found: LongFound, block: Memory) -> LongFound | PackedEcg:
    """The recording as it is where all of it lies in the block, else to be copied to another."""
    places = [place_of(store.stored, block) for store in found.stores]
    return found if all(place is not None for place in places) else copied(found)


def place_stores(found: LongFound, block: Memory) -> LongEcgOpened:
    """Where everything lies.

    Raises:
        UnreadableFile: something lies elsewhere.
    """
    stores = []
    for store in found.stores:
        place = place_of(store.stored, block)
        if place is None:
            raise UnreadableFile(Unreadable.DAMAGED)
        stores.append(LeadStore(place, store.scale.scale, store.scale.offset))
    return LongEcgOpened(found.record, found.sample_count, tuple(stores))


def build(request: BuildPyramid, source: SharedBlock, into: SharedBlock) -> Answer:
    """Writes a lead's pyramid."""
    lead = request.lead
    trace = StoredTrace.at(source.memory, source.size, lead.place, lead.gaps)
    build_pyramid(trace.samples, trace.gaps, np.frombuffer(into.memory, np.int16))
    return Done()


def find_beats(request: FindBeats, source: SharedBlock) -> Answer:
    """R peaks of some minutes."""
    found = [np.empty(0, np.int64), *_minutes(request, source)]
    return BeatsFound(np.concatenate(found).astype(np.int64).tobytes())


def _minutes(request: FindBeats, source: SharedBlock) -> Iterator[Places]:
    leads = [
        StoredTrace.at(source.memory, source.size, lead.place, lead.gaps) for lead in request.leads
    ]
    last = request.last
    step = minute_length(request.sampling_rate_hz)
    for start in range(request.start, request.stop, step):
        found = r_peaks_in_minute(leads, request.sampling_rate_hz, start, last)
        last = int(found[-1]) if len(found) else last
        yield found
