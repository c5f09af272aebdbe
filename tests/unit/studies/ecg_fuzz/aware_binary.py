"""EDF, WFDB, ISHNE, MFER: scales, rates, leads, counts."""

import random
from typing import Final

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.ecg_fuzz.absurd import (
    COUNTS,
    NO_VOLTAGES,
    PLAIN_HTML,
    Maker,
    one_raw,
    same,
)
from tests.unit.studies.ecg_fuzz.cases import Case, Fate

_MFER_LEADS: Final = (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)


def _edf(chance: random.Random, **changed: str) -> bytes:
    signals = [binary.edf_signal(lead, 100, **changed) for lead in make.TWELVE]
    return binary.edf(signals, binary.edf_records(COUNTS, 100))


def _edf_scale(chance: random.Random) -> Case:
    changed = chance.choice(
        (
            {"unit": chance.choice(NO_VOLTAGES)},
            {"low": "65534", "high": "-65536"},
            {"low": "5", "high": "5"},
            {"least": "32767", "most": "-32768"},
            {"least": "7", "most": "7"},
            {chance.choice(("low", "high", "least", "most")): chance.choice(("", "NaN", "abc"))},
        )
    )
    return Case(f"edf: {changed}", _edf(chance, **changed), Fate.NEVER_MV)


def _edf_one_lead(chance: random.Random) -> Case:
    place, unit = chance.randrange(12), chance.choice(NO_VOLTAGES)
    units = ["uV"] * 12
    units[place] = unit
    signals = [
        binary.edf_signal(lead, 100, unit=one) for lead, one in zip(make.TWELVE, units, strict=True)
    ]
    data = binary.edf(signals, binary.edf_records(COUNTS, 100))
    return one_raw("edf", make.TWELVE[place], data, _edf(chance))


def _edf_rate(chance: random.Random) -> Case:
    seconds = chance.choice(("0", "-1", "", "NaN", "inf", "abc"))
    signals = [binary.edf_signal(lead, 100) for lead in make.TWELVE]
    data = binary.edf(signals, binary.edf_records(COUNTS, 100), seconds=seconds)
    return Case(f"edf: record of {seconds} s", data, Fate.REFUSED)


def _edf_leads(chance: random.Random) -> Case:
    signals = [binary.edf_signal(f"<b>{n}", 100) for n in range(12)]
    data = binary.edf(signals, binary.edf_records(COUNTS, 100), patient=PLAIN_HTML)
    return same("edf: leads, name", data, _edf(chance), PLAIN_HTML.decode())


def _edf_counts(chance: random.Random) -> Case:
    count = chance.choice(("0", "1", "3", "-2", "99999999", "abc", "", "1e9"))
    signals = [binary.edf_signal(lead, 100) for lead in make.TWELVE]
    data = binary.edf(signals, binary.edf_records(COUNTS, 100), count=count)
    return Case(f"edf: {count} records", data)


def _wfdb_of(header: str) -> bytes:
    return binary.zipped({"rec.hea": header, "rec.dat": COUNTS.astype("<i2").tobytes()})


def _wfdb_scale(chance: random.Random) -> Case:
    gain = chance.choice(("0", "-200/mV", "0/mV", "200/mmHg", "200/<b>", "NaN/mV", "1e999/mV"))
    data = _wfdb_of(binary.wfdb_header(make.TWELVE, COUNTS, gain=gain))
    return Case(f"wfdb: gain {gain}", data, Fate.NEVER_MV)


def _wfdb_rate(chance: random.Random) -> Case:
    rate = chance.choice(("0", "-500", "1e99", "0/500"))
    data = _wfdb_of(binary.wfdb_header(make.TWELVE, COUNTS, rate=rate))
    return Case(f"wfdb: rate {rate}", data, Fate.REFUSED)


def _wfdb_leads(chance: random.Random) -> Case:
    sound = _wfdb_of(binary.wfdb_header(make.TWELVE, COUNTS))
    data = _wfdb_of(binary.wfdb_header([f"<b>{n}" for n in range(12)], COUNTS))
    return same("wfdb: unknown leads", data, sound)


def _ishne_scale(chance: random.Random) -> Case:
    step = chance.choice((0, -1, -2500, -32768))
    data = binary.ishne(COUNTS, make.TWELVE, nanovolts=step)
    return Case(f"ishne: {step} nV", data, Fate.NEVER_MV)


def _ishne_rate(chance: random.Random) -> Case:
    rate = chance.choice((0, -1, -200, -32768))
    return Case(f"ishne: {rate} Hz", binary.ishne(COUNTS, make.TWELVE, rate=rate), Fate.REFUSED)


def _ishne_leads(chance: random.Random) -> Case:
    sound = binary.ishne(COUNTS, make.TWELVE)
    data = binary.ishne(COUNTS, [f"?{n}" for n in range(12)], name=b"<b>Anna")
    return same("ishne: leads, name", data, sound, "Obraztsova <b>Anna")


def _ishne_counts(chance: random.Random) -> Case:
    announced = chance.choice((-1, 0, 1, 199, 201, 2400, 2**31 - 1, -(2**31)))
    return Case(
        f"ishne: {announced} samples", binary.ishne(COUNTS, make.TWELVE, announced=announced)
    )


def _mfer_scale(chance: random.Random) -> Case:
    value = chance.choice((b"", b"\0\xfa\0", b"\0\xfa\xff", b"\1\xfa\1", b"\xff\xfa\1", b"\0"))
    data = binary.mfer(COUNTS, _MFER_LEADS, step=binary.tag(0x0C, value))
    return Case(f"mfer: sensitivity {value.hex()}", data, Fate.NEVER_MV)


def _mfer_rate(chance: random.Random) -> Case:
    value = chance.choice((b"", b"\1\xfd\0", b"\1\xfd\xfe", b"\0\0\0", b"\5\xfd\2", b"\1\x7f\x7f"))
    data = binary.mfer(COUNTS, _MFER_LEADS, rate=binary.tag(0x0B, value))
    return Case(f"mfer: interval {value.hex()}", data, Fate.REFUSED)


def _mfer_leads(chance: random.Random) -> Case:
    sound = binary.mfer(COUNTS, _MFER_LEADS)
    data = binary.mfer(COUNTS, [chance.choice((0, 90, 200, 65535)) for _ in range(12)])
    return same("mfer: unknown leads", data, sound)


MAKERS: Final[dict[str, tuple[Maker, ...]]] = {
    "edf": (
        _edf_scale,
        _edf_one_lead,
        _edf_rate,
        _edf_leads,
        _edf_counts,
    ),
    "wfdb": (
        _wfdb_scale,
        _wfdb_rate,
        _wfdb_leads,
    ),
    "ishne": (
        _ishne_scale,
        _ishne_rate,
        _ishne_leads,
        _ishne_counts,
    ),
    "mfer": (
        _mfer_scale,
        _mfer_rate,
        _mfer_leads,
    ),
}
