"""The Range header (RFC 9110, section 14)."""

import pytest

from backend.byte_ranges import ByteRange, RangeNotSatisfiable, asked_range

ETAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=3-5", ByteRange(3, 6)),
        ("bytes=3-", ByteRange(3, 10)),
        ("bytes=3-99", ByteRange(3, 10)),
        ("bytes=-4", ByteRange(6, 10)),
        ("bytes=-99", ByteRange(0, 10)),
    ],
)
def test_one_range_is_understood(header: str, expected: ByteRange) -> None:
    assert asked_range(header, None, ETAG, 10) == expected
    assert asked_range(header, ETAG, ETAG, 10) == expected


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes=-", "bytes=5-3", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=٣-"],
)
def test_what_is_not_understood_means_the_whole_file(header: str | None) -> None:
    assert asked_range(header, None, ETAG, 10) is None


@pytest.mark.parametrize("if_range", ['"other"', 'W/"abc"', "Fri, 20 Nov 2026 09:00:00 GMT"])
def test_changed_file_is_sent_whole(if_range: str) -> None:
    assert asked_range("bytes=3-5", if_range, ETAG, 10) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-5", 0)]
)
def test_range_behind_the_end_is_refused(header: str, size: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        asked_range(header, None, ETAG, size)
