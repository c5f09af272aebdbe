"""The typeface of stamps: a subset with Cyrillic, embedded once and used by every stamp."""

import io
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from fontTools import subset  # type: ignore[import-untyped]  # the package carries no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no types
from pyhanko.pdf_utils.generic import IndirectObject, PdfObject, pdf_string
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from signing.pdf_objects import array, dictionary, name, number, numbers, packed

DEFAULT_FONT: Final = (
    Path(__file__)
    .resolve()
    .parent.parent.joinpath("resources", "fonts", "pdf", "PTSans-Regular.ttf")
)
_REPERTOIRE: Final = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x400, 0x460)])) + "–—‘’“”„…№"
)
_UNKNOWN: Final = "?"
_NONSYMBOLIC: Final = 32
_STEM: Final = 80


@dataclass(frozen=True, slots=True)
class StampFont:
    """A subset of a TrueType font; widths and metrics in thousandths of the size."""

    name: str
    """Tells this very subset from others: it carries its hash."""
    program: bytes
    glyphs: dict[str, int]
    widths: dict[int, float]
    """By glyph."""
    ascent: float
    descent: float
    cap_height: float
    box: tuple[float, float, float, float]

    def width(self, text: str, size: float) -> float:
        """Width of one line in points."""
        return sum(self.widths[glyph] for glyph in self._glyphs_of(text)) * size / 1000

    def encode(self, text: str) -> str:
        """The line as a hexadecimal string of a content stream; '?' for what has no glyph."""
        return "<" + "".join(f"{glyph:04x}" for glyph in self._glyphs_of(text)) + ">"

    def _glyphs_of(self, text: str) -> list[int]:
        unknown = self.glyphs[_UNKNOWN]
        return [self.glyphs.get(character, unknown) for character in text]


@lru_cache(maxsize=4)
def load_stamp_font(path: Path = DEFAULT_FONT) -> StampFont:
    """Cuts the subset out of a TrueType file; about 0.1 s, once a process."""
    font = TTFont(io.BytesIO(path.read_bytes()), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[6], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=_REPERTOIRE)
    cutter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return _described(font, written.getvalue(), path.stem)


def _described(font: TTFont, program: bytes, stem: str) -> StampFont:
    scale = 1000 / font["head"].unitsPerEm
    glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    widths = {font.getGlyphID(name): w * scale for name, (w, _) in font["hmtx"].metrics.items()}
    head = font["head"]
    return StampFont(
        name=f"{_tag(program)}+{stem}",
        program=program,
        glyphs=glyphs,
        widths=widths,
        ascent=font["hhea"].ascent * scale,
        descent=font["hhea"].descent * scale,
        cap_height=font["OS/2"].sCapHeight * scale,
        box=(head.xMin * scale, head.yMin * scale, head.xMax * scale, head.yMax * scale),
    )


def _tag(program: bytes) -> str:
    """Six capital letters, as ISO 32000-1, 9.6.4 asks of a subset's name."""
    return "".join(chr(ord("A") + byte % 26) for byte in sha256(program).digest()[:6])


def embed(font: StampFont, writer: BasePdfFileWriter) -> IndirectObject:
    """Writes the font as a composite one with Identity-H; a reference to it."""
    program = writer.add_object(packed(font.program, Length1=len(font.program)))
    descriptor = writer.add_object(_descriptor(font, program))
    descendant = writer.add_object(_descendant(font, descriptor))
    return writer.add_object(
        dictionary(
            {
                "Type": name("Font"),
                "Subtype": name("Type0"),
                "BaseFont": name(font.name),
                "Encoding": name("Identity-H"),
                "DescendantFonts": array([descendant]),
                "ToUnicode": writer.add_object(packed(_to_unicode(font))),
            }
        )
    )


def _descriptor(font: StampFont, program: IndirectObject) -> PdfObject:
    return dictionary(
        {
            "Type": name("FontDescriptor"),
            "FontName": name(font.name),
            "Flags": number(_NONSYMBOLIC),
            "FontBBox": numbers(font.box),
            "ItalicAngle": number(0),
            "Ascent": number(round(font.ascent)),
            "Descent": number(round(font.descent)),
            "CapHeight": number(round(font.cap_height)),
            "StemV": number(_STEM),
            "FontFile2": program,
        }
    )


def _descendant(font: StampFont, descriptor: IndirectObject) -> PdfObject:
    system = {"Registry": pdf_string("Adobe"), "Ordering": pdf_string("Identity")}
    widths = numbers([font.widths[glyph] for glyph in sorted(font.widths)])
    return dictionary(
        {
            "Type": name("Font"),
            "Subtype": name("CIDFontType2"),
            "BaseFont": name(font.name),
            "CIDSystemInfo": dictionary({**system, "Supplement": number(0)}),
            "CIDToGIDMap": name("Identity"),
            "FontDescriptor": descriptor,
            "W": array([number(0), widths]),
        }
    )


def _to_unicode(font: StampFont) -> bytes:
    """The road from glyphs back to letters, so that a stamp can be searched and copied."""
    pairs = sorted({glyph: ord(letter) for letter, glyph in font.glyphs.items()}.items())
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Stamp def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{glyph:04x}> <{code:04x}>" for glyph, code in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
