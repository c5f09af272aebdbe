"""Samples of a short ECG come with the answer to its opening, where there is room for them."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_ecg
from workstation.core.shared_memory import SharedBlock
from workstation.studies.confinement import Confinement
from workstation.studies.limits import DecoderLimits
from workstation.studies.messages import Answer, Block, EcgOpened, OpenFile, PictureOpened
from workstation.studies.readers.opening import open_file
from workstation.studies.worker import Worker


def test_the_samples_lie_in_the_room_lead_after_lead() -> None:
    file = make.ecg_file()
    expected = np.concatenate([lead.samples for lead in read_ecg(file).all_leads])
    with opened(file, expected.nbytes) as (answer, written):
        assert isinstance(answer, EcgOpened)
        assert answer.has_samples
        assert sum(answer.sample_counts) == expected.size
        np.testing.assert_array_equal(written[: expected.size], expected)


def test_where_they_have_no_room_they_are_asked_for_later() -> None:
    file = make.ecg_file()
    size = sum(lead.samples.nbytes for lead in read_ecg(file).all_leads)
    with opened(file, size - 4) as (answer, written):
        assert isinstance(answer, EcgOpened)
        assert not answer.has_samples
        assert not written.any()


def test_a_picture_leaves_the_room_untouched() -> None:
    with opened(make.jpeg(make.colour_frame(1)), 4096) as (answer, written):
        assert isinstance(answer, PictureOpened)
        assert not written.any()


class Unconfined(Confinement):
    """Here the worker is the tests' own process, which is to go on."""

    @contextmanager
    def job(self, cpu_s: float, memory: int) -> Iterator[None]:
        """Holds nothing."""
        yield


@contextmanager
def opened(file: bytes, room: int) -> Iterator[tuple[Answer | None, npt.NDArray[np.float32]]]:
    """What the decoder says of a file, and what it has written."""
    block, into = SharedBlock.create(len(file)), SharedBlock.create(room)
    block.memory[:] = file
    worker = Worker(DecoderLimits(), Unconfined(), open_file)
    try:
        place = Block(into.name, into.size, 0, kept=False)
        answer = worker.handle(OpenFile(1, block.name, block.size, place))
        yield answer, np.frombuffer(into.memory, np.float32, room // 4)
    finally:
        block.unlink()
        into.unlink()
