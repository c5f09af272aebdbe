"""Where the files shipped beside the code are: icons, fonts, themes, translations."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Path of a shipped file, from the checkout or from a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if isinstance(frozen, str) else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
