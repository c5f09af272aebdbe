"""Files given to the decoder process's own worker, within its own limits, without a process."""

import logging
import time
import warnings
from dataclasses import dataclass

from tests.unit.studies.ecg_fuzz.cases import Case, troubles
from workstation.core.shared_memory import SharedBlock
from workstation.studies.confinement import Confinement
from workstation.studies.errors import Unreadable
from workstation.studies.limits import DecoderLimits
from workstation.studies.long_ecg import checked
from workstation.studies.messages import (
    Answer,
    Block,
    CloseFile,
    EcgOpened,
    LongEcgOpened,
    OpenFile,
    PackedEcgOpened,
    Refused,
    Unfold,
)
from workstation.studies.opened import OpenedFile
from workstation.studies.readers.long_record import LongFrom
from workstation.studies.readers.opening import open_file
from workstation.studies.worker import Worker

_STUDY = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file."""

    outcome: str
    """The answer's kind, or the reason of the refusal."""
    troubles: tuple[str, ...]
    cpu_s: float


class AtWorker:
    """Opens one file after another, as the process does. A `MemoryError` would end the process."""

    def __init__(
        self, limits: DecoderLimits | None = None, confinement: Confinement | None = None
    ) -> None:
        self._limits = limits or DecoderLimits()
        within = confinement or Confinement()
        self._worker = Worker(self._limits, within, open_file)
        self._for_long = Worker(self._limits, within, open_as_long)

    def verdict(self, case: Case, *, as_long: bool = False) -> Verdict:
        """Opens the file; whatever is raised is trouble.

        `as_long`: as a recording of hours is opened, however short it is.
        """
        begun = time.process_time()
        try:
            answer = self._opened(case.data, self._for_long if as_long else self._worker)
        except MemoryError:
            return Verdict("memory", ("beyond the memory of a job",), _since(begun))
        except Exception as error:  # noqa: BLE001  # the process would have died of it
            words = f"the process would have died: {type(error).__name__}"
            return Verdict("died", (words,), _since(begun))
        spent = _since(begun)
        found = troubles(case, answer)
        if spent > self._limits.cpu_seconds(len(case.data)):
            found.append(f"{spent:.1f} s of work")
        return Verdict(_kind(answer), tuple(found), spent)

    def _opened(self, data: bytes, worker: Worker) -> Answer | None:
        if not data:
            return Refused(Unreadable.EMPTY, "", None)  # so says the door, before the process
        block = _shared(len(data))
        block.memory[:] = data
        try:
            answer = worker.handle(OpenFile(_STUDY, block.name, len(data)))
            if isinstance(answer, PackedEcgOpened):
                block.unlink()
                block = _shared(answer.size)
                into = Block(block.name, block.size, 0, kept=False)
                answer = worker.handle(Unfold(_STUDY, into))
            return _seen(answer, block) if isinstance(answer, LongEcgOpened) else answer
        finally:
            worker.handle(CloseFile(_STUDY))
            block.unlink()


def open_as_long(data: memoryview) -> OpenedFile:
    """Even a tenth of a second is taken for a long recording, where the format has such."""
    return open_file(data, LongFrom(samples=100, seconds=0.1, dicom_size=0))


def _shared(size: int) -> SharedBlock:
    return SharedBlock.create(max(1, size))


def _seen(answer: LongEcgOpened, block: SharedBlock) -> Answer:
    """What the window sees of it, the whole as one part."""
    long = checked(answer, block)
    record = long.part(0.0, long.duration_s + 1.0).record
    return EcgOpened(record, tuple(len(lead.samples) for lead in record.leads))


def say_nothing() -> None:
    """Libraries quote the file in what they say."""
    warnings.simplefilter("ignore")
    logging.disable()


def _since(begun: float) -> float:
    return time.process_time() - begun


def _kind(answer: Answer | None) -> str:
    return answer.reason.value if isinstance(answer, Refused) else type(answer).__name__
