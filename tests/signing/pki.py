"""A real PKI over HTTP on this computer: OCSP, revocation lists and time stamps (Certomancer).

Each service can be made to fail in its own way, and to live in another time.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum
from pathlib import Path
from typing import Any, Self

from asn1crypto import tsp  # type: ignore[import-untyped]  # no types
from certomancer.integrations._animator_shared import FAKE_TIME_HEADER
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from signing.keys.pkcs12 import Pkcs12Signer
from signing.policy import Policy

DOCTOR, DOCTOR_EC, APPROVER = "doctor", "doctor-ec", "approver"
CHIEF = "chief"
"""Who approves in the demonstration."""
REVOKED, ENDED, TO_COME = "revoked", "ended", "to-come"
PASSPHRASE = "верный пароль"
SPENT = "/spent"
"""Where the server tells how many seconds its services have worked; for benchmarks."""
_ARCH = "clinic"
_DAY = timedelta(days=1)
_NAMES = {
    DOCTOR: ("Левашова", "Марина Олеговна"),
    DOCTOR_EC: ("Левашова", "Марина Олеговна"),
    APPROVER: ("Бережной", "Илья Петрович"),
    CHIEF: ("Бережной", "Артём Кириллович"),
    REVOKED: ("Отозванов", "Пётр Ильич"),
    ENDED: ("Прошлов", "Семён Львович"),
    TO_COME: ("Будущева", "Анна Павловна"),
}


class Fault(Enum):
    """How a service fails."""

    CLOSED = "closed"
    """The connection ends without an answer."""
    HANGS = "hangs"
    DRIPS = "drips"
    """A byte now and then, for ever."""
    REFUSES = "refuses"
    """503."""
    RUBBISH = "rubbish"
    REJECTS = "rejects"
    """A time service that says no, in good form."""
    OTHER_DATA = "other_data"
    """A time stamp over something else."""


@dataclass
class Services:
    """What the tests turn; by the kind in the path: `tsa`, `ocsp`, `crls`."""

    faults: dict[str, Fault] = field(default_factory=dict)
    shift: timedelta = timedelta()
    """By how much the services' clocks are ahead."""
    asked: list[str] = field(default_factory=list)
    spent: float = 0.0
    """Seconds inside of the services, for benchmarks."""
    released: threading.Event = field(default_factory=threading.Event)
    hanging: threading.Event = field(default_factory=threading.Event)
    """Set as soon as somebody waits."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nobody reads it."""

    def send_response(self, code: int, message: str | None = None) -> None:
        """Without the true date: the services tell their own."""
        self.send_response_only(code, message)


class PkiServer:
    """The PKI and its server; a context manager."""

    def __init__(self, folder: Path) -> None:
        """`folder` takes the keys."""
        self.services = Services()
        self._folder = folder
        self._server: BaseWSGIServer | None = None

    def __enter__(self) -> Self:
        _make_keys(self._folder)
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = CertomancerConfig(_config(self.url), str(self._folder), lazy_load_keys=True)
        self._arch = config.get_pki_arch(ArchLabel(_ARCH))
        app = _Faulty(
            Animator(AnimatorArchStore(config.pki_archs), with_web_ui=False), self.services
        )
        self._server = make_server(
            "127.0.0.1",
            0,
            app,
            threaded=True,
            request_handler=_Quiet,
            fd=listening.detach(),
        )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.services.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    @property
    def root(self) -> x509.Certificate:
        """The one root to trust."""
        return self.certificate("root")

    @property
    def tsa(self) -> str:
        """Address of the time-stamping service."""
        return f"{self.url}/{_ARCH}/tsa/tsa"

    @property
    def ending_tsa(self) -> str:
        """Of the same one with a certificate that ends in four days."""
        return f"{self.url}/{_ARCH}/tsa/tsa-ending"

    @property
    def plain_tsa(self) -> str:
        """Of one whose certificate is for signing and not for time stamps."""
        return f"{self.url}/{_ARCH}/tsa/plain-tsa"

    @property
    def strange_tsa(self) -> str:
        """Of one whose certificate leads to another root."""
        return f"{self.url}/{_ARCH}/tsa/strange-tsa"

    def policy(self, timeout: float = 20.0) -> Policy:
        """The highest level, with this server's time; seconds."""
        return Policy(time_services=(self.tsa,), timeout=timeout)

    def certificate(self, label: str) -> x509.Certificate:
        """One certificate by its label."""
        return x509.load_der_x509_certificate(self._arch.get_cert(CertLabel(label)).dump())

    def key_file(self, label: str, passphrase: str = PASSPHRASE) -> bytes:
        """Key, certificate and chain in a PKCS#12."""
        return bytes(self._arch.package_pkcs12(CertLabel(label), password=passphrase.encode()))

    def signer(self, label: str = DOCTOR) -> Pkcs12Signer:
        """Somebody who signs."""
        return Pkcs12Signer.open(self.key_file(label), PASSPHRASE)

    @contextmanager
    def failing(self, **faults: Fault) -> Iterator[Services]:
        """Inside, the services named `tsa`, `ocsp`, `crls` fail so."""
        self.services.faults = dict(faults)
        self.services.released.clear()
        self.services.hanging.clear()
        try:
            yield self.services
        finally:
            self.services.faults = {}
            self.services.released.set()

    @contextmanager
    def shifted(self, by: timedelta) -> Iterator[None]:
        """Inside, the services' clocks are ahead by so much."""
        self.services.shift = by
        try:
            yield
        finally:
            self.services.shift = timedelta()


_Start = Callable[..., Any]


class _Faulty:
    """Stands before the services, and fails as it is told."""

    def __init__(self, app: Animator, services: Services) -> None:
        self._app = app
        self._services = services

    def __call__(self, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == SPENT:
            start("200 OK", [("Content-Type", "text/plain")])
            return [f"{self._services.spent}".encode()]
        kind = environ["PATH_INFO"].split("/")[2]
        self._services.asked.append(environ["PATH_INFO"])
        fault = self._services.faults.get(kind)
        return self._well(environ, start) if fault is None else self._badly(fault, environ, start)

    def _well(self, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        began = time.perf_counter()
        now = datetime.now(UTC) + self._services.shift
        environ["HTTP_" + FAKE_TIME_HEADER.upper().replace("-", "_")] = now.isoformat()

        def dated(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [*headers, ("Date", format_datetime(now, usegmt=True))], *rest)

        answer = list(self._app(environ, dated))
        self._services.spent += time.perf_counter() - began
        return answer

    def _badly(self, fault: Fault, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        if fault is Fault.CLOSED:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            start("200 OK", [])
            return []
        if fault is Fault.REFUSES:
            start("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"later"]
        if fault is Fault.OTHER_DATA:
            return self._well(_about_other_data(environ), start)
        start("200 OK", [("Content-Type", "application/timestamp-reply")])
        if fault is Fault.REJECTS:
            return [tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()]
        return [b"\x30\x03rubbish"] if fault is Fault.RUBBISH else self._waiting(fault)

    def _waiting(self, fault: Fault) -> Iterator[bytes]:
        self._services.hanging.set()
        yield b"\x30"
        while not self._services.released.wait(0.05 if fault is Fault.DRIPS else 30):
            yield b"\x30"


def _about_other_data(environ: dict[str, Any]) -> dict[str, Any]:
    """The same question with another digest in it; the nonce stays."""
    import io

    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    question = tsp.TimeStampReq.load(body)
    question["message_imprint"]["hashed_message"] = bytes(32)
    data = question.dump()
    return environ | {"wsgi.input": io.BytesIO(data), "CONTENT_LENGTH": str(len(data))}


def _make_keys(folder: Path) -> None:
    """EC where nothing asks for RSA: those are quick."""
    slow = {"doctor", "tsa"}
    for label in (*_NAMES, "root", "interm", "ocsp", "root-ocsp", "tsa", "other-root", "strange"):
        key: Any = (
            rsa.generate_private_key(public_exponent=65537, key_size=2048)
            if label in slow
            else ec.generate_private_key(ec.SECP256R1())
        )
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{label}.pem").write_bytes(pem)


def _config(url: str) -> dict[str, Any]:
    labels = (*_NAMES, "root", "interm", "ocsp", "root-ocsp", "tsa", "other-root", "strange")
    keys = {label: {"path": f"{label}.pem"} for label in labels}
    return {
        "external-url-prefix": url,
        "keysets": {_ARCH: {"keys": keys}},
        "pki-architectures": {
            _ARCH: {
                "keyset": _ARCH,
                "entity-defaults": {"country-name": "RU", "organization-name": "Учебный центр"},
                "entities": _entities(),
                "certs": _certificates(),
                "services": _services(),
            }
        },
    }


def _entities() -> dict[str, Any]:
    services = {
        label: {"common-name": f"Учебный {label}"}
        for label in ("root", "interm", "ocsp", "root-ocsp", "tsa", "other-root", "strange")
    }
    people = {
        label: {"common-name": f"{family} {given}", "surname": family, "given-name": given}
        for label, (family, given) in _NAMES.items()
    }
    return services | people


def _validity(start: float, end: float) -> dict[str, str]:
    now = datetime.now(UTC).replace(microsecond=0)
    times = {"valid-from": now + start * _DAY, "valid-to": now + end * _DAY}
    return {key: moment.strftime("%Y-%m-%dT%H:%M:%S+0000") for key, moment in times.items()}


def _usage(*names: str) -> dict[str, Any]:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(names)},
    }


def _asked_at(lists: str, responder: str | None = None, issuer: str | None = None) -> list[Any]:
    """Where a certificate sends those who ask about it."""
    points = {"schema": "crl-dist-url", "params": {"crl-repo-names": [lists]}}
    params: dict[str, Any] = {} if responder is None else {"ocsp-responder-names": [responder]}
    if issuer is not None:
        params["ca-issuer-links"] = [
            {"repo": issuer, "include-repo-authority": False, "cert-labels": ["interm"]}
        ]
    found: list[Any] = [{"id": "crl_distribution_points", "smart-value": points}]
    if params:
        access = {"schema": "aia-urls", "params": params}
        found.append({"id": "authority_information_access", "smart-value": access})
    return found


def _authority(issuer: str, *more: Any) -> dict[str, Any]:
    limits = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
    usage = _usage("digital_signature", "key_cert_sign", "crl_sign")
    validity = _validity(-30, 3650)
    return {"issuer": issuer, "validity": validity, "extensions": [limits, usage, *more]}


def _service(issuer: str, purpose: str, *more: Any) -> dict[str, Any]:
    use = {"id": "extended_key_usage", "critical": True, "value": [purpose]}
    return {
        "issuer": issuer,
        "validity": _validity(-20, 3000),
        "extensions": [_usage("digital_signature"), use, *more],
    }


def _signer(start: float = -10, end: float = 365) -> dict[str, Any]:
    usage = _usage("digital_signature", "non_repudiation")
    return {
        "issuer": "interm",
        "validity": _validity(start, end),
        "extensions": [usage, *_asked_at("interm", "interm", "root")],
    }


def _certificates() -> dict[str, Any]:
    no_check = {"id": "ocsp_no_check"}
    gone = {"revoked-since": _validity(-5, 0)["valid-from"], "reason": "key_compromise"}
    return {
        "root": {"subject": "root"} | _authority("root"),
        "other-root": {"subject": "other-root"} | _authority("other-root"),
        "interm": _authority("root", *_asked_at("root", "root")),
        "ocsp": _service("interm", "ocsp_signing", no_check),
        "root-ocsp": _service("root", "ocsp_signing", no_check),
        "tsa": _service("root", "time_stamping", *_asked_at("root", "root")),
        "tsa-ending": _service("root", "time_stamping", *_asked_at("root", "root"))
        | {"subject": "tsa", "subject-key": "tsa", "validity": _validity(-20, 4)},
        "tsa-plain": {
            "subject": "tsa",
            "subject-key": "tsa",
            "issuer": "root",
            "validity": _validity(-20, 3000),
            "extensions": [_usage("digital_signature"), *_asked_at("root", "root")],
        },
        "strange": _service("other-root", "time_stamping"),
        DOCTOR: _signer(),
        DOCTOR_EC: _signer(),
        APPROVER: _signer(),
        CHIEF: _signer(),
        REVOKED: _signer() | {"revocation": gone},
        ENDED: _signer(-10, -1),
        TO_COME: _signer(1, 30),
    }


def _services() -> dict[str, Any]:
    lists = {"simulated-update-schedule": "P30D"}
    return {
        "ocsp": {
            "interm": {"for-issuer": "interm", "responder-cert": "ocsp", "signing-key": "ocsp"},
            "root": {
                "for-issuer": "root",
                "responder-cert": "root-ocsp",
                "signing-key": "root-ocsp",
            },
        },
        "crl-repo": {
            "root": {"for-issuer": "root", "signing-key": "root"} | lists,
            "interm": {"for-issuer": "interm", "signing-key": "interm"} | lists,
        },
        "cert-repo": {"root": {"for-issuer": "root", "publish-issued-certs": True}},
        "time-stamping": {
            "tsa": {"signing-key": "tsa", "signing-cert": "tsa"},
            "tsa-ending": {"signing-key": "tsa", "signing-cert": "tsa-ending"},
            "strange-tsa": {"signing-key": "strange", "signing-cert": "strange"},
            "plain-tsa": {"signing-key": "tsa", "signing-cert": "tsa-plain"},
        },
    }
