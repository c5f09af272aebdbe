"""Objects of a PDF file; pyHanko's own constructors carry no types, which is said here once."""

from collections.abc import Mapping, Sequence

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    pdf_name,
)


def name(text: str) -> NameObject:
    """A name; `text` comes without the slash."""
    return pdf_name("/" + text)


def number(value: int) -> PdfObject:
    """A whole number."""
    return NumberObject(value)  # type: ignore[no-untyped-call]  # no types


def array(items: Sequence[PdfObject]) -> PdfObject:
    """An array of objects."""
    return ArrayObject(items)


def numbers(values: Sequence[float]) -> PdfObject:
    """An array of numbers, to a thousandth."""
    rounded = (round(value, 3) for value in values)
    return ArrayObject([FloatObject(v) for v in rounded])  # type: ignore[no-untyped-call]  # no types


def dictionary(entries: Mapping[str, PdfObject]) -> DictionaryObject:
    """A dictionary; the keys come without the slash."""
    return DictionaryObject(  # type: ignore[no-untyped-call]  # no types
        {name(key): value for key, value in entries.items()}
    )


def packed(data: bytes, **entries: int) -> StreamObject:
    """A compressed stream."""
    stream = StreamObject(
        {name(key): number(value) for key, value in entries.items()}, stream_data=data
    )
    stream.compress()  # type: ignore[no-untyped-call]  # no types
    return stream
