"""The words for how far a document has come on its way to the patient."""

from PySide6.QtCore import QObject

from backend_client.models.delivery import (
    ChannelDelivery,
    DeliveryChannel,
    DeliveryState,
    MailFault,
)
from workstation.ui.wording import Wording

_GLYPHS = {
    DeliveryState.WAITING: "clock",
    DeliveryState.SENT: "clock",
    DeliveryState.TAKEN: "check",
    DeliveryState.OPENED: "checks",
    DeliveryState.FAILED: "x",
}
NO_MAIL = "minus"
"""There is nothing to wait for: no address, no mail server."""


class DeliveryWords(QObject):
    """Name, glyph and state of one way."""

    def __init__(self, time: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._time = time

    def line(self, one: ChannelDelivery) -> tuple[str, str | None, str]:
        """As `NamedLines` shows it."""
        state = self._email(one) if one.channel is DeliveryChannel.EMAIL else self._own(one)
        return self.channel(one.channel), _GLYPHS.get(one.state, NO_MAIL), state

    def channel(self, channel: DeliveryChannel) -> str:
        """Its name."""
        names = {
            DeliveryChannel.PAGE: self.tr("Patient's page"),
            DeliveryChannel.CHAT: self.tr("Chat"),
            DeliveryChannel.EMAIL: self.tr("E-mail"),
        }
        return names.get(channel) or self.tr("unknown")

    def fault(self, fault: MailFault | None) -> str:
        """Why an e-mail did not go."""
        faults = {
            MailFault.ADDRESS_REFUSED: self.tr("there is no such address, or it takes no mail"),
            MailFault.MESSAGE_REFUSED: self.tr("the mail server did not take the letter"),
            MailFault.TOO_LARGE: self.tr("the file is too large for the mail server"),
            MailFault.SENDER_REFUSED: self.tr("the mail server refused the centre as a sender"),
            MailFault.UNREACHABLE: self.tr("the mail server does not answer"),
            MailFault.NOT_SECURE: self.tr("no secure connection to the mail server"),
            MailFault.TRY_LATER: self.tr("the mail server asks to try later"),
            MailFault.WAITED_TOO_LONG: self.tr("the letter has waited too long"),
            MailFault.REPLACED: self.tr("a newer edition was delivered"),
            MailFault.CONSENT_WITHDRAWN: self.tr("the patient has withdrawn the consent"),
            MailFault.FILE_CHANGED: self.tr("the kept file is not the signed one"),
            MailFault.LINK_OVER: self.tr("the link was not opened in time"),
        }
        return faults.get(fault or MailFault.UNKNOWN) or self.tr("the reason is not known")

    def _own(self, one: ChannelDelivery) -> str:
        """Of the page and the chat."""
        is_page = one.channel is DeliveryChannel.PAGE
        at = f" {self._time.short_moment(one.at)}" if one.at is not None else ""
        match one.state:
            case DeliveryState.SENT:
                return (self.tr("can be downloaded since") if is_page else self.tr("sent")) + at
            case DeliveryState.OPENED:
                return (self.tr("downloaded") if is_page else self.tr("read")) + at
            case DeliveryState.WAITING:
                return self.tr("not delivered yet")
        return self.tr("unknown")

    def _email(self, one: ChannelDelivery) -> str:
        at = f" {self._time.short_moment(one.at)}" if one.at is not None else ""
        to = f", {one.address}" if one.address else ""
        match one.state:
            case DeliveryState.WAITING:
                return self._waiting(one) + to
            case DeliveryState.SENT:
                return self.tr("is being sent") + to
            case DeliveryState.TAKEN if one.by_link:
                return self.tr("link sent{}, not opened yet").format(at) + to
            case DeliveryState.TAKEN:
                return self.tr("file sent, the mail server took it{}").format(at) + to
            case DeliveryState.OPENED:
                return self.tr("opened by the link{}").format(at) + to
            case DeliveryState.FAILED:
                return self.tr("not sent: {}").format(self.fault(one.fault)) + to
        return self._without_mail(one.state)

    def _waiting(self, one: ChannelDelivery) -> str:
        if one.fault is None or one.next_at is None:
            return self.tr("waits to be sent")
        again = self._time.short_moment(one.next_at)
        return self.tr("{}; next try {}").format(self.fault(one.fault), again)

    def _without_mail(self, state: DeliveryState) -> str:
        match state:
            case DeliveryState.NOT_CONFIRMED:
                return self.tr("the patient has not confirmed the address")
            case DeliveryState.NO_ADDRESS:
                return self.tr("the patient has given no address")
            case DeliveryState.NOT_SET_UP:
                return self.tr("is not set up at this centre")
        return self.tr("unknown")
