"""Which addresses letters are sent to; anything that could be more than an address is none."""

import re
from http import HTTPStatus

from backend.problems import Refused
from backend_client.models.common import Problem, ProblemCode

LONGEST = 254
"""Of a path (RFC 5321, 4.5.3.1.3), without its brackets."""
LONGEST_LOCAL = 64
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?:{_LABEL}\.)+(?=[A-Za-z0-9-]*[A-Za-z]){_LABEL}"
)
"""A dot-atom and a domain name of two labels and more (RFC 5321, 4.1.2): no quoted words, no
numbers of machines, nothing that a header could be broken with."""


def good_address(text: str) -> str:
    """The address without spaces around it. Raises Refused (bad_address)."""
    address = text.strip(" ")
    if not address.isascii():
        raise _bad("only Latin letters, digits and signs: what is written in Cyrillic is not sent")
    if len(address) > LONGEST:
        raise _bad(f"longer than {LONGEST} characters")
    found = _ADDRESS.fullmatch(address)
    if found is None or len(found["local"]) > LONGEST_LOCAL:
        raise _bad("not of the form name@domain")
    return address


def masked(address: str) -> str:
    """«v***@mail.ru»: enough to be told from another, too little to write to."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}" if domain else ""


def _bad(detail: str) -> Refused:
    title = "This is no e-mail address that anything can be sent to"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return Refused(Problem(status=status, title=title, detail=detail, code=ProblemCode.BAD_ADDRESS))
