"""Words as they are compared: letter case, accents and runs of blanks do not count."""

import unicodedata


def folded(text: str) -> str:
    """As both sides of a comparison are written."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (letter for letter in plain if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
