"""Forms of a person's name."""


def short_name(full_name: str) -> str:
    """Family name and initials: «Левашова М. О.»."""
    if not full_name:
        return ""
    family, *given = full_name.split()
    return " ".join([family, *(f"{name[0]}." for name in given[:2])])


def initials(full_name: str) -> str:
    """Two letters for a lock glyph: of the family name and the given name."""
    return "".join(name[0] for name in full_name.split()[:2]).upper()
