"""Why a paper cannot be made.

::

    DocumentError
      UnprintableText    a field has characters that the typeface does not
      DocumentTooLong    more pages than anybody reads
      NotArchivable      the file that came out is no PDF/A-2b
"""


class DocumentError(Exception):
    """A paper cannot be made from this content. Messages carry no text of the content."""


class UnprintableText(DocumentError):
    """A field has characters that cannot be printed: emoji, other scripts, control characters.

    `field` is the attribute's name in the content, `characters` are the first few of them.
    """

    def __init__(self, field: str, characters: tuple[str, ...]) -> None:
        codes = " ".join(f"U+{ord(character):04X}" for character in characters)
        super().__init__(f"{field}: {codes}")
        self.field = field
        self.characters = characters


class DocumentTooLong(DocumentError):
    """The content fills more pages than a paper may have."""

    def __init__(self, most_pages: int) -> None:
        super().__init__(f"more than {most_pages} pages")
        self.most_pages = most_pages


class NotArchivable(DocumentError):
    """The finished file is no PDF/A-2b (ISO 19005-2): it is neither shown nor signed.

    `rules` are the names of the rules it breaks, the first few of them.
    """

    def __init__(self, rules: tuple[str, ...]) -> None:
        super().__init__(", ".join(rules))
        self.rules = rules
