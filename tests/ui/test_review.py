"""The review screen without widgets: what opens where, what is kept and what is ended."""

import asyncio
from datetime import UTC, date, datetime

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import Consent, ConsentKind, Sex
from tests.factories import make_document, make_item
from tests.fakes import FakeRequestService
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import MadeUpStudy, make_clip, rest, until
from workstation.services.answers import CardView, DownloadProgress
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.studies.patient_sex import PatientSex
from workstation.ui.screens.review.loading_plate import LoadingStage, loading_stage
from workstation.ui.screens.review.pane_model import PaneModel, PaneState
from workstation.ui.screens.review.patient_match import Match, match_patient
from workstation.ui.screens.review.view_model import ReviewViewModel


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def model(qapp: QApplication, scene: Scene) -> ReviewViewModel:
    return ReviewViewModel(scene.requests, scene.studies)


def shown(pane: PaneModel) -> str:
    return pane.document.title if pane.document is not None else ""


def all_shown(model: ReviewViewModel) -> list[str]:
    return [shown(pane) for pane in model.visible_panes]


async def opened(model: ReviewViewModel, scene: Scene, item: str | None = None) -> None:
    model.open(scene.row.id, item)
    await until(lambda: model.card is not None)
    await rest()


async def test_the_first_clip_hangs_over_the_first_ecg(
    model: ReviewViewModel, scene: Scene
) -> None:
    await opened(model, scene)
    assert all_shown(model) == ["Парастернально", "ЭКГ 12.11"]
    assert model.active is model.pictures[0]
    assert {pane.state for pane in model.visible_panes} == {PaneState.READY}
    await model.close()


async def test_a_wide_screen_hangs_a_second_clip(model: ReviewViewModel, scene: Scene) -> None:
    model.hung.set_width(1920)
    await opened(model, scene)
    assert all_shown(model) == ["Парастернально", "Апикально", "ЭКГ 12.11"]
    model.hung.set_width(1366)
    await rest()
    assert all_shown(model) == ["Парастернально", "ЭКГ 12.11"]
    model.hung.set_width(1920)
    assert all_shown(model) == ["Парастернально", "Апикально", "ЭКГ 12.11"]
    await model.close()


@pytest.mark.parametrize(
    ("item", "title"), [("ecg", "ЭКГ 12.11"), ("echo", "Парастернально"), ("report", "Заключение")]
)
async def test_oz_4_opens_at_the_files_of_a_checklist_item(
    model: ReviewViewModel, scene: Scene, item: str, title: str
) -> None:
    """OZ-4: one key on the card leads to the files of each item of the checklist."""
    await opened(model, scene, item)
    assert shown(model.active) == title
    await model.close()


async def test_oz_4_each_group_is_a_number_away(model: ReviewViewModel, scene: Scene) -> None:
    """OZ-4: in the review, too, a digit leads to the item's first file that was not opened."""
    await opened(model, scene)
    for number, title in ((3, "Заключение"), (3, "Выписка"), (1, "ЭКГ 02.10"), (2, "Апикально")):
        model.go_to_group(number)
        await rest()
        assert shown(model.active) == title
    model.go_to_group(9)
    assert shown(model.active) == "Апикально"
    await model.close()


async def test_a_document_takes_the_whole_place_and_opens_nothing_else(
    model: ReviewViewModel, scene: Scene
) -> None:
    await opened(model, scene, "report")
    assert all_shown(model) == ["Заключение"]
    assert scene.studies.asked == [scene.pdf.id]
    model.choose(scene.clip.id)
    await rest()
    assert all_shown(model) == ["Парастернально", "ЭКГ 12.11"]
    await model.close()


async def test_a_file_opens_in_the_pane_of_its_kind(model: ReviewViewModel, scene: Scene) -> None:
    await opened(model, scene)
    model.choose(scene.older_ecg.id)
    assert all_shown(model) == ["Парастернально", "ЭКГ 02.10"]
    model.choose(scene.third_clip.id)
    assert all_shown(model) == ["Допплер", "ЭКГ 02.10"]
    model.choose("no such file")
    assert shown(model.active) == "Допплер"
    await model.close()


async def test_on_a_wide_screen_a_clip_opens_where_the_doctor_works(
    model: ReviewViewModel, scene: Scene
) -> None:
    model.hung.set_width(1920)
    await opened(model, scene)
    model.activate(model.pictures[1])
    model.choose(scene.third_clip.id)
    assert all_shown(model) == ["Парастернально", "Допплер", "ЭКГ 12.11"]
    model.choose(scene.clip.id)
    assert model.active is model.pictures[0]
    await model.close()


async def test_next_and_previous_file_walk_the_strip(model: ReviewViewModel, scene: Scene) -> None:
    await opened(model, scene)
    titles = []
    for _ in range(5):
        model.step_file(1)
        titles.append(shown(model.active))
    assert titles == ["Апикально", "Допплер", "Заключение", "Выписка", "Выписка"]
    model.step_file(-1)
    assert shown(model.active) == "Заключение"
    await model.close()


async def test_files_become_opened_when_they_are_shown(
    model: ReviewViewModel, scene: Scene
) -> None:
    await opened(model, scene)
    assert model.unopened_count == 5
    assert model.is_opened(scene.clip)
    assert scene.clip.id in model.shown_ids
    assert not model.is_opened(scene.pdf)
    model.choose(scene.pdf.id)
    await rest()
    assert model.is_opened(scene.pdf)
    assert scene.clip.id not in model.shown_ids
    assert model.unopened_count == 4
    await model.close()


async def test_a_file_that_fails_is_not_opened(model: ReviewViewModel, scene: Scene) -> None:
    scene.studies.errors[scene.pdf.id] = [UnreadableFile(Unreadable.DAMAGED)]
    await opened(model, scene, "report")
    assert model.document.state is PaneState.FAILED
    assert model.document.error is not None
    assert not model.is_opened(scene.pdf)
    assert all_shown(model) == ["Заключение"]
    await model.close()


async def test_another_file_never_waits_for_the_one_before(
    model: ReviewViewModel, scene: Scene
) -> None:
    scene.studies.slow = {scene.clip.id}
    await opened(model, scene)
    assert model.pictures[0].state is PaneState.LOADING
    model.choose(scene.second_clip.id)
    await until(lambda: model.pictures[0].state is PaneState.READY)
    assert scene.studies.cancelled == [scene.clip.id]
    scene.studies.let(scene.clip)
    await rest()
    assert shown(model.pictures[0]) == "Апикально"
    await model.close()


async def test_an_error_of_the_file_before_does_not_reach_the_next(
    model: ReviewViewModel, scene: Scene
) -> None:
    scene.studies.errors[scene.clip.id] = [UnreadableFile(Unreadable.DAMAGED)]
    model.open(scene.row.id)
    await until(lambda: scene.clip.id in scene.studies.asked)
    await asyncio.sleep(0)
    model.choose(scene.second_clip.id)
    await until(lambda: model.pictures[0].state is not PaneState.LOADING)
    assert model.pictures[0].state is PaneState.READY
    await model.close()


async def test_progress_belongs_to_its_own_file(model: ReviewViewModel, scene: Scene) -> None:
    scene.studies.slow = {scene.clip.id}
    await opened(model, scene)
    pane = model.pictures[0]
    scene.studies.progress.emit(DownloadProgress(scene.clip.id, 12, 40))
    scene.studies.progress.emit(DownloadProgress(scene.ecg.id, 99, 99))
    assert (pane.received, pane.total) == (12, 40)
    pane.cancel()
    await rest()
    assert pane.state is PaneState.CANCELLED
    assert scene.studies.cancelled == [scene.clip.id]
    scene.studies.let(scene.clip)
    pane.retry()
    await until(lambda: pane.state is PaneState.READY)
    await model.close()


async def test_a_file_over_which_the_decoder_stopped_opens_again_by_itself(
    model: ReviewViewModel, scene: Scene
) -> None:
    scene.studies.errors[scene.clip.id] = [DecoderStopped(StopReason.CRASHED)]
    await opened(model, scene)
    await until(lambda: model.pictures[0].state is PaneState.READY)
    assert model.pictures[0].was_restarted
    assert scene.studies.asked.count(scene.clip.id) == 2
    await model.close()


async def test_a_file_that_stops_the_decoder_for_ever_is_given_up(
    model: ReviewViewModel, scene: Scene
) -> None:
    scene.studies.errors[scene.clip.id] = [DecoderStopped(StopReason.MEMORY)] * 9
    await opened(model, scene)
    await until(lambda: model.pictures[0].state is PaneState.FAILED)
    assert scene.studies.asked.count(scene.clip.id) <= 4
    error = model.pictures[0].error
    assert error is not None
    assert error.can_retry
    await model.close()


async def test_a_restarted_decoder_is_told_on_open_clips(
    model: ReviewViewModel, scene: Scene
) -> None:
    await opened(model, scene)
    scene.studies.decoder_restarted.emit(DecoderStopped(StopReason.CRASHED))
    assert [pane.was_restarted for pane in model.visible_panes] == [True, False]
    model.pictures[0].forget_restart()
    assert [pane.was_restarted for pane in model.visible_panes] == [False, False]
    await model.close()


async def test_leaving_ends_everything_and_closes_the_studies(
    model: ReviewViewModel, scene: Scene
) -> None:
    left = []
    model.closed.connect(lambda: left.append(True))
    scene.studies.slow = {scene.ecg.id}
    await opened(model, scene)
    model.leave()
    await rest()
    assert left == [True]
    assert scene.studies.cancelled == [scene.ecg.id]
    assert scene.studies.opened
    assert all(study.closed for study in scene.studies.opened)
    assert model.card is None
    assert model.groups == ()
    await model.close()


async def test_a_case_can_be_opened_again_after_leaving(
    model: ReviewViewModel, scene: Scene
) -> None:
    await opened(model, scene)
    model.leave()
    await opened(model, scene, "ecg")
    assert shown(model.active) == "ЭКГ 12.11"
    await model.close()


async def test_the_same_case_goes_to_another_item_without_reading_again(
    model: ReviewViewModel, scene: Scene
) -> None:
    await opened(model, scene)
    calls = len(scene.requests.backend.calls)
    model.open(scene.row.id, "report")
    assert shown(model.active) == "Заключение"
    assert len(scene.requests.backend.calls) == calls
    await rest()
    await model.close()


async def test_a_case_that_cannot_be_read_says_so_and_is_tried_again(
    model: ReviewViewModel, scene: Scene
) -> None:
    scene.requests.backend.fail_with(Unreachable())
    model.open(scene.row.id)
    await until(lambda: model.error is not None)
    assert model.error is not None
    assert model.error.can_retry
    model.retry()
    await until(lambda: model.card is not None)
    await rest()
    await model.close()


async def test_new_files_of_the_case_appear(model: ReviewViewModel, scene: Scene) -> None:
    await opened(model, scene)
    extra = make_document(request_id=scene.row.id, item_code="mri", title="МРТ")
    scene.files.append(extra)
    checklist = [*scene.row.checklist, make_item("mri", title="МРТ")]
    scene.requests.cards[scene.row.id] = scene.card
    scene.change_row(checklist=checklist)
    await until(lambda: len(model.documents) == 8)
    assert model.groups[-1].item is not None
    assert shown(model.active) == "Парастернально"
    await model.close()


async def test_another_owner_is_heard_at_once(model: ReviewViewModel, scene: Scene) -> None:
    await opened(model, scene)
    heard = []
    model.row_changed.connect(lambda: heard.append(model.row))
    row = scene.change_row(owner=None)
    assert heard == [row]
    await model.close()


def withdraw(scene: Scene, *kinds: ConsentKind) -> None:
    """The patient withdraws these consents; none: all are given."""
    day = datetime(2026, 11, 20, tzinfo=UTC)
    consents = [
        Consent(kind=kind, text_version="1", given_at=None, withdrawn_at=day) for kind in kinds
    ]
    row = scene.change_row(missing_consents=list(kinds))
    scene.requests.cards[row.id] = msgspec.structs.replace(scene.card, row=row, consents=consents)


async def test_a_withdrawn_consent_closes_every_open_file_and_a_given_one_opens_them(
    model: ReviewViewModel, scene: Scene
) -> None:
    """SPB-13: at once, before the server is asked; no key brings a file back meanwhile."""
    await opened(model, scene)
    studies = list(scene.studies.opened)
    assert len(studies) == 2
    withdraw(scene, ConsentKind.DISCLOSURE)
    assert model.is_closed
    assert {pane.state for pane in model.panes} == {PaneState.EMPTY}
    await until(lambda: all(study.closed for study in studies))
    model.choose(scene.pdf.id)
    model.go_to_group(1)
    model.step_file(1)
    model.toggle_one_pane()
    await rest()
    model.open(scene.row.id, "ecg")
    assert {pane.document for pane in model.panes} == {None}
    assert len(scene.studies.asked) == 2
    withdraw(scene)
    await until(lambda: not model.is_closed)
    await until(lambda: {pane.state for pane in model.visible_panes} == {PaneState.READY})
    await model.close()


async def test_a_case_whose_consent_was_withdrawn_before_opens_no_file(
    model: ReviewViewModel, scene: Scene
) -> None:
    """SPB-13: also where the bytes are on this computer still."""
    withdraw(scene, ConsentKind.PERSONAL_DATA)
    await opened(model, scene)
    assert model.is_closed
    assert scene.studies.asked == []
    await model.close()


class LateCards(FakeRequestService):
    """Cards are read at once and come when the gate opens."""

    def __init__(self, scene: Scene) -> None:
        super().__init__([scene.row])
        self.cards[scene.row.id] = scene.card
        self.gate = asyncio.Event()

    async def card(self, request_id: RequestId) -> CardView:
        view = await super().card(request_id)
        await self.gate.wait()
        return view


async def test_a_withdrawal_that_overtakes_the_card_is_not_lost(
    qapp: QApplication, scene: Scene
) -> None:
    """SPB-13: the card on its way is older than the event, and its files are not opened."""
    scene.requests = requests = LateCards(scene)
    model = ReviewViewModel(requests, scene.studies)
    model.open(scene.row.id)
    await until(lambda: ("card", scene.row.id) in requests.backend.calls)
    withdraw(scene, ConsentKind.DISCLOSURE)
    requests.gate.set()
    await until(lambda: model.card is not None)
    await rest()
    assert model.is_closed
    assert scene.studies.asked == []
    await model.close()


async def test_a_withdrawal_without_a_connection_is_found_with_it(
    model: ReviewViewModel, scene: Scene
) -> None:
    """SPB-13: its event was missed."""
    await opened(model, scene)
    day = datetime(2026, 11, 20, tzinfo=UTC)
    gone = Consent(kind=ConsentKind.DISCLOSURE, text_version="1", given_at=None, withdrawn_at=day)
    scene.requests.cards[scene.row.id] = msgspec.structs.replace(scene.card, consents=[gone])
    scene.requests.reload_needed.emit(None)
    await until(lambda: model.is_closed)
    assert {pane.document for pane in model.panes} == {None}
    await model.close()


async def test_a_contract_that_ends_closes_no_file(model: ReviewViewModel, scene: Scene) -> None:
    """SOK-2: who pays no more still agrees to what the doctor reads."""
    await opened(model, scene)
    withdraw(scene, ConsentKind.PAID_SERVICES)
    await rest()
    assert not model.is_closed
    assert {pane.state for pane in model.visible_panes} == {PaneState.READY}
    await model.close()


async def test_files_without_an_item_are_not_lost(model: ReviewViewModel, scene: Scene) -> None:
    stray = make_document(request_id=scene.row.id, item_code="odd", title="Прочее")
    scene.files.append(stray)
    scene.requests.cards[scene.row.id] = scene.card
    await opened(model, scene)
    assert model.groups[-1].item is None
    assert model.documents[-1] == stray
    await model.close()


async def test_a_case_without_files_shows_an_empty_pane(qapp: QApplication) -> None:
    scene = Scene(kinds=())
    model = ReviewViewModel(scene.requests, scene.studies)
    await opened(model, scene)
    assert [pane.state for pane in model.visible_panes] == [PaneState.EMPTY]
    model.step_file(1)
    await model.close()


async def test_files_opened_before_are_marked(qapp: QApplication) -> None:
    scene = Scene(kinds=("ecg",))
    seen: Document = msgspec.structs.replace(scene.ecg, opened=True)
    scene.files = [seen]
    scene.requests.cards[scene.row.id] = scene.card
    model = ReviewViewModel(scene.requests, scene.studies)
    await opened(model, scene)
    assert model.unopened_count == 0
    await model.close()


async def test_one_pane_and_all_again(model: ReviewViewModel, scene: Scene) -> None:
    await opened(model, scene)
    model.activate(model.ecg)
    model.toggle_one_pane()
    assert all_shown(model) == ["ЭКГ 12.11"]
    model.toggle_one_pane()
    assert all_shown(model) == ["Парастернально", "ЭКГ 12.11"]
    await model.close()


async def test_broken_frames_are_counted_not_fatal(model: ReviewViewModel, scene: Scene) -> None:
    scene.studies.studies[scene.clip.id] = MadeUpStudy(make_clip())
    await opened(model, scene)
    pane = model.pictures[0]
    pane.part_failed(UnreadableFile(Unreadable.DAMAGED))
    pane.part_failed(DecoderStopped(StopReason.TIME))
    assert pane.state is PaneState.READY
    assert (pane.broken_parts, pane.was_restarted) == (1, True)
    await model.close()


def test_nothing_flickers_before_150_ms_and_words_come_after_two_seconds() -> None:
    assert loading_stage(0) is LoadingStage.NOTHING
    assert loading_stage(149) is LoadingStage.NOTHING
    assert loading_stage(150) is LoadingStage.BARS
    assert loading_stage(1999) is LoadingStage.BARS
    assert loading_stage(2000) is LoadingStage.WORDS


PATIENT = ("Верещагина Алёна Юрьевна", date(1965, 3, 14))


@pytest.mark.parametrize(
    "name",
    [
        "Верещагина Алёна Юрьевна",
        "ВЕРЕЩАГИНА АЛЕНА ЮРЬЕВНА",
        "Верещагина А. Ю.",
        "Верещагина АЮ",
        "Алена Верещагина",
        "верещагина",
        "VERESHCHAGINA ALENA",
        "Vereschagina A.Yu.",
    ],
)
def test_spellings_of_the_same_person_are_no_alarm(name: str) -> None:
    assert match_patient(name, None, *PATIENT) in (Match.SAME,)


@pytest.mark.parametrize(
    "name",
    [
        "Верещагин Алёна Юрьевна",
        "Верещагина Мария Юрьевна",
        "Верещагина А. П.",
        "Иванова Алёна Юрьевна",
        "VERESHCHAGIN ALENA",
        "Ivanova A",
        "ANONYMOUS",
    ],
)
def test_another_person_in_the_file_is_an_alarm(name: str) -> None:
    assert match_patient(name, None, *PATIENT) is Match.DIFFERENT_NAME


def test_another_birth_date_is_an_alarm_whatever_the_name() -> None:
    match = match_patient(PATIENT[0], date(1966, 3, 14), *PATIENT)
    assert match is Match.DIFFERENT_BIRTH_DATE
    assert match_patient("", None, *PATIENT) is Match.NOT_SAID
    assert match_patient("  .,- ", PATIENT[1], *PATIENT) is Match.NOT_SAID


@pytest.mark.parametrize(
    ("in_file", "of_request", "match"),
    [
        (PatientSex.MALE, Sex.FEMALE, Match.DIFFERENT_SEX),
        (PatientSex.FEMALE, Sex.FEMALE, Match.SAME),
        (None, Sex.FEMALE, Match.SAME),
        (PatientSex.MALE, Sex.UNKNOWN, Match.SAME),
    ],
)
def test_another_sex_is_an_alarm_and_an_unknown_one_never_is(
    in_file: PatientSex | None, of_request: Sex, match: Match
) -> None:
    found = match_patient("Верещагина А. Ю.", None, *PATIENT, file_sex=in_file, sex=of_request)
    assert found is match
    nameless = match_patient("", None, *PATIENT, file_sex=in_file, sex=of_request)
    assert nameless is (match if match is Match.DIFFERENT_SEX else Match.NOT_SAID)
