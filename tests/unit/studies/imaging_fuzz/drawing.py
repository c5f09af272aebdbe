"""Which file belongs to a number: the same on every machine, whichever process asks."""

import random
import zipfile
from io import BytesIO
from typing import Final

from tests.unit.studies.fuzzing.mutations import changed
from tests.unit.studies.imaging_fuzz.aware import aware
from tests.unit.studies.imaging_fuzz.bombs import bomb
from tests.unit.studies.imaging_fuzz.cases import Case
from tests.unit.studies.imaging_fuzz.specimens import Specimen, generated, real, zipped

SEED: Final = 20261122
_BOMB_EVERY: Final = 250
_REAL_SHARE: Final = 0.05
_AWARE_SHARE: Final = 0.35
_IN_FRAME_SHARE: Final = 0.3


def case_of(number: int, *, real_share: float = _REAL_SHARE, with_bombs: bool = True) -> Case:
    """The file of that number; real files are drawn from only where they are there."""
    chance = random.Random(f"{SEED}: {number}")
    if with_bombs and number % _BOMB_EVERY == _BOMB_EVERY - 1:
        return bomb(chance)
    if chance.random() < _AWARE_SHARE:
        return aware(chance)
    specimens = real() if chance.random() < real_share else ()
    return blind(chance.choice(specimens or generated()), chance)


def blind(specimen: Specimen, chance: random.Random) -> Case:
    """Bytes of it; of a zip those of a file in it, of a picture often those of its frames."""
    data = specimen.data
    if data[:2] == b"PK" and chance.random() < 0.7:
        return _within_zip(specimen, chance)
    behind = 0
    if chance.random() < _IN_FRAME_SHARE:
        behind = len(data) // 2
    found, used = changed(data[behind:], chance, is_text=b"<" in data[:4000])
    return Case(f"{specimen.name}: {used}", data[:behind] + found)


def _within_zip(specimen: Specimen, chance: random.Random) -> Case:
    """What a zip holds is mutated, not its packing."""
    with zipfile.ZipFile(BytesIO(specimen.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(files))
    files[name], used = changed(files[name], chance, is_text=name.endswith((".xml", ".rels")))
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    return Case(f"{specimen.name}: in {name}: {used}", zipped(files, method))
