"""Phrases that an account keeps for its conclusions."""

from typing import Annotated

import msgspec

from backend_client.models.catalogue import SectionName
from backend_client.models.common import Count, Wire

MOST_PHRASES = 300
LONGEST_PHRASE = 4000


class Phrase(Wire, frozen=True, kw_only=True):
    """A piece of text for one section, with placeholders as «{возраст}»."""

    section: SectionName | None = None
    """None: it is offered in every section."""
    name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    """A short word by which it is found; empty: by its own beginning."""
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PHRASE)]


class Phrases(Wire, frozen=True, kw_only=True):
    """All of an account's, in its own order. Written whole: `revision` is the one that was edited,
    0 for the first."""

    revision: Count = 0
    phrases: Annotated[list[Phrase], msgspec.Meta(max_length=MOST_PHRASES)] = []
