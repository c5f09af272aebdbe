"""Files of text programs, told by their content: those that are opened and those that are not."""

from typing import Final

_DOCX_PART: Final = b"word/document.xml"
_DIRECTORY_WITHIN: Final = 512 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT: Final = b"mimetypeapplication/vnd.oasis.opendocument."
_ZIP: Final = b"PK\x03\x04"


def text_format(head: bytes, data: memoryview) -> str | None:
    """ "DOCX", "DOC", "RTF", "ODT"; None for anything else.

    A ZIP is a DOCX where its directory, which stands at the end, names the document's part.
    """
    if head.startswith(_OLE):
        return "DOC"
    if head.startswith(b"{\\rtf"):
        return "RTF"
    if not head.startswith(_ZIP):
        return None
    if _ODT in head:
        return "ODT"
    return "DOCX" if _DOCX_PART in bytes(data[-_DIRECTORY_WITHIN:]) else None
