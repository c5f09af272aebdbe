"""What the viewers' tests share."""

import pytest
from PySide6.QtWidgets import QApplication

from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens


@pytest.fixture(scope="session")
def viewer_theme(qapp: QApplication) -> Theme:
    """The dark look with the shipped fonts."""
    load_fonts()
    return Theme(load_tokens(), Scheme.DARK)
