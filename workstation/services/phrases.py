"""The account's phrases for its conclusions: at every desk, readable without the server."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from backend_client.errors import Conflict
from backend_client.models.phrases import Phrase, Phrases
from workstation.core.subscription import Event
from workstation.services.at_connection import at_each_connection
from workstation.services.link import LinkState


class PhraseBackend(Protocol):
    """What is asked of the server; both raise BackendError."""

    async def read(self) -> Phrases:
        """All."""

    async def save(self, phrases: Phrases) -> Phrases:
        """Keeps them whole."""


class KeptPhrases(Protocol):
    """Where they are kept for the next time; raises nothing."""

    async def keep_phrases(self, phrases: Phrases, as_of: datetime) -> None:
        """Keeps them."""

    async def phrases(self) -> Phrases | None:
        """Those that were kept."""


class PhraseService:
    """The server keeps them; changes need the connection, and are refused without it."""

    def __init__(
        self,
        backend: PhraseBackend,
        kept: KeptPhrases,
        link: LinkState,
        now: Callable[[], datetime],
    ) -> None:
        """`now`: by the server's clock, aware."""
        self.changed: Event[Sequence[Phrase]] = Event()
        self._backend, self._kept, self._link, self._now = backend, kept, link, now
        self._phrases = Phrases()

    @property
    def own(self) -> Sequence[Phrase]:
        """As they are known now."""
        return self._phrases.phrases

    async def save(self, phrases: Sequence[Phrase]) -> None:
        """Keeps them whole in the place of those before.

        Raises BackendError: nothing is changed; Conflict (STALE_VERSION) where another desk has
        changed them, and they are read anew.
        """
        wanted = Phrases(revision=self._phrases.revision, phrases=list(phrases))
        try:
            await self._take(await self._backend.save(wanted))
        except Conflict:
            await self._read()
            raise

    async def run(self) -> None:
        """Keeps them known until cancelled."""
        kept = await self._kept.phrases()
        if kept is not None:
            self._phrases = kept
            self.changed.emit(kept.phrases)
        await at_each_connection(self._link, "phrases", self._read)

    async def _read(self) -> None:
        await self._take(await self._backend.read())

    async def _take(self, phrases: Phrases) -> None:
        if phrases != self._phrases:
            self._phrases = phrases
            self.changed.emit(phrases.phrases)
            await self._kept.keep_phrases(phrases, self._now())
