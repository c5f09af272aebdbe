"""`inspect` and `render` of slices, from the command line's own functions."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.unit.studies import slices
from workstation.commands.described import described
from workstation.commands.in_words import in_words
from workstation.commands.render import Wish, picture_of
from workstation.studies.opened import SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.stack_file import open_parts
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens


def test_slices_say_order_scale_and_units(qapp: QApplication) -> None:
    stack = open_parts([memoryview(file) for file in slices.ct_files([1, 2, 3, 6, 7, 8, 9, 10])])
    text = in_words(described(stack.info))
    assert "kind: stack" in text
    assert "modality CT" in text
    assert "pixel mm 0.5 0.25, scale pixel_spacing, step mm 5, thickness mm 5" in text
    assert "unit HU, windows 40 80" in text
    assert "2 slice(s) missing, between 3–4" in text


def test_one_slice_has_no_step(qapp: QApplication) -> None:
    found = open_file(memoryview(slices.ct_file(1)))
    assert isinstance(found, SliceSource)
    assert "step mm not known" in in_words(described(found.info))


async def test_a_slice_is_drawn_by_the_windows_viewer(qapp: QApplication, tmp_path: Path) -> None:
    """Through the decoder process, packed or not."""
    load_fonts()
    theme = Theme(load_tokens(), Scheme.DARK)
    for name, data in (("plain", slices.ct_file(4)), ("packed", slices.packed(4))):
        path = tmp_path / f"{name}.dcm"
        path.write_bytes(data)
        picture = await picture_of(path, Wish((640, 400)), theme)
        assert (picture.width(), picture.height()) == (640, 400)
        assert len({picture.pixel(x, 200) for x in range(0, 640, 3)}) > 3
