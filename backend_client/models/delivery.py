"""How a signed conclusion reaches the patient: page, chat, e-mail (SOK-8, SOK-11, SPB-21)."""

from typing import Annotated

import msgspec

from backend_client.models.common import Count, OpenEnum, RequestId, UtcTime, Wire

LONGEST_ADDRESS = 320
"""Letters that an address is taken with at all; what is an address is the server's word."""
MAIL_LINK_HEADER = "X-Mail-Token"


class DeliveryChannel(OpenEnum):
    """A way to the patient."""

    UNKNOWN = "unknown"
    PAGE = "page"
    CHAT = "chat"
    EMAIL = "email"


class DeliveryState(OpenEnum):
    """How far the document has come on one way."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    """Not on its way yet, or tried without success: it is tried again at `next_at`."""
    SENT = "sent"
    """Offered on the page or in the chat; of an e-mail: the mail server has not answered yet."""
    TAKEN = "taken"
    """The mail server has taken it."""
    OPENED = "opened"
    """Downloaded, read, or its link used."""
    FAILED = "failed"
    """It is not tried any more; `fault` says why."""
    NOT_CONFIRMED = "not_confirmed"
    """The patient has not confirmed the address: nothing medical goes there (SOK-11)."""
    NO_ADDRESS = "no_address"
    NOT_SET_UP = "not_set_up"
    """This centre sends no e-mail."""


class MailFault(OpenEnum):
    """Why an e-mail did not go."""

    UNKNOWN = "unknown"
    ADDRESS_REFUSED = "address_refused"
    """The mail server knows no such recipient, or does not take mail for it."""
    MESSAGE_REFUSED = "message_refused"
    TOO_LARGE = "too_large"
    SENDER_REFUSED = "sender_refused"
    """The centre's own account or address was refused."""
    UNREACHABLE = "unreachable"
    NOT_SECURE = "not_secure"
    """No encrypted connection that can be trusted."""
    TRY_LATER = "try_later"
    """The mail server asks to come again."""
    WAITED_TOO_LONG = "waited_too_long"
    REPLACED = "replaced"
    """There is a newer edition: that one is sent."""
    CONSENT_WITHDRAWN = "consent_withdrawn"
    FILE_CHANGED = "file_changed"
    """The kept file is not what was signed."""
    LINK_OVER = "link_over"
    """It was taken, but its link was not used in time."""


class ChannelDelivery(Wire, frozen=True, kw_only=True):
    """One way, as it stands."""

    channel: DeliveryChannel
    state: DeliveryState
    at: UtcTime | None = None
    """When it came to this state."""
    fault: MailFault | None = None
    tries: Count = 0
    next_at: UtcTime | None = None
    """When it is tried again."""
    address: str = ""
    """Of an e-mail, with most of its letters left out."""
    by_link: bool = False
    """A one-time link instead of the file."""
    may_send_again: bool = False
    """The asking account may have it sent anew."""


class Delivery(Wire, frozen=True, kw_only=True):
    """The newest edition that the patient was given, on its ways."""

    request_id: RequestId
    edition: Count
    """0: nothing was delivered yet; the e-mail's state says whether it could go there."""
    delivered_at: UtcTime | None
    channels: list[ChannelDelivery]
    """Page, chat, e-mail; no others."""


class PatientEmail(Wire, frozen=True, kw_only=True):
    """Where the patient wants conclusions sent."""

    is_offered: bool
    """False: the centre sends no e-mail."""
    address: str = ""
    """Empty: none was said."""
    confirmed_at: UtcTime | None = None
    waits_for_code: bool = False
    """A code was sent, and is still good."""
    tries_left: Count = 0


class NewEmail(Wire, frozen=True, kw_only=True):
    """An address to which a code is sent."""

    address: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_ADDRESS)]


class EmailCode(Wire, frozen=True, kw_only=True):
    """The code from the letter."""

    code: Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$")]
