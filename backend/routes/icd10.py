"""The national directory of ICD-10, for the workstations' local copies."""

from typing import Annotated

from litestar import get
from litestar.params import PathParameter

from backend.auth import FIGURES
from backend.icd10.kept import directory, versions
from backend.problems import not_found, problems
from backend.routes.given import GivenAccount, GivenParts
from backend_client.models.icd10 import Icd10Directory, Icd10Versions

Version = Annotated[str, PathParameter(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}$")]


@get("/icd10", opt={FIGURES: True}, responses=problems(401, 403))
async def icd10_versions(account: GivenAccount, parts: GivenParts) -> Icd10Versions:
    """The versions that were imported, the newest first."""
    async with parts.database.read() as connection:
        return Icd10Versions(versions=await versions(connection))


@get("/icd10/{version:str}", opt={FIGURES: True}, responses=problems(401, 403, 404))
async def icd10_directory(
    account: GivenAccount, parts: GivenParts, version: Version
) -> Icd10Directory:
    """One version whole: workstations search in their own copies."""
    async with parts.database.read() as connection:
        found = await directory(connection, version)
    if found is None:
        raise not_found()
    return found
