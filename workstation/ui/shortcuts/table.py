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
    "caliper": QT_TRANSLATE_NOOP("KeyRooms", "Calipers of the ECG"),
    "beat": QT_TRANSLATE_NOOP("KeyRooms", "Averaged beat of the ECG"),
    "paper": QT_TRANSLATE_NOOP("KeyRooms", "ECG on paper"),
    "document": QT_TRANSLATE_NOOP("KeyRooms", "Document"),
    "report": QT_TRANSLATE_NOOP("KeyRooms", "Report of the device"),
    "disc": QT_TRANSLATE_NOOP("KeyRooms", "Patient's disc"),
    "stack": QT_TRANSLATE_NOOP("KeyRooms", "CT and MRI"),
    "figure": QT_TRANSLATE_NOOP("KeyRooms", "Measuring on pictures"),
    "slot": QT_TRANSLATE_NOOP("KeyRooms", "Time of the consultation"),
    "week": QT_TRANSLATE_NOOP("KeyRooms", "Week"),
    "call": QT_TRANSLATE_NOOP("KeyRooms", "Call"),
    "chat": QT_TRANSLATE_NOOP("KeyRooms", "Chat"),
    "conclusion": QT_TRANSLATE_NOOP("KeyRooms", "Conclusion"),
    "approvals": QT_TRANSLATE_NOOP("KeyRooms", "Approval"),
    "archive": QT_TRANSLATE_NOOP("KeyRooms", "Archive of a conclusion"),
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
    Shortcut(
        "app.check_pdf",
        "Ctrl+Shift+P",
        QT_TRANSLATE_NOOP("Actions", "Check signatures of a PDF…"),
        True,
    ),
    Shortcut(
        "app.device_test",
        "F8",
        QT_TRANSLATE_NOOP("Actions", "Device test: open it, or repeat it"),
        True,
    ),
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
    Shortcut("review.put", "Ins", QT_TRANSLATE_NOOP("Actions", "Put it into the conclusion")),
    Shortcut(
        "review.put_by_letter",
        "I",
        QT_TRANSLATE_NOOP("Actions", "The same on a keyboard without Ins"),
    ),
    Shortcut(
        "review.take_back",
        "Shift+Z",
        QT_TRANSLATE_NOOP("Actions", "Take the line out of the conclusion"),
    ),
    Shortcut("review.one_pane", "F", QT_TRANSLATE_NOOP("Actions", "One pane or all")),
    Shortcut("review.places", "Shift+F", QT_TRANSLATE_NOOP("Actions", "One, two or four pictures")),
    Shortcut("review.places_1", "Ctrl+1", QT_TRANSLATE_NOOP("Actions", "One picture")),
    Shortcut("review.places_2", "Ctrl+2", QT_TRANSLATE_NOOP("Actions", "Two pictures")),
    Shortcut("review.places_4", "Ctrl+4", QT_TRANSLATE_NOOP("Actions", "Four pictures")),
    Shortcut(
        "review.second_screen",
        "F12",
        QT_TRANSLATE_NOOP("Actions", "Pictures to the second screen, or back"),
        True,
    ),
    *_numbered("review.item", range(1, 10), QT_TRANSLATE_NOOP("Actions", "Files of item {}")),
    Shortcut("review.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back from the files"), True),
)
_VIEWERS = (
    Shortcut("view.zoom_in", "+", QT_TRANSLATE_NOOP("Actions", "Larger"), repeats=True),
    Shortcut("view.zoom_out", "-", QT_TRANSLATE_NOOP("Actions", "Smaller"), repeats=True),
    Shortcut("view.fit", "0", QT_TRANSLATE_NOOP("Actions", "Fit the pane")),
    Shortcut("view.rotate", "R", QT_TRANSLATE_NOOP("Actions", "Turn the picture")),
    Shortcut("clip.play", "Space", QT_TRANSLATE_NOOP("Actions", "Play or pause")),
    Shortcut(
        "clip.next_frame",
        "Right",
        QT_TRANSLATE_NOOP("Actions", "Next frame; on an ECG later"),
        repeats=True,
    ),
    Shortcut(
        "clip.previous_frame",
        "Left",
        QT_TRANSLATE_NOOP("Actions", "Previous frame; on an ECG earlier"),
        repeats=True,
    ),
    Shortcut("clip.slower", "Alt+Left", QT_TRANSLATE_NOOP("Actions", "Slower")),
    Shortcut("clip.faster", "Alt+Right", QT_TRANSLATE_NOOP("Actions", "Faster")),
    Shortcut("clip.own_pace", "Alt+0", QT_TRANSLATE_NOOP("Actions", "At the file's own pace")),
    Shortcut(
        "clip.sweep", "Shift+Space", QT_TRANSLATE_NOOP("Actions", "In a loop, or there and back")
    ),
    Shortcut("clip.mark_first", "Alt+Home", QT_TRANSLATE_NOOP("Actions", "Play from this frame")),
    Shortcut("clip.mark_last", "Alt+End", QT_TRANSLATE_NOOP("Actions", "Play up to this frame")),
    Shortcut("clip.cycle", "H", QT_TRANSLATE_NOOP("Actions", "One heart cycle; again: the next")),
    Shortcut("clip.whole", "Shift+H", QT_TRANSLATE_NOOP("Actions", "The whole clip")),
    Shortcut("clip.in_step", "U", QT_TRANSLATE_NOOP("Actions", "All clips in step, or each alone")),
    *_numbered("ecg.layout", range(1, 7), QT_TRANSLATE_NOOP("Actions", "Layout of leads {}")),
    Shortcut(
        "ecg.columns", "X", QT_TRANSLATE_NOOP("Actions", "Columns: in turn, or the same time")
    ),
    Shortcut("ecg.speed", "S", QT_TRANSLATE_NOOP("Actions", "Paper speed")),
    Shortcut("ecg.gain", "G", QT_TRANSLATE_NOOP("Actions", "Gain")),
    Shortcut("ecg.true_size", "M", QT_TRANSLATE_NOOP("Actions", "True size")),
    Shortcut(
        "ecg.calibrate", "Shift+M", QT_TRANSLATE_NOOP("Actions", "Measure the screen by a card")
    ),
    Shortcut("ecg.band", "B", QT_TRANSLATE_NOOP("Actions", "Filter: band of frequencies")),
    Shortcut("ecg.mains", "N", QT_TRANSLATE_NOOP("Actions", "Filter: hum of the mains")),
    Shortcut("ecg.baseline", "L", QT_TRANSLATE_NOOP("Actions", "Filter: drift of the baseline")),
    Shortcut("ecg.beat", "Q", QT_TRANSLATE_NOOP("Actions", "Averaged beat: QT, ST, axis")),
    Shortcut("ecg.recording", "O", QT_TRANSLATE_NOOP("Actions", "Next recording of the file")),
    Shortcut(
        "view.lines", "O", QT_TRANSLATE_NOOP("Actions", "Device's lines over the picture: on, off")
    ),
    Shortcut("ecg.beginning", "Home", QT_TRANSLATE_NOOP("Actions", "Beginning of the recording")),
    Shortcut("ecg.end", "End", QT_TRANSLATE_NOOP("Actions", "End of the recording")),
    Shortcut(
        "ecg.print", "Ctrl+P", QT_TRANSLATE_NOOP("Actions", "Print the ECG, or keep it as PDF")
    ),
    Shortcut(
        "ecg.to_moment",
        "Ctrl+G",
        QT_TRANSLATE_NOOP("Actions", "Go to a moment of a long recording"),
    ),
    Shortcut("ecg.leave_moment", "Esc", QT_TRANSLATE_NOOP("Actions", "Leave the moment"), True),
)
_DOCUMENT = (
    Shortcut("document.find", "Ctrl+F", QT_TRANSLATE_NOOP("Actions", "Find words in the text")),
    Shortcut("document.find_next", "Enter", QT_TRANSLATE_NOOP("Actions", "Next place found"), True),
    Shortcut(
        "document.find_previous",
        "Shift+Enter",
        QT_TRANSLATE_NOOP("Actions", "Place found before"),
        True,
    ),
    Shortcut("document.find_leave", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the search"), True),
    Shortcut("document.page", "Ctrl+G", QT_TRANSLATE_NOOP("Actions", "Go to a page by its number")),
    Shortcut("document.go", "Enter", QT_TRANSLATE_NOOP("Actions", "Go to the typed page"), True),
    Shortcut(
        "document.whole_page", "Shift+0", QT_TRANSLATE_NOOP("Actions", "The whole page in the pane")
    ),
    Shortcut("document.thumbnails", "U", QT_TRANSLATE_NOOP("Actions", "Small pages at the edge")),
    Shortcut(
        "document.contrast", "E", QT_TRANSLATE_NOOP("Actions", "More contrast, then as it was")
    ),
    Shortcut("document.lighter", "H", QT_TRANSLATE_NOOP("Actions", "Lighter page"), repeats=True),
    Shortcut(
        "document.darker", "Shift+H", QT_TRANSLATE_NOOP("Actions", "Darker page"), repeats=True
    ),
    Shortcut("document.invert", "V", QT_TRANSLATE_NOOP("Actions", "White on black")),
    Shortcut("document.copy", "Ctrl+C", QT_TRANSLATE_NOOP("Actions", "Copy the chosen words")),
)
_REPORT = (
    Shortcut("report.next", "Down", QT_TRANSLATE_NOOP("Actions", "Next line"), repeats=True),
    Shortcut("report.previous", "Up", QT_TRANSLATE_NOOP("Actions", "Line before"), repeats=True),
    Shortcut("report.first", "Home", QT_TRANSLATE_NOOP("Actions", "First line")),
    Shortcut("report.last", "End", QT_TRANSLATE_NOOP("Actions", "Last line")),
)
_DISC = (
    Shortcut("disc.next", "Down", QT_TRANSLATE_NOOP("Actions", "Next on the disc"), repeats=True),
    Shortcut(
        "disc.previous",
        "Up",
        QT_TRANSLATE_NOOP("Actions", "The one before on the disc"),
        repeats=True,
    ),
    Shortcut("disc.first", "Home", QT_TRANSLATE_NOOP("Actions", "First on the disc")),
    Shortcut("disc.last", "End", QT_TRANSLATE_NOOP("Actions", "Last on the disc")),
    Shortcut("disc.open", "Enter", QT_TRANSLATE_NOOP("Actions", "Open what is chosen on the disc")),
    Shortcut("disc.list", "Ctrl+Backspace", QT_TRANSLATE_NOOP("Actions", "List of the disc")),
    Shortcut(
        "disc.next_item",
        "Ctrl+PageDown",
        QT_TRANSLATE_NOOP("Actions", "Open the next on the disc"),
    ),
    Shortcut(
        "disc.previous_item",
        "Ctrl+PageUp",
        QT_TRANSLATE_NOOP("Actions", "Open the one before on the disc"),
    ),
)
_CALIPER = (
    Shortcut("caliper.time", "K", QT_TRANSLATE_NOOP("Actions", "Calipers for time")),
    Shortcut(
        "caliper.amplitude", "Shift+K", QT_TRANSLATE_NOOP("Actions", "Calipers for amplitude")
    ),
    Shortcut("caliper.march", "W", QT_TRANSLATE_NOOP("Actions", "Repeat the interval on all rows")),
    Shortcut("caliper.rr", "Alt+1", QT_TRANSLATE_NOOP("Actions", "The interval is RR")),
    Shortcut("caliper.pp", "Alt+2", QT_TRANSLATE_NOOP("Actions", "The interval is PP")),
    Shortcut("caliper.pr", "Alt+3", QT_TRANSLATE_NOOP("Actions", "The interval is PR")),
    Shortcut("caliper.qrs", "Alt+4", QT_TRANSLATE_NOOP("Actions", "The interval is QRS")),
    Shortcut("caliper.qt", "Alt+5", QT_TRANSLATE_NOOP("Actions", "The interval is QT")),
    Shortcut("caliper.interval", "Alt+6", QT_TRANSLATE_NOOP("Actions", "The interval is another")),
    Shortcut(
        "caliper.more_cycles",
        "Alt+Up",
        QT_TRANSLATE_NOOP("Actions", "One more RR or PP between the ends"),
        repeats=True,
    ),
    Shortcut(
        "caliper.fewer_cycles",
        "Alt+Down",
        QT_TRANSLATE_NOOP("Actions", "One RR or PP less between the ends"),
        repeats=True,
    ),
    Shortcut(
        "caliper.far_on",
        "Shift+Right",
        QT_TRANSLATE_NOOP("Actions", "End of the measurement 10 samples on"),
        repeats=True,
    ),
    Shortcut(
        "caliper.far_back",
        "Shift+Left",
        QT_TRANSLATE_NOOP("Actions", "End of the measurement 10 samples back"),
        repeats=True,
    ),
    Shortcut("caliper.next", "J", QT_TRANSLATE_NOOP("Actions", "Next measurement"), repeats=True),
    Shortcut(
        "caliper.previous",
        "Shift+J",
        QT_TRANSLATE_NOOP("Actions", "Previous measurement"),
        repeats=True,
    ),
    Shortcut("caliper.confirm", "Y", QT_TRANSLATE_NOOP("Actions", "Confirm what is proposed")),
    Shortcut("caliper.remove", "Delete", QT_TRANSLATE_NOOP("Actions", "Remove the measurement")),
)
_BEAT = (
    *_numbered("beat.bound", range(1, 5), QT_TRANSLATE_NOOP("Actions", "Bound of a wave {}")),
    Shortcut(
        "beat.earlier", "Left", QT_TRANSLATE_NOOP("Actions", "A sample earlier"), repeats=True
    ),
    Shortcut("beat.later", "Right", QT_TRANSLATE_NOOP("Actions", "A sample later"), repeats=True),
    Shortcut(
        "beat.much_earlier",
        "Shift+Left",
        QT_TRANSLATE_NOOP("Actions", "10 ms earlier"),
        repeats=True,
    ),
    Shortcut(
        "beat.much_later", "Shift+Right", QT_TRANSLATE_NOOP("Actions", "10 ms later"), repeats=True
    ),
    Shortcut(
        "beat.confirm", "Enter", QT_TRANSLATE_NOOP("Actions", "Confirm, go to the next bound")
    ),
    Shortcut(
        "beat.confirm_all",
        "Ctrl+Enter",
        QT_TRANSLATE_NOOP("Actions", "Confirm all that is proposed"),
    ),
    Shortcut("beat.remove", "Delete", QT_TRANSLATE_NOOP("Actions", "Take the bound away")),
    Shortcut("beat.st", "Space", QT_TRANSLATE_NOOP("Actions", "ST of the lead into the list")),
    Shortcut("beat.next_lead", "Down", QT_TRANSLATE_NOOP("Actions", "Next lead"), repeats=True),
    Shortcut("beat.previous_lead", "Up", QT_TRANSLATE_NOOP("Actions", "Lead before"), repeats=True),
    Shortcut("beat.close", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the averaged beat")),
)
_PAPER = (
    Shortcut(
        "paper.open", "P", QT_TRANSLATE_NOOP("Actions", "ECG on paper: open or close its desk")
    ),
    Shortcut("paper.put", "Enter", QT_TRANSLATE_NOOP("Actions", "Put a point, or take the usual")),
    *_numbered("paper.choice", range(1, 5), QT_TRANSLATE_NOOP("Actions", "Speed or gain {}")),
    Shortcut("paper.left", "Left", QT_TRANSLATE_NOOP("Actions", "Point to the left"), repeats=True),
    Shortcut(
        "paper.right", "Right", QT_TRANSLATE_NOOP("Actions", "Point to the right"), repeats=True
    ),
    Shortcut("paper.up", "Up", QT_TRANSLATE_NOOP("Actions", "Point up"), repeats=True),
    Shortcut("paper.down", "Down", QT_TRANSLATE_NOOP("Actions", "Point down"), repeats=True),
    Shortcut(
        "paper.far_left",
        "Shift+Left",
        QT_TRANSLATE_NOOP("Actions", "Point far to the left"),
        repeats=True,
    ),
    Shortcut(
        "paper.far_right",
        "Shift+Right",
        QT_TRANSLATE_NOOP("Actions", "Point far to the right"),
        repeats=True,
    ),
    Shortcut(
        "paper.far_up", "Shift+Up", QT_TRANSLATE_NOOP("Actions", "Point far up"), repeats=True
    ),
    Shortcut(
        "paper.far_down", "Shift+Down", QT_TRANSLATE_NOOP("Actions", "Point far down"), repeats=True
    ),
    Shortcut("paper.next_point", "N", QT_TRANSLATE_NOOP("Actions", "Next point, enlarged")),
    Shortcut(
        "paper.narrower",
        "Ctrl+Left",
        QT_TRANSLATE_NOOP("Actions", "Mark along time shorter"),
        repeats=True,
    ),
    Shortcut(
        "paper.wider",
        "Ctrl+Right",
        QT_TRANSLATE_NOOP("Actions", "Mark along time longer"),
        repeats=True,
    ),
    Shortcut(
        "paper.lower", "Ctrl+Down", QT_TRANSLATE_NOOP("Actions", "Mark up shorter"), repeats=True
    ),
    Shortcut(
        "paper.higher", "Ctrl+Up", QT_TRANSLATE_NOOP("Actions", "Mark up longer"), repeats=True
    ),
    Shortcut(
        "paper.calibrate",
        "M",
        QT_TRANSLATE_NOOP("Actions", "Calibrate the paper; again: the other way"),
    ),
    Shortcut("paper.both", "Alt+K", QT_TRANSLATE_NOOP("Actions", "Time and amplitude at once")),
    Shortcut(
        "paper.undo",
        "Backspace",
        QT_TRANSLATE_NOOP("Actions", "Take back what was marked last"),
        repeats=True,
    ),
    Shortcut("paper.leave", "Esc", QT_TRANSLATE_NOOP("Actions", "Close the paper's desk")),
)
_STACK = (
    Shortcut("stack.next", "Down", QT_TRANSLATE_NOOP("Actions", "Next slice"), repeats=True),
    Shortcut("stack.previous", "Up", QT_TRANSLATE_NOOP("Actions", "Slice before"), repeats=True),
    Shortcut(
        "stack.far_on", "Shift+Down", QT_TRANSLATE_NOOP("Actions", "10 slices on"), repeats=True
    ),
    Shortcut(
        "stack.far_back", "Shift+Up", QT_TRANSLATE_NOOP("Actions", "10 slices back"), repeats=True
    ),
    Shortcut("stack.first", "Home", QT_TRANSLATE_NOOP("Actions", "First slice")),
    Shortcut("stack.last", "End", QT_TRANSLATE_NOOP("Actions", "Last slice")),
    Shortcut(
        "stack.next_series", "Ctrl+Down", QT_TRANSLATE_NOOP("Actions", "Next series"), repeats=True
    ),
    Shortcut(
        "stack.previous_series",
        "Ctrl+Up",
        QT_TRANSLATE_NOOP("Actions", "Series before"),
        repeats=True,
    ),
    *_numbered("stack.window", range(1, 10), QT_TRANSLATE_NOOP("Actions", "Window {}")),
    Shortcut("stack.invert", "N", QT_TRANSLATE_NOOP("Actions", "Black and white turned")),
    Shortcut("stack.distance", "K", QT_TRANSLATE_NOOP("Actions", "Distance")),
    Shortcut("stack.angle", "Shift+K", QT_TRANSLATE_NOOP("Actions", "Angle, by three clicks")),
    Shortcut("stack.ellipse", "E", QT_TRANSLATE_NOOP("Actions", "Values in an ellipse")),
    Shortcut("stack.rectangle", "B", QT_TRANSLATE_NOOP("Actions", "Values in a rectangle")),
    Shortcut("stack.next_figure", "J", QT_TRANSLATE_NOOP("Actions", "Next figure on the slice")),
    Shortcut("stack.remove", "Delete", QT_TRANSLATE_NOOP("Actions", "Remove the figure")),
)
_FIGURE = (
    Shortcut(
        "figure.ultrasound",
        "Shift+P",
        QT_TRANSLATE_NOOP("Actions", "The photo is an ultrasound picture: measure on it"),
    ),
    Shortcut("figure.distance", "D", QT_TRANSLATE_NOOP("Actions", "Distance; in M-mode time")),
    Shortcut("figure.angle", "Shift+D", QT_TRANSLATE_NOOP("Actions", "Angle on the picture")),
    Shortcut("figure.ellipse", "A", QT_TRANSLATE_NOOP("Actions", "Area: ellipse")),
    Shortcut("figure.contour", "Shift+A", QT_TRANSLATE_NOOP("Actions", "Area: contour")),
    Shortcut("figure.velocity", "V", QT_TRANSLATE_NOOP("Actions", "Doppler: velocity of a point")),
    Shortcut("figure.envelope", "Shift+V", QT_TRANSLATE_NOOP("Actions", "Doppler: envelope, VTI")),
    Shortcut(
        "figure.calibrate", "Shift+C", QT_TRANSLATE_NOOP("Actions", "Calibrate by a known length")
    ),
    Shortcut(
        "figure.calibrate_velocity",
        "Alt+C",
        QT_TRANSLATE_NOOP("Actions", "Calibrate by a known velocity"),
    ),
    Shortcut(
        "figure.calibrate_time",
        "Alt+T",
        QT_TRANSLATE_NOOP("Actions", "Calibrate a strip by a known time"),
    ),
    Shortcut(
        "figure.forget_calibration",
        "Ctrl+Delete",
        QT_TRANSLATE_NOOP("Actions", "Remove the calibration by hand"),
    ),
    Shortcut(
        "figure.person",
        "Shift+B",
        QT_TRANSLATE_NOOP("Actions", "Height, weight, last period: for the formulas"),
    ),
    Shortcut("figure.put", "Enter", QT_TRANSLATE_NOOP("Actions", "Put a point of the figure")),
    Shortcut("figure.end", "Shift+Enter", QT_TRANSLATE_NOOP("Actions", "End the contour")),
    Shortcut(
        "figure.left", "Left", QT_TRANSLATE_NOOP("Actions", "A pixel to the left"), repeats=True
    ),
    Shortcut(
        "figure.right", "Right", QT_TRANSLATE_NOOP("Actions", "A pixel to the right"), repeats=True
    ),
    Shortcut("figure.up", "Up", QT_TRANSLATE_NOOP("Actions", "A pixel up"), repeats=True),
    Shortcut("figure.down", "Down", QT_TRANSLATE_NOOP("Actions", "A pixel down"), repeats=True),
    Shortcut(
        "figure.far_left",
        "Shift+Left",
        QT_TRANSLATE_NOOP("Actions", "10 pixels to the left"),
        repeats=True,
    ),
    Shortcut(
        "figure.far_right",
        "Shift+Right",
        QT_TRANSLATE_NOOP("Actions", "10 pixels to the right"),
        repeats=True,
    ),
    Shortcut(
        "figure.far_up", "Shift+Up", QT_TRANSLATE_NOOP("Actions", "10 pixels up"), repeats=True
    ),
    Shortcut(
        "figure.far_down",
        "Shift+Down",
        QT_TRANSLATE_NOOP("Actions", "10 pixels down"),
        repeats=True,
    ),
    Shortcut(
        "figure.next_frame",
        "Ctrl+Right",
        QT_TRANSLATE_NOOP("Actions", "Next frame, with a tool in hand"),
        repeats=True,
    ),
    Shortcut(
        "figure.previous_frame",
        "Ctrl+Left",
        QT_TRANSLATE_NOOP("Actions", "Frame before, with a tool in hand"),
        repeats=True,
    ),
    Shortcut("figure.next_point", "N", QT_TRANSLATE_NOOP("Actions", "Next point of the figure")),
    Shortcut("figure.next", "J", QT_TRANSLATE_NOOP("Actions", "Next figure"), repeats=True),
    Shortcut(
        "figure.previous", "Shift+J", QT_TRANSLATE_NOOP("Actions", "Figure before"), repeats=True
    ),
    *_numbered("figure.name", range(1, 10), QT_TRANSLATE_NOOP("Actions", "The figure is name {}")),
    Shortcut(
        "figure.other_names", "0", QT_TRANSLATE_NOOP("Actions", "Other names: echo, fetus, organ")
    ),
    Shortcut("figure.remove", "Delete", QT_TRANSLATE_NOOP("Actions", "Remove the measured figure")),
    Shortcut("figure.undo", "Backspace", QT_TRANSLATE_NOOP("Actions", "Take the last point back")),
    Shortcut("figure.leave", "Esc", QT_TRANSLATE_NOOP("Actions", "Put the tool away")),
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
    Shortcut("call.phone", "P", QT_TRANSLATE_NOOP("Actions", "Telephone: dial, log an attempt")),
    Shortcut(
        "call.extend",
        "Ctrl+T",
        QT_TRANSLATE_NOOP("Actions", "More time for the consultation"),
        True,
    ),
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
    Shortcut(
        "call.still",
        "F4",
        QT_TRANSLATE_NOOP("Actions", "Still picture of the patient into the documents"),
        while_typing=True,
    ),
    Shortcut(
        "call.open_file",
        "Ctrl+O",
        QT_TRANSLATE_NOOP("Actions", "Open the newest file of the talk"),
        while_typing=True,
    ),
    Shortcut(
        "call.move_self",
        "Shift+F3",
        QT_TRANSLATE_NOOP("Actions", "Own picture to the next corner"),
        while_typing=True,
    ),
    Shortcut(
        "call.second_screen",
        "F12",
        QT_TRANSLATE_NOOP("Actions", "Call to the second screen, or back"),
        while_typing=True,
    ),
    Shortcut(
        "call.devices",
        "Shift+F8",
        QT_TRANSLATE_NOOP("Actions", "Another camera, microphone or speaker"),
        True,
    ),
    Shortcut("call.fold", "F11", QT_TRANSLATE_NOOP("Actions", "Fold the call or unfold it"), True),
    Shortcut("call.hang_up", "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "End the call"), True),
    Shortcut("call.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back from the call"), True),
    Shortcut("chat.open", "Enter", QT_TRANSLATE_NOOP("Actions", "Open the file of the line")),
    Shortcut("chat.leave", "Esc", QT_TRANSLATE_NOOP("Actions", "Leave the message"), True),
)
_CONCLUSION = (
    Shortcut(
        "conclusion.source",
        "Alt+Enter",
        QT_TRANSLATE_NOOP("Actions", "Show where the number in the text comes from"),
        True,
    ),
    Shortcut(
        "conclusion.missing",
        "Shift+F7",
        QT_TRANSLATE_NOOP("Actions", "Go to what is missing"),
        True,
        True,
    ),
    Shortcut(
        "conclusion.spelling", "Ctrl+F7", QT_TRANSLATE_NOOP("Actions", "Next word in doubt"), True
    ),
    Shortcut("conclusion.code", "Ctrl+M", QT_TRANSLATE_NOOP("Actions", "Find a diagnosis"), True),
    Shortcut("conclusion.phrases", "Ctrl+B", QT_TRANSLATE_NOOP("Actions", "Put a phrase in"), True),
    Shortcut(
        "conclusion.keep_phrase",
        "Ctrl+Shift+B",
        QT_TRANSLATE_NOOP("Actions", "Keep the selected text as a phrase"),
        True,
    ),
    Shortcut(
        "conclusion.earlier", "Ctrl+H", QT_TRANSLATE_NOOP("Actions", "Earlier conclusions"), True
    ),
    Shortcut(
        "conclusion.archive", "Ctrl+Shift+H", QT_TRANSLATE_NOOP("Actions", "All editions"), True
    ),
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
    Shortcut("approvals.conclusion", "1", QT_TRANSLATE_NOOP("Actions", "Pages of the conclusion")),
    Shortcut("approvals.request", "2", QT_TRANSLATE_NOOP("Actions", "Request beside it")),
    Shortcut("approvals.files", "3", QT_TRANSLATE_NOOP("Actions", "Files beside it")),
    Shortcut(
        "approvals.difference",
        "4",
        QT_TRANSLATE_NOOP("Actions", "Difference to the version before"),
    ),
    Shortcut("approvals.archive", "E", QT_TRANSLATE_NOOP("Actions", "All editions")),
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
_ARCHIVE = (
    Shortcut("archive.next", "J", QT_TRANSLATE_NOOP("Actions", "Older edition"), repeats=True),
    Shortcut("archive.previous", "K", QT_TRANSLATE_NOOP("Actions", "Newer edition"), repeats=True),
    Shortcut("archive.pages", "1", QT_TRANSLATE_NOOP("Actions", "Pages of the edition")),
    Shortcut("archive.difference", "2", QT_TRANSLATE_NOOP("Actions", "Difference of two editions")),
    Shortcut("archive.back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back from the archive")),
    Shortcut(
        "archive.page_on",
        "PageDown",
        QT_TRANSLATE_NOOP("Actions", "Scroll the page on"),
        repeats=True,
    ),
    Shortcut(
        "archive.page_back",
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
    *(*_CALL, *_CONCLUSION, *_APPROVALS, *_ARCHIVE, *_NOTICES, *_TIME, *_VIEWERS),
    *(*_CALIPER, *_BEAT, *_PAPER, *_DOCUMENT, *_REPORT, *_DISC, *_STACK, *_FIGURE, *_APP),
    *_COVERS,
)
"""Of two that are equally near to the focus, the earlier one acts."""
SHORTCUT_OF = {shortcut.action: shortcut for shortcut in SHORTCUTS}
KEY_OF = {shortcut.action: shortcut.key for shortcut in SHORTCUTS}
