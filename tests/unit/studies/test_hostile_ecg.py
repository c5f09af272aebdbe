"""ECG files of every format, cut, changed, absurd: words or true numbers, never a crash."""

import base64
import random
import struct

import numpy as np
import pytest

from tests.steps import steps_of
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.ecg_files import binary, scp, xml
from tests.unit.studies.reading import read_ecg
from tests.unit.studies.test_hostile_files import mutated, outcome
from workstation.studies.ecg import EcgRecord, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.opening import open_file


def originals() -> dict[str, bytes]:
    """A sound file of each format."""
    counts = make.heart_counts(200, 12)
    parts = {
        1: scp.patient(),
        2: scp.STANDARD_TABLE,
        3: scp.leads(make.TWELVE, 200),
        6: scp.data(counts, differences=2, huffman=True),
        7: scp.measurements(),
        8: scp.statements(b"Sinus rhythm"),
    }
    own = {**parts, 2: scp.own_table(), 6: scp.data(counts, huffman=True)}
    beat = xml.aecg_sequences(counts[:50])
    records = [[*one, binary.edf_note(n)] for n, one in enumerate(binary.edf_records(counts, 100))]
    signals = [binary.edf_signal(lead, 100) for lead in make.TWELVE]
    notes = binary.edf_signal("EDF Annotations", 60)
    return {
        "scp": scp.record(parts),
        "scp with its own table": scp.record(own),
        "aecg": xml.aecg(xml.aecg_sequences(counts), derived=beat),
        "muse": xml.muse(xml.muse_wave(counts[:, :8]), xml.muse_wave(counts[:, :8], kind="Median")),
        "sierra": xml.sierra(counts),
        "edf": binary.edf([*signals, notes], records, kind="EDF+D"),
        "wfdb": binary.wfdb(counts, make.TWELVE),
        "ishne": binary.ishne(counts, make.TWELVE),
        "mfer": binary.mfer(counts, (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)),
    }


def check(record: EcgRecord) -> None:
    """Whatever a file says: finite, of one length, with a time scale, gaps within, mV plausible."""
    assert record.sampling_rate_hz > 0
    for lead in record.all_leads:
        assert np.all(np.isfinite(lead.samples))
        assert all(0 <= start < stop <= len(lead.samples) for start, stop in lead.gaps)
        if lead.unit is SampleUnit.MILLIVOLT and not lead.derived:
            assert np.all(np.abs(lead.samples) <= 1000)
    assert {len(lead.samples) for lead in record.leads} == {record.sample_count}
    assert all(np.isfinite(one.value) for one in record.device_measurements)


def read_or_refuse(data: bytes) -> str:
    """In this process: only words of ours come out of a reader."""
    try:
        opened = open_file(memoryview(data))
    except UnreadableFile as error:
        return error.reason.value
    if not isinstance(opened, EcgRecord):
        return "other"  # its head was hit: by now it is a plain text
    check(opened)
    return "ecg"


@pytest.mark.parametrize("kind", originals())
def test_cut_off_anywhere(kind: str) -> None:
    whole = originals()[kind]
    cuts = {len(whole) * part // 60 for part in range(1, 60)}
    results = {read_or_refuse(whole[:cut]) for cut in cuts | {len(whole) - 1, len(whole) - 2}}
    assert read_or_refuse(whole) == "ecg"
    assert results - {"ecg"}


@pytest.mark.parametrize("kind", originals())
def test_three_hundred_random_mutations(kind: str) -> None:
    """Seeded; headers are hit more often than samples."""
    chance = random.Random(20260125)
    whole = originals()[kind]
    for _ in range(300):
        head = chance.choice([len(whole), 300, 1200])
        read_or_refuse(mutated(whole[:head], chance) + whole[head:])


def endless() -> dict[str, bytes]:
    """Small files that would keep a reader busy, or make it unfold without end."""
    preamble, note = binary.MFER_PREAMBLE, binary.edf_signal("EDF Annotations", 4)
    wave = b"\x08\x01\x01" * 20 + binary.tag(0x1E, b"\1\1")
    zeros = struct.pack("<HHBB8H", 2500, 2000, 0, 0, *[65535] * 8) + bytes(8 * 65535)
    coded = {2: scp.STANDARD_TABLE, 3: scp.leads(make.EIGHT, 500_000), 6: zeros}
    records = [[b"+0\x14\x14\0\0\0\0"]] * 150_000
    packed = base64.b64encode((4_000_000).to_bytes(4, "little") + bytes(4 + 4_000_000))
    text = xml.sierra(make.heart_counts(100, 12))
    start = text.index(b">", text.index(b"<parsedwaveforms")) + 1
    return {
        "codes": scp.record(coded),
        "tables": scp.record({**coded, 2: struct.pack("<H", 65535) + bytes(200_000)}),
        "tags": preamble + b"\x16\0" * 1_000_000,
        "waves": preamble + wave * 20_000,
        "records": binary.edf([note, binary.edf_signal("I", 0)], records, kind="EDF+D"),
        "lzw": text[:start] + packed + text[text.index(b"</parsedwaveforms") :],
        "base64": xml.muse(
            xml.muse_lead("I", make.heart_counts(1, 1)[:, 0], WaveFormData="A " * 3_000_000)
        ),
        "digits": xml.aecg(xml.aecg_sequences(make.heart_counts(1, 1), ("I",))).replace(
            b"<digits>", b"<digits>" + b"1 " * 3_000_000
        ),
        "comments": b"<!--" * 4000 + b"<RestingECG>",
        "prolog": b"<?xml encoding='punycode'?><RestingECG>" + b"a-" * 2_000_000,
    }


@pytest.mark.parametrize("kind", endless())
def test_nothing_is_endless(kind: str) -> None:
    """Less than a step for each byte, whatever the file says of itself."""
    data, ends = endless()[kind], list[str]()
    steps = steps_of(lambda: ends.append(read_or_refuse(data)))
    assert ends != ["ecg"]
    assert steps < len(data)


async def test_the_decoder_lives() -> None:
    """Each format through the process, within its limits; what is beyond them is refused."""
    long = make.heart_counts(100, 1)
    bombs = {
        "zip bomb": binary.zipped(
            {
                "rec.hea": binary.wfdb_header(("I",), long),
                "rec.dat": bytes(80 * 1024 * 1024),
            }
        ),
        "entities": b'<!DOCTYPE RestingECG [<!ENTITY a "aaa">]><RestingECG>&a;</RestingECG>',
        "deep": b"<AnnotatedECG>" + b"<a>" * 500_000,
        "wide": b"<AnnotatedECG>" + b"<a/>" * 500_000,
    }
    hours = binary.ishne(make.heart_counts(3_000_000, 3), ("I", "II", "V5"))
    async with a_decoder() as (decoder, told):
        for kind, data in originals().items():
            assert await outcome(decoder, data) == "ecg", kind
        for kind, data in bombs.items():
            assert await outcome(decoder, data) in ("too_large", "damaged"), kind
        assert await outcome(decoder, hours) == "long_ecg"
        assert told.nothing


async def test_all_recordings_come_through_the_process() -> None:
    data = originals()["muse"]
    here = read_ecg(data)
    async with a_decoder() as (decoder, _):
        study = await decoder.open(data)
        there = study.info
        assert isinstance(there, EcgRecord)
        for one, other in zip(here.all_leads, there.all_leads, strict=True):
            assert (one.name, one.gaps, one.unit) == (other.name, other.gaps, other.unit)
            np.testing.assert_array_equal(one.samples, other.samples)
        assert there.others[0].name == "Median"
        await study.close()


@pytest.mark.parametrize("day", ["99999999999-01-01", "2011-13-45", "0-0-0", "-", "2011-12-01T"])
def test_an_absurd_day_costs_no_trace(day: str) -> None:
    """It is no day, and the rest of the file is what it was."""
    counts = make.heart_counts(100, 12)
    sound = xml.sierra(counts)
    record = read_ecg(sound.replace(b'date="2011-12-01"', f'date="{day}"'.encode()))
    assert record.recorded_on is None
    for one, other in zip(record.leads, read_ecg(sound).leads, strict=True):
        np.testing.assert_array_equal(one.samples, other.samples)


@pytest.mark.parametrize("interval", [b"\1\x7f\x7f", b"\1\x20\1", b"\0\x80\1", b"\0\x20\1"])
def test_a_time_scale_of_ages_is_none(interval: bytes) -> None:
    """MFER can write an interval of 127 * 10^127 s, and a rate of 10^32 Hz."""
    rate = binary.tag(0x0B, interval)
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(binary.mfer(make.heart_counts(100, 1), (2,), rate=rate))
    assert raised.value.reason is Unreadable.NO_TIME_SCALE


def test_a_cut_off_waveform_is_said_to_be_cut_off() -> None:
    """Whatever else is missing, then, too."""
    whole = make.ecg_file()
    start = whole.index(b"RHYTHM")
    for end in range(start, start + 400, 7):
        with pytest.raises(UnreadableFile) as raised:
            read_ecg(whole[:end])
        assert raised.value.reason is Unreadable.TRUNCATED
