"""Mutations that know nothing of an ECG's format, and those of its words alone."""

import random

from tests.unit.studies.ecg_files import binary
from tests.unit.studies.ecg_fuzz.cases import Case, Fate
from tests.unit.studies.ecg_fuzz.specimens import Specimen
from tests.unit.studies.fuzzing.mutations import BYTES, changed


def blind(specimen: Specimen, chance: random.Random) -> Case:
    """One to four mutations of the file; headers are hit more often than samples."""
    if specimen.data[:2] == b"PK" and chance.random() < 0.7:
        return _within_zip(specimen, chance)
    data, used = changed(specimen.data, chance, is_text=b"<" in specimen.data[:4000])
    return Case(f"{specimen.name}: {used}", data)


def beside_the_numbers(specimen: Specimen, chance: random.Random) -> Case | None:
    """Other letters in a name: the numbers stay. None where the name cannot be reached."""
    if not specimen.words:
        return None
    start, stop = chance.choice(specimen.words)
    data = bytearray(specimen.data)
    is_text = b"<" in specimen.data[:4000]
    letters = b"abcdefghijklmnopqrstuvwxyz" if is_text else bytes(range(0x20, 0x100))
    data[start:stop] = bytes(chance.choice(letters) for _ in range(stop - start))
    return Case(f"{specimen.name}: name", bytes(data), Fate.SAME, specimen.record)


def _within_zip(specimen: Specimen, chance: random.Random) -> Case:
    """What a zip holds is mutated, not its packing."""
    files = binary.unzipped(specimen.data)
    name = chance.choice(list(files))
    content = bytearray(files[name])
    used = [chance.choice(list(BYTES)) for _ in range(chance.randint(1, 3))]
    for kind in used:
        if content:
            BYTES[kind](content, chance)
    files[name] = bytes(content)
    return Case(f"{specimen.name}: in {name}: {', '.join(used)}", binary.zipped(dict(files)))
