"""A patient's name as short as a label over a picture allows."""

from workstation.ui.literal_text import one_line
from workstation.ui.wording import NBSP


def short_name(full_name: str) -> str:
    """«Верещагин П. Н.» of «Верещагин Павел Никитич»; a single word stays as it is."""
    family, *given = one_line(full_name).split() or [""]
    return NBSP.join([family, *(f"{name[0]}." for name in given[:2])])
