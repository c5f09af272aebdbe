"""A reader of PDF files that are looked at from many sides: each object is read once.

pyHanko reads the long hexadecimal strings of signatures a byte at a time, and reads an object of an
earlier revision anew each time. What is read here is the same, object for object.
"""

import binascii
import bisect
import io
import re
import secrets
from typing import Any, Final

from pyhanko.pdf_utils.generic import (
    DictionaryObject,
    Reference,
    StreamObject,
    pdf_name,
    pdf_string,
    read_object,
)
from pyhanko.pdf_utils.reader import PdfFileReader

_LONG_CONTENTS: Final = re.compile(rb"/Contents[ \r\n]*<([0-9A-Fa-f]{512,})>")
_CONTENTS: Final = pdf_name("/Contents")
_FARTHEST: Final = 1 << 14
"""Bytes from the begin of a signature's dictionary to its contents, and behind them."""


class QuickReader(PdfFileReader):
    """pyHanko's reader of a file that is not changed while it is read."""

    def __init__(self, pdf: bytes) -> None:
        """Raises what pyHanko raises for a damaged file."""
        self._pdf = pdf
        self._known: dict[tuple[Any, ...], Any] = {}  # what is in a file carries no types
        found = [match.span(1) for match in _LONG_CONTENTS.finditer(pdf)]
        self._starts, self._ends = [one for one, _ in found], [one for _, one in found]
        super().__init__(io.BytesIO(pdf))

    def _read_object(
        self,
        ref: Reference,
        marker: Any,
        never_decrypt: bool = False,  # the library's own
        as_metadata_stream: bool = False,
    ) -> Any:
        """By its place in the file, which is what `marker` is: nothing else can lie there."""
        if not isinstance(marker, int):
            return super()._read_object(ref, marker, never_decrypt, as_metadata_stream)
        key = (ref.idnum, ref.generation, marker, never_decrypt, as_metadata_stream)
        if key not in self._known:
            quick = None if self.encrypted else self._signature_at(ref, marker)
            self._known[key] = (
                super()._read_object(ref, marker, never_decrypt, as_metadata_stream)
                if quick is None
                else quick
            )
        return self._known[key]

    def _signature_at(self, ref: Reference, place: int) -> DictionaryObject | None:
        """The dictionary of a signature there; None where pyHanko has to read it itself.

        It is read by pyHanko, with a short random string instead of its long one. Where exactly
        that came back as its contents, the long one stands at that very place of the object.
        """
        index = bisect.bisect_right(self._starts, place)
        if index == len(self._starts) or self._starts[index] >= place + _FARTHEST:
            return None
        start = self._starts[index]
        head = self._pdf[place:start]
        if b"endobj" in head:
            return None
        end = self._ends[index]
        if (end - start) % 2:
            return None
        instead = secrets.token_bytes(16)
        stand_in = io.BytesIO(head + instead.hex().encode() + self._pdf[end : end + _FARTHEST])
        opening = f"{ref.idnum} {ref.generation} obj".encode()
        if stand_in.read(len(opening) + 1).rstrip() != opening:
            return None
        try:
            found = read_object(stand_in, Reference(ref.idnum, ref.generation, self))
        except Exception:  # noqa: BLE001  # then it is read, and refused, as it stands
            return None
        is_whole = stand_in.read(16).lstrip(b" \t\r\n\f\0")[:6] == b"endobj"
        if (
            not is_whole
            or not isinstance(found, DictionaryObject)
            or isinstance(found, StreamObject)
        ):
            return None
        if getattr(found.get(_CONTENTS), "original_bytes", None) != instead:
            return None
        found[_CONTENTS] = pdf_string(binascii.unhexlify(self._pdf[start:end]))
        return found
