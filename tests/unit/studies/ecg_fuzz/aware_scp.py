"""SCP-ECG: scale, interval, leads, order and places of the sections, lengths within them."""

import random
import struct
from functools import cache
from typing import Final

from tests.unit.studies.ecg_files import scp
from tests.unit.studies.ecg_fuzz.absurd import (
    COUNTS,
    PLAIN_HTML,
    Maker,
    same,
)
from tests.unit.studies.ecg_fuzz.cases import Case, Fate
from tests.unit.studies.ecg_fuzz.specimens import parts_of_scp


@cache
def _sound_scp() -> bytes:
    return scp.record(parts_of_scp(COUNTS))


def _scp_scale(chance: random.Random) -> Case:
    sections = parts_of_scp(COUNTS, huffman=chance.random() < 0.5)
    sections[6] = b"\0\0" + sections[6][2:]
    return Case("scp: 0 nV", scp.record(sections), Fate.NEVER_MV)


def _scp_rate(chance: random.Random) -> Case:
    sections = parts_of_scp(COUNTS)
    sections[6] = sections[6][:2] + b"\0\0" + sections[6][4:]
    return Case("scp: 0 us", scp.record(sections), Fate.REFUSED)


def _scp_leads(chance: random.Random) -> Case:
    numbers = [chance.choice((0, 90, 200, 255)) for _ in range(12)]
    sections = parts_of_scp(COUNTS) | {3: scp.leads(numbers, len(COUNTS))}
    return same("scp: unknown leads", scp.record(sections), _sound_scp())


def _scp_order(chance: random.Random) -> Case:
    sections = list(parts_of_scp(COUNTS).items())
    chance.shuffle(sections)
    return same("scp: sections in another order", scp.record(dict(sections)), _sound_scp())


def _scp_pointers(chance: random.Random) -> Case:
    """One pointer leads elsewhere: the sections follow each other and are found so."""
    data = bytearray(_sound_scp())
    place = 22 + 10 * chance.choice((1, 2, 3, 6, 7, 8)) + 6
    wrong = chance.choice((1, 30, 0x7FFFFFFF, 0xFFFFFFFF, len(data)))
    data[place : place + 4] = struct.pack("<L", wrong)
    return same("scp: a wrong pointer", bytes(data), _sound_scp())


def _scp_name(chance: random.Random) -> Case:
    sections = parts_of_scp(COUNTS) | {1: scp.patient(PLAIN_HTML + b"\0")}
    return same("scp: name", scp.record(sections), _sound_scp(), "<b>Obraztsova</b> Anna")


def _scp_lengths(chance: random.Random) -> Case:
    """Lengths within the sections: of leads, of tags, of tables."""
    sections = parts_of_scp(COUNTS)
    number = chance.choice((1, 2, 3, 6, 7, 8))
    body = bytearray(sections[number])
    place = chance.randrange(max(1, min(len(body), 40)))
    body[place : place + 2] = struct.pack("<H", chance.choice((0, 1, 0x7FFF, 0x8000, 0xFFFF)))
    sections[number] = bytes(body)
    return Case(f"scp: a length in section {number}", scp.record(sections))


MAKERS: Final[dict[str, tuple[Maker, ...]]] = {
    "scp": (
        _scp_scale,
        _scp_rate,
        _scp_leads,
        _scp_order,
        _scp_pointers,
        _scp_name,
        _scp_lengths,
    ),
}
