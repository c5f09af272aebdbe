"""A doctor lays a request aside until a moment, and takes it up again."""

from litestar import post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.requests.snoozing import for_doctor, lay_aside, take_up
from backend.routes.act import GivenAct
from backend.routes.given import CHANGING
from backend_client.models.requests import RequestCard
from backend_client.models.snoozing import LayAside, TakeUp


@post("/requests/{request_id:str}/snooze", status_code=HTTP_200_OK, responses=CHANGING)
async def snooze_request(act: GivenAct, data: RequestBody[LayAside]) -> RequestCard:
    """Out of this doctor's lists until the moment, or until something new comes; never past its
    term. Everybody else sees it as before."""
    card = await act.do(lay_aside, data, for_doctor)
    act.parts.deadlines.changed()
    return card


@post("/requests/{request_id:str}/wake", status_code=HTTP_200_OK, responses=CHANGING)
async def wake_request(act: GivenAct, data: RequestBody[TakeUp]) -> RequestCard:
    """What this doctor has laid aside stands in the lists again."""
    return await act.do(take_up, data, for_doctor)


SNOOZING = [snooze_request, wake_request]
