"""The network adapters of the computer that the tests run on."""

from workstation.core.device_check import Adapter
from workstation.ui.screens.device_test.adapters import adapters


def test_what_leads_nowhere_is_no_adapter() -> None:
    """Whatever this computer has: no loop back to itself, no inner bridge, each once."""
    found = adapters()
    assert all(isinstance(one, Adapter) and one.name for one in found)
    assert not {one.name for one in found} & {"lo", "docker0", "Loopback Pseudo-Interface 1"}
    assert len({one.name for one in found}) == len(found)
