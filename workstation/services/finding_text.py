"""A viewer's finding as a source of a conclusion: its words made fit to stand in a text."""

import re
import unicodedata
from datetime import datetime
from typing import Final

import msgspec

from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from workstation.core.findings import Finding

LONGEST: Final = 500
"""Characters (`backend_client.models.evidence.Words`)."""
_BRACKETS: Final = str.maketrans("[]", "()")
"""A lead that calls itself «[1]» must not look like a number of a source."""
_BLANKS: Final = re.compile(r"\s+")
"""No-break spaces too: a field of the form gives plain ones back for them, and the line that was
put in could not be told from one that was rewritten."""
_UNNUMBERED: Final = 1


class Unfit(Exception):
    """What the viewer says cannot be kept: no words, or a place that is none."""


def evidence_of(document: Document, finding: Finding, now: datetime) -> Evidence:
    """The source without a number of its own yet. Raises Unfit.

    It is read back as a server would read it: what could not be read again later, such as a place
    that is not a number, would cost the whole draft.
    """
    source = Evidence(
        number=_UNNUMBERED,
        text=in_one_line(finding.text),
        document_id=document.id,
        sha256=document.sha256,
        title=in_one_line(document.title),
        place=finding.place,
        origin=finding.origin,
        made_at=now,
    )
    try:
        read = msgspec.json.decode(msgspec.json.encode(source), type=Evidence)
    except msgspec.MsgspecError as error:
        raise Unfit from error
    if not read.text:
        raise Unfit
    return read


def in_one_line(text: str) -> str:
    """The words without line ends, control and direction characters and square brackets."""
    seen = (" " if _is_unseen(letter) else letter for letter in text.translate(_BRACKETS))
    line = _BLANKS.sub(" ", "".join(seen)).strip()
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
