"""Where the demonstration's people and requests come from; tests bring their own."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backend.accounts.names import initials
from backend.demo_data.shape import DemoRequest, DemoStaff
from backend_client.models.accounts import DemoAccount
from backend_client.models.common import VERSION


@dataclass(frozen=True, slots=True)
class DemoData:
    """Staff, and requests as they stand at a moment."""

    version: str
    """Of everything: another one is loaded anew."""
    files_version: str
    """Of what makes the files: another one makes them anew."""
    staff: Sequence[DemoStaff]
    requests: Callable[[datetime], Sequence[DemoRequest]]

    def accounts(self) -> list[DemoAccount]:
        """Those that the sign-in screen offers."""
        return [
            DemoAccount(
                login=one.login,
                password=one.password,
                full_name=one.full_name,
                initials=initials(one.full_name),
                post=one.post,
            )
            for one in self.staff
            if one.listed
        ]


def project_demo(catalogues: Path) -> DemoData:
    """The demonstration that comes with the program."""
    # Needed by a demo server alone, and not quick to import.
    from backend.demo_data.requests import demo_requests
    from backend.demo_data.staff import demo_staff

    here = Path(__file__).parent
    return DemoData(
        version=_digest([*here.rglob("*.py"), *catalogues.glob("*.json")]),
        files_version=_digest(here.glob("files/**/*.py")),
        staff=demo_staff(),
        requests=demo_requests,
    )


def _digest(sources: Iterable[Path]) -> str:
    """Of the program's version and its texts; a frozen program has no texts."""
    digest = hashlib.sha256(VERSION.encode())
    for source in sorted(sources):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()
