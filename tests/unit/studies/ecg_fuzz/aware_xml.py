"""HL7 aECG, GE MUSE, Philips Sierra: scales, rates, names, declared entities."""

import random
from functools import cache
from typing import Final

from tests.unit.studies.ecg_files import xml
from tests.unit.studies.ecg_fuzz.absurd import (
    COUNTS,
    HTML,
    NO_NUMBERS,
    NO_VOLTAGES,
    Maker,
    one_raw,
    same,
)
from tests.unit.studies.ecg_fuzz.cases import Case, Fate


@cache
def _sound_aecg() -> bytes:
    return xml.aecg(xml.aecg_sequences(COUNTS))


def _aecg_scale(chance: random.Random) -> Case:
    value, unit = chance.choice(NO_NUMBERS), "uV"
    if chance.random() < 0.5:
        value, unit = "2.5", chance.choice(NO_VOLTAGES).replace("<", "&lt;")
    scale = chance.choice(("", f'<scale value="{value}" unit="{unit}"/>'))
    data = xml.aecg(xml.aecg_sequences(COUNTS, scale=scale))
    return Case(f"aecg: scale {scale}", data, Fate.NEVER_MV)


def _aecg_rate(chance: random.Random) -> Case:
    increment = chance.choice(("", '<increment value="0.002" unit="m"/>', "<increment/>"))
    if chance.random() < 0.5:
        increment = f'<increment value="{chance.choice(NO_NUMBERS)}" unit="s"/>'
    data = xml.aecg(xml.aecg_sequences(COUNTS, increment=increment))
    return Case(f"aecg: {increment}", data, Fate.REFUSED)


def _aecg_leads(chance: random.Random) -> Case:
    names = [f"&#60;b&#62;{n}" for n in range(12)]
    data = xml.aecg(xml.aecg_sequences(COUNTS, names))
    return same("aecg: unknown leads", data, _sound_aecg())


def _aecg_name(chance: random.Random) -> Case:
    escaped = HTML.replace("&", "&amp;").replace("<", "&lt;")
    data = xml.aecg(xml.aecg_sequences(COUNTS), name=escaped)
    return same("aecg: name", data, _sound_aecg(), HTML)


def _muse_scale(chance: random.Random) -> Case:
    changed = {"LeadAmplitudeUnitsPerBit": chance.choice(NO_NUMBERS)}
    if chance.random() < 0.5:
        unit = chance.choice(NO_VOLTAGES).replace("<", "&lt;")
        changed = {"LeadAmplitudeUnits": unit}
    data = xml.muse(xml.muse_wave(COUNTS[:, :8], **changed))
    return Case(f"muse: {changed}", data, Fate.NEVER_MV)


def _muse_one_lead(chance: random.Random) -> Case:
    """III and the augmented leads cannot be computed any more."""
    sound = xml.muse(xml.muse_wave(COUNTS[:, :8]))
    lead = chance.choice(("I", "II"))
    value = chance.choice(NO_NUMBERS).encode()
    at = sound.index(b"<LeadID>%s</LeadID>" % lead.encode())
    head, tail = sound[:at], sound[at:]
    before, _, after = head.rpartition(b"<LeadAmplitudeUnitsPerBit>4.88</")
    data = before + b"<LeadAmplitudeUnitsPerBit>" + value + b"</" + after + tail
    return one_raw("muse", lead, data, sound)


def _muse_rate(chance: random.Random) -> Case:
    base = chance.choice(NO_NUMBERS)
    data = xml.muse(xml.muse_wave(COUNTS[:, :8], base=base))
    return Case(f"muse: rate {base}", data, Fate.REFUSED)


def _muse_leads(chance: random.Random) -> Case:
    sound = xml.muse(xml.muse_wave(COUNTS[:, :8]))
    data = xml.muse(xml.muse_wave(COUNTS[:, :8], [f"&lt;b&gt;{n}" for n in range(8)]))
    return same("muse: unknown leads", data, sound)


def _muse_name(chance: random.Random) -> Case:
    wave = xml.muse_wave(COUNTS[:, :8])
    data = xml.muse(wave, name=b"&lt;i&gt;DOE&amp;")
    return same("muse: name", data, xml.muse(wave), "<i>DOE&")


def _sierra_scale(chance: random.Random) -> Case:
    value = chance.choice(NO_NUMBERS)
    packing = chance.choice(("XLI", ""))
    data = xml.sierra(COUNTS, resolution=value, packing=packing)
    return Case(f"sierra: resolution {value}", data, Fate.NEVER_MV)


def _sierra_rate(chance: random.Random) -> Case:
    value = chance.choice(NO_NUMBERS)
    return Case(f"sierra: rate {value}", xml.sierra(COUNTS, rate=value), Fate.REFUSED)


def _sierra_name(chance: random.Random) -> Case:
    data = xml.sierra(COUNTS, name="&lt;b&gt;Иванова")
    return same("sierra: name", data, xml.sierra(COUNTS), "<b>Иванова")


def _entity(chance: random.Random) -> Case:
    """Declared entities, used or not, in a document that is sound otherwise."""
    sound = chance.choice((_sound_aecg(), xml.sierra(COUNTS)))
    at = sound.index(b"?>") + 2
    root = sound[sound.rindex(b"</") + 2 : -1]
    outside = b'<!ENTITY a SYSTEM "file:///etc/passwd">'
    declared = chance.choice((b'<!ENTITY a "aaa">', outside, b'<!ENTITY % a "b">'))
    data = sound[:at] + b"<!DOCTYPE " + root + b" [" + declared + b"]>" + sound[at:]
    return Case(f"entity {declared.decode()}", data, Fate.REFUSED)


MAKERS: Final[dict[str, tuple[Maker, ...]]] = {
    "aecg": (
        _aecg_scale,
        _aecg_rate,
        _aecg_leads,
        _aecg_name,
        _entity,
    ),
    "muse": (
        _muse_scale,
        _muse_one_lead,
        _muse_rate,
        _muse_leads,
        _muse_name,
    ),
    "sierra": (
        _sierra_scale,
        _sierra_rate,
        _sierra_name,
        _entity,
    ),
}
