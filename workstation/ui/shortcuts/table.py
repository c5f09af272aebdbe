"""The one table of keys: every action, its key, its name. Tooltips, `?`, palette and guide read it.

An action's room is what stands before its dot.
"""

from dataclasses import dataclass


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for the collector of strings, which knows the function by this name."""
    return text


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An action, its key and its name in English ("{}" is the number at the action's end).

    With `while_typing` it acts in a text field too; with `repeats` again and again while the key is
    held down; with `over_all` under the palette as well.
    """

    action: str
    key: str
    name: str
    while_typing: bool = False
    repeats: bool = False
    over_all: bool = False

    @property
    def room(self) -> str:
        """The part of the program that it belongs to: a name of `ROOMS`."""
        return self.action.partition(".")[0]


def _numbered(action: str, numbers: range, name: str) -> tuple[Shortcut, ...]:
    return tuple(Shortcut(f"{action}_{n}", str(n), name) for n in numbers)


ROOMS = {
    "app": QT_TRANSLATE_NOOP("KeyRooms", "Everywhere"),
    "sign_in": QT_TRANSLATE_NOOP("KeyRooms", "Sign-in"),
    "queue": QT_TRANSLATE_NOOP("KeyRooms", "Queue"),
    "filter": QT_TRANSLATE_NOOP("KeyRooms", "Filter of the queue"),
    "columns": QT_TRANSLATE_NOOP("KeyRooms", "Columns of the queue"),
    "card": QT_TRANSLATE_NOOP("KeyRooms", "Request card"),
    "triage": QT_TRANSLATE_NOOP("KeyRooms", "Decision on a request"),
    "answer": QT_TRANSLATE_NOOP("KeyRooms", "Panel of a decision"),
    "case": QT_TRANSLATE_NOOP("KeyRooms", "Case"),
    "review": QT_TRANSLATE_NOOP("KeyRooms", "Files"),
    "view": QT_TRANSLATE_NOOP("KeyRooms", "Picture"),
    "clip": QT_TRANSLATE_NOOP("KeyRooms", "Clip"),
    "ecg": QT_TRANSLATE_NOOP("KeyRooms", "ECG"),
    "slot": QT_TRANSLATE_NOOP("KeyRooms", "Time of the consultation"),
    "week": QT_TRANSLATE_NOOP("KeyRooms", "Week"),
    "call": QT_TRANSLATE_NOOP("KeyRooms", "Call"),
    "chat": QT_TRANSLATE_NOOP("KeyRooms", "Chat"),
    "conclusion": QT_TRANSLATE_NOOP("KeyRooms", "Conclusion"),
    "approvals": QT_TRANSLATE_NOOP("KeyRooms", "Approval"),
    "notices": QT_TRANSLATE_NOOP("KeyRooms", "Notices"),
    "palette": QT_TRANSLATE_NOOP("KeyRooms", "Palette"),
    "keys": QT_TRANSLATE_NOOP("KeyRooms", "Page of keys"),
}
"""The rooms in the order of the guide, with their names."""

_APP = (
    Shortcut("app.palette", "Ctrl+K", QT_TRANSLATE_NOOP("Actions", "Find an action"), True),
    Shortcut("app.keys", "Shift+/", QT_TRANSLATE_NOOP("Actions", "Keys that act now")),
    Shortcut(
        "app.newest_notice",
        "Ctrl+J",
        QT_TRANSLATE_NOOP("Actions", "Open the case of the newest notice"),
        True,
    ),
    Shortcut("app.connect", "F5", QT_TRANSLATE_NOOP("Actions", "Try the server now"), True),
    Shortcut("app.next_theme", "Ctrl+Shift+L", QT_TRANSLATE_NOOP("Actions", "Light or dark"), True),
)
_QUEUE = (
    Shortcut("queue.open", "Enter", QT_TRANSLATE_NOOP("Actions", "Take the request and open it")),
    Shortcut("queue.next", "J", QT_TRANSLATE_NOOP("Actions", "Next request"), repeats=True),
    Shortcut("queue.previous", "K", QT_TRANSLATE_NOOP("Actions", "Previous request"), repeats=True),
    Shortcut("queue.search", "/", QT_TRANSLATE_NOOP("Actions", "Search the queue")),
    Shortcut(
        "queue.leave_search",
        "Esc",
        QT_TRANSLATE_NOOP("Actions", "Clear the search, leave it"),
        True,
    ),
    Shortcut("queue.filters", "F", QT_TRANSLATE_NOOP("Actions", "My filters")),
    Shortcut(
        "queue.save_filter",
        "Shift+F",
        QT_TRANSLATE_NOOP("Actions", "Save what is shown as a filter, or change the filter"),
    ),
    Shortcut("queue.take_next", "N", QT_TRANSLATE_NOOP("Actions", "Take the next request")),
    *(
        Shortcut(
            f"queue.sort_{n}", f"Alt+{n}", QT_TRANSLATE_NOOP("Actions", "Order by column {}"), True
        )
        for n in range(1, 7)
    ),
    Shortcut("queue.columns", "Alt+0", QT_TRANSLATE_NOOP("Actions", "Choose columns")),
    Shortcut("card.identity", "Y", QT_TRANSLATE_NOOP("Actions", "Confirm who the patient is")),
    Shortcut("card.data", "U", QT_TRANSLATE_NOOP("Actions", "Decide on changed personal data")),
    *_numbered("card.item", range(1, 10), QT_TRANSLATE_NOOP("Actions", "Open checklist item {}")),
    Shortcut(
        "card.down", "Ctrl+Down", QT_TRANSLATE_NOOP("Actions", "Card further down"), True, True
    ),
    Shortcut("card.up", "Ctrl+Up", QT_TRANSLATE_NOOP("Actions", "Card further up"), True, True),
)
_TRIAGE = (
    Shortcut("triage.take", "Space", QT_TRANSLATE_NOOP("Actions", "Accept: take without opening")),
    Shortcut("triage.ask", "A", QT_TRANSLATE_NOOP("Actions", "Ask for documents")),
    Shortcut("triage.decline", "D", QT_TRANSLATE_NOOP("Actions", "Decline")),
    Shortcut("triage.out_of_profile", "O", QT_TRANSLATE_NOOP("Actions", "Out of profile")),
    Shortcut("triage.convert", "V", QT_TRANSLATE_NOOP("Actions", "Make it a centre application")),
    Shortcut("triage.item", "X", QT_TRANSLATE_NOOP("Actions", "Item does not apply, or does")),
    Shortcut("triage.in_person", "H", QT_TRANSLATE_NOOP("Actions", "Invite in person")),
    Shortcut("triage.inpatient", "I", QT_TRANSLATE_NOOP("Actions", "Recommend inpatient care")),
    Shortcut(
        "triage.close_request", "W", QT_TRANSLATE_NOOP("Actions", "Close without a conclusion")
    ),
    Shortcut(
        "triage.snooze", "S", QT_TRANSLATE_NOOP("Actions", "Lay the request aside, or take it up")
    ),
    Shortcut("triage.release", "R", QT_TRANSLATE_NOOP("Actions", "Give the request back")),
    Shortcut("triage.threat", "F9", QT_TRANSLATE_NOOP("Actions", "Threat to life"), True),
    Shortcut("triage.more", "M", QT_TRANSLATE_NOOP("Actions", "All decisions")),
    Shortcut("triage.undo", "Z", QT_TRANSLATE_NOOP("Actions", "Undo the last decision")),
    Shortcut(
        "triage.undo_typing",
        "Alt+Z",
        QT_TRANSLATE_NOOP("Actions", "Undo the last decision from a text field"),
        True,
    ),
    Shortcut("triage.again", "E", QT_TRANSLATE_NOOP("Actions", "Order again what was refused")),
    Shortcut("triage.drop", "Q", QT_TRANSLATE_NOOP("Actions", "Drop what was refused")),
)
_ANSWER = (
    *_numbered("answer.option", range(1, 10), QT_TRANSLATE_NOOP("Actions", "Line {} of the panel")),
    Shortcut("answer.tick", "Space", QT_TRANSLATE_NOOP("Actions", "Tick the line or choose it")),
    Shortcut("answer.send", "Enter", QT_TRANSLATE_NOOP("Actions", "Carry out what is shown")),
    Shortcut(
        "answer.send_text",
        "Ctrl+Enter",
        QT_TRANSLATE_NOOP("Actions", "The same while typing"),
        True,
    ),
    Shortcut("answer.cancel", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the panel"), True),
)
_FILTER = (
    Shortcut("filter.save", "Ctrl+Enter", QT_TRANSLATE_NOOP("Actions", "Save the filter"), True),
    Shortcut("filter.cancel", "Esc", QT_TRANSLATE_NOOP("Actions", "Close without saving"), True),
)
_COLUMNS = (
    Shortcut(
        "columns.left",
        "Ctrl+Left",
        QT_TRANSLATE_NOOP("Actions", "Column to the left"),
        repeats=True,
    ),
    Shortcut(
        "columns.right",
        "Ctrl+Right",
        QT_TRANSLATE_NOOP("Actions", "Column to the right"),
        repeats=True,
    ),
    Shortcut("columns.wider", "+", QT_TRANSLATE_NOOP("Actions", "Column wider"), repeats=True),
    Shortcut(
        "columns.narrower", "-", QT_TRANSLATE_NOOP("Actions", "Column narrower"), repeats=True
    ),
    Shortcut("columns.close", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the choice of columns")),
)
_SIGN_IN = _numbered("sign_in.account", range(1, 5), QT_TRANSLATE_NOOP("Actions", "Account {}"))
_CASE = (
    Shortcut("case.time", "T", QT_TRANSLATE_NOOP("Actions", "Propose a time")),
    Shortcut("case.call", "C", QT_TRANSLATE_NOOP("Actions", "Go to the call and the chat")),
    Shortcut("case.conclusion", "F6", QT_TRANSLATE_NOOP("Actions", "Go to the conclusion"), True),
    Shortcut(
        "case.decide",
        "F10",
        QT_TRANSLATE_NOOP("Actions", "All decisions on the open case"),
        True,
    ),
)
_REVIEW = (
    Shortcut(
        "review.next_file",
        "PageDown",
        QT_TRANSLATE_NOOP("Actions", "Next file or page"),
        repeats=True,
    ),
    Shortcut(
        "review.previous_file",
        "PageUp",
        QT_TRANSLATE_NOOP("Actions", "Previous file or page"),
        repeats=True,
    ),
    Shortcut("review.one_pane", "F", QT_TRANSLATE_NOOP("Actions", "One pane or all")),
    *_numbered("review.item", range(1, 10), QT_TRANSLATE_NOOP("Actions", "Files of item {}")),
    Shortcut("review.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back from the files"), True),
)
_VIEWERS = (
    Shortcut("view.zoom_in", "+", QT_TRANSLATE_NOOP("Actions", "Larger"), repeats=True),
    Shortcut("view.zoom_out", "-", QT_TRANSLATE_NOOP("Actions", "Smaller"), repeats=True),
    Shortcut("view.fit", "0", QT_TRANSLATE_NOOP("Actions", "Fit the pane")),
    Shortcut("view.rotate", "R", QT_TRANSLATE_NOOP("Actions", "Turn the picture")),
    Shortcut("clip.play", "Space", QT_TRANSLATE_NOOP("Actions", "Play or pause")),
    Shortcut("clip.next_frame", "Right", QT_TRANSLATE_NOOP("Actions", "Next frame"), repeats=True),
    Shortcut(
        "clip.previous_frame", "Left", QT_TRANSLATE_NOOP("Actions", "Previous frame"), repeats=True
    ),
    *_numbered("ecg.layout", range(1, 6), QT_TRANSLATE_NOOP("Actions", "Layout of leads {}")),
    Shortcut("ecg.speed", "S", QT_TRANSLATE_NOOP("Actions", "Paper speed")),
    Shortcut("ecg.gain", "G", QT_TRANSLATE_NOOP("Actions", "Gain")),
    Shortcut("ecg.true_size", "M", QT_TRANSLATE_NOOP("Actions", "True size")),
)
_TIME = (
    Shortcut("slot.propose", "Enter", QT_TRANSLATE_NOOP("Actions", "Propose the chosen time")),
    *_numbered("slot.time", range(1, 4), QT_TRANSLATE_NOOP("Actions", "Suggested time {}")),
    Shortcut("slot.day_before", "Left", QT_TRANSLATE_NOOP("Actions", "A day back"), repeats=True),
    Shortcut("slot.day_after", "Right", QT_TRANSLATE_NOOP("Actions", "A day on"), repeats=True),
    Shortcut("slot.earlier", "Up", QT_TRANSLATE_NOOP("Actions", "Earlier that day"), repeats=True),
    Shortcut("slot.later", "Down", QT_TRANSLATE_NOOP("Actions", "Later that day"), repeats=True),
    Shortcut("slot.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back without a time")),
    Shortcut("week.back", "PageUp", QT_TRANSLATE_NOOP("Actions", "Earlier week"), repeats=True),
    Shortcut("week.on", "PageDown", QT_TRANSLATE_NOOP("Actions", "Later week"), repeats=True),
)
_CALL = (
    Shortcut("call.place", "Enter", QT_TRANSLATE_NOOP("Actions", "Call the patient")),
    Shortcut("call.link", "L", QT_TRANSLATE_NOOP("Actions", "Copy the patient's link")),
    Shortcut("call.write", "M", QT_TRANSLATE_NOOP("Actions", "Write to the patient")),
    Shortcut(
        "call.microphone",
        "F2",
        QT_TRANSLATE_NOOP("Actions", "Microphone on or off"),
        while_typing=True,
        over_all=True,
    ),
    Shortcut(
        "call.camera",
        "F3",
        QT_TRANSLATE_NOOP("Actions", "Camera on or off"),
        while_typing=True,
        over_all=True,
    ),
    Shortcut("call.fold", "F11", QT_TRANSLATE_NOOP("Actions", "Fold the call or unfold it"), True),
    Shortcut("call.hang_up", "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "End the call"), True),
    Shortcut("call.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back from the call"), True),
    Shortcut("chat.leave", "Esc", QT_TRANSLATE_NOOP("Actions", "Leave the message"), True),
)
_CONCLUSION = (
    Shortcut(
        "conclusion.unopened", "F7", QT_TRANSLATE_NOOP("Actions", "Open a file not seen yet"), True
    ),
    Shortcut(
        "conclusion.sign", "Ctrl+Enter", QT_TRANSLATE_NOOP("Actions", "Sign what is shown"), True
    ),
    Shortcut(
        "conclusion.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back from the conclusion"), True
    ),
)
_APPROVALS = (
    Shortcut("approvals.next", "J", QT_TRANSLATE_NOOP("Actions", "Next conclusion"), repeats=True),
    Shortcut(
        "approvals.previous",
        "K",
        QT_TRANSLATE_NOOP("Actions", "Previous conclusion"),
        repeats=True,
    ),
    Shortcut("approvals.approve", "A", QT_TRANSLATE_NOOP("Actions", "Approve")),
    Shortcut("approvals.return", "R", QT_TRANSLATE_NOOP("Actions", "Return to the doctor")),
    Shortcut("approvals.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back to the list"), True),
    Shortcut(
        "approvals.page_on",
        "PageDown",
        QT_TRANSLATE_NOOP("Actions", "Scroll the page on"),
        repeats=True,
    ),
    Shortcut(
        "approvals.page_back",
        "PageUp",
        QT_TRANSLATE_NOOP("Actions", "Scroll the page back"),
        repeats=True,
    ),
)
_NOTICES = (
    Shortcut("notices.open", "Enter", QT_TRANSLATE_NOOP("Actions", "Open the case of the notice")),
)
_COVERS = (
    Shortcut("palette.run", "Enter", QT_TRANSLATE_NOOP("Actions", "Do it"), True),
    Shortcut("palette.next", "Down", QT_TRANSLATE_NOOP("Actions", "Next line"), True, repeats=True),
    Shortcut(
        "palette.previous", "Up", QT_TRANSLATE_NOOP("Actions", "Previous line"), True, repeats=True
    ),
    Shortcut("palette.close", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the palette"), True),
    Shortcut("keys.close", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the page of keys"), True),
)
SHORTCUTS = (
    *(*_QUEUE, *_FILTER, *_COLUMNS, *_TRIAGE, *_ANSWER, *_SIGN_IN, *_REVIEW, *_CASE),
    *(*_CALL, *_CONCLUSION, *_APPROVALS, *_NOTICES, *_TIME, *_VIEWERS, *_APP, *_COVERS),
)
"""Of two that are equally near to the focus, the earlier one acts."""
SHORTCUT_OF = {shortcut.action: shortcut for shortcut in SHORTCUTS}
KEY_OF = {shortcut.action: shortcut.key for shortcut in SHORTCUTS}
