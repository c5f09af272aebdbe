"""The second tour: a conclusion signed and approved with GOST R 34.10-2012, through the window.

Doctor and approver choose in the settings the program that signs (OpenSSL with its GOST engine), a
certificate and a key; then pages are seen, signed, approved, delivered. `make tour ARGS=--gost`.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from backend.demo_data.staff import made_up_snils
from backend_client.models.conclusions import ConclusionState
from backend_client.models.requests import QueueGroup
from tests.journeys.driver import Desk, hold
from tests.journeys.own_pki import trust
from tests.journeys.steps import open_case, screens, server_answers, sign_in, sign_out
from tests.signing.gost_clinic import SECRET, GostAuthority, GostPerson
from tests.signing.outside_validators import GOST_ENGINE, openssl, openssl_refusals
from workstation.services.certificates import TRUST_ROOTS, KeptCertificates
from workstation.ui.screens.settings.key_dialog import KeyDialog
from workstation.ui.widgets.rail import Rail

PDF = "conclusion-gost.pdf"
CASE = "Баринов"
PEOPLE = {"levashova": "Левашова Марина Олеговна", "berezhnoy": "Бережной Артём Кириллович"}
TEXTS = {
    "conclusion.findings": "ЭхоКГ: аневризма верхушки 42 на 36 мм, тромб 9 мм, ФВ 38 %.",
    "conclusion.recommendations": "Очная консультация кардиохирурга, контроль тромба через месяц.",
}
UNOPENED = "Вопрос решён по протоколу"


class GostTour:
    """Steps, in their order; each returns what held, in words."""

    def __init__(self, desk: Desk, folder: Path, out: Path) -> None:
        """`folder` takes the keys and what this computer keeps of the choice."""
        self.desk, self.out = desk, out
        self._choices = folder / "certificates"
        self._authority = GostAuthority(folder)
        self._people = {
            login: self._authority.issue(name, qualified=True, snils=made_up_snils(login))
            for login, name in PEOPLE.items()
        }
        self._request_id = ""

    async def ready(self) -> str:
        """The root is trusted, here and by the server; nobody has a key yet."""
        await server_answers(self.desk)
        for roots in (self._choices / TRUST_ROOTS, self.desk.backend.trust_roots):
            trust(roots, "gost", self._authority.root)
        await self.desk.sign_with(KeptCertificates(self._choices), self._choices)
        return f"a root of {self._authority.root.signature_algorithm_oid.dotted_string}"

    async def key_chosen(self) -> str:
        """The doctor names certificate and key in the settings."""
        await sign_in(self.desk, "levashova")
        return await self._choose_key(self._people["levashova"])

    async def conclusion_written(self) -> str:
        """Findings and recommendations; the rest stands there from the request."""
        self._room("queue")
        queue = screens(self.desk).queue_model
        queue.choose_group(QueueGroup.ALL)
        await self.desk.until(
            lambda: any(one.patient.full_name.startswith(CASE) for one in queue.rows.records()),
            "the request is not in the list",
        )
        await open_case(self.desk, CASE)
        self.desk.press(Qt.Key.Key_F6)
        model = screens(self.desk).conclusion_model
        await self.desk.until(lambda: model.draft is not None, "the form did not come")
        for name, text in TEXTS.items():
            self.desk.find(QWidget, name).setFocus()
            self.desk.type_text(text)
        if model.unopened:
            self.desk.find(QLineEdit, "conclusion.unopenedReason").setFocus()
            self.desk.type_text(UNOPENED)
        seconds = await self.desk.until(lambda: model.obstacle is None, "it cannot be signed", 90)
        return f"ready to be signed after {seconds:.1f} s"

    async def signed(self) -> str:
        """One PIN serves a sitting: the key was opened in the settings."""
        model = screens(self.desk).conclusion_model
        hold(model.signing.certificate is not None, "no certificate")
        assert model.signing.certificate is not None
        hold(model.signing.certificate.is_qualified, "not called qualified")
        if model.signing.needs_pin:
            self._type("conclusion.pin", SECRET)
        begun = time.perf_counter()
        self.desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await self.desk.until(lambda: model.state is ConclusionState.SIGNED, "not signed", 60)
        seconds = time.perf_counter() - begun
        self._request_id = model.request_id or ""
        await self.desk.picture(self.out / "gost-signed.png")
        return f"after {seconds:.2f} s"

    async def approved(self) -> str:
        """Another person's key at the same computer; approval delivers (SPB-21)."""
        await sign_out(self.desk)
        await sign_in(self.desk, "berezhnoy")
        await self._choose_key(self._people["berezhnoy"])
        self._room("approvals")
        model = screens(self.desk).approvals_model
        assert model is not None
        await self.desk.until(lambda: model.refusal is None, "it cannot be approved", 90)
        await self.desk.picture(self.out / "gost-approval.png")
        self.desk.find(QWidget, "approvals.list").setFocus()
        self.desk.press(Qt.Key.Key_A)
        if model.pin_until is None:
            self._type("approvals.pin", SECRET)
        begun = time.perf_counter()
        self.desk.press(Qt.Key.Key_Return)
        await self.desk.until(lambda: model.count == 0, "not approved", 90)
        return f"after {time.perf_counter() - begun:.2f} s"

    async def signatures_hold(self) -> str:
        """`python -m signing verify --json` and OpenSSL over the delivered file."""
        file, root = self.out / PDF, self._choices / TRUST_ROOTS / "gost.pem"
        pdf = await self._delivered()
        await asyncio.to_thread(file.write_bytes, pdf)
        words = ["verify", str(file), "--json", "--trust", str(root), "--expect-signers", "2"]
        done = await asyncio.to_thread(_run, [sys.executable, "-m", "signing", *words])
        hold(done.returncode == 0, f"verify says {done.stdout}{done.stderr}")
        told = json.loads(done.stdout)
        hold(told["verdict"] == "valid", f"the verdict is {told['verdict']}")
        program = openssl()
        assert program is not None
        roots = [self._authority.root]
        refusals = await asyncio.to_thread(
            openssl_refusals, program, pdf, roots, file.parent, GOST_ENGINE
        )
        hold(refusals == ["", ""], f"OpenSSL says {refusals}")
        return "both valid for verify --json and OpenSSL with its GOST engine"

    async def _delivered(self) -> bytes:
        store = self.desk.backend.trust_roots.parent / "files" / "conclusions" / self._request_id
        files = await asyncio.to_thread(lambda: [one for one in store.rglob("*") if one.is_file()])
        newest = max(files, key=lambda one: one.stat().st_mtime)
        return await asyncio.to_thread(newest.read_bytes)

    async def _choose_key(self, person: GostPerson) -> str:
        self._room("settings")
        self.desk.find(QAbstractButton, "settings.key.choose").click()
        dialog = self.desk.find(KeyDialog, "keyDialog")
        await self.desk.until(dialog.isVisible, "the page of the key did not come")
        self.desk.find(QAbstractButton, "settings.key.kind.KeyKind.PROGRAM").click()
        self._type("key.certificate", str(person.certificate))
        self._type("key.name", str(person.key))
        self._type("key.pin", SECRET)
        await self.desk.picture(self.out / "gost-key.png")
        self.desk.find(QAbstractButton, "key.take").click()
        facts = self.desk.find(QWidget, "settings.key")
        seconds = await self.desk.until(
            lambda: self.desk.window.findChild(KeyDialog) is None, "the key was not taken"
        )
        hold(facts.isVisible(), "not back in the settings")
        window = self.desk.window
        window.activateWindow()
        await self.desk.until(window.isActiveWindow, "the window is not the active one")
        return f"taken after {seconds:.2f} s"

    def _type(self, name: str, text: str) -> None:
        field = self.desk.find(QLineEdit, name)
        field.setFocus()
        field.setText(text)

    def _room(self, key: str) -> None:
        self.desk.window.findChildren(Rail)[0].chosen.emit(key)


GOST_STEPS = (
    GostTour.ready,
    GostTour.key_chosen,
    GostTour.conclusion_written,
    GostTour.signed,
    GostTour.approved,
    GostTour.signatures_hold,
)


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, timeout=60)
