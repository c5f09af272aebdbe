"""The one place that turns an error into what happened, what to do, and whether a retry helps.

Errors are recognised by the name of their type, so that nothing of theirs is imported here: the
module costs the start nothing, and the window stays a stranger to the rooms that raise them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class UserMessage:
    """What the doctor reads. `action` is the label of what helps, "" where nothing to press."""

    title: str
    detail: str = ""
    action: str = ""
    can_retry: bool = False

    @property
    def whole(self) -> str:
        """Title and detail, where there is room for one text alone."""
        return ". ".join(part for part in (self.title, self.detail) if part)


@dataclass(frozen=True, slots=True)
class _Words:
    """A message before it is translated; with `retry`, doing the same again may help."""

    title: str
    detail: str
    retry: bool = False


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for the collector of strings, which knows the function by this name."""
    return text


def user_message(error: BaseException) -> UserMessage:
    """The message for the nearest known type of the error; never the error's own text."""
    for kind in type(error).__mro__:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in _WITH_FIGURES:
            return _WITH_FIGURES[name](error)
        if name in _WORDS:
            return _message(_WORDS[name])
    return _message(_UNEXPECTED)


def _message(words: _Words, title_with: str = "", detail_with: str = "") -> UserMessage:
    return UserMessage(
        _translated(words.title).format(title_with),
        _translated(words.detail).format(detail_with),
        _translated(_RETRY) if words.retry else "",
        words.retry,
    )


def _translated(text: str) -> str:
    return QCoreApplication.translate("Errors", text)


def _conflict(error: BaseException) -> UserMessage:
    owner = getattr(error, "owner_name", None)
    if owner:
        return _message(_TAKEN, title_with=owner)
    code = getattr(getattr(error, "code", None), "value", "")
    if code == "not_identified":
        return _message(_NOT_IDENTIFIED)
    return _message(_NOT_POSSIBLE if code == "move_not_allowed" else _CHANGED)


def _client_too_old(error: BaseException) -> UserMessage:
    oldest = getattr(error, "oldest", "")
    return _message(_NEEDS_VERSION, detail_with=oldest) if oldest else _message(_NEEDS_NEWEST)


def _server_too_old(error: BaseException) -> UserMessage:
    return _message(_SERVER_TOO_OLD, detail_with=getattr(error, "version", "?"))


def _unreadable_file(error: BaseException) -> UserMessage:
    reason = getattr(getattr(error, "reason", None), "value", "")
    title = _translated(_UNREADABLE.get(reason, _UNREADABLE_OTHERWISE))
    title = title.format(getattr(error, "detail", "") or "?")
    frames = getattr(error, "frames_readable", None)
    advice = _translated(_ADVICE.get(reason, _ASK_AGAIN))
    detail = _translated(_FRAMES_READABLE).format(frames) if frames else advice
    return UserMessage(title, detail)


def _store_unreadable(error: BaseException) -> UserMessage:
    newer = getattr(getattr(error, "reason", None), "value", "") == "newer"
    return _message(_STORE_NEWER if newer else _STORE_DAMAGED)


_RETRY = QT_TRANSLATE_NOOP("Errors", "Retry")
_UNEXPECTED = _Words(
    QT_TRANSLATE_NOOP("Errors", "Something in the program went wrong"),
    QT_TRANSLATE_NOOP("Errors", "Your work is kept. The log has the details."),
    retry=True,
)
_TAKEN = _Words(
    QT_TRANSLATE_NOOP("Errors", "The request has just been taken: {}"),
    QT_TRANSLATE_NOOP("Errors", "Choose another one."),
)
_CHANGED = _Words(
    QT_TRANSLATE_NOOP("Errors", "Someone else has changed this first"),
    QT_TRANSLATE_NOOP("Errors", "Look at the new state and decide again."),
)
_NOT_POSSIBLE = _Words(
    QT_TRANSLATE_NOOP("Errors", "Not possible now"),
    QT_TRANSLATE_NOOP("Errors", "The request is in another state by now. Look at it."),
)
_NOT_IDENTIFIED = _Words(
    QT_TRANSLATE_NOOP("Errors", "The patient is not identified"),
    QT_TRANSLATE_NOOP("Errors", "Confirm the identity on the request's card, then sign."),
)
_NEEDS_VERSION = _Words(
    QT_TRANSLATE_NOOP("Errors", "The program is too old for this server"),
    QT_TRANSLATE_NOOP("Errors", "Version {} or newer is needed: install it."),
)
_NEEDS_NEWEST = _Words(
    QT_TRANSLATE_NOOP("Errors", "The program is too old for this server"),
    QT_TRANSLATE_NOOP("Errors", "Install the newest version."),
)
_SERVER_TOO_OLD = _Words(
    QT_TRANSLATE_NOOP("Errors", "The server is too old for this program"),
    QT_TRANSLATE_NOOP("Errors", "Server version: {}. The centre must update it."),
    retry=True,
)
_STORE_NEWER = _Words(
    QT_TRANSLATE_NOOP("Errors", "The local data cannot be read"),
    QT_TRANSLATE_NOOP("Errors", "A newer version of the program has written them: use that one."),
)
_STORE_DAMAGED = _Words(
    QT_TRANSLATE_NOOP("Errors", "The local data cannot be read"),
    QT_TRANSLATE_NOOP("Errors", "The key is another one, or the data are damaged."),
)
_FRAMES_READABLE = QT_TRANSLATE_NOOP("Errors", "Frames 1 to {} can be shown, the rest cannot.")
_ASK_AGAIN = QT_TRANSLATE_NOOP("Errors", "Ask for the file again; the others can be read.")
_ADVICE = {
    "save_as_document": QT_TRANSLATE_NOOP("Errors", "Ask for it as PDF or DOCX."),
    "save_as_jpeg": QT_TRANSLATE_NOOP("Errors", "Ask for the photo saved as JPEG."),
    "web_page": QT_TRANSLATE_NOOP("Errors", "Ask for the document as PDF or as photos."),
    "presentation_state": QT_TRANSLATE_NOOP(
        "Errors",
        "It keeps window, zoom and marks for other pictures of the study. Open those: it is not "
        "applied to them.",
    ),
    "series_too_large": QT_TRANSLATE_NOOP("Errors", "Ask for a part of it, or thicker slices."),
}
"""What to ask for, where the same file again would not help."""
_UNREADABLE_OTHERWISE = QT_TRANSLATE_NOOP("Errors", "The file cannot be shown")
_UNREADABLE = {
    "empty": QT_TRANSLATE_NOOP("Errors", "The file is empty"),
    "not_recognised": QT_TRANSLATE_NOOP("Errors", "The file's format is not known here"),
    "truncated": QT_TRANSLATE_NOOP("Errors", "The file is cut off before its end"),
    "damaged": QT_TRANSLATE_NOOP("Errors", "The file is damaged"),
    "too_large": QT_TRANSLATE_NOOP("Errors", "The file is too large"),
    "series_too_large": QT_TRANSLATE_NOOP("Errors", "The series is larger than 1 GB"),
    "no_picture": QT_TRANSLATE_NOOP("Errors", "The file holds no picture"),
    "presentation_state": QT_TRANSLATE_NOOP(
        "Errors", "A presentation state (DICOM PR): settings without a picture"
    ),
    "no_time_scale": QT_TRANSLATE_NOOP("Errors", "The ECG does not say its sampling rate"),
    "unsupported_syntax": QT_TRANSLATE_NOOP("Errors", "The file is packed in an unknown way: {}"),
    "save_as_jpeg": QT_TRANSLATE_NOOP("Errors", "{} photos are not opened here"),
    "web_page": QT_TRANSLATE_NOOP("Errors", "A web page ({}) is not opened here"),
    "save_as_document": QT_TRANSLATE_NOOP("Errors", "{} files are not opened here"),
    "locked": QT_TRANSLATE_NOOP("Errors", "The file asks for a password"),
    "out_of_memory": QT_TRANSLATE_NOOP("Errors", "Too little memory for this file"),
    "stops_decoder": QT_TRANSLATE_NOOP("Errors", "The file stops the program that opens files"),
}
_WORDS = {
    "backend_client.errors.Unreachable": _Words(
        QT_TRANSLATE_NOOP("Errors", "The server does not answer"),
        QT_TRANSLATE_NOOP("Errors", "Check the network."),
        retry=True,
    ),
    "backend_client.errors.TimedOut": _Words(
        QT_TRANSLATE_NOOP("Errors", "The server did not answer in time"),
        QT_TRANSLATE_NOOP("Errors", "The link may be slow. Try again."),
        retry=True,
    ),
    "backend_client.errors.NotSignedIn": _Words(
        QT_TRANSLATE_NOOP("Errors", "The session has ended"),
        QT_TRANSLATE_NOOP("Errors", "Sign in again."),
    ),
    "backend_client.errors.WrongPassword": _Words(
        QT_TRANSLATE_NOOP("Errors", "Login or password do not fit"),
        QT_TRANSLATE_NOOP("Errors", "Check the keyboard layout and Caps Lock, then type it again."),
    ),
    "backend_client.errors.TooManyAttempts": _Words(
        QT_TRANSLATE_NOOP("Errors", "Too many attempts"),
        QT_TRANSLATE_NOOP("Errors", "Wait a little, then try again."),
    ),
    "backend_client.errors.Forbidden": _Words(
        QT_TRANSLATE_NOOP("Errors", "Your account may not do this"),
        QT_TRANSLATE_NOOP("Errors", "The administrator of the centre gives the rights."),
    ),
    "backend_client.errors.NotFound": _Words(
        QT_TRANSLATE_NOOP("Errors", "This is not there any more"),
        QT_TRANSLATE_NOOP("Errors", "It was removed, or it is not visible to you."),
    ),
    "backend_client.errors.Rejected": _Words(
        QT_TRANSLATE_NOOP("Errors", "The server has refused this"),
        QT_TRANSLATE_NOOP("Errors", "The state may have changed. Look at it again."),
    ),
    "backend_client.errors.ServerFault": _Words(
        QT_TRANSLATE_NOOP("Errors", "The server failed"),
        QT_TRANSLATE_NOOP("Errors", "Nothing is lost. Try again in a minute."),
        retry=True,
    ),
    "backend_client.errors.BrokenAnswer": _Words(
        QT_TRANSLATE_NOOP("Errors", "The answer is not one of this server's"),
        QT_TRANSLATE_NOOP("Errors", "Check the server's address."),
        retry=True,
    ),
    "backend_client.errors.Corrupted": _Words(
        QT_TRANSLATE_NOOP("Errors", "The file arrived damaged"),
        QT_TRANSLATE_NOOP("Errors", "Its checksum does not fit. Fetch it again."),
        retry=True,
    ),
    "backend_client.errors.UnfitFile": _Words(
        QT_TRANSLATE_NOOP("Errors", "This file cannot be sent"),
        QT_TRANSLATE_NOOP("Errors", "It is empty, larger than 4 GB, or not the one begun with."),
    ),
    "workstation.studies.errors.DecoderStopped": _Words(
        QT_TRANSLATE_NOOP("Errors", "Opening the file was stopped"),
        QT_TRANSLATE_NOOP("Errors", "The decoder was started again. Try again."),
        retry=True,
    ),
    "workstation.studies.errors.StudyClosed": _Words(
        QT_TRANSLATE_NOOP("Errors", "The file was closed"),
        QT_TRANSLATE_NOOP("Errors", "Open it again."),
        retry=True,
    ),
    "workstation.core.errors.StoreUnavailable": _Words(
        QT_TRANSLATE_NOOP("Errors", "The local data cannot be used now"),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is not full or write-protected."),
        retry=True,
    ),
    "workstation.core.errors.BlobDamaged": _Words(
        QT_TRANSLATE_NOOP("Errors", "The kept copy of the file is damaged"),
        QT_TRANSLATE_NOOP("Errors", "It was removed. Fetch the file again."),
        retry=True,
    ),
    "workstation.core.errors.NoSecretStore": _Words(
        QT_TRANSLATE_NOOP("Errors", "The system offers no safe place for keys"),
        QT_TRANSLATE_NOOP(
            "Errors", "Start GNOME Keyring or KWallet: patient data are not kept without one."
        ),
    ),
    "workstation.core.errors.SecretsLocked": _Words(
        QT_TRANSLATE_NOOP("Errors", "The system's store of keys is locked"),
        QT_TRANSLATE_NOOP("Errors", "Unlock it with your system password."),
        retry=True,
    ),
}
_WITH_FIGURES: dict[str, Callable[[BaseException], UserMessage]] = {
    "backend_client.errors.Conflict": _conflict,
    "backend_client.errors.ClientTooOld": _client_too_old,
    "backend_client.errors.ServerTooOld": _server_too_old,
    "workstation.studies.errors.UnreadableFile": _unreadable_file,
    "workstation.core.errors.StoreUnreadable": _store_unreadable,
}
