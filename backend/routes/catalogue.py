"""The catalogue of the asking account's centre."""

from litestar import get

from backend.auth import FIGURES
from backend.problems import not_found, problems
from backend.routes.given import GivenAccount, GivenParts
from backend.rules.catalogues import NoCatalogue
from backend_client.models.catalogue import Catalogue


@get("/catalogue", opt={FIGURES: True}, responses=problems(401, 403, 404))
async def catalogue(account: GivenAccount, parts: GivenParts) -> Catalogue:
    """Diseases, documents and clocks as they are valid today."""
    try:
        return parts.catalogues.catalogue_at(account.centre_id, parts.now())
    except NoCatalogue as error:
        raise not_found() from error
