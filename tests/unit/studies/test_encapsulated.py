"""Frames among the items of encapsulated pixel data, whole or cut off anywhere."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from workstation.studies.readers.encapsulated import fragments, frames

ITEM, END = b"\xfe\xff\x00\xe0", b"\xfe\xff\xdd\xe0" + b"\0\0\0\0"


def items(*values: bytes, offsets: tuple[int, ...] = (), end: bytes = END) -> memoryview:
    """Pixel data of these items behind an offset table."""
    table = struct.pack(f"<{len(offsets)}L", *offsets)
    packed = [ITEM + struct.pack("<L", len(value)) + value for value in (table, *values)]
    return memoryview(b"".join(packed) + end)


JPEG_A, JPEG_B1, JPEG_B2 = b"\xff\xd8AAAA\xff\xd9", b"\xff\xd8BBBBBB", b"bbbb\xff\xd9\0\0"


def joined(value: memoryview, announced: int, *, one_each: bool = False) -> list[bytes]:
    found = frames(value, announced, one_fragment_each=one_each)
    return [b"".join(bytes(value[start:stop]) for start, stop in frame) for frame in found]


def test_one_fragment_a_frame() -> None:
    assert joined(items(JPEG_A, JPEG_A), 2) == [JPEG_A, JPEG_A]


def test_fragments_are_grouped_by_the_offset_table() -> None:
    value = items(JPEG_A, JPEG_B1, JPEG_B2, offsets=(0, 16))
    assert joined(value, 2) == [JPEG_A, JPEG_B1 + JPEG_B2]


def test_without_a_table_by_the_end_of_each_picture() -> None:
    assert joined(items(JPEG_A, JPEG_B1, JPEG_B2), 2) == [JPEG_A, JPEG_B1 + JPEG_B2]


def test_a_table_that_points_elsewhere_is_not_believed() -> None:
    value = items(JPEG_A, JPEG_B1, JPEG_B2, offsets=(4, 999))
    assert joined(value, 2) == [JPEG_A, JPEG_B1 + JPEG_B2]


def test_a_single_frame_takes_all_fragments() -> None:
    assert joined(items(JPEG_B1, JPEG_B2), 1) == [JPEG_B1 + JPEG_B2]


def test_rle_is_one_fragment_a_frame_always() -> None:
    assert joined(items(b"aa", b"bb", b"cc"), 2, one_each=True) == [b"aa", b"bb"]


def test_a_frame_that_is_cut_off_is_left_out() -> None:
    whole = bytes(items(JPEG_A, JPEG_A, end=b""))
    assert joined(memoryview(whole[:-3]), 2) == [JPEG_A]
    assert joined(items(JPEG_A, JPEG_B1, end=b""), 2) == [JPEG_A]


@given(st.integers(0, 90), st.integers(2, 5), st.booleans())
def test_any_cut_gives_only_frames_that_were_there(cut: int, count: int, one_each: bool) -> None:
    value = items(JPEG_A, JPEG_A, JPEG_A, offsets=(0, 16, 32))
    found = joined(memoryview(bytes(value)[:cut]), count, one_each=one_each)
    whole = max(0, min(3, (cut - 20) // 16)) if cut >= 20 else 0
    assert found == [JPEG_A] * min(whole, count)


@given(st.binary(max_size=200))
def test_rubbish_gives_nothing_beyond_it(value: bytes) -> None:
    found = fragments(memoryview(value))
    assert all(0 <= start <= stop <= len(value) for start, stop in found.spans)
