"""Where a source lies in its file, as the paper says it: «отведение II, 3,52–3,92 с»."""

import re
from typing import Final

from backend_client.models.evidence import (
    EcgPlace,
    FramePlace,
    PicturePlace,
    Place,
    ReportPlace,
    TextPlace,
)

_BAND: Final = re.compile(r"([0-9.]+)-([0-9.]+)")
_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)\s*$")
_MAINS: Final = re.compile(r"([0-9.]+)hz")


def place_words(place: Place, *, is_film: bool = True, text: str = "") -> str:
    """The lead, the seconds and the filter; of a picture the page and both points; the frame, the
    page or the line of all others. A still (not `is_film`) has no frames to count: "". Of many
    files in one the words are those that the viewer has put into the `text`, in brackets at its
    end: «серия 3, срез 34 из 120»."""
    match place:
        case EcgPlace():
            return _of_ecg(place)
        case PicturePlace():
            return _of_picture(place)
        case FramePlace():
            return _of_frames(place, is_film=is_film, text=text)
        case TextPlace():
            return f"страница {place.page + 1}"
        case ReportPlace():
            return f"отчёт прибора, запись {place.item}"


def filter_words(code: str) -> str:
    """«нет», «0,05–40 Гц, сеть 50 Гц, изолиния»; a code that is none of ours as it is."""
    if code == "none":
        return "нет"
    return ", ".join(_filter_part(part) for part in code.split("+"))


def _of_frames(place: FramePlace, *, is_film: bool, text: str) -> str:
    if place.part and text:
        said = _IN_BRACKETS.search(text)
        return said[1] if said is not None else text
    if not is_film and place.last is None:
        return ""
    first = place.frame + 1
    return f"кадр {first}" if place.last is None else f"кадры {first}–{place.last + 1}"


def _of_ecg(place: EcgPlace) -> str:
    lead = f"отведение {place.lead}" if place.lead else "все отведения"
    first, last = sorted((place.start_s, place.stop_s))
    where = "усреднённый комплекс" if place.median_beat else f"{_comma(first)}–{_comma(last)} с"
    parts = (lead, where, f"фильтр: {filter_words(place.filter)}", _recording(place.recording))
    return ", ".join(part for part in parts if part)


def _recording(name: str) -> str:
    return f"запись «{name}»" if name else ""


def _of_picture(place: PicturePlace) -> str:
    ends = " – ".join(f"({round(x)}; {round(y)})" for x, y in (place.start, place.stop))
    return f"страница {place.page + 1}, точки {ends}"


def _filter_part(part: str) -> str:
    band, mains = _BAND.fullmatch(part), _MAINS.fullmatch(part)
    if band is not None:
        return f"{band[1]}–{band[2]} Гц".replace(".", ",")
    if mains is not None:
        return f"сеть {mains[1]} Гц".replace(".", ",")
    return "изолиния" if part == "baseline" else part


def _comma(seconds: float) -> str:
    return f"{seconds:.2f}".replace(".", ",")
