"""Mutated files of the imaging desk: the first of the 20,000 of `benchmarks/fuzz_imaging.py`."""

import math
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from tests.shared_data import needs_shared_data
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import slices
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.imaging_fuzz.aware import ALL
from tests.unit.studies.imaging_fuzz.bombs import BOMBS
from tests.unit.studies.imaging_fuzz.cases import Case, Fate
from tests.unit.studies.imaging_fuzz.drawing import blind, case_of
from tests.unit.studies.imaging_fuzz.looking import Looker, unsound, unsound_readings
from tests.unit.studies.imaging_fuzz.specimens import generated, real, with_regions
from workstation.studies.measure.reading import Quantity, Reading, ScaleSource, Unit

COUNT = 300
NEW_BOMBS = ("zip of zeros", "docx of zeros", "svg", "html", "html behind a preamble")
_KINDS = {"clip", "stack", "picture", "pdf", "report", "disc"}


@asynccontextmanager
async def a_looker() -> AsyncIterator[Looker]:
    """The decoder process must outlive every test, whatever it was given."""
    async with a_decoder() as (decoder, told):
        yield Looker(decoder)
        assert told.nothing


async def test_sound_files_are_shown() -> None:
    """Or the mutations would begin with rubbish; each kind of study is among them."""
    async with a_looker() as looker:
        shown = set()
        for specimen in generated():
            seen = await looker.look(Case(specimen.name, specimen.data))
            assert seen.outcome in _KINDS, specimen.name
            assert seen.troubles == [], specimen.name
            shown.add(seen.outcome)
        assert shown == _KINDS


async def test_mutated_files() -> None:
    async with a_looker() as looker:
        for number in range(COUNT):
            case = case_of(number, real_share=0.0, with_bombs=False)
            seen = await looker.look(case)
            assert seen.troubles == [], f"{number} {case.name}"
            assert seen.stops == [], f"{number} {case.name}"


async def test_mutations_that_know_what_they_touch() -> None:
    """Each of them, whether or not one of the first files is of its kind."""
    async with a_looker() as looker:
        for maker in dict.fromkeys(ALL):
            for number in range(3):
                case = maker(random.Random(f"{maker.__name__} {number}"))
                seen = await looker.look(case)
                assert seen.troubles == [], case.name


async def test_bombs_are_refused() -> None:
    """And the process lives. Those that are left out have their tests in `test_hostile_*`."""
    async with a_looker() as looker:
        for name, make_one, fate in (one for one in BOMBS if one[0] in NEW_BOMBS):
            seen = await looker.look(Case(name, make_one(), fate))
            assert seen.troubles == [], name
            assert seen.stops == [], name


@needs_shared_data
async def test_mutated_real_files() -> None:
    async with a_looker() as looker:
        assert len(real()) > 20
        chance = random.Random(20261122)
        for _ in range(20):
            case = blind(chance.choice(real()), chance)
            assert (await looker.look(case)).troubles == [], case.name


def test_the_same_number_is_the_same_file() -> None:
    assert case_of(7).data == case_of(7).data
    assert case_of(7).data != case_of(8).data


async def test_the_judge_sees_what_is_wrong() -> None:
    """A picture with a scale where there must be none, and a bomb that is shown."""
    async with a_looker() as looker:
        scaled = Case("", make.clip_file(2, with_regions), Fate.NEVER_MM)
        assert (await looker.look(scaled)).troubles
        slice_ = Case("", slices.ct_file(1), Fate.NEVER_MM_OF_PATIENT)
        assert (await looker.look(slice_)).troubles
        assert (await looker.look(Case("", make.clip_file(2), Fate.REFUSED))).troubles
        assert not (await looker.look(Case("", b"", Fate.REFUSED))).troubles


def test_the_judge_knows_numbers_that_are_none() -> None:
    sound = Reading(Quantity.DISTANCE, 3.0, Unit.MILLIMETRE, ScaleSource.PIXEL_SPACING)
    assert list(unsound_readings((sound,), Fate.ANY)) == []
    for wrong in (
        replace(sound, value=math.nan),
        replace(sound, value=0.0),
        replace(sound, source=ScaleSource.NONE),
    ):
        assert list(unsound_readings((wrong,), Fate.ANY))
    assert list(unsound({"a": [{"b": math.inf}]}))
    assert list(unsound({"a": [{"b": 1.0}]})) == []
