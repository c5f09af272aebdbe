"""Files through the decoder process: the same as in one's own, and it may die at any time."""

import asyncio
import subprocess
import sys

import numpy as np
import pytest

from tests.shared_memory import blocks_left
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import docx_factory, report_factory
from tests.unit.studies.doors import a_decoder, kill, opened_clip
from tests.unit.studies.openers import CRASHES_ON, open_trouble
from tests.unit.studies.reading import drawn, read_ecg
from tests.unit.studies.test_picture_and_pdf import pdf
from tests.unit.studies.test_report_reader import deep
from workstation.studies.errors import (
    DecoderStopped,
    StopReason,
    StudyClosed,
    Unreadable,
    UnreadableFile,
)
from workstation.studies.study import EcgStudy, PdfStudy, PictureStudy, ReportStudy, StudyKind


async def test_an_ecg_comes_whole() -> None:
    expected = read_ecg(make.ecg_file())
    async with a_decoder() as (decoder, _):
        study = await decoder.open(make.ecg_file())
        assert isinstance(study, EcgStudy)
        assert study.kind is StudyKind.ECG
        await study.close()
    assert [lead.name for lead in study.info.leads] == [lead.name for lead in expected.leads]
    for lead, other in zip(study.info.leads, expected.leads, strict=True):
        np.testing.assert_array_equal(lead.samples, other.samples)
        assert not lead.samples.flags.writeable
    assert study.info.patient_name == expected.patient_name


async def test_an_ecg_of_more_samples_than_were_made_room_for_comes_whole() -> None:
    """Samples come with the answer; where they do not fit they are asked for."""
    data = make.written(make.ecg([make.waveform(make.heart_counts(20_000, 12), make.TWELVE)]))
    expected = read_ecg(data)
    async with a_decoder() as (decoder, _):
        study = await decoder.open(data)
        assert isinstance(study, EcgStudy)
        assert study.held_bytes > 512 * 1024 > len(data)
        for lead, other in zip(study.info.leads, expected.leads, strict=True):
            np.testing.assert_array_equal(lead.samples, other.samples)
        await study.close()


async def test_frames_come_in_any_order_and_equal_those_drawn_here() -> None:
    file = make.clip_file(5)
    async with a_decoder() as (decoder, _):
        study = await opened_clip(decoder, memoryview(file).tobytes())
        for index in (4, 0, 2, 2, 1):
            with await study.frame(index) as frame:
                assert frame.index == index
                assert not frame.pixels.flags.writeable
                np.testing.assert_array_equal(frame.pixels, drawn(file, index))
        await study.close()


async def test_a_photo_and_a_page() -> None:
    async with a_decoder() as (decoder, _):
        photo = await decoder.open(make.jpeg(make.colour_frame(1)))
        assert isinstance(photo, PictureStudy)
        with await photo.frame(0) as frame:
            assert frame.pixels.shape == (32, 48, 4)
        document = await decoder.open(pdf())
        assert isinstance(document, PdfStudy)
        with await document.page(0, 300) as page:
            np.testing.assert_array_equal(page.pixels, drawn(pdf(), width=300))


async def test_a_report_and_the_words_of_a_document() -> None:
    """DRC-13: searched in the process; a scan has no words."""
    async with a_decoder() as (decoder, _):
        report = await decoder.open(report_factory.echo_report())
        assert isinstance(report, ReportStudy)
        assert [line.words for line in report.info.lines] == ["", "4.8", "62"]
        text = await decoder.open("Диагноз: тяжёлая преэклампсия".encode("cp1251"))
        assert isinstance(text, PdfStudy)
        assert len((await text.find(0, "преэклампсия")).hits) == 1
        assert (await text.text(0)).text.startswith("Диагноз")
        empty = await decoder.open(pdf())
        assert isinstance(empty, PdfStudy)
        assert not (await empty.find(0, "преэклампсия")).has_text


async def test_hostile_documents_are_refused_by_a_process_that_goes_on() -> None:
    """A ZIP bomb, an entity bomb, content nested without end: each with its reason."""
    bomb = docx_factory.part("document", "<w:body>" + " " * 30_000_000 + "</w:body>")
    entities = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    files = {
        docx_factory.zipped({"word/document.xml": bomb}): Unreadable.TOO_LARGE,
        docx_factory.zipped({"word/document.xml": entities}): Unreadable.DAMAGED,
        deep(10_000, endless=True): Unreadable.DAMAGED,
    }
    async with a_decoder() as (decoder, _):
        for data, reason in files.items():
            with pytest.raises(UnreadableFile) as raised:
                await decoder.open(data)
            assert raised.value.reason is reason
        assert decoder.generation == 0


async def test_frames_fetched_ahead_are_there() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        study = await opened_clip(decoder, b"clip")
        study.prefetch(range(10, 20))
        study.prefetch(range(15, 25))
        for index in (15, 24, 16, 50, 14):
            with await study.frame(index) as frame:
                assert np.all(frame.pixels == index)


async def test_a_held_frame_is_not_drawn_over() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        study = await opened_clip(decoder, b"clip")
        held = await study.frame(7)
        for index in range(40):
            study.prefetch(range(index, index + 8))
            with await study.frame(index) as frame:
                assert np.all(frame.pixels == index)
        assert np.all(held.pixels == 7)
        held.release()


async def test_where_all_room_is_held_the_next_frame_waits_for_a_release() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        study = await opened_clip(decoder, b"clip")
        held = [await study.frame(index) for index in range(study.room)]
        waiting = asyncio.ensure_future(study.frame(90))
        await asyncio.wait([waiting], timeout=0.05)
        assert not waiting.done()
        held[3].release()
        with await asyncio.wait_for(waiting, 60) as frame:
            assert np.all(frame.pixels == 90)
        assert np.all(held[4].pixels == 4)


async def test_frames_asked_for_twice_at_once_are_one() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        study = await opened_clip(decoder, b"clip")
        first, second = await asyncio.gather(study.frame(8), study.frame(8))
        first.release()
        assert np.all(second.pixels == 8)
        with pytest.raises(ValueError, match="released"):
            _ = first.pixels


async def test_waiting_may_be_given_up() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        study = await opened_clip(decoder, b"clip")
        for index in range(60):
            waiting = asyncio.ensure_future(study.frame(index))
            await asyncio.wait([waiting], timeout=0)
            waiting.cancel()
        with await study.frame(5) as frame:
            assert np.all(frame.pixels == 5)


async def test_opening_may_be_given_up_and_leaves_nothing() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        await decoder.start()
        opening = asyncio.ensure_future(decoder.open(b"clip"))
        await asyncio.wait([opening], timeout=0)
        opening.cancel()
        await asyncio.wait([opening])
        assert opening.cancelled()
        await (await opened_clip(decoder, b"clip")).close()


async def test_a_closed_study_gives_nothing_more_and_takes_nothing_away() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        study = await opened_clip(decoder, b"clip")
        held = await study.frame(9)
        await study.close()
        assert np.all(held.pixels == 9)
        with pytest.raises(StudyClosed):
            await study.frame(1)
        assert blocks_left() == []
    assert np.all(held.pixels == 9)
    with pytest.raises(StudyClosed):
        await decoder.open(b"clip")


async def test_killed_while_a_clip_plays() -> None:
    """The frame that was asked for fails, the doctor is told, and the clip goes on."""
    async with a_decoder(opener=open_trouble) as (decoder, told):
        study = await opened_clip(decoder, b"clip")
        other = await opened_clip(decoder, b"clip#another")
        held = await study.frame(0)
        (await study.frame(2)).release()  # there is room for a second one by now
        first = decoder.pid
        kill(decoder)
        with pytest.raises(DecoderStopped) as raised:
            await study.frame(1)
        assert raised.value.reason is StopReason.CRASHED
        assert (await told.next()).reason is StopReason.CRASHED
        assert decoder.pid != first
        for index in (1, 2, 3):
            with await study.frame(index) as frame, await other.frame(index) as twin:
                assert np.all(frame.pixels == index)
                assert np.all(twin.pixels == index)
        assert np.all(held.pixels == 0)


async def test_killed_while_a_file_is_opened() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, told):
        await (await decoder.open(b"clip")).close()
        opening = asyncio.ensure_future(decoder.open(b"hang"))
        await asyncio.wait([opening], timeout=0.3)
        kill(decoder)
        with pytest.raises(DecoderStopped):
            await opening
        await told.next()
        study = await opened_clip(decoder, b"clip")
        assert study.info.frame_count == 100


async def test_killed_while_nothing_is_asked() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, told):
        study = await opened_clip(decoder, b"clip")
        kill(decoder)
        await told.next()
        with await study.frame(3) as frame:
            assert np.all(frame.pixels == 3)
        assert told.nothing


async def test_a_frame_that_ends_the_process_is_not_tried_for_ever() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, told):
        study = await opened_clip(decoder, b"bad clip")
        for _ in range(3):
            with pytest.raises(DecoderStopped):
                await study.frame(CRASHES_ON)
            await told.next()
        with pytest.raises(UnreadableFile) as raised:
            await study.frame(CRASHES_ON)
        assert raised.value.reason is Unreadable.STOPS_DECODER
        with pytest.raises(UnreadableFile):
            await decoder.open(b"bad clip")
        good = await opened_clip(decoder, b"clip")
        (await good.frame(CRASHES_ON)).release()
        assert told.nothing


async def test_fetching_a_deadly_frame_ahead_does_not_raise() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, told):
        study = await opened_clip(decoder, b"bad clip")
        await study.draw_first()  # there is no room before
        for _ in range(3):
            study.prefetch([CRASHES_ON])
            await told.next()
        study.prefetch([CRASHES_ON])
        assert told.nothing


async def test_what_a_reader_raises_is_damage_and_says_nothing_of_the_file() -> None:
    async with a_decoder(opener=open_trouble) as (decoder, _):
        with pytest.raises(UnreadableFile) as raised:
            await decoder.open(b"something else")
        assert raised.value.reason is Unreadable.DAMAGED
        assert "Ivanova" not in str(raised.value)


_ENDS_IN_HASTE = """
import asyncio, os, signal, sys
from tests.unit.studies.openers import open_trouble
from workstation.studies.decoder import Decoder

async def main():
    decoder = Decoder(open_file=open_trouble)
    study = await decoder.open(b"clip")
    frame = await study.frame(1)
    if sys.argv[1] == "kill":
        os.kill(decoder.pid, signal.SIGKILL)
    print(os.getpid())

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize("how", ["leave", "kill"])
def test_a_window_that_ends_without_closing_leaves_nothing(how: str) -> None:
    """No shared memory, no process, and no word from the resource tracker."""
    ended = subprocess.run(
        [sys.executable, "-c", _ENDS_IN_HASTE, how], capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0
    assert "resource_tracker" not in ended.stderr
    assert "Traceback" not in ended.stderr
    assert blocks_left(int(ended.stdout)) == []
