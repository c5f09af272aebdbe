"""Every button that has an action says its key in its tooltip, on every screen.

For each screen stand here: which button does which action, which actions have no button, and which
buttons have no action. A new action or button has to be put in its place, else its test fails.
"""

from collections.abc import Iterable

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action
from tests.factories import make_demo_account
from tests.fakes import FakeAccountService, FakeTriageService
from tests.ui.approvals_scene import ApprovalsScene
from tests.ui.call_desk import open_call
from tests.ui.conclusion_scene import ConclusionScene
from tests.ui.covered_window import covered
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_rows
from tests.ui.review_scene import Scene as ReviewScene
from tests.ui.slot_scene import SlotScene
from tests.ui.waiting import until
from workstation.services.kept_panels import KeptPanels
from workstation.ui.screens.approvals.tabs import Tab
from workstation.ui.screens.approvals.view import ApprovalsView
from workstation.ui.screens.call.strip import CallStrip
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.queue.condition_chip import ConditionChip
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.sign_in.view import SignInView
from workstation.ui.screens.sign_in.view_model import SignInViewModel
from workstation.ui.screens.slot.view import SlotView
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import SHORTCUT_OF, key_label
from workstation.ui.viewers.ecg.view import EcgView

pytestmark = pytest.mark.usefixtures("russian")

WITH_BUTTON = {Action.MARK_LIFE_THREAT}
"""Of the decisions; the others stand in the menu, each with its key."""
ZOOM = {"view.zoom_in", "view.zoom_out", "view.fit"}
"""Gestures of the mouse's wheel have no button."""
CLIP_BUTTONS = ("clip.sweep", "clip.faster", "clip.cycle", "clip.in_step")
"""Of the line under a clip: there once its viewer is."""
ANYWHERE = {"placeholder.action", "qt_tableview_cornerbutton", ""}
"""Buttons of no action: each says another thing each time, or is Qt's own."""


def check(
    around: Surroundings,
    root: QWidget,
    buttons: dict[str, str],
    *,
    keys_alone: Iterable[str] = (),
    without_key: Iterable[str] = (),
) -> None:
    """`buttons`: object names by action."""
    bound = {entry.shortcut.action for entry in around.shortcuts.bound_in(root)}
    assert bound == set(buttons) | set(keys_alone)
    there = {button.objectName() for button in root.findChildren(QAbstractButton)}
    assert there - ANYWHERE == set(buttons.values()) | set(without_key)
    for action, name in buttons.items():
        button = root.findChild(QAbstractButton, name)
        assert button is not None, name
        text, _, keys = button.toolTip().rstrip(")").rpartition(" (")
        assert text, name
        assert key_label(action) in keys.split(), name


def items(prefix: str, count: int) -> set[str]:
    found = {f"{prefix}_{n}" for n in range(1, count + 1)}
    assert found <= set(SHORTCUT_OF)
    return found


async def test_the_window_with_queue_and_card(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        check(
            around,
            place.screens.queue,
            {
                "queue.open": "card.open",
                "queue.take_next": "queue.takeNext",
                "queue.filters": "queue.filters.tab",
                "queue.save_filter": "queue.filters.save",
                "filter.save": "filter.save",
                "filter.cancel": "filter.cancel",
                "columns.close": "columns.done",
                "case.time": "card.time",
                "case.call": "card.call",
                "case.conclusion": "card.conclusion",
                "card.identity": "card.person.confirm",
                "card.data": "card.person.decide",
                "triage.threat": "card.threat",
                "triage.more": "card.more",
                "triage.undo": "triage.undo",
                "triage.undo_typing": "triage.undo",
                "triage.again": "triage.again",
                "triage.drop": "triage.drop",
                "answer.send": "triage.send",
                "answer.cancel": "triage.cancel",
            },
            keys_alone={
                *("queue.next", "queue.previous", "queue.search", *items("card.item", 9)),
                *("card.down", "card.up"),  # the card's scroll bar says them
                *("queue.leave_search", "queue.columns"),
                *("columns.left", "columns.right", "columns.wider", "columns.narrower"),
                *items("queue.sort", 6),  # the columns' titles say them
                *(ACTION_KEYS[action] for action in ACTION_KEYS if action not in WITH_BUTTON),
                *("answer.tick", "answer.send_text", *items("answer.option", 9)),
            },
            without_key={
                *_chips_of(place.screens.queue),
                *("filter.bringBack", "columns.usual"),
                "card.complaints.more",
                "card.history.earlier",
                "card.person.withdraw",
                "delivery.again",
                "queue.group.all",
                "queue.group.unclaimed",
                "queue.group.mine",
                "queue.group.awaiting_documents",
                "queue.group.today",
                "queue.group.my_debts",
                "queue.group.snoozed",
            },
        )
        check(
            around,
            place.screens.week,
            {"week.back": "week.back", "week.on": "week.on"},
        )
        banner = place.window.banner.findChild(QAbstractButton, "banner.action")
        assert banner is not None
        assert banner.toolTip().endswith(" (F5)")


def _chips_of(view: QWidget) -> list[str]:
    """The values of a filter's conditions, and the columns."""
    return [one.objectName() for one in view.findChildren(ConditionChip)]


async def test_a_refused_request_says_why_instead(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        button = place.screens.queue.card.footer.button
        button.explain("Причина")
        assert button.toolTip() == "Причина"
        button.explain("")
        assert button.toolTip() == f"{button.text()} (Enter)"


async def test_review(qtbot: QtBot, around: Surroundings) -> None:
    scene = ReviewScene()
    model = ReviewViewModel(scene.requests, scene.studies)
    triage = TriageViewModel(FakeTriageService(scene.requests), KeptPanels(None), around.words)
    findings = DraftFindings(FakeDrafts())
    view = ReviewView(
        model, triage, around.theme, around.shortcuts, around.words, findings=findings
    )
    qtbot.addWidget(view)
    model.open(scene.row.id)
    await until(lambda: view.findChild(EcgView) is not None)
    viewer_keys = items("ecg.layout", 6) | {"ecg.speed", "ecg.gain", "ecg.true_size"}
    viewer_keys |= {"ecg.columns", "ecg.band", "ecg.mains", "ecg.baseline", "ecg.recording"}
    viewer_keys |= {"ecg.beginning", "ecg.end", "ecg.print", "ecg.calibrate", "ecg.beat"}
    viewer_keys |= {"ecg.to_moment"}
    beat_buttons = {one: one for one in ("beat.confirm_all", "beat.close")}
    beat_keys = {one for one in SHORTCUT_OF if one.startswith("beat.")} - beat_buttons.keys()
    caliper_keys = {one for one in SHORTCUT_OF if one.startswith("caliper.")} - {"caliper.time"}
    stack_keys = {one for one in SHORTCUT_OF if one.startswith("stack.")}  # its menu says them
    document_keys = {
        *("document.find", "document.page", "document.whole_page", "document.thumbnails"),
        *("document.contrast", "document.lighter", "document.darker", "document.invert"),
        "document.copy",
    }  # buttons of the document's viewer, once it is there: see tests/ui/viewers
    figure_buttons = {one: one for one in ("figure.distance", "figure.ellipse", "figure.velocity")}
    figure_keys = {x for x in SHORTCUT_OF if x.startswith("figure.")} - figure_buttons.keys()
    frame_keys = {
        "clip.next_frame",
        "clip.previous_frame",
        "clip.play",
        "view.rotate",
        "view.lines",
        "paper.open",
        *("disc.next_item", "disc.previous_item"),
        *("clip.slower", "clip.own_pace", "clip.mark_first", "clip.mark_last", "clip.whole"),
        *CLIP_BUTTONS,
    }
    check(
        around,
        view,
        {
            "review.back": "identityBack",
            "review.previous_file": "review.previous_file",
            "review.next_file": "review.next_file",
            "review.one_pane": "review.one_pane",
            "review.places": "review.places",
            "review.second_screen": "review.second_screen",
            "disc.list": "discBar.back",
            "case.time": "case.time",
            "case.call": "case.call",
            "case.conclusion": "case.conclusion",
            "case.decide": "case.decide",
            "caliper.time": "caliper.time",
            **figure_buttons,
            "review.take_back": "review.takeBack",
            **beat_buttons,
            "answer.send": "triage.send",
            "answer.cancel": "triage.cancel",
        },
        keys_alone={
            *(caliper_keys | beat_keys | stack_keys | document_keys | figure_keys),
            *(viewer_keys | frame_keys | ZOOM | items("review.item", 9)),
            *("review.put", "review.put_by_letter"),
            *(f"review.places_{n}" for n in (1, 2, 4)),
            *("triage.threat", "answer.tick", "answer.send_text", *items("answer.option", 9)),
        },
        without_key={"loadingCancel", *_play_of(view)},
    )
    for action in CLIP_BUTTONS:
        for button in view.findChildren(QAbstractButton, action):
            assert button.toolTip().endswith(f" ({key_label(action)})")
    for play in view.findChildren(QAbstractButton, "cinePlay"):
        assert play.toolTip().endswith(f" ({key_label('clip.play')})")
    model.leave()
    await findings.close()
    await model.close()
    await triage.close()


def _play_of(view: QWidget) -> list[str]:
    """A clip's buttons are there once its viewer is."""
    names = ("cinePlay", *CLIP_BUTTONS)
    found = [view.findChildren(QAbstractButton, name) for name in names]
    return [one.objectName() for buttons in found for one in buttons]


async def test_slot(qtbot: QtBot, around: Surroundings) -> None:
    scene = SlotScene(around.words)
    view = SlotView(scene.model, around.theme, around.shortcuts, around.words)
    qtbot.addWidget(view)
    await scene.open()
    times = {f"slot.time_{n}": f"slot.time{n}" for n in range(1, 4)}
    check(
        around,
        view,
        {
            "slot.back": "identityBack",
            "slot.propose": "slot.propose",
            "week.back": "week.back",
            "week.on": "week.on",
            **times,
        },
        keys_alone={"slot.day_before", "slot.day_after", "slot.earlier", "slot.later"},
    )
    await scene.model.close()


async def test_call_and_its_strip(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.scene.talk()
        check(
            around,
            desk.view,
            {
                "call.back": "identityBack",
                "call.microphone": "call.microphone",
                "call.camera": "call.camera",
                "call.still": "call.still",
                "call.second_screen": "call.second_screen",
                "call.devices": "call.devices",
                "call.link": "call.link",
                "call.phone": "call.phone",
                "call.extend": "call.extend",
                "call.fold": "call.fold",
                "call.place": "call.place",
                "call.hang_up": "call.hang_up",
                "case.conclusion": "case.conclusion",
            },
            keys_alone={
                "call.write",
                "call.open_file",
                "call.move_self",
                "chat.open",
                "chat.leave",
            },
            without_key={"call.again", "call.conclusion", "chat.more", "chat.send"},
        )
        scene = desk.scene
        strip = CallStrip(
            scene.calls,
            scene.requests,
            around.theme,
            around.shortcuts,
            around.words.time,
            scene.still,
        )
        qtbot.addWidget(strip)
        strip.show()
        shown = ("call.microphone", "call.camera", "call.still", "call.fold", "call.hang_up")
        buttons = {action: f"strip.{action}" for action in shown}
        alone = {"call.open_file", "call.devices", "call.extend"}
        check(around, strip, buttons, keys_alone=alone)
        await strip.close_model()


async def test_conclusion(qtbot: QtBot, around: Surroundings) -> None:
    scene = ConclusionScene(around.words)
    view = ConclusionView(scene.model, around.theme, around.shortcuts, around.words)
    qtbot.addWidget(view)
    await scene.open()
    notes = ("paper", "returned", "stale", "locked", "cutOff", "contact")
    check(
        around,
        view,
        {
            "conclusion.back": "identityBack",
            "conclusion.unopened": "conclusion.openFile",
            "conclusion.sign": "conclusion.sign",
            "conclusion.earlier": "conclusion.earlierButton",
            "conclusion.archive": "conclusion.archive",
            "conclusion.missing": "conclusion.toMissing",
        },
        keys_alone=ZOOM
        | {f"conclusion.{one}" for one in ("source", "phrases", "keep_phrase", "spelling")},
        without_key={f"conclusion.{note}.action{n}" for note in notes for n in (1, 2)}
        | {
            "conclusion.more",
            "conclusion.correct",
            "conclusion.decision.ending",
            "conclusion.phrases.shut",
            "conclusion.earlier.shut",
        }
        | {f"conclusion.decision.{one}" for one in ("conclusion", "in_person", "inpatient")},
    )
    await scene.model.close()


async def test_approvals(qtbot: QtBot, around: Surroundings) -> None:
    scene = ApprovalsScene(around.words.time)
    view = ApprovalsView(scene.model, around.theme, around.shortcuts, around.words)
    qtbot.addWidget(view)
    pages = {"approvals.page_on", "approvals.page_back"}
    check(
        around,
        view,
        {
            "approvals.approve": "approvals.approve",
            "approvals.return": "approvals.giveBack",
            "approvals.back": "approvals.cancel",
            "approvals.archive": "approvals.archive",
            **{tab.value: tab.value for tab in Tab},
        },
        keys_alone={"approvals.next", "approvals.previous"} | pages | ZOOM,
        without_key={
            *("approvals.readList", "approvals.send"),
            *("approvals.approveOpened", "approvals.returnPlace"),
            *("approvals.showWaiting", "approvals.showSent", "approvals.filter"),
        },
    )
    await scene.model.close()


async def test_sign_in(qtbot: QtBot, around: Surroundings) -> None:
    accounts = FakeAccountService(make_demo_account(login=f"doctor{n}") for n in range(1, 5))
    model = SignInViewModel(accounts, offers_demo=True)
    view = SignInView(model, around.theme, around.words.time, around.shortcuts)
    qtbot.addWidget(view)
    model.start()
    await until(lambda: len(model.accounts) == 4)
    check(
        around,
        view,
        {f"sign_in.account_{n}": f"signIn.account.{n}" for n in range(1, 5)},
        without_key={"signIn.button", "signIn.retry"},
    )
    for name, key in (("signIn.button", "Enter"), ("signIn.retry", "F5")):
        button = view.findChild(QAbstractButton, name)
        assert button is not None
        assert button.toolTip().endswith(f" ({key})")
    await model.close()
