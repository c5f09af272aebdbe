"""/verify/<code>: anybody may ask whether a file is the one that was signed; no file is sent."""

from typing import Annotated

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import PathParameter, QueryParameter

from backend.auth import ANY_CLIENT, OPEN
from backend.conclusions.proving import Proof
from backend.problems import problems
from backend.routes.given import GivenParts
from backend.routes.patient_page import page_file

OPT = {OPEN: True, ANY_CLIENT: True}
Code = Annotated[str, PathParameter(pattern="^[0-9a-z-]+$", max_length=40)]
Digest = Annotated[str, QueryParameter(pattern="^([0-9a-f]{64})?$", max_length=64)]


@get("/{code:str}", opt=OPT, include_in_schema=False, responses=problems(404))
async def verify_page(request: Request[None, None, State], code: Code) -> Response[bytes]:
    """The page itself, the same for every code."""
    return page_file(request, "verify.html")


@get("/{code:str}/proof", opt=OPT, include_in_schema=False, responses=problems(404))
async def verify_proof(parts: GivenParts, code: Code, sha256: Digest = "") -> Proof:
    """What stands behind the code; `sha256` is of the file in the asker's hands."""
    return await parts.proofs.of(code, sha256)
