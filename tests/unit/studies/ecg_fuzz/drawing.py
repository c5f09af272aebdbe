"""Which file belongs to a number: the same on every machine, whichever process asks."""

import random
from typing import Final

from tests.unit.studies.ecg_fuzz.aware import aware
from tests.unit.studies.ecg_fuzz.blind import beside_the_numbers, blind
from tests.unit.studies.ecg_fuzz.bombs import bomb
from tests.unit.studies.ecg_fuzz.cases import Case
from tests.unit.studies.ecg_fuzz.specimens import generated, real

SEED: Final = 20261122
_BOMB_EVERY: Final = 500
_REAL_SHARE: Final = 0.08
_NAME_SHARE: Final = 0.05
_AWARE_SHARE: Final = 0.35
_LONG_SHARE: Final = 0.25


def case_of(number: int, *, real_share: float = _REAL_SHARE, with_bombs: bool = True) -> Case:
    """The file of that number; real files are drawn from only where they are there."""
    chance = random.Random(f"{SEED}: {number}")
    if with_bombs and number % _BOMB_EVERY == _BOMB_EVERY - 1:
        return bomb(chance)
    share = chance.random()
    if share < _AWARE_SHARE:
        return aware(chance)
    specimens = real() if chance.random() < real_share else ()
    specimen = chance.choice(specimens or generated())
    if share < _AWARE_SHARE + _NAME_SHARE:
        case = beside_the_numbers(specimen, chance)
        if case is not None:
            return case
    return blind(specimen, chance)


def is_long(number: int) -> bool:
    """Whether that file is opened as a recording of hours is: one in four."""
    return random.Random(f"{SEED}, long: {number}").random() < _LONG_SHARE
