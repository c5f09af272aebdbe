"""Archives of a hostile origin: refused whole, or file by file and by name; never written, never
unpacked beyond a bound."""

import tracemalloc
from contextlib import suppress

import pytest
from pydicom.dataset import Dataset

from tests.steps import steps_of
from tests.unit.studies import disc_factory as make
from tests.unit.studies import hostile_archives as bad
from workstation.studies.disc import DiscInfo, DiscKind, EntryPlace, LeftOutReason
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.limits import DecoderLimits
from workstation.studies.readers.archive import beginning, listed, unpacked
from workstation.studies.readers.archive_disc import read_disc
from workstation.studies.readers.archive_parts import open_entries
from workstation.studies.readers.opening import open_file

HOSTILE = {one.name: one for one in bad.hostile()}


def opened(data: bytes) -> DiscInfo:
    """The disc."""
    found = open_file(memoryview(data))
    assert isinstance(found, DiscInfo)
    return found


def test_there_are_some_forty() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_ends_as_words(name: str) -> None:
    one = HOSTILE[name]
    if one.refused is not None:
        with pytest.raises(UnreadableFile) as refusal:
            open_file(memoryview(one.data))
        assert refusal.value.reason is one.refused
        return
    info = opened(one.data)
    assert info.files[0].path == bad.GOOD
    if one.left_out is not None:
        assert [left.reason for left in info.left_out] == [one.left_out]
        assert len(info.files) == 1


def test_less_than_announced_is_found_out_when_it_is_opened() -> None:
    data = memoryview(HOSTILE["less than announced"].data)
    info = opened(bytes(data))
    for file in info.files[1:]:
        with pytest.raises(UnreadableFile):
            open_entries(data, [file.place])


def test_a_wrong_checksum_is_found_out_when_it_is_opened() -> None:
    for method in (0, 8):
        wrong = bad.Entry(b"A", make.echo(), method=method, crc=1)
        data = bad.built(bad.good(), wrong)
        info = opened(data)
        with pytest.raises(UnreadableFile) as refusal:
            open_entries(memoryview(data), [info.files[1].place])
        assert refusal.value.reason is Unreadable.DAMAGED


@pytest.mark.parametrize(
    "place",
    [
        EntryPlace(10**9, 5, 5, 0, 0),
        EntryPlace(0, 10**9, 10**9, 0, 0),
        EntryPlace(0, 5, 6, 0, 0),
        EntryPlace(0, 5, 2**40, 8, 0),
        EntryPlace(0, 5, 5, 99, 0),
    ],
)
def test_a_place_from_the_pipe_is_not_believed(place: EntryPlace) -> None:
    data = memoryview(make.zipped(make.head_slices(1)))
    with pytest.raises(UnreadableFile):
        unpacked(data, place)
    with pytest.raises(UnreadableFile):
        beginning(data, place, 100)


def test_listing_a_bomb_takes_no_memory() -> None:
    """What unfolds to 160 MB is refused by what it announces, within 8 MB and with less than a step
    for each byte of the packed file."""
    bomb = HOSTILE["all zeros"].data

    def refused() -> None:
        with pytest.raises(UnreadableFile):
            open_file(memoryview(bomb))

    tracemalloc.start()
    steps = steps_of(refused)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
    assert steps < len(bomb)


def test_a_blank_slice_is_no_bomb() -> None:
    """Blank slices at the ends of a series deflate to a thousandth."""

    def blank(dataset: Dataset) -> None:
        dataset.Rows = dataset.Columns = 512
        dataset.PixelData = bytes(512 * 512 * 2)

    from tests.unit.studies.slices import ct_file

    files = {f"IM{n}": ct_file(n, blank) for n in range(1, 4)}
    info = opened(make.zipped(files))
    assert [item.pictures for item in info.items] == [3]


def test_more_entries_than_any_disc_has() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        listed(memoryview(make.zipped({f"{n}": b"" for n in range(20_001)})))
    assert refusal.value.reason is Unreadable.TOO_LARGE


def test_what_could_not_be_looked_at_in_time_is_named() -> None:
    data = make.zipped(make.head_slices(3))
    with pytest.raises(UnreadableFile):
        read_disc(memoryview(data), DecoderLimits(cpu_s=0, bytes_per_cpu_s=10**18))


def test_names_in_any_letters() -> None:
    data = bad.with_names(
        [
            ("Снимки/Иванов".encode("cp866"), 0),
            ("Снимки/Петров".encode("cp1251"), 0),
            ("Снимки/Сидоров".encode(), 0x800),
            ("Снимки/Ёлкин".encode(), 0),
            (b"plain", 0),
            ("Папка\\файл".encode("cp866"), 0),
        ]
    )
    paths = {one.path for one in listed(memoryview(data)).entries}
    assert paths == {
        "Снимки/Иванов",
        "Снимки/Петров",
        "Снимки/Сидоров",
        "Снимки/Ёлкин",
        "plain",
        "Папка/файл",
    }


def test_zip64_is_read() -> None:
    info = opened(bad.wide_archive())
    assert [item.kind for item in info.items] == [DiscKind.STACK]


def test_bytes_before_the_archive_and_a_comment_behind_it() -> None:
    data = bad.built(bad.good(), comment=b"Hospital PK\5\6 disc")
    assert opened(data).files[0].path == bad.GOOD
    assert [one.path for one in listed(memoryview(b"MZ" * 50 + data)).entries] == [bad.GOOD]


def test_mutated_discs() -> None:
    """Whatever a disc's bytes are, it ends as a list or a refusal, and so does what is on it."""
    seen = 0
    for data in bad.mutated(400, seed=20261122):
        try:
            found = open_file(memoryview(data))
        except UnreadableFile:
            continue
        if isinstance(found, DiscInfo):
            seen += 1
            for item in found.items:
                # As in the worker, where libraries may raise anything.
                with suppress(Exception):
                    places = [found.files[one].place for one in item.files]
                    open_entries(memoryview(data), places)
    assert seen > 50


def test_nothing_left_out_is_without_a_reason() -> None:
    assert {one.left_out for one in HOSTILE.values() if one.left_out} >= {
        LeftOutReason.PATH,
        LeftOutReason.TWICE,
        LeftOutReason.LINK,
        LeftOutReason.ENCRYPTED,
        LeftOutReason.NESTED,
        LeftOutReason.PACKING,
        LeftOutReason.TOO_LARGE,
        LeftOutReason.DAMAGED,
    }
