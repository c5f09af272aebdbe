"""Hostile long recordings, and a decoder that was taken over by one: words, never a wrong look."""

import random
import zipfile
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import long_files as long
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.test_hostile_files import mutated
from workstation.core.shared_memory import SharedBlock
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_ecg import checked
from workstation.studies.long_store import StoredPlace, stored_in
from workstation.studies.long_study import LongEcgStudy
from workstation.studies.long_work import place_stores
from workstation.studies.measure.ecg.envelope import Envelope
from workstation.studies.messages import LeadStore, LongEcgOpened, decode_answer, encode
from workstation.studies.readers.dicom_waveforms import CannotWalk, WaveformWalk
from workstation.studies.readers.long_record import LongFound, PackedEcg
from workstation.studies.warnings import StudyWarning

HUGE = st.sampled_from([0, 1, 2, 3, 1 << 16, 1 << 31, (1 << 48) - 1])
ANY = HUGE | st.integers(0, 5000)


@settings(deadline=None, max_examples=400)
@given(ANY, ANY, ANY, ANY, ANY, st.booleans())
def test_a_view_lies_in_the_block_or_there_is_none(
    offset: int, rows: int, per_row: int, row_step: int, step: int, big_endian: bool
) -> None:
    """What the decoder says of places is not believed."""
    size = 4096
    block = SharedBlock.create(size)
    place = StoredPlace(offset, rows, per_row, row_step, step, big_endian)
    try:
        samples = stored_in(block.memory, size, place)
    except ValueError:
        assert not place.is_within(size)
        return
    finally:
        block.unlink()
    assert len(samples) == rows * per_row <= size // 2
    last = offset + (rows - 1) * row_step + (per_row - 1) * step
    assert last + 2 <= size
    assert not np.any(samples[0 : len(samples)])


def described(data: bytes, block: SharedBlock) -> LongEcgOpened:
    """What an honest decoder says of a file that lies in the block."""
    block.memory[: len(data)] = data
    found = long.open_long(memoryview(block.memory))
    assert isinstance(found, LongFound)
    answer = decode_answer(encode(place_stores(found, np.frombuffer(block.memory, np.uint8))))
    assert isinstance(answer, LongEcgOpened)
    return answer


LIES: dict[str, Any] = {
    "another count": {"sample_count": 4999},
    "no samples": {"sample_count": 0},
    "a lead too few": {"stores": ()},
    "outside": {"offset": 100_000},
    "a step over the end": {"step": 8},
    "everything in one place": {"step": 0},
    "a scale that is none": {"scale": float("nan")},
    "an absurd scale": {"scale": 1e300},
    "an offset that is none": {"lead_offset": float("inf")},
    "a gap outside": {"gaps": ((0, 9000),)},
    "a gap backwards": {"gaps": ((20, 10),)},
    "gaps out of order": {"gaps": ((100, 200), (150, 250))},
    "no rate": {"rate": 0.0},
    "a rate that is none": {"rate": float("nan")},
}


def with_lie(told: LongEcgOpened, lie: dict[str, Any]) -> LongEcgOpened:
    store, record = told.stores[0], told.record
    place = store.place
    place = StoredPlace(
        lie.get("offset", place.offset),
        place.rows,
        place.per_row,
        place.row_step,
        lie.get("step", place.step),
    )
    first = LeadStore(place, lie.get("scale", store.scale), lie.get("lead_offset", store.offset))
    stores = lie.get("stores", (first, *told.stores[1:]))
    lead = replace(record.leads[0], gaps=lie.get("gaps", record.leads[0].gaps))
    record = replace(
        record,
        leads=(lead, *record.leads[1:]),
        sampling_rate_hz=lie.get("rate", record.sampling_rate_hz),
    )
    return LongEcgOpened(record, lie.get("sample_count", told.sample_count), stores)


@pytest.mark.parametrize("lie", LIES)
def test_a_decoder_that_lies_is_not_believed(lie: str) -> None:
    data = binary.ishne(long.counts(), long.LEADS, rate=long.RATE)
    block = SharedBlock.create(len(data))
    told = described(data, block)
    assert checked(told, block).sample_count == len(long.counts())
    with pytest.raises(UnreadableFile) as raised:
        checked(with_lie(told, LIES[lie]), block)
    assert raised.value.reason is Unreadable.DAMAGED
    block.unlink()


def test_places_beyond_any_file_do_not_pass_the_pipe() -> None:
    data = binary.ishne(long.counts(), long.LEADS, rate=long.RATE)
    block = SharedBlock.create(len(data))
    told = described(data, block)
    place = StoredPlace(1 << 60, 1, 1, 2, 2)
    lying = LongEcgOpened(told.record, told.sample_count, (LeadStore(place, 1, 0),))
    with pytest.raises(msgspec.ValidationError):
        decode_answer(encode(lying))
    block.unlink()


def outcome(data: bytes) -> str:
    """In this process: as far as the window would come with it."""
    block = SharedBlock.create(max(1, len(data)))
    try:
        block.memory[: len(data)] = data
        found = long.open_long(memoryview(block.memory)[: len(data)])
        if isinstance(found, PackedEcg):
            assert found.size <= 64 * 1024 * 1024
            room = np.zeros(found.size, np.uint8)
            check(found.unfold(room))
            return "long"
        if isinstance(found, LongFound):
            check(found)
            return "long"
        assert isinstance(found, EcgRecord)
    except UnreadableFile as error:
        return error.reason.value
    except AssertionError:
        raise
    except Exception:  # noqa: BLE001  # pydicom raises anything: the process answers so
        return Unreadable.DAMAGED.value
    finally:
        block.unlink()
    return "ecg"


def check(found: LongFound) -> None:
    """Finite, of one length, gaps within, mV plausible, and a pyramid can be made of it."""
    assert found.sample_count > 0
    assert found.record.sampling_rate_hz > 0
    for lead, store in zip(found.record.leads, found.stores, strict=True):
        assert store.stored.size == found.sample_count
        assert all(0 <= start < stop <= found.sample_count for start, stop in lead.gaps)
        assert np.isfinite((store.scale.scale, store.scale.offset)).all()
        assert store.scale.scale > 0
        reached = Envelope(np.asarray(store.stored, np.int16).reshape(-1), lead.gaps).extremes
        if lead.unit.value == "mV" and reached is not None:
            ends = [one * store.scale.scale + store.scale.offset for one in reached]
            assert max(map(abs, ends)) <= 1000


FILES = long.of_every_format(long.counts(4)) | {
    "edf+d": long.edf(long.counts(4), "EDF+D", [0.0, 1.0, 7.0, 8.0])
}


@pytest.mark.parametrize("kind", FILES)
def test_cut_off_anywhere(kind: str) -> None:
    whole = FILES[kind]
    cuts = {len(whole) * part // 40 for part in range(1, 40)}
    assert outcome(whole) == "long"
    results = {outcome(whole[:cut]) for cut in cuts | {len(whole) - 1}}
    assert results - {"long", "ecg"}
    assert results <= {"long", "ecg", *(one.value for one in Unreadable)}


@pytest.mark.parametrize("kind", FILES)
def test_random_mutations(kind: str) -> None:
    chance = random.Random(7)
    known = {"long", "ecg", *(one.value for one in Unreadable)}
    for _ in range(60):
        assert outcome(mutated(FILES[kind], chance)) in known


@pytest.mark.parametrize("kind", ["edf", "ishne", "wfdb", "dicom"])
async def test_a_header_that_claims_more_than_there_is(kind: str) -> None:
    stored = long.counts()
    claims = {
        "edf": long.edf(stored).replace(b"20      1  ", b"86400   1  "),
        "ishne": binary.ishne(stored, long.LEADS, rate=long.RATE, announced=21_600_000),
        "wfdb": binary.zipped(
            {
                "rec.hea": binary.wfdb_header(long.LEADS, stored, rate="250").replace(
                    " 5000 ", " 21600000 "
                ),
                "rec.dat": stored.tobytes(),
            },
            method=zipfile.ZIP_STORED,
        ),
        "dicom": long.dicom(stored, announced=21_600_000),
    }
    async with a_decoder(opener=long.open_long) as (decoder, told):
        study = await decoder.open(claims[kind])
        assert isinstance(study, LongEcgStudy)
        assert study.info.sample_count == len(stored)
        assert StudyWarning.SAMPLES_MISSING in study.info.warnings
        assert told.nothing


def test_no_records_and_absurd_ones() -> None:
    whole = long.edf(long.counts(4))
    assert outcome(whole.replace(b"4       1  ", b"0       1  ")) == "no_picture"
    assert outcome(whole.replace(b"250     250     250     ", b"99999999" * 3)) == "truncated"
    assert outcome(whole.replace(b"4       1  ", b"4       0  ")) == "no_time_scale"
    far = long.edf(long.counts(2), "EDF+D", [0.0, 99_999_999.0])
    assert outcome(far) == "too_large"
    gone = binary.ishne(long.counts(4), long.LEADS, rate=0)
    assert outcome(gone) == "no_time_scale"


def test_a_zip_that_unfolds_beyond_any_heart_is_refused_before_it_does() -> None:
    header = binary.wfdb_header(long.LEADS, long.counts(4), rate="250")
    many = header.replace(" 1000 ", " 30000000 ")
    bomb = binary.zipped({"rec.hea": many, "rec.dat": bytes(60_000_000)})
    assert len(bomb) < 100_000
    assert outcome(bomb) == "too_large"


def test_a_sample_file_that_was_changed_is_damaged() -> None:
    """Stored in the zip as it is, its checksum still counts."""
    data = bytearray(long.wfdb(long.counts(4)))
    data[2000] ^= 0xFF
    assert outcome(bytes(data)) == "damaged"


@pytest.mark.parametrize("syntax", ["explicit", "implicit", "big"])
def test_dicom_is_walked_over_to_the_same_end(syntax: str) -> None:
    """Also sequences of undefined length, as many devices write them."""
    group = make.waveform(long.counts(4), long.LEADS, rate="250")
    dataset = make.ecg([group, make.waveform(long.counts(1), long.LEADS, label="MEDIAN BEAT")])
    dataset["WaveformSequence"].is_undefined_length = True
    for item in dataset.WaveformSequence:
        item.is_undefined_length_sequence_item = True
    data = make.written(dataset)
    at = data.index(b"\x08\x00\x05\x00")
    walked = WaveformWalk(memoryview(data), at, implicit=False, little_endian=True).walked()
    assert [bytes(one.samples or b"") for one in walked.items] == [
        long.counts(4).tobytes(),
        long.counts(1).tobytes(),
    ]
    assert not walked.cut_off
    assert outcome(data) == "long"
    assert outcome(long.dicom(long.counts(4), syntax)) == "long"


def test_elements_that_are_none_are_left_to_the_library() -> None:
    for data in (b"", bytes(64), b"\x08\x00\x05\x00" + bytes(200), make.clip_file(2)):
        with pytest.raises(CannotWalk):
            WaveformWalk(memoryview(data), 0, implicit=False, little_endian=True).walked()
    deep = b"\x00\x54\x00\x01\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\xff\xff\xff\xff" * 5000
    with pytest.raises(CannotWalk):
        WaveformWalk(memoryview(deep), 0, implicit=True, little_endian=True).walked()
