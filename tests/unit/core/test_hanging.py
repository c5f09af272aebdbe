"""What opens where, by the centre's rules, the files and the width."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from backend_client.models.catalogue import Catalogue
from backend_client.models.documents import DocumentKind
from backend_client.models.hanging import Hanging, HangingRule, PlacesFrom
from workstation.core.hanging import HangingRules, kinds_beside, name_of, places_at

CATALOGUES = Path(__file__).resolve().parents[3] / "resources" / "catalogues"
K = DocumentKind


@dataclass(frozen=True, slots=True)
class File:
    """A file of a case."""

    item_code: str
    kind: DocumentKind
    name: str = ""
    modality: str | None = None


def of(centre: str) -> HangingRules:
    """The present rules of a centre, as they come with the program."""
    text = (CATALOGUES / f"{centre}.json").read_bytes()
    return HangingRules(msgspec.json.decode(text, type=list[Catalogue])[-1].hanging)


ECHO = [File("echo", K.CLIP, f"clip {n}") for n in range(1, 6)]
ECG = File("ecg", K.ECG, "ecg")
CT = File("ct", K.IMAGE, "ct", "CT")
MRI = File("mri", K.IMAGE, "mri", "MR")
FETUS = [File("us_fetus", K.IMAGE, f"fetus {n}") for n in range(1, 3)]
PELVIS = File("us_pelvis", K.CLIP, "pelvis")
SUMMARY = File("summary", K.PDF, "summary")
CARD = File("exchange_card", K.PHOTO, "card")
CARDIAC = [CT, ECG, SUMMARY, *ECHO]
PREGNANT = [SUMMARY, PELVIS, *FETUS, CARD]


@pytest.mark.parametrize(("width", "names"), [(1366, 2), (1599, 2), (1600, 4), (3840, 4)])
def test_oz_29_cardiac_echo_hangs_four_up_from_1600_over_the_ecg(width: int, names: int) -> None:
    """OZ-29: rules of the centre that are data; issue 7: echo four-up, ECG below."""
    hung = of("cardio").open(CARDIAC, width)
    assert [one.name for one in hung.pictures] == [f"clip {n}" for n in range(1, names + 1)]
    assert hung.ecg is ECG
    assert hung.document is None
    assert hung.first is ECHO[0]


@pytest.mark.parametrize("file", [CT, MRI, File("echo", K.IMAGE, "coronary", "XA")])
def test_slices_hang_alone_and_large(file: File) -> None:
    rules = of("cardio")
    rule = rules.rule_of(file)
    if file.item_code != "echo":
        hung = rules.open([file, ECG], 1920)
        assert (hung.pictures, hung.ecg, hung.first) == ((file,), None, file)
        assert places_at(rule, 3840) == 1
    else:
        assert places_at(rule, 3840) == 4, "the earlier rule counts: it is a file of the echo"


def test_a_modality_tells_where_the_item_does_not() -> None:
    stray = File("other", K.IMAGE, "angiography", "XA")
    rules = of("cardio")
    assert places_at(rules.rule_of(stray), 1920) == 1
    assert rules.rule_of(stray) is rules.rule_of(CT)
    assert rules.rule_of(File("other", K.CLIP, "echo", "US")) is rules.rule_of(ECHO[0])


def test_perinatal_ultrasound_hangs_two_up_with_the_exchange_card_at_its_side() -> None:
    """OZ-6: the pregnant woman's exchange card comes before other papers."""
    rules = of("perinatal")
    hung = rules.open(PREGNANT, 1920)
    assert [one.name for one in hung.pictures] == ["fetus 1", "fetus 2"], "the fetus first"
    assert (hung.document, hung.ecg) == (CARD, None)
    narrow = rules.open(PREGNANT, 1366)
    assert len(narrow.pictures) == 2
    assert narrow.document is None, "there is no room for it beside two pictures"


def test_a_doctors_own_number_counts_before_the_rule() -> None:
    assert len(of("cardio").open(CARDIAC, 1920, places=1).pictures) == 1


def test_without_pictures_an_ecg_opens_else_the_first_file() -> None:
    for rules in (of("cardio"), of("perinatal"), HangingRules()):
        assert rules.open([SUMMARY, ECG], 1920).first is ECG
        assert rules.open([SUMMARY, CARD], 1920).first is SUMMARY
        assert rules.open(list[File](), 1920).first is None


def test_without_data_one_clip_hangs_over_the_ecg_two_on_a_wide_screen() -> None:
    for width, count in ((1366, 1), (1600, 2)):
        hung = HangingRules(None).open(CARDIAC, width)
        assert [one.name for one in hung.pictures] == [f"clip {n}" for n in range(1, count + 1)]
        assert hung.ecg is ECG


def test_clips_come_before_stills() -> None:
    still = File("echo", K.IMAGE, "still")
    rules = of("cardio")
    own = rules.pictures(rules.rule_of(still), [still, *ECHO])
    assert [one.name for one in own][-1] == "still"


def test_a_rule_says_which_kind_is_active_first() -> None:
    text = b"""{"rules": [{"places": [{"places": 1}], "first": "ecg",
        "beside": [{"kinds": ["ecg", "sculpture"]}]}]}"""
    hung = HangingRules(msgspec.json.decode(text, type=Hanging)).open(CARDIAC, 1366)
    assert hung.first is ECG
    assert K.UNKNOWN not in kinds_beside(hung.rule, 1366), "an unknown kind is passed over"


def test_what_nobody_can_go_by_is_passed_over() -> None:
    assert places_at(HangingRule(places=[]), 1920) == 1
    odd = HangingRule(places=[PlacesFrom(places=2), PlacesFrom(from_px=10, places=3)])
    assert places_at(odd, 1920) == 2
    late = HangingRule(places=[PlacesFrom(from_px=5000, places=4)])
    assert places_at(late, 1920) == 1


def test_choices_are_kept_by_the_rules_own_names() -> None:
    rules = of("cardio")
    names = {name_of(rules.rule_of(one)) for one in (ECHO[0], CT, File("x", K.IMAGE))}
    assert names == {"echo US", "ct mri CT MR XA", ""}
