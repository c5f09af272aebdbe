"""What the call screen and the strip ask of the services."""

from typing import Protocol

from backend_client.models.calls import Call
from backend_client.models.common import RequestId
from backend_client.models.messages import Chat, Message
from backend_client.models.patient import PatientLink
from backend_client.models.requests import RequestRow
from workstation.core.call_media import CallFrame, CallSettings
from workstation.core.call_picture import CallPicture, SeenFrame
from workstation.core.live_call import LiveCall
from workstation.core.subscription import Event
from workstation.services.answers import CardView


class Requests(Protocol):
    """What the screen asks of the service of requests."""

    @property
    def changed(self) -> Event[RequestRow]:
        """Every new state of a row."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request."""


class CallControls(Protocol):
    """What is done with a call that is on; enough for the strip."""

    @property
    def changed(self) -> Event[LiveCall]:
        """Every new state."""

    @property
    def remote_frame(self) -> Event[CallFrame]:
        """The patient's picture."""

    @property
    def live(self) -> LiveCall | None:
        """The call that is on, or the last that ended."""

    async def hang_up(self) -> None:
        """Ends the call, or its ringing."""

    async def extend(self) -> None:
        """More time for the consultation."""

    async def set_microphone(self, on: bool) -> None:
        """Sends sound or silence."""

    async def set_camera(self, on: bool) -> None:
        """Sends the picture or none."""


class StillPictures(Protocol):
    """What is asked of the service of still pictures."""

    @property
    def changed(self) -> Event[CallPicture]:
        """Every new state of a picture."""

    async def take(self, request_id: RequestId, frame: SeenFrame) -> None:
        """Keeps what is seen of that request's patient."""


class Calls(CallControls, Protocol):
    """What the screen asks of the service of calls."""

    @property
    def local_frame(self) -> Event[CallFrame]:
        """Our own picture."""

    @property
    def attempt_changed(self) -> Event[Call]:
        """A call of any request is another now."""

    @property
    def settings(self) -> CallSettings:
        """Of the next connection."""

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """The request's calls, newest first."""

    async def place(self, request_id: RequestId) -> None:
        """Rings at the patient's page."""

    async def rejoin(self, request_id: RequestId) -> bool:
        """Goes on with the call that the server says is on; False: there is none."""


class Links(Protocol):
    """Who gives links to the patient's page."""

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """A fresh one; it is a secret."""


class Chats(Protocol):
    """What is asked of the service of chats."""

    @property
    def posted(self) -> Event[Message]:
        """Any new message of any request, once."""

    @property
    def reload_needed(self) -> Event[None]:
        """Something was missed."""

    def draft(self, request_id: RequestId) -> str:
        """What is being written; "": nothing."""

    def write(self, request_id: RequestId, text: str) -> None:
        """What is being written is this now."""

    async def read(self, request_id: RequestId) -> Chat:
        """The last messages."""

    async def earlier(self, request_id: RequestId, before: int) -> Chat:
        """Those before that number."""

    async def send(self, request_id: RequestId, text: str) -> Message:
        """Writes to the patient; what was being written is without these words then."""

    async def mark_read(self, request_id: RequestId, number: int) -> None:
        """The doctor has seen the messages up to that number."""
