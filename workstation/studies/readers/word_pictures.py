"""Pictures in a DOCX: those of known kinds and sane sizes, as JPEG; a frame for the others."""

import io
import warnings
from collections.abc import Iterator
from typing import Final

from PIL import Image

from workstation.studies.errors import UnreadableFile
from workstation.studies.readers.flow import Picture
from workstation.studies.readers.xml_tree import Node
from workstation.studies.readers.zip_parts import ZipParts

_FORMATS: Final = ("JPEG", "PNG", "BMP", "GIF")
_MOST_PIXELS: Final = 24_000_000
"""Of one picture, and of all together."""
_MOST_PICTURES: Final = 60
_SHARPEST: Final = (1600, 1600)
_EMU: Final = 12_700
"""English Metric Units to a point (ECMA-376 20.1.2.1)."""
_USUAL: Final = (200.0, 120.0)
_LARGEST_PT: Final = 2000.0
_SMALLEST_PT: Final = 2.0
_DAMAGE: Final = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError)
"""What Pillow raises on damaged files."""


class Pictures:
    """The pictures of one document, by their relations (ECMA-376 part 2, 9.3)."""

    def __init__(self, parts: ZipParts, relations: Node) -> None:
        self._parts = parts
        self._targets = {
            one.attributes.get("Id", ""): one.attributes.get("Target", "")
            for one in relations.all("Relationship")
            if one.attributes.get("TargetMode", "") != "External"
        }
        self._pixels_left = _MOST_PIXELS
        self._left = _MOST_PICTURES
        self.left_out = False

    def picture(self, drawn: Node) -> Picture | None:
        """What is drawn there; None where nothing is to be seen."""
        size = _size(drawn)
        jpeg = self._jpeg(next(self._names(drawn), ""))
        if jpeg is None:
            self.left_out = True
        if jpeg is None and self._left <= 0:
            return None
        self._left -= 1
        return Picture(jpeg, *size)

    def _names(self, drawn: Node) -> Iterator[str]:
        for tag, key in (("blip", "embed"), ("imagedata", "id")):
            for node in drawn.within(tag):
                target = self._targets.get(node.attributes.get(key, ""), "")
                yield target.lstrip("/") if target.startswith("/") else f"word/{target}"

    def _jpeg(self, name: str) -> bytes | None:
        if self._left <= 0 or not name:
            return None
        try:
            raw = self._parts.read(name)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._drawn(raw)
        except (UnreadableFile, Image.DecompressionBombError, *_DAMAGE):
            return None

    def _drawn(self, raw: bytes) -> bytes | None:
        """Anew, so that nothing of the file goes further but colours."""
        image: Image.Image = Image.open(io.BytesIO(raw), formats=_FORMATS)
        pixels = image.width * image.height
        if pixels > self._pixels_left:
            return None
        self._pixels_left -= pixels
        image.draft("RGB", _SHARPEST)
        if image.has_transparency_data:
            layered = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
        image = image.convert("RGB")
        image.thumbnail(_SHARPEST)
        file = io.BytesIO()
        image.save(file, "JPEG", quality=88)
        return file.getvalue()


def _size(drawn: Node) -> tuple[float, float]:
    """Points, as the document says (wp:extent, 20.4.2.7)."""
    extent = next(drawn.within("extent"), Node("", {}))
    sides = [extent.attributes.get(key, "") for key in ("cx", "cy")]
    if not all(side.isascii() and side.isdigit() and len(side) < 12 for side in sides):
        return _USUAL
    width, height = (int(side) / _EMU for side in sides)
    if not all(_SMALLEST_PT <= side <= _LARGEST_PT for side in (width, height)):
        return _USUAL
    return width, height
