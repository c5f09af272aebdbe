"""Stacks through the decoder process: numbers at hand, those around the present one first."""

import asyncio
from collections.abc import Callable

import numpy as np
import pytest
from pydicom.dataset import Dataset

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import slices
from tests.unit.studies.doors import a_decoder, kill
from workstation.core.shared_memory import SharedBlock
from workstation.studies.errors import StudyClosed, Unreadable, UnreadableFile
from workstation.studies.limits import DecoderLimits
from workstation.studies.messages import PartSpan, StackOpened
from workstation.studies.readers.stack_file import open_parts
from workstation.studies.slice_store import SliceStore, slot_count, slot_size
from workstation.studies.stack import StackInfo
from workstation.studies.stack_check import checked
from workstation.studies.stack_study import StackStudy
from workstation.studies.study import Study, StudyKind


def stack(study: Study) -> StackStudy:
    assert isinstance(study, StackStudy)
    return study


async def until(holds: Callable[[], bool], study: StackStudy) -> None:
    """Waits for slices that come until something holds."""
    come: asyncio.Queue[int] = asyncio.Queue()
    stop = study.arrived.subscribe(come.put_nowait)
    while not holds():
        await asyncio.wait_for(come.get(), 60)
    stop()


async def test_a_plain_slice_is_at_hand_at_once() -> None:
    async with a_decoder() as (decoder, _):
        study = stack(await decoder.open(slices.ct_file(3)))
        assert study.kind is StudyKind.STACK
        found = study.numbers(0)
        assert found is not None
        np.testing.assert_array_equal(found, slices.counts(3))
        assert not found.flags.writeable
        assert study.ready_count == 1
        await study.close()
        with pytest.raises(StudyClosed):
            study.numbers(0)


async def test_a_series_of_many_files_is_seen_where_the_caller_holds_them() -> None:
    files = slices.ct_files([3, 1, 2])
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series(files)
        assert study.ready_count == 3
        for place in range(3):
            found = study.numbers(place)
            assert found is not None
            np.testing.assert_array_equal(found, slices.counts(place + 1))
            mine = np.frombuffer(files[study.info.slices[place].part], np.uint8)
            assert np.shares_memory(found, mine)
        await study.close()


async def test_packed_slices_come_in_the_background_nearest_first() -> None:
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series([slices.packed(n) for n in range(1, 10)])
        assert study.ready_count == 0
        before = study.held_bytes
        come: list[int] = []
        study.arrived.subscribe(come.append)
        study.look_at(4)
        await until(lambda: study.ready_count == 9, study)
        assert come[0] == 4
        assert set(come[:3]) <= {3, 4, 5}
        assert study.held_bytes == before + 9 * slot_size(2 * slices.ROWS * slices.COLUMNS)
        for place in range(9):
            found = study.numbers(place)
            assert found is not None
            np.testing.assert_array_equal(found, slices.counts(place + 1))
        await study.close()


async def test_other_series_follow_with_their_middles_first() -> None:
    def other(dataset: Dataset) -> None:
        dataset.SeriesInstanceUID, dataset.SeriesNumber = "1.2.9", 7
        dataset.SOPInstanceUID = f"9.{dataset.InstanceNumber}"

    files = [slices.packed(n) for n in (1, 2)] + [slices.packed(n, other) for n in range(1, 8)]
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series(files)
        come: list[int] = []
        study.arrived.subscribe(come.append)
        study.look_at(0)
        await until(lambda: study.ready_count == 9, study)
        assert set(come[:2]) == {0, 1}
        assert come[2] == 2 + 7 // 2
        await study.close()


async def test_what_is_asked_for_comes_before_what_is_fetched_ahead() -> None:
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series([slices.packed(n) for n in range(1, 30)])
        come: list[int] = []
        study.arrived.subscribe(come.append)
        study.look_at(0)
        np.testing.assert_array_equal(await study.slice(28), slices.counts(29))
        assert len(come) < 10
        await study.close()


async def test_after_the_process_was_killed_slices_come_again() -> None:
    async with a_decoder() as (decoder, told):
        study = await decoder.open_series([slices.packed(n) for n in range(1, 4)])
        await study.slice(0)
        kill(decoder)
        await told.next()
        np.testing.assert_array_equal(await study.slice(2), slices.counts(3))
        assert study.numbers(0) is not None
        await study.close()


async def test_long_headers_are_read_whole() -> None:
    def long(dataset: Dataset) -> None:
        dataset.add_new(0x00091001, "OB", b"x" * 40_000)

    async with a_decoder() as (decoder, _):
        study = await decoder.open_series([slices.ct_file(1), slices.ct_file(2, long)])
        assert study.ready_count == 2
        found = study.numbers(1)
        assert found is not None
        np.testing.assert_array_equal(found, slices.counts(2))
        await study.close()


async def test_an_enhanced_picture_among_slices() -> None:
    several = slices.enhanced([0.0, 6.0])
    several.SOPInstanceUID = "1.2.3.77"
    files = [slices.ct_file(1), make.written(several)]
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series(files)
        assert [series.count for series in study.info.series] == [1, 2]
        assert study.ready_count == 3
        await study.close()


async def test_a_damaged_slice_says_so_and_the_others_are_there() -> None:
    broken = bytearray(slices.packed(2))
    broken[-700:] = bytes(700)
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series([slices.packed(1), bytes(broken), slices.packed(3)])
        with pytest.raises(UnreadableFile):
            await study.slice(1)
        study.look_at(1)
        await until(lambda: study.ready_count == 2, study)
        await study.close()


async def test_no_files_no_slices_and_too_many_bytes_are_refused() -> None:
    async with a_decoder(DecoderLimits(file_size=10_000)) as (decoder, _):
        for files, reason in (
            ([], Unreadable.EMPTY),
            ([b""], Unreadable.EMPTY),
            ([make.ecg_file()[:5000]], None),
            (slices.ct_files(range(1, 9)), Unreadable.TOO_LARGE),
        ):
            with pytest.raises(UnreadableFile) as raised:
                await decoder.open_series(files)
            assert reason is None or raised.value.reason is reason


async def test_a_closed_study_waits_for_nothing() -> None:
    async with a_decoder() as (decoder, _):
        study = await decoder.open_series([slices.packed(n) for n in range(1, 20)])
        study.look_at(0)
        await study.close()
        with pytest.raises(StudyClosed):
            await study.slice(3)


def test_the_store_lets_the_farthest_go() -> None:
    block = SharedBlock.create_empty(3 * slot_size(32))
    store = SliceStore(block, 32, 3)
    for index in (0, 1, 2):
        assert store.take(index, 0, urgent=False) is not None
        store.written(index)
    assert store.take(3, 0, urgent=False) is None
    assert store.take(3, 2, urgent=False) is not None
    assert 0 not in store
    assert 1 in store
    store.give_back(3)
    assert store.take(9, 2, urgent=True) is not None
    assert len(store) == 2
    assert store.held_bytes == 3 * slot_size(32)
    block.unlink()


def test_the_store_is_bounded() -> None:
    size = 2 * 512 * 512
    assert slot_count(size, 500) == 500
    assert slot_count(size, 2000) * slot_size(size) <= 320 * 1024 * 1024
    assert slot_count(400_000_000, 9) == 3


def opened() -> StackOpened:
    info = open_parts([memoryview(slices.ct_file(n)) for n in (1, 2)]).info
    return StackOpened(info, (100, 5000))


SPANS = (PartSpan(0, 4096, 4096), PartSpan(4096, 4096, 4096))


def test_what_the_decoder_says_is_checked() -> None:
    good = opened()
    assert checked(good, SPANS) is good.info
    for places in ((100,), (100, 4095), (100, 8000), (4000, 5000)):
        with pytest.raises(UnreadableFile):
            checked(StackOpened(good.info, places), SPANS)
    with pytest.raises(UnreadableFile):
        checked(good, SPANS[:1])
    with pytest.raises(UnreadableFile):
        checked(StackOpened(StackInfo(good.info.slices, (), 0, ()), good.places), SPANS)
