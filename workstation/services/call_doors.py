"""What calls need of others: of the server, and of the process with sound and picture."""

from datetime import datetime
from typing import Protocol

from backend_client.models.calls import Call, CallId, Signal, SignalKind
from backend_client.models.common import RequestId
from backend_client.models.relays import IceServers
from workstation.core.call_media import (
    CallFrame,
    CallSettings,
    CallState,
    CallStats,
    DeviceNames,
    DeviceNote,
    MediaState,
    Receiving,
    SessionDescription,
)
from workstation.core.subscription import Event
from workstation.media.errors import MediaStopped


class CallsBackend(Protocol):
    """The server; every call raises BackendError."""

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """All of the request's calls, newest first."""

    async def place(self, request_id: RequestId, *, key: str | None = None) -> Call:
        """Rings at the patient's page."""

    async def hang_up(self, request_id: RequestId, call_id: CallId) -> Call:
        """Ends the call; one that is over stays as it ended."""

    async def extend(self, request_id: RequestId, call_id: CallId, ends_at: datetime) -> Call:
        """More time for the consultation that was to end then."""

    async def reconnect(self, request_id: RequestId, call_id: CallId) -> Call:
        """Counts the call's connection up; signals of the one before are void."""

    async def ice_servers(self) -> IceServers:
        """TURN servers with credentials for a time."""

    async def send_signal(
        self,
        request_id: RequestId,
        call_id: CallId,
        kind: SignalKind,
        connection: int,
        payload: str,
    ) -> Signal:
        """A word to the patient's page."""

    async def signals(self, request_id: RequestId, call_id: CallId, after: int = 0) -> list[Signal]:
        """All that the page has sent behind that number."""


class MediaLink(Protocol):
    """One connection of sound and picture; `workstation.media.call_handle.CallHandle` is one.

    All of its methods but `hang_up` raise MediaStopped and NotPossibleNow.
    """

    @property
    def state_changed(self) -> Event[CallState]:
        """Where the connection is."""

    @property
    def remote_frame(self) -> Event[CallFrame]:
        """Pictures of the other side."""

    @property
    def local_frame(self) -> Event[CallFrame]:
        """Our own."""

    @property
    def remote_media_changed(self) -> Event[MediaState]:
        """What the other side sends, as it says over the connection itself."""

    @property
    def receiving_changed(self) -> Event[Receiving]:
        """Media stays away, or comes again."""

    @property
    def stats(self) -> Event[CallStats]:
        """Figures, once a second."""

    @property
    def devices_missing(self) -> Event[DeviceNote]:
        """A device of ours is of no use, or is there again."""

    @property
    def stopped(self) -> Event[MediaStopped]:
        """The process ended, and this connection with it."""

    async def open(self) -> None:
        """Opens camera and microphone."""

    async def offer(self) -> SessionDescription:
        """Our side, complete with candidates."""

    async def accept(self, answer: SessionDescription) -> None:
        """The other side's answer; raises BadDescription, too."""

    async def set_muted(self, *, audio: bool, video: bool) -> None:
        """What is not to be sent; True is muted."""

    async def use_devices(self, devices: DeviceNames) -> None:
        """Other ones from now on; what is muted stays so."""

    async def hang_up(self) -> None:
        """Ends it and frees the devices; may be repeated."""


class Telephone(Protocol):
    """Makes connections; `workstation.media.engine.MediaEngine` is one."""

    def call(self, settings: CallSettings) -> MediaLink:
        """A new one. Nothing is opened yet."""
