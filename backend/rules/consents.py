"""Which consents a consultation needs, and which of them are missing (SPB-13, SOK-2, DRC-2)."""

from collections.abc import Iterable

from backend_client.models.catalogue import Catalogue, ConsentText
from backend_client.models.requests import ConsentKind
from backend_client.models.routes import Route


def required_consents(catalogue: Catalogue, route: Route, payer: str) -> list[ConsentText]:
    """In the catalogue's order; none where it asks for none. `payer` is as the request has it."""
    asked = (text for text in catalogue.consents if route in text.routes)
    return [text for text in asked if _is_asked_of(text, payer)]


def missing_consents(
    catalogue: Catalogue, route: Route, payer: str, given: Iterable[ConsentKind]
) -> list[ConsentKind]:
    """Required and not given; one that was withdrawn is not given."""
    there = set(given)
    required = required_consents(catalogue, route, payer)
    return [text.kind for text in required if text.kind not in there]


def _is_asked_of(text: ConsentText, payer: str) -> bool:
    return text.payers is None or _plain(payer) in map(_plain, text.payers)


def _plain(payer: str) -> str:
    """Typed by hand or brought in from a table: its case and its spaces say nothing."""
    return " ".join(payer.split()).casefold()


def kept_words(kinds: Iterable[str]) -> str:
    """As a request keeps a short list of codes."""
    return " ".join(kinds)


def kept_kinds(words: str) -> list[ConsentKind]:
    """What a request keeps, read again."""
    return [ConsentKind(word) for word in words.split()]
