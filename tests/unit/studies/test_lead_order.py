"""The order of leads: the standard's, and a modified lead behind the one that it modifies."""

import pytest

from tests.ui.viewers.made_up import make_lead
from workstation.studies.ecg import STANDARD_LEADS
from workstation.studies.readers.ecg_leads import in_order

ORDERS = {
    "mitdb 100": ("V5 MLII", "MLII V5"),
    "mitdb 103": ("MLII V2", "MLII V2"),
    "european ST-T": ("V4 MLIII", "MLIII V4"),
    "all modified limb leads": ("MLIII MLI V1 MLII", "MLI MLII MLIII V1"),
    "bipolar chest leads": ("CM5 Resp CS1 MCL6", "CS1 CM5 MCL6 Resp"),
    "behind its own lead": ("V1 MLII II mod.V1 I", "I II MLII V1 mod.V1"),
    "behind the twelve and Frank's": ("Resp X V9 V3R aVF Pleth", "aVF V9 V3R X Resp Pleth"),
    "names that only look alike": ("MV VM1 MLIV CM7 IV V", "MV VM1 MLIV CM7 IV V"),
}


@pytest.mark.parametrize("kind", ORDERS)
def test_limb_leads_come_before_chest_leads(kind: str) -> None:
    given, expected = ORDERS[kind]
    leads = [make_lead(name) for name in given.split()]
    assert [lead.name for lead in in_order(leads)] == expected.split()


def test_the_twelve_keep_their_order_whatever_the_file_s() -> None:
    leads = [make_lead(name) for name in reversed(STANDARD_LEADS)]
    assert tuple(lead.name for lead in in_order(leads)) == STANDARD_LEADS


def test_a_repeated_lead_stands_behind_the_first() -> None:
    leads = [make_lead(name) for name in ("V2", "II (2)", "II", "MLII (2)", "MLII")]
    assert [one.name for one in in_order(leads)] == ["II", "II (2)", "MLII (2)", "MLII", "V2"]
