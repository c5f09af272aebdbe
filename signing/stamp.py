"""The visible mark of a signature: who, in what post, by which certificate, when."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import IndirectObject, pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.signers.cms_embedder import SigAppearanceSetup
from pyhanko.stamp import BaseStamp, BaseStampStyle

from signing.certificates import CertificateFacts
from signing.stamp_font import StampFont

_BLUE: Final = "0.07 0.21 0.48"
_BLACK: Final = "0.1 0.1 0.1"
_PADDING: Final = 8.0
_FONT: Final = pdf_name("/Stamp")
_QUALIFIED: Final = "Документ подписан усиленной квалифицированной электронной подписью"
_PLAIN: Final = "Документ подписан электронной подписью"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the account adds to the certificate's own words."""

    post: str
    """Post of the signer: «врач-кардиолог»."""
    zone: tzinfo
    """In which time the moment is shown."""
    zone_name: str
    """How that time is called: «МСК»."""


@dataclass(frozen=True, slots=True)
class _Row:
    size: float
    lead: float
    """From the line above, in points."""
    colour: str = _BLACK


_ROWS: Final = (
    _Row(7.5, 8, _BLUE),
    _Row(10.5, 15, _BLUE),
    _Row(8, 11),
    _Row(7, 13),
    _Row(7, 9.5),
    _Row(7, 9.5),
)


def stamp_lines(facts: CertificateFacts, stamp: Stamp, at: datetime) -> list[str]:
    """The words of the stamp from top to bottom; «квалифицированной» only where it is."""
    moment = at.astimezone(stamp.zone)
    return [
        _QUALIFIED if facts.is_qualified else _PLAIN,
        facts.name,
        stamp.post,
        f"Сертификат: {facts.number}",
        f"Действителен с {facts.valid_from:%d.%m.%Y} по {facts.valid_to:%d.%m.%Y}",
        f"Подписано: {moment:%d.%m.%Y %H:%M} {stamp.zone_name}",
    ]


def appearance(
    lines: list[str], font: StampFont, embedded: IndirectObject, at: datetime
) -> SigAppearanceSetup:
    """The stamp as pyHanko takes it; it fills the field's box."""
    return SigAppearanceSetup(style=_StampStyle(lines, font, embedded), timestamp=at, name=None)


class _StampStyle(BaseStampStyle):
    """Carries the words to where pyHanko knows the box."""

    def __init__(self, lines: list[str], font: StampFont, embedded: IndirectObject) -> None:
        super().__init__(border_width=0)
        object.__setattr__(self, "lines", lines)  # the base is a frozen dataclass
        object.__setattr__(self, "font", font)
        object.__setattr__(self, "embedded", embedded)

    lines: list[str]
    font: StampFont
    embedded: IndirectObject

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> BaseStamp:
        return _DrawnStamp(writer, self, box)


class _DrawnStamp(BaseStamp):
    """A white card with a blue frame."""

    style: _StampStyle

    def __init__(self, writer: BasePdfFileWriter, style: _StampStyle, box: BoxConstraints) -> None:
        super().__init__(writer, style, box)
        self.set_resource(ResourceType.FONT, _FONT, style.embedded)

    def _render_inner_content(self) -> list[bytes]:
        width, height = float(self.box.width), float(self.box.height)
        frame = f"1 1 1 rg {_BLUE} RG 0.8 w 0.4 0.4 {width - 0.8:g} {height - 0.8:g} re B"
        return [frame.encode(), *self._text(width - 2 * _PADDING, height - _PADDING)]

    def _text(self, room: float, top: float) -> list[bytes]:
        drawn = []
        for row, line in zip(_ROWS, self.style.lines, strict=True):
            top -= row.lead
            drawn.append(self._line(line, row, room, top))
        return drawn

    def _line(self, text: str, row: _Row, room: float, y: float) -> bytes:
        """One line, narrowed where it is too long for its room."""
        font = self.style.font
        narrow = min(1.0, room / max(font.width(text, row.size), 1.0))
        operators = (
            f"BT {row.colour} rg {_FONT} {row.size:g} Tf {narrow * 100:.2f} Tz "
            f"{_PADDING:g} {y:g} Td {font.encode(text)} Tj ET"
        )
        return operators.encode()
