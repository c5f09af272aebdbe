"""What was appended without a person's signature: time stamps and proofs are upkeep, no more is.

pyHanko judges a later revision by what it touches. It takes the filling of an empty signature field
for a signature, whatever was put there, and lets title and author be rewritten at any time. So a
stranger could draw a stamp of approval into the empty field, with a time stamp or nothing at all as
its value. Here every revision that carries no signature of a person is looked at (ISO 32000-1,
12.8.2.2; ETSI EN 319 142-1, 5.4 and 5.5: store, time stamp, nothing that is seen).
"""

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

_KINDS: Final = ("/Sig", "/DocTimeStamp")
_OF_THE_PROGRAM: Final = frozenset({"/ModDate", "/Producer"})
_OF_THE_PROGRAM_IN_XMP: Final = frozenset(
    {"ModifyDate", "MetadataDate", "Producer", "InstanceID", "History"}
)
_GROWS: Final = frozenset({"/Fields", "/SigFlags"})
_DRAWS_NOTHING: Final = frozenset({b"q", b"Q", b"n", b"BT", b"ET"})
_LARGEST_NOTHING: Final = 4096
"""Bytes; what is longer draws something."""


def refuse_unknown_kinds(reader: PdfFileReader) -> None:
    """Raises ValueError where the value of a signature field is neither signature nor time stamp
    (ISO 32000-1, table 252): nobody would judge it, yet it could stand for the rest of the file."""
    for signature in reader.embedded_signatures:
        if signature.sig_object_type not in _KINDS:
            raise ValueError("a signature of an unknown kind")


def first_alteration(reader: PdfFileReader, signed: Collection[int]) -> int | None:
    """The first revision that appends more than upkeep and carries no signature of a person.

    `signed` are the revisions with such signatures; those before the first of them are the
    document's own. None: there is none. Raises what pyHanko raises for a damaged file.
    """
    if not signed:
        return None
    for revision in range(min(signed) + 1, reader.xrefs.total_revisions):
        if revision not in signed and not _is_upkeep(reader, revision):
            return revision
    return None


def _is_upkeep(reader: PdfFileReader, revision: int) -> bool:
    before = reader.get_historical_resolver(revision - 1)
    after = reader.get_historical_resolver(revision)
    return (
        _info(before) == _info(after)
        and _is_same_metadata(before, after)
        and before.root.get("/MarkInfo") == after.root.get("/MarkInfo")
        and _form(before) == _form(after)
        and _are_fields_kept(before, after)
    )


def _info(revision: HistoricalResolver) -> dict[str, Any]:
    """What the document says of itself, but for what each program writes into it."""
    reference: Any = revision.trailer_view.get_value_as_reference("/Info", optional=True)
    if reference is None:
        return {}
    found: Any = revision.get_object(reference)
    return {key: found[key] for key in found if key not in _OF_THE_PROGRAM}


def _is_same_metadata(before: HistoricalResolver, after: HistoricalResolver) -> bool:
    one, other = _metadata(before), _metadata(after)
    return one == other or (None not in (one, other) and _said(one) == _said(other))


def _metadata(revision: HistoricalResolver) -> bytes | None:
    if "/Metadata" not in revision.root:
        return None
    stream: Any = revision.root.get_value_as_reference("/Metadata").get_object()
    return bytes(stream.data)


def _said(xmp: bytes | None) -> dict[tuple[str, str], Any]:
    structures: Any = parse_xmp(BytesIO(xmp or b""))
    return {
        (name.ns, name.local_name): value
        for structure in structures
        for name, value in structure
        if name.local_name not in _OF_THE_PROGRAM_IN_XMP
    }


def _form(revision: HistoricalResolver) -> dict[str, Any]:
    """The form without its fields; also how a reader is told to draw them anew."""
    form: Any = _entry(revision.root, "/AcroForm") or {}
    return {key: form.raw_get(key) for key in form if key not in _GROWS}


def _are_fields_kept(before: HistoricalResolver, after: HistoricalResolver) -> bool:
    """Whether all signature fields are as they were, but for time stamps that nobody sees."""
    then = dict(_fields(before))
    now = dict(_fields(after))
    if not then.keys() <= now.keys():
        return False
    changed = [name for name in now if name not in then or now[name] != then[name]]
    return all(
        "/V" not in then.get(name, {}) and _is_unseen_time_stamp(now[name]) for name in changed
    )


def _fields(revision: HistoricalResolver) -> Iterator[tuple[str, DictionaryObject]]:
    for name, _, reference in enumerate_sig_fields(revision):
        yield name, reference.get_object()


def _is_unseen_time_stamp(field: DictionaryObject) -> bool:
    value = _entry(field, "/V")
    is_stamp = value is None or value.get("/Type") == "/DocTimeStamp"
    kids = _entry(field, "/Kids") or []
    return is_stamp and all(map(_is_unseen, [field, *(kid.get_object() for kid in kids)]))


def _is_unseen(widget: DictionaryObject) -> bool:
    """Whether it has no room on the page and draws nothing (ISO 32000-2, 12.8.5)."""
    return _is_flat(_entry(widget, "/Rect") or []) and _draws_nothing(widget)


def _is_flat(box: Any) -> bool:  # what is in a file carries no types
    """Whether the box has no area. Numbers that lie elsewhere in the file are not believed."""
    sides = list(box)
    if not all(isinstance(side, int | float) for side in sides):
        return False
    return not sides or (len(sides) == 4 and (sides[0] == sides[2] or sides[1] == sides[3]))


def _draws_nothing(widget: DictionaryObject) -> bool:
    drawn = _entry(widget, "/AP") or {}
    return all(_is_blank(drawn[key]) for key in drawn)


def _is_blank(drawing: Any) -> bool:
    if not isinstance(drawing, StreamObject):
        return False
    data = bytes(drawing.data)
    if len(data) > _LARGEST_NOTHING:
        return False
    lines = (line.split(b"%")[0] for line in data.replace(b"\r", b"\n").split(b"\n"))
    return all(word in _DRAWS_NOTHING for line in lines for word in line.split())


def _entry(found: DictionaryObject, key: str) -> Any:
    """Of the object that it leads to; `get` would give a reference as it stands."""
    return found[key] if key in found else None  # noqa: SIM401  # as said
