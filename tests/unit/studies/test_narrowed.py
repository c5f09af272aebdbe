"""Numbers of other kinds than 16 bits with a sign: the same to the last bit, short and long."""

import zipfile
import zlib
from functools import partial
from typing import Final, cast

import numpy as np
import numpy.typing as npt
import pytest
from pydicom.uid import DeflatedExplicitVRLittleEndian

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import long_files as long
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_ecg import LongEcg
from workstation.studies.long_study import LongEcgStudy
from workstation.studies.readers.dicom_file import deflated_part
from workstation.studies.readers.ecg_samples import Calibration
from workstation.studies.readers.narrowed import Narrowing, narrowing
from workstation.studies.warnings import StudyWarning

Numbers = npt.NDArray[np.int64]
a_long_decoder = partial(a_decoder, opener=long.open_long)
KINDS: Final = {"SB": "i1", "UB": "u1", "SS": "<i2", "US": "<u2", "SL": "<i4", "UL": "<u4"}
MFER_KINDS: Final = {0: "<i2", 1: "<u2", 2: "<i4", 3: "u1", 5: "i1", 6: "<u4"}
STEP_MV: Final = 0.002


def numbers_in(kind: str) -> Numbers:
    """Over most of what a kind of number reaches, up to a span of 16 bits."""
    found = long.counts(4).astype(np.int64)
    spread = found * 40
    match kind[-2:]:
        case "i1":
            return found.clip(-100, 100)
        case "u1":
            return found.clip(-100, 100) + 120
        case "u2":
            return (spread.clip(-5000, 60_000)) + 5500
        case "i4":
            return spread.clip(-5000, 60_000) - 900_000
        case "u4":
            return spread.clip(-5000, 60_000) + 3_000_000_000
        case _:
            return found


def dicom(numbers: Numbers, sample: str, syntax: str = "", step: str = "2") -> bytes:
    """Uncompressed, of that Waveform Sample Interpretation; `step`: uV."""
    group = make.waveform(long.counts(1), long.LEADS, rate=str(long.RATE), sensitivity=step)
    kind = np.dtype(KINDS[sample])
    group.NumberOfWaveformSamples = len(numbers)
    group.WaveformSampleInterpretation = sample
    group.WaveformBitsAllocated = 8 * kind.itemsize
    group.WaveformData = numbers.astype(kind).tobytes()
    deflated = [DeflatedExplicitVRLittleEndian] if syntax == "deflated" else []
    return make.written(make.ecg([group]), *deflated)


def wfdb(numbers: Numbers, packing: str, gain: str = "500/mV") -> bytes:
    """Deflated in its zip; 24 or 32 bits."""
    header = binary.wfdb_header(
        long.LEADS, cast(long.Counts, numbers), gain=gain, rate=str(long.RATE), packing=packing
    )
    wide = numbers.astype("<i4")
    raw = wide.tobytes() if packing == "32" else wide.view("u1").reshape(-1, 4)[:, :3].tobytes()
    return binary.zipped({"rec.hea": header, "rec.dat": raw}, method=zipfile.ZIP_DEFLATED)


def mfer(numbers: Numbers, type_: int, *, block: int | None = None, more: bytes = b"") -> bytes:
    """One waveform of blocks, 2 uV a number."""
    kind, count = np.dtype(MFER_KINDS[type_]), len(numbers)
    block = block or count
    blocks = numbers.reshape(count // block, block, -1).transpose(0, 2, 1)
    leads = b"".join(binary.mfer_lead(n, code) for n, code in enumerate(long.MFER_LEADS))
    return (
        binary.MFER_PREAMBLE
        + binary.tag(0x01, b"\1")
        + binary.tag(0x05, bytes([len(long.MFER_LEADS)]))
        + binary.tag(0x04, block.to_bytes(4, "little"))
        + binary.tag(0x06, (count // block).to_bytes(4, "little"))
        + binary.tag(0x0A, bytes([type_]))
        + long.MFER_RATE
        + long.MFER_STEP
        + leads
        + more
        + binary.tag(0x1E, blocks.astype(kind).tobytes())
        + b"\x80"
    )


async def seen(data: bytes) -> LongEcg:
    """As a long recording."""
    async with a_long_decoder() as (decoder, told):
        study = await decoder.open(data)
        assert isinstance(study, LongEcgStudy)
        assert told.nothing
        return study.info


async def refused(data: bytes) -> Unreadable:
    """Why it is not shown."""
    async with a_long_decoder() as (decoder, told):
        with pytest.raises(UnreadableFile) as raised:
            await decoder.open(data)
        assert told.nothing
        return raised.value.reason


def stored_again(info: LongEcg, place: int, step: float = STEP_MV) -> Numbers:
    """The file's own numbers, from what is looked at."""
    lead = info.leads[place]
    assert lead.unit is SampleUnit.MILLIVOLT
    values = lead.samples[0 : info.sample_count].astype(np.float64) * lead.scale + lead.offset
    exact = values / step
    assert np.max(np.abs(exact - np.round(exact))) < 1e-3
    return np.round(exact).astype(np.int64)


FILES: Final = {
    **{f"dicom {one}": partial(dicom, sample=one) for one in ("SB", "UB", "US", "SL")},
    **{f"wfdb {one}": partial(wfdb, packing=one) for one in ("24", "32")},
    **{f"mfer {one}": partial(mfer, type_=one) for one in MFER_KINDS if one != 6},
    "mfer blocks of 100": partial(mfer, type_=1, block=100),
    "mfer blocks of 1": partial(mfer, type_=0, block=1),
}
KIND_OF: Final = {
    **{f"dicom {one}": kind for one, kind in KINDS.items()},
    **{f"mfer {one}": kind for one, kind in MFER_KINDS.items()},
    **{"wfdb 24": "i4", "wfdb 32": "i4", "mfer blocks of 100": "u2", "mfer blocks of 1": "i2"},
}


@pytest.mark.parametrize("kind", FILES)
async def test_a_long_one_is_seen_to_the_last_bit(kind: str) -> None:
    """EC-1: also where its numbers lie far from 0, or have no sign."""
    numbers = numbers_in(KIND_OF[kind]) % (1 << 22) if "u4" in kind else numbers_in(KIND_OF[kind])
    if "i4" in KIND_OF[kind]:
        numbers = numbers + 800_000  # within what an amplifier gives
    info = await seen(FILES[kind](numbers))
    assert info.sample_count == len(numbers)
    assert [lead.name for lead in info.leads] == list(long.LEADS)
    for place in range(len(long.LEADS)):
        np.testing.assert_array_equal(stored_again(info, place), numbers[:, place])
    assert info.warnings == ()


@pytest.mark.parametrize("kind", FILES)
def test_a_short_one_has_the_same_samples(kind: str) -> None:
    numbers = numbers_in(KIND_OF[kind])
    if "i4" in KIND_OF[kind]:
        numbers = numbers + 800_000
    record = read_ecg(FILES[kind](numbers))
    for place, lead in enumerate(record.leads):
        assert lead.unit is SampleUnit.MILLIVOLT
        again = np.round(lead.samples.astype(np.float64) / STEP_MV).astype(np.int64)
        np.testing.assert_array_equal(again, numbers[:, place])


def test_a_short_record_of_differences() -> None:
    """WFDB 8: each byte is the step from the sample before, the first from the header's."""
    counts = make.heart_counts(300, 2)
    steps = np.diff(counts, axis=0, prepend=counts[:1])
    header = binary.wfdb_header(("I", "II"), counts, packing="8")
    data = binary.zipped({"rec.hea": header, "rec.dat": steps.astype("i1").tobytes()})
    record = read_ecg(data)
    for place, lead in enumerate(record.leads):
        np.testing.assert_allclose(lead.samples, counts[:, place] * 0.002, rtol=1e-5)
    assert record.warnings == ()


async def test_fine_numbers_over_a_wide_span_are_told_finely() -> None:
    """24 bits of 0.02 uV and 40 mV of drift: steps of 1.3 uV, half of one wrong at most."""
    drift = np.linspace(-1_000_000, 1_000_000, 5000).astype(np.int64)[:, np.newaxis]
    numbers = long.counts().astype(np.int64) * 100 + drift
    info = await seen(wfdb(numbers, "24", gain="50000/mV"))
    for place, lead in enumerate(info.leads):
        assert lead.scale < 0.0015
        values = lead.in_unit(0, info.sample_count)
        np.testing.assert_allclose(values, numbers[:, place] / 50_000, atol=lead.scale / 2 + 1e-5)
    assert info.warnings == ()


async def test_what_16_bits_would_tell_too_coarsely_is_refused() -> None:
    """Also where no calibration says how coarse it is."""
    numbers = long.counts().astype(np.int64) * 1000
    assert await refused(wfdb(numbers, "32", gain="5000/mV")) is Unreadable.TOO_LARGE
    assert await refused(wfdb(numbers, "32", gain="0/mV")) is Unreadable.TOO_LARGE
    assert await refused(dicom(numbers, "SL", step="0")) is Unreadable.TOO_LARGE


@pytest.mark.parametrize("step", ["0", "-2", "1e30"])
async def test_without_a_valid_scale_nothing_is_millivolt(step: str) -> None:
    info = await seen(dicom(numbers_in("u2"), "US", step=step))
    assert {lead.unit for lead in info.leads} == {SampleUnit.UNCALIBRATED}
    assert StudyWarning.NO_CALIBRATION in info.warnings
    lead = info.leads[0]
    steps = np.diff(lead.samples[0 : info.sample_count].astype(np.int64))
    np.testing.assert_array_equal(steps, np.diff(numbers_in("u2")[:, 0]))


async def test_the_number_for_no_sample_is_a_gap_in_wide_formats() -> None:
    for packing, unset in (("24", -(1 << 23)), ("32", -(1 << 31))):
        numbers = long.counts().astype(np.int64) + 70_000
        numbers[2000:2600, 2] = unset
        info = await seen(wfdb(numbers, packing))
        assert [lead.gaps for lead in info.leads] == [(), (), ((2000, 2600),)]
        np.testing.assert_array_equal(stored_again(info, 0), numbers[:, 0])


async def test_a_null_value_is_a_gap_in_mfer() -> None:
    numbers = numbers_in("u2")
    numbers[300:400, 1] = 65535
    info = await seen(mfer(numbers, 1, more=binary.tag(0x12, b"\xff\xff")))
    assert [lead.gaps for lead in info.leads] == [(), ((300, 400),), ()]


async def test_0_without_a_sign_is_a_number_like_any_other() -> None:
    numbers = numbers_in("u2")
    numbers[-50:] = 0
    assert [lead.gaps for lead in (await seen(dicom(numbers, "US"))).leads] == [(), (), ()]


def test_absurd_counts_are_no_room() -> None:
    """What is announced beyond the file is missing, not made."""
    sound = mfer(numbers_in("i2"), 0)
    sequences = binary.tag(0x06, (1).to_bytes(4, "little"))
    for count in (0, 2, 1 << 31, (1 << 32) - 1):
        lie = sound.replace(sequences, binary.tag(0x06, count.to_bytes(4, "little")))
        found = read_ecg(lie)
        assert len(found.leads[0].samples) == 1000
        missing = count > 1
        assert (StudyWarning.SAMPLES_MISSING in found.warnings) == missing


async def test_a_deflated_file_that_was_cut_off_is_shown_as_far_as_it_goes() -> None:
    data = long.dicom(long.counts(), "deflated")
    info = await seen(data[: len(data) // 2])
    assert StudyWarning.SAMPLES_MISSING in info.warnings
    lead = info.leads[1].samples[0 : info.sample_count]
    np.testing.assert_array_equal(lead, long.counts()[: info.sample_count, 1])


async def test_a_deflated_file_of_other_numbers_is_refused_by_its_size() -> None:
    other = dicom(numbers_in("u2"), "US", "deflated")
    assert await refused(other) is Unreadable.TOO_LARGE


def test_a_deflated_bomb_is_refused_before_there_is_room_for_it() -> None:
    """EC-1: behind a sound beginning 330 MB of zeros in a file of 1.5 MB."""
    sound = memoryview(long.dicom(long.counts(), "deflated"))
    deflated = deflated_part(sound)
    assert deflated is not None
    packer = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
    packed = packer.compress(zlib.decompress(deflated, -zlib.MAX_WBITS))
    packed += b"".join(packer.compress(bytes(1 << 20)) for _ in range(315)) + packer.flush()
    bomb = bytes(sound[: len(sound) - len(deflated)]) + packed
    assert len(bomb) < 2_000_000
    with pytest.raises(UnreadableFile) as raised:
        long.open_long(memoryview(bomb))
    assert raised.value.reason is Unreadable.TOO_LARGE


def test_narrowing_leaves_the_lowest_number_free() -> None:
    assert narrowing(-32767, 32767, None) == Narrowing(0, 0)
    assert narrowing(0, 65534, None) == Narrowing(32767, 0)
    fine = Calibration(5e-6, 0.0)
    wide = narrowing(-(1 << 23), (1 << 23) - 1, fine)
    assert wide.shift == 9
    into = np.zeros(3, np.int16)
    wide.write(np.array([-(1 << 23), 0, (1 << 23) - 1]), into)
    assert into.min() >= -32767
    with pytest.raises(UnreadableFile):
        narrowing(-(1 << 31), 1 << 31, Calibration(1e-7, 0.0))
