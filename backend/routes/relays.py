"""What a call's peers and the device test ask about the road between them."""

from litestar import get
from litestar.datastructures import CacheControlHeader

from backend.calls.relays import ice_servers
from backend.problems import problems
from backend.routes.given import GivenAccess, GivenAccount, GivenParts
from backend.routes.patient import OPT, READING
from backend_client.models.relays import IceServers

NOT_KEPT = CacheControlHeader(no_store=True)


@get("/ice-servers", responses=problems(401, 403), cache_control=NOT_KEPT)
async def staff_ice_servers(account: GivenAccount, parts: GivenParts) -> IceServers:
    """The TURN servers of the clinic with credentials for this account alone, for some hours."""
    return ice_servers(parts.settings.turn, f"account:{account.id}", parts.now())


@get("/ice-servers", opt=OPT, responses=READING, cache_control=NOT_KEPT)
async def patient_ice_servers(access: GivenAccess, parts: GivenParts) -> IceServers:
    """The same for the patient of a link."""
    return ice_servers(parts.settings.turn, f"request:{access.request_id}", parts.now())


RELAYS = [staff_ice_servers]
PATIENT_RELAYS = [patient_ice_servers]
