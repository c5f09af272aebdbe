"""Mutated ECG files: the first of the 20,000 of `benchmarks/fuzz_ecg.py`, and that it can fail."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from tests.shared_data import needs_shared_data
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.ecg_fuzz import aware
from tests.unit.studies.ecg_fuzz.absurd import Maker
from tests.unit.studies.ecg_fuzz.at_worker import AtWorker, open_as_long
from tests.unit.studies.ecg_fuzz.blind import blind
from tests.unit.studies.ecg_fuzz.bombs import BOMBS
from tests.unit.studies.ecg_fuzz.cases import Case, Fate, troubles
from tests.unit.studies.ecg_fuzz.drawing import case_of, is_long
from tests.unit.studies.ecg_fuzz.specimens import generated, real
from tests.unit.studies.test_hostile_files import outcome
from workstation.studies.confinement import Confinement
from workstation.studies.decoder import Decoder
from workstation.studies.ecg import EcgLead, EcgRecord, RecordedFilter, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_study import LongEcgStudy
from workstation.studies.messages import EcgOpened, Refused

REFUSALS = {"too_large", "damaged", "truncated", "no_picture", "not_recognised"}
PART = 100
PARTS = 6


class Unconfined(Confinement):
    """The process of the tests is not ended where a file works too long: the verdict says so."""

    @contextmanager
    def job(self, cpu_s: float, memory: int) -> Iterator[None]:
        yield


@pytest.fixture(scope="module")
def worker() -> AtWorker:
    return AtWorker(confinement=Unconfined())


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_files(part: int, worker: AtWorker) -> None:
    for number in range(part * PART, (part + 1) * PART):
        case = case_of(number, real_share=0.0, with_bombs=False)
        found = worker.verdict(case, as_long=is_long(number))
        assert found.troubles == (), f"{number} {case.name}"


@pytest.mark.parametrize("maker", aware.ALL, ids=lambda maker: maker.__name__.strip("_"))
def test_mutations_that_know_what_they_touch(maker: Maker, worker: AtWorker) -> None:
    """Each of them, whether or not one of the first files is of its kind."""
    for number, case in enumerate(aware.some_of(maker, 6)):
        assert worker.verdict(case, as_long=bool(number % 2)).troubles == (), case.name


def test_short_and_long_roads_give_the_same_numbers(worker: AtWorker) -> None:
    for specimen in generated():
        case = Case(specimen.name, specimen.data, Fate.SAME, specimen.record)
        assert worker.verdict(case, as_long=True).troubles == (), specimen.name


async def test_bombs_in_the_process_itself() -> None:
    """Each is refused within 3 s of work, and the process lives."""
    async with a_decoder() as (decoder, told):
        for maker in BOMBS:
            (case,) = aware.some_of(maker, 1)
            assert await outcome(decoder, case.data) in REFUSALS, case.name
        assert told.nothing


@needs_shared_data
def test_mutated_real_files(worker: AtWorker) -> None:
    """Words of a real file are changed: the numbers stay."""
    assert len(real()) == 10
    for number in range(10_000, 10_020):
        case = case_of(number, real_share=1.0, with_bombs=False)
        assert worker.verdict(case).troubles == (), f"{number} {case.name}"


def test_the_same_number_is_the_same_file() -> None:
    assert case_of(7).data == case_of(7).data
    assert case_of(7).data != case_of(8).data


def record() -> EcgRecord:
    return generated()[0].record


def changed(lead: EcgLead, *extra: EcgLead) -> EcgOpened:
    """The first specimen with its first lead replaced."""
    leads = (lead, *record().leads[1:], *extra)
    return EcgOpened(replace(record(), leads=leads), ())


def test_the_judge_sees_what_is_wrong() -> None:
    one = record().leads[0]
    infinite, other = one.samples.copy(), one.samples.copy()
    infinite[3], other[3] = np.inf, other[3] + 0.1
    sound = EcgOpened(record(), ())
    same = Case("", b"x", Fate.SAME, record())
    found = {
        "inf": troubles(Case("", b"x"), changed(replace(one, samples=infinite))),
        "short": troubles(Case("", b"x"), changed(replace(one, samples=one.samples[:9]))),
        "gap": troubles(Case("", b"x"), changed(replace(one, gaps=((5, 5000),)))),
        "raw": troubles(Case("", b"x"), changed(replace(one, unit=SampleUnit.UNCALIBRATED))),
        "large": troubles(Case("", b"x"), changed(replace(one, samples=one.samples + 5000))),
        "mv": troubles(Case("", b"x", Fate.NEVER_MV), sound),
        "shown": troubles(Case("", b"x", Fate.REFUSED), sound),
        "other": troubles(same, changed(replace(one, samples=other))),
        "refused": troubles(same, Refused(Unreadable.DAMAGED, "", None)),
        "name": troubles(replace(same, literal="<b>"), sound),
        "nothing": troubles(same, None),
        "one raw": troubles(Case("", b"x", original=record(), raw="I"), sound),
    }
    assert all(found.values()), found
    assert troubles(same, sound) == []
    assert troubles(Case("", b"x"), Refused(Unreadable.DAMAGED, "", None)) == []


def test_the_judge_sees_more_than_the_samples() -> None:
    endless = replace(record(), filter_note=RecordedFilter(float("nan"), None, None))
    assert troubles(Case("", b"x"), EcgOpened(endless, ()))
    assert troubles(Case("", b"x"), EcgOpened(replace(record(), sampling_rate_hz=0.0), ()))


async def test_mutated_long_recordings_are_surveyed_by_the_process() -> None:
    """Opened, drawn from afar, searched for beats: numbers or words, and the process lives."""
    kinds = ("dicom", "edf", "edf old", "wfdb", "ishne")
    specimens = [one for one in generated() if one.name in kinds]
    shown = 0
    async with a_decoder(opener=open_as_long) as (decoder, told):
        for number in range(60):
            chance = random.Random(f"long {number}")
            case = blind(chance.choice(specimens), chance)
            shown += await surveyed(decoder, case.data)
        assert told.nothing
    assert shown > 10


async def surveyed(decoder: Decoder, data: bytes) -> bool:
    """Whether it was shown as a long recording."""
    try:
        study = await decoder.open(data)
    except UnreadableFile:
        return False
    try:
        if not isinstance(study, LongEcgStudy):
            return False
        await study.draw_first()
        for lead in study.info.leads:
            lows, highs = (await study.envelope(lead)).columns(0, study.info.sample_count, 1)
            assert np.all((lows <= highs) | (len(lead.gaps) > 0))
        beats = await study.beats(0, study.info.sample_count, None)
        assert np.all(np.diff(beats) > 0)
        assert len(beats) == 0 or 0 <= beats[0] <= beats[-1] < study.info.sample_count
    except UnreadableFile:
        return False
    finally:
        await study.close()
    return True
