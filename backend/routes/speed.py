"""How fast the road between a client and this server is: characters that mean nothing, either way.

There is nothing to keep and nothing to repeat: what comes is counted and forgotten.
"""

import base64
import os
from typing import Annotated

from litestar import get, post
from litestar.datastructures import CacheControlHeader
from litestar.params import QueryParameter, RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.problems import problems
from backend_client.models.speed import LARGEST_PADDING, Padding, PaddingTaken

Size = Annotated[int, QueryParameter(ge=1, le=LARGEST_PADDING)]
NOT_KEPT = CacheControlHeader(no_store=True)


@get("/speed", responses=problems(401, 403), cache_control=NOT_KEPT)
async def give_padding(size: Size = 1024) -> Padding:
    """So many characters that cannot be packed much smaller."""
    return padding(size)


@post("/speed", status_code=HTTP_200_OK, responses=problems(401, 403, 413, 422))
async def take_padding(data: RequestBody[Padding]) -> PaddingTaken:
    """Counts what has come; the server's bound of a body is the bound of it."""
    return taken(data)


def padding(size: int) -> Padding:
    """So many characters."""
    return Padding(text=base64.b64encode(os.urandom(size))[:size].decode())


def taken(data: Padding) -> PaddingTaken:
    """How many have come."""
    return PaddingTaken(characters=len(data.text))


SPEED = [give_padding, take_padding]
