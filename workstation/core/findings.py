"""What a viewer hands to the conclusion: words, the place they come from, who found them."""

from dataclasses import dataclass

from backend_client.models.evidence import Origin, Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A measurement or a strip, in the words of the user's language. The pane knows the file."""

    text: str
    """«QT 396 мс (II, 3,52 с, фильтр: нет)»: complete, without the file's name."""
    place: Place
    origin: Origin
