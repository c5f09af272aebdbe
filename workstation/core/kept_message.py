"""Words for a patient that the server does not have yet, as they lie on this computer."""

from datetime import datetime

import msgspec

from backend_client.models.common import RequestId


class KeptMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the field of a request's chat."""

    request_id: RequestId
    changed_at: datetime
    """Aware."""
    text: str
    tried: str = ""
    """Words of it whose sending was not answered; "": none."""
    key: str = ""
    """Under which those were sent: under it they are the same message once more."""
