"""Which consents a consultation needs, and which of them are missing (SPB-13, SOK-2, DRC-2)."""

from collections.abc import Iterable

from backend_client.models.catalogue import Catalogue, ConsentText
from backend_client.models.requests import ConsentKind
from backend_client.models.routes import Route


def required_consents(catalogue: Catalogue, route: Route) -> list[ConsentText]:
    """In the catalogue's order; none where it asks for none."""
    return [text for text in catalogue.consents if route in text.routes]


def missing_consents(
    catalogue: Catalogue, route: Route, given: Iterable[ConsentKind]
) -> list[ConsentKind]:
    """Required and not given; one that was withdrawn is not given."""
    there = set(given)
    return [text.kind for text in required_consents(catalogue, route) if text.kind not in there]


def kept_words(kinds: Iterable[str]) -> str:
    """As a request keeps a short list of codes."""
    return " ".join(kinds)


def kept_kinds(words: str) -> list[ConsentKind]:
    """What a request keeps, read again."""
    return [ConsentKind(word) for word in words.split()]
