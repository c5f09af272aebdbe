"""The centre's forms of conclusions, known without the server, too."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from backend_client.models.catalogue import Catalogue, ConclusionTemplate, SigningPolicy
from workstation.core.subscription import Event
from workstation.services.at_connection import at_each_connection
from workstation.services.link import LinkState


class CatalogueBackend(Protocol):
    """What is asked of the server."""

    async def read(self) -> Catalogue:
        """The centre's catalogue as valid today; raises BackendError."""


class KeptTemplates(Protocol):
    """Where they are kept for the next time; raises nothing."""

    async def keep_templates(self, templates: list[ConclusionTemplate], as_of: datetime) -> None:
        """Keeps them."""

    async def templates(self) -> list[ConclusionTemplate] | None:
        """Those that were kept."""


class TemplateService:
    """All versions of all templates of the centre, as they were heard of last."""

    def __init__(
        self,
        backend: CatalogueBackend,
        kept: KeptTemplates,
        link: LinkState,
        now: Callable[[], datetime],
    ) -> None:
        """`now`: by the server's clock, aware."""
        self._backend, self._kept, self._link, self._now = backend, kept, link, now
        self._templates: list[ConclusionTemplate] = []
        self.changed: Event[None] = Event()
        """The catalogue was read anew."""
        self.signing: SigningPolicy | None = None
        """What the centre asks of signatures; None: nothing, or it was not heard in this run."""

    @property
    def known(self) -> list[ConclusionTemplate]:
        """As they are known now; none before the first answer."""
        return self._templates

    async def run(self) -> None:
        """Keeps them known until cancelled."""
        self._templates = await self._kept.templates() or self._templates
        await at_each_connection(self._link, "templates", self._read)

    async def _read(self) -> None:
        catalogue = await self._backend.read()
        self._templates, self.signing = catalogue.templates, catalogue.signing
        self.changed.emit(None)
        await self._kept.keep_templates(self._templates, self._now())
