"""Time-limited credentials for TURN, made of a secret that the TURN server shares with us.

The rule is coturn's REST one (draft-uberti-behave-turn-rest-00, section 2.2): the name is the end
of its time in seconds since 1970, a colon and an id; the password is the HMAC-SHA1 of the name
under the secret, in base64.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from backend.settings import TurnSettings
from backend_client.models.relays import IceServer, IceServers

_ID_CHARACTERS = 16


def ice_servers(turn: TurnSettings | None, who: str, now: datetime) -> IceServers:
    """All addresses with credentials for `who`, an id of ours, good from `now` (UTC) on.

    The id itself is not told to the TURN server: its log is not the clinic's.
    """
    if turn is None:
        return IceServers(servers=[])
    ends = int((now + timedelta(seconds=turn.life_seconds)).timestamp())
    name = f"{ends}:{_hidden(turn, who)}"
    server = IceServer(urls=list(turn.urls), username=name, credential=credential(turn, name))
    return IceServers(servers=[server], expires_at=datetime.fromtimestamp(ends, now.tzinfo))


def credential(turn: TurnSettings, name: str) -> str:
    """The password that goes with a name."""
    mac = hmac.new(turn.secret.encode(), name.encode(), hashlib.sha1).digest()
    return base64.b64encode(mac).decode()


def _hidden(turn: TurnSettings, who: str) -> str:
    """The same for the same person, so that a server can count what one of them uses."""
    mac = hmac.new(turn.secret.encode(), b"id:" + who.encode(), hashlib.sha256)
    return mac.hexdigest()[:_ID_CHARACTERS]
