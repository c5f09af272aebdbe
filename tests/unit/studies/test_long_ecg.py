"""Long recordings through the decoder process: seen where they lie, the same as read whole."""

import asyncio
from functools import partial

import numpy as np
import pytest

from tests.shared_memory import blocks_left
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import long_files as long
from tests.unit.studies.doors import a_decoder, kill
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.reading import read_ecg
from workstation.studies.decoder import Decoder
from workstation.studies.ecg import SampleUnit
from workstation.studies.errors import DecoderStopped, StudyClosed, Unreadable, UnreadableFile
from workstation.studies.long_study import LongEcgStudy
from workstation.studies.measure.ecg.envelope import Envelope
from workstation.studies.measure.ecg.r_peaks import minute_length, r_peaks
from workstation.studies.study import EcgStudy, StudyKind
from workstation.studies.warnings import StudyWarning

FORMATS = tuple(long.of_every_format(long.counts(1)))
UNFOLDED = ("wfdb 16 deflated", "wfdb 212", "wfdb 24", "wfdb 32 deflated")

a_long_decoder = partial(a_decoder, opener=long.open_long)


async def opened(decoder: Decoder, data: bytes) -> LongEcgStudy:
    """The file as a long ECG."""
    study = await decoder.open(data)
    assert isinstance(study, LongEcgStudy)
    return study


async def refused(data: bytes) -> Unreadable:
    """Why the file is not shown; the decoder lives on."""
    async with a_long_decoder() as (decoder, told):
        with pytest.raises(UnreadableFile) as raised:
            await decoder.open(data)
        assert told.nothing
        return raised.value.reason


async def test_every_format_is_seen_to_the_sample() -> None:
    stored = long.counts()
    files = long.of_every_format(stored)
    async with a_long_decoder() as (decoder, told):
        for kind, data in files.items():
            study = await opened(decoder, data)
            assert study.kind is StudyKind.LONG_ECG
            info = study.info
            assert [lead.name for lead in info.leads] == list(long.LEADS), kind
            assert (info.sample_count, info.sampling_rate_hz) == (len(stored), long.RATE)
            for place, lead in enumerate(info.leads):
                np.testing.assert_array_equal(lead.samples[0 : len(stored)], stored[:, place])
                assert lead.unit is SampleUnit.MILLIVOLT
                assert lead.gaps == ()
            assert info.warnings == (), kind
            await study.close()
        assert told.nothing


async def test_a_part_is_what_reading_the_whole_gives() -> None:
    """Also the facts: name, moment, measurements."""
    stored = long.counts()
    async with a_long_decoder() as (decoder, _):
        for data in long.of_every_format(stored).values():
            whole, study = read_ecg(data), await opened(decoder, data)
            found = study.info.part(3.0, 11.5)
            part = found.record
            assert (found.starts_s, part.duration_s) == (3.0, 8.5)
            for lead, other in zip(part.leads, whole.leads, strict=True):
                assert lead.name == other.name
                np.testing.assert_array_equal(lead.samples, other.samples[750:2875])
                assert not lead.samples.flags.writeable
            assert part.patient_name == whole.patient_name
            assert part.recorded_at == whole.recorded_at
            assert part.source_format == whole.source_format
            await study.close()


async def test_the_samples_are_not_copied_where_the_format_allows_a_view() -> None:
    """One block a study, the file itself; of what is packed only what it unfolds to."""
    stored = long.counts()
    async with a_long_decoder() as (decoder, _):
        for kind, data in long.of_every_format(stored).items():
            study = await opened(decoder, data)
            (block,) = blocks_left()
            assert block
            expected = stored.nbytes if kind in UNFOLDED else len(data)
            if kind == "dicom deflated":  # all that it inflates to
                expected = study.held_bytes
                assert 0 < expected - stored.nbytes < 4096
            assert study.held_bytes == expected, kind
            await study.close()
            assert blocks_left() == []


async def test_breaks_between_records_are_gaps() -> None:
    stored = long.counts(6)
    starts = [0.0, 1.0, 5.0, 6.0, 7.0, 20.0]
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, long.edf(stored, "EDF+D", starts))
        info = study.info
        assert info.duration_s == 21
        assert info.leads[0].gaps == ((500, 1250), (2000, 5000))
        np.testing.assert_array_equal(info.leads[1].samples[1250:2000], stored[500:1250, 1])
        assert not np.any(info.leads[1].samples[500:1250])
        assert info.part(1, 6).record.leads[0].gaps == ((250, 1000),)


async def test_numbers_where_no_trace_can_be_are_gaps() -> None:
    stored = long.counts()
    stored[2000:2600] = -32768
    files = long.of_every_format(stored)
    async with a_long_decoder() as (decoder, _):
        for kind in ("edf", "ishne", "wfdb 16", "dicom"):
            study = await opened(decoder, files[kind])
            assert study.info.leads[2].gaps == ((2000, 2600),), kind
            assert np.all(study.info.part(8, 10.4).record.leads[2].samples[:600] == 0)
            await study.close()


async def test_no_sample_in_a_packed_record_is_a_gap() -> None:
    stored = long.counts()
    stored[2000:2600, 2] = -2048
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, long.of_every_format(stored)["wfdb 212"])
        assert [lead.gaps for lead in study.info.leads] == [(), (), ((2000, 2600),)]
        await study.close()


async def test_padding_up_to_an_end_is_a_gap_in_dicom() -> None:
    """As in short recordings: where all leads hold it for 40 ms up to an end."""
    stored = long.counts()
    stored[:300] = 0
    stored[-5:] = 0

    def padded(data: long.Counts) -> bytes:
        group = make.waveform(data, long.LEADS, rate="250", sensitivity="2")
        group.WaveformPaddingValue = b"\0\0"
        return make.written(make.ecg([group]))

    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, padded(stored))
        assert study.info.leads[0].gaps == ((0, 300),)


async def test_leads_that_follow_from_others_are_computed_for_what_is_looked_at() -> None:
    stored = long.counts(leads=8)
    data = binary.ishne(stored, make.EIGHT, rate=long.RATE, nanovolts=2000)
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, data)
        assert len(study.info.leads) == 8
        part, whole = study.info.part(1, 3).record, read_ecg(data)
        assert [lead.name for lead in part.leads] == [lead.name for lead in whole.leads]
        assert len(part.leads) == 12
        for lead, other in zip(part.leads, whole.leads, strict=True):
            np.testing.assert_array_equal(lead.samples, other.samples[250:750])
        assert StudyWarning.LEADS_DERIVED in study.info.warnings


async def test_without_a_calibration_nothing_is_millivolt() -> None:
    data = binary.ishne(long.counts(), long.LEADS, rate=long.RATE, nanovolts=0)
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, data)
        assert {lead.unit for lead in study.info.leads} == {SampleUnit.UNCALIBRATED}
        assert StudyWarning.NO_CALIBRATION in study.info.warnings
        part = study.info.part(0, 1).record
        assert not part.calibrated
        np.testing.assert_array_equal(part.leads[0].samples, long.counts()[:250, 0])


async def test_a_scale_beyond_any_amplifier_is_none() -> None:
    """1 mV a number and a number of 1500: no amplifier gives that."""
    header = binary.wfdb_header(long.LEADS, long.counts(), gain="1/mV", rate="250")
    data = binary.zipped({"rec.hea": header, "rec.dat": long.counts().tobytes()}, method=0)
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, data)
        assert {lead.unit for lead in study.info.leads} == {SampleUnit.UNCALIBRATED}


async def test_the_pyramid_comes_from_the_decoder_and_is_the_same() -> None:
    stored = long.counts(60)
    async with a_long_decoder() as (decoder, _):
        for kind in ("edf", "ishne", "wfdb 212"):
            study = await opened(decoder, long.of_every_format(stored)[kind])
            before = study.held_bytes
            await study.draw_first()
            for place, lead in enumerate(study.info.leads):
                made = await study.envelope(lead)
                own = Envelope(np.ascontiguousarray(stored[:, place]))
                for count in (1, 7, 300, 2000):
                    for one, other in zip(
                        made.columns(11, 14_000, count), own.columns(11, 14_000, count), strict=True
                    ):
                        np.testing.assert_array_equal(one, other)
            assert study.held_bytes > before
            assert len(blocks_left()) == 1
            await study.close()


async def test_beats_come_minute_by_minute_and_are_those_of_the_whole() -> None:
    stored = long.counts(190)
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, long.edf(stored))
        whole = r_peaks(study.info.beat_leads, long.RATE)
        found: list[int] = []
        step = minute_length(long.RATE)
        for start in range(0, len(stored), step):
            last = found[-1] if found else None
            found += (await study.beats(start, start + step, last)).tolist()
        assert found == whole.tolist()
        two_at_once = await study.beats(0, 2 * step, None)
        assert two_at_once.tolist() == [place for place in found if place < 2 * step]
        assert len(found) == pytest.approx(190 / 0.8, abs=2)


async def test_what_is_asked_after_a_restart_is_answered_by_the_next_process() -> None:
    """It has never seen the file, and need not."""
    stored = long.counts(60)
    async with a_long_decoder() as (decoder, told):
        for kind in ("ishne", "wfdb 212"):
            study = await opened(decoder, long.of_every_format(stored)[kind])
            kill(decoder)
            with pytest.raises(DecoderStopped):
                await study.beats(0, 100, None)
            await told.next()
            assert len(await study.beats(0, 100, None)) > 50
            assert (await study.envelope(study.info.leads[0])).extremes == (-40, 1500)
            await study.close()


async def test_a_closed_study_is_not_asked() -> None:
    async with a_long_decoder() as (decoder, _):
        study = await opened(decoder, long.edf(long.counts()))
        await study.close()
        with pytest.raises(StudyClosed):
            await study.beats(0, 1, None)
        with pytest.raises(StudyClosed):
            await study.envelope(study.info.leads[0])
        part = study.info.part(0, 1).record  # who still looks at it sees it
        np.testing.assert_allclose(part.leads[0].samples, long.counts()[:250, 0] * 0.002)


async def test_giving_up_while_it_is_unfolded_leaves_nothing() -> None:
    async with a_long_decoder() as (decoder, _):
        waiting = asyncio.ensure_future(decoder.open(long.wfdb(long.counts(600), "212")))
        while not blocks_left():
            await asyncio.wait([waiting], timeout=0.001)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        study = await opened(decoder, long.edf(long.counts()))
        await study.close()


async def test_a_shorter_recording_is_an_ordinary_one() -> None:
    async with a_decoder() as (decoder, _):
        for data in long.of_every_format(long.counts(2)).values():
            study = await decoder.open(data)
            assert isinstance(study, EcgStudy)
            assert study.info.sample_count == 500


async def test_an_hour_is_long_and_a_minute_less_is_not() -> None:
    slow = np.zeros((3600 * 50, 1), np.int16)
    async with a_decoder() as (decoder, _):
        hour = await decoder.open(binary.ishne(slow, ("I",), rate=50))
        less = await decoder.open(binary.ishne(slow[:-3000], ("I",), rate=50))
        assert (hour.kind, less.kind) == (StudyKind.LONG_ECG, StudyKind.ECG)


async def test_a_whole_day_opens_at_once() -> None:
    """NUMBERS: 24 h x 3 leads x 250 Hz, nothing copied; the pyramid is a seventh of it."""
    stored = np.tile(long.counts(200), (432, 1))
    async with a_decoder() as (decoder, told):
        study = await opened(decoder, binary.ishne(stored, long.LEADS, rate=long.RATE))
        info = study.info
        assert info.duration_s == 24 * 3600
        assert study.held_bytes == 522 + stored.nbytes
        part = info.part(86_390, 86_400).record
        np.testing.assert_allclose(part.leads[0].samples, stored[-2500:, 0] * 0.0025, rtol=1e-6)
        whole = await study.envelope(info.leads[1])
        _, highs = whole.columns(0, info.sample_count, 1800)
        assert np.all(highs == 1500)
        assert whole.nbytes < stored.nbytes / 3 / 4
        assert len(await study.beats(0, minute_length(long.RATE), None)) == pytest.approx(75, abs=1)
        assert told.nothing
