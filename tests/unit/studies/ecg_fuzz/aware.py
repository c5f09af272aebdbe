"""Mutations that know what they touch: calibration, time scale, names of leads, order of parts.

Each says what must come of it: no mV without a calibration, no trace without a time scale, the
very same numbers where nothing was touched that they depend on.
"""

import random
from typing import Final

from tests.unit.studies.ecg_fuzz import aware_binary, aware_dicom, aware_scp, aware_xml
from tests.unit.studies.ecg_fuzz.absurd import Maker
from tests.unit.studies.ecg_fuzz.cases import Case

MAKERS: Final = aware_dicom.MAKERS | aware_scp.MAKERS | aware_xml.MAKERS | aware_binary.MAKERS
ALL: Final = tuple({maker: None for makers in MAKERS.values() for maker in makers})
"""Each once."""


def aware(chance: random.Random) -> Case:
    """One of them, each format as often as another."""
    return chance.choice(chance.choice(list(MAKERS.values())))(chance)


def some_of(maker: Maker, count: int) -> list[Case]:
    """The first cases of one kind."""
    return [maker(random.Random(f"{maker.__name__} {number}")) for number in range(count)]
