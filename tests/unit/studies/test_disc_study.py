"""A patient's disc through the decoder process: its list, its items as studies by themselves."""

import asyncio
import zipfile

import numpy as np
import pytest

from tests.unit.studies import disc_factory as make
from tests.unit.studies import hostile_archives as bad
from tests.unit.studies import report_factory as reports
from tests.unit.studies import slices
from tests.unit.studies.dicom_factory import written
from tests.unit.studies.doors import a_decoder, kill
from workstation.studies.disc import DiscInfo, DiscItem, DiscKind
from workstation.studies.disc_check import checked
from workstation.studies.disc_files import as_disc
from workstation.studies.disc_study import DiscStudy
from workstation.studies.errors import DecoderStopped, StudyClosed, Unreadable, UnreadableFile
from workstation.studies.readers.opening import open_file
from workstation.studies.stack_study import StackStudy
from workstation.studies.study import ClipStudy, EcgStudy, PdfStudy, ReportStudy, Study, StudyKind
from workstation.studies.warnings import StudyWarning

METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]


def disc(study: Study) -> DiscStudy:
    assert isinstance(study, DiscStudy)
    return study


async def stack(study: DiscStudy, number: int) -> StackStudy:
    opened = await study.open_item(number)
    assert isinstance(opened, StackStudy)
    return opened


@pytest.mark.parametrize("method", METHODS)
async def test_each_item_is_a_study_of_its_kind(method: int) -> None:
    files = make.disc_files() | {"D/P": make.pdf_inside(), "D/E": make.ecg_inside()}
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped(files, method)))
        assert study.kind is StudyKind.DISC
        kinds = (StackStudy, StackStudy, ClipStudy, ReportStudy, PdfStudy, EcgStudy)
        for number, kind in enumerate(kinds):
            opened = await study.open_item(number)
            assert isinstance(opened, kind)
            await opened.close()


@pytest.mark.parametrize("method", METHODS)
async def test_slices_are_the_files_numbers_in_true_order(method: int) -> None:
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped(make.disc_files(), method)))
        for number in (0, 1):
            opened = await stack(study, number)
            assert len(opened.info.slices) == study.info.items[number].pictures
            for index, one in enumerate(opened.info.slices):
                found = await opened.slice(index)
                assert one.instance_number is not None
                np.testing.assert_array_equal(found, slices.counts(one.instance_number))


async def test_stored_slices_are_looked_at_in_place() -> None:
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped(make.disc_files(), zipfile.ZIP_STORED)))
        opened = await stack(study, 0)
        assert opened.ready_count == 5
        deflated = disc(await decoder.open(make.zipped(make.disc_files())))
        assert (await stack(deflated, 0)).ready_count == 0


async def test_of_several_reports_the_latest_of_which_is_empty_each_is_there() -> None:
    """facts/studies.md: a viewer that shows only the latest report would show none."""
    empty = reports.report(reports.ECHO, SOPInstanceUID="1.2.6.2", SeriesInstanceUID="1.2.6")
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped({"D/1": make.sr(), "D/2": empty})))
        infos = []
        for number in range(len(study.info.items)):
            opened = await study.open_item(number)
            assert isinstance(opened, ReportStudy)
            infos.append(opened.info)
        assert sorted(info.is_empty for info in infos) == [False, True]
        assert StudyWarning.REPORT_EMPTY in next(x for x in infos if x.is_empty).warnings


async def test_a_damaged_slice_is_left_out_and_counted() -> None:
    entries = [bad.Entry(f"{n}".encode(), slices.ct_file(n)) for n in range(1, 5)]
    entries[2].crc = 7
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(bad.built(*entries)))
        opened = await stack(study, 0)
        assert opened.info.left_out == 1
        assert [one.instance_number for one in opened.info.slices] == [1, 2, 4]


async def test_a_damaged_deflated_slice_says_so_alone() -> None:
    large = [written(slices.ct(n, rows=128, columns=128)) for n in range(1, 4)]
    entries = [bad.Entry(f"{n}".encode(), data, method=8) for n, data in enumerate(large)]
    entries[1].crc = 7
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(bad.built(*entries)))
        opened = await stack(study, 0)
        with pytest.raises(UnreadableFile):
            await opened.slice(1)
        np.testing.assert_array_equal(await opened.slice(2), slices.counts(3, 128, 128))


async def test_small_pictures() -> None:
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped(make.disc_files())))
        for number in (0, 1, 2):
            small = await study.thumbnail(number, 48, 40)
            assert small.shape == (40, 48, 4)
            assert small[..., 3].any()
            assert len(np.unique(small[..., 0])) > 3
        with pytest.raises(UnreadableFile):
            await study.thumbnail(3, 48, 48)


async def test_another_process_goes_on_with_what_is_open() -> None:
    """The disc's memory stays in the window: the next process opens item and list anew."""
    async with a_decoder() as (decoder, told):
        study = disc(await decoder.open(make.zipped(make.disc_files())))
        opened = await stack(study, 1)
        clip = await study.open_item(2)
        assert isinstance(clip, ClipStudy)
        kill(decoder)
        await told.next()
        np.testing.assert_array_equal(await opened.slice(2), slices.counts(3))
        (await clip.frame(4)).release()
        assert (await stack(study, 0)).info.left_out == 0


async def test_closing_an_item_leaves_the_disc_and_the_others() -> None:
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped(make.disc_files(), zipfile.ZIP_STORED)))
        first, second = await stack(study, 0), await stack(study, 1)
        await first.close()
        await second.slice(3)
        again = await stack(study, 0)
        assert again.numbers(0) is not None


async def test_closing_the_disc_closes_what_was_opened_of_it() -> None:
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(make.zipped(make.disc_files())))
        opened = await stack(study, 0)
        await study.close()
        with pytest.raises(StudyClosed):
            await opened.slice(0)
        with pytest.raises(StudyClosed):
            await study.open_item(1)


async def test_a_question_that_dies_with_the_process_leaves_the_disc_open() -> None:
    async with a_decoder() as (decoder, told):
        study = disc(await decoder.open(make.zipped(make.disc_files())))
        kill(decoder)
        asked = await asyncio.gather(study.open_item(0), return_exceptions=True)
        assert isinstance(asked[0], DecoderStopped | StackStudy)
        await told.next()
        assert isinstance(await study.open_item(3), ReportStudy)


async def test_a_folder_is_the_same_disc() -> None:
    files = make.disc_files()
    async with a_decoder() as (decoder, _):
        study = disc(await decoder.open(as_disc(files.items())))
        sent = open_file(memoryview(make.zipped(files)))
        assert isinstance(sent, DiscInfo)
        assert [item.pictures for item in study.info.items] == [x.pictures for x in sent.items]


def test_what_a_taken_over_process_says_is_checked() -> None:
    """The window believes no place outside of the archive, and no file that is not there."""
    data = make.zipped(make.disc_files())
    info = open_file(memoryview(data))
    assert isinstance(info, DiscInfo)
    assert checked(info, len(data)) is info
    with pytest.raises(UnreadableFile) as refusal:
        checked(info, 100)
    assert refusal.value.reason is Unreadable.DAMAGED
    for files, pictures in (((99,), 1), ((), 1), ((0,), 0), ((-1,), 1)):
        item = DiscItem(DiscKind.STACK, files, pictures, "", None)
        with pytest.raises(UnreadableFile):
            checked(_with(info, item), len(data))


def _with(info: DiscInfo, item: DiscItem) -> DiscInfo:
    from dataclasses import replace

    series = replace(info.series[0], items=(item,))
    exam = replace(info.exams[0], series=(series,))
    return replace(info, exams=(exam,))
