"""Which ECG format a file has, by its first bytes. Whether it can be read the viewer says."""

import re
from contextlib import suppress
from typing import Final
from xml.parsers import expat

MAGIC: Final = {
    b"ISHNE1.0": "ISHNE",
    b"0       ": "EDF",
    b"\xffBIOSEMI": "EDF",
}
"""ISHNE Holter Standard Output File Format, 1997; EDF, 1992: version field of the header."""
ROOTS: Final = {
    "AnnotatedECG": "HL7 aECG",
    "RestingECG": "GE MUSE XML",
    "restingecgdata": "Philips Sierra XML",
}
SCP: Final = re.compile(rb".{6}.{2}\0\0.{4}.{2}SCPECG", re.DOTALL)
"""CRC, length, then section 0 with its name (EN 1064, 5.2 and 5.3)."""
MFER: Final = re.compile(rb"\x40.MFR", re.DOTALL)
"""The preamble (ISO 22077-1, 5.4)."""
ZIPPED: Final = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
"""A member's header up to the lengths of its name and what follows (APPNOTE.TXT, 4.3.7)."""


def ecg_format(head: bytes) -> str | None:
    """The format's name as shown; None where it is none of these."""
    for start, name in MAGIC.items():
        if head.startswith(start):
            return name
    if SCP.match(head):
        return "SCP-ECG"
    if MFER.match(head):
        return "MFER"
    if any(name.endswith(b".hea") for name in _members(head)):
        return "WFDB"
    return ROOTS.get(_root(head))


def _members(head: bytes) -> list[bytes]:
    """Names of a zip's members whose headers lie within the head."""
    if not head.startswith(b"PK\x03\x04"):
        return []
    found = ZIPPED.finditer(head)
    return [head[one.end() : one.end() + int.from_bytes(one[1], "little")] for one in found]


class _Begins(Exception):  # how expat is told to stop
    """The root element was met, or a file that declares entities."""


def _root(head: bytes) -> str:
    """Name of the XML root element without its prefix; "" where there is none in the head."""
    met: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        met.append(name.rpartition(":")[2])
        raise _Begins

    def refuse(*declared: object) -> None:
        raise _Begins

    text = head.lstrip(b" \t\r\n")
    wide = {b"<\0": "UTF-16LE", b"\0<": "UTF-16BE"}.get(text[:2])
    parser = expat.ParserCreate(wide)
    parser.StartElementHandler = begin
    parser.EntityDeclHandler = refuse
    with suppress(_Begins, expat.ExpatError, LookupError, ValueError):
        parser.Parse(text, False)
    return met[0] if met else ""
