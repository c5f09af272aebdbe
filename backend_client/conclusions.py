"""Conclusions: drafts, signed PDFs, approvals."""

import hashlib

from backend_client.errors import Corrupted
from backend_client.models.common import Page, RequestId
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionForm,
    CorrectConclusion,
    EarlierConclusion,
    Edition,
    Liftable,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.pages import LARGEST_PAGE, every, page_params
from backend_client.requests import request_path
from backend_client.transport import Transport

PDF = "application/pdf"


class ConclusionsResource:
    """A signed conclusion is signed when the server says so."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def read(self, request_id: RequestId) -> Conclusion:
        """The draft or the signed conclusion; raises NotFound where there is none."""
        return await self._transport.get(_path(request_id), Conclusion)

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """Keeps the form; `version` is the one that was edited, 0 for the first.

        Raises Conflict (STALE_VERSION, MOVE_NOT_ALLOWED, CLAIMED_BY_OTHER).
        """
        body = SaveDraft(version=version, form=form)
        return await self._transport.put(_path(request_id), Conclusion, body)

    async def sign(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Hands in the PDF that the doctor has signed, made from the draft of this version.

        Raises Conflict (STALE_VERSION, MOVE_NOT_ALLOWED) and Rejected (BAD_SIGNATURE).
        """
        path = _path(request_id) + "/signed"
        params = {"version": version}
        return await self._transport.upload(path, Conclusion, pdf, PDF, params, key=key)

    async def pdf(self, conclusion: Conclusion | Approval) -> bytes:
        """The kept PDF, checked by its hash.

        Raises Conflict (FILE_CHANGED) and Corrupted.
        """
        pdf = await self._transport.get_bytes(_path(conclusion.request_id) + "/pdf")
        if hashlib.sha256(pdf).hexdigest() != conclusion.sha256:
            raise Corrupted("SHA-256 does not fit")
        return pdf

    async def earlier(self, request_id: RequestId) -> list[EarlierConclusion]:
        """What the same patient was told before, the newest first: the last page of it."""
        path = request_path(request_id) + "/earlier-conclusions"
        page = await self._transport.get(path, Page[EarlierConclusion], page_params(None, 20))
        return page.items

    async def waiting_page(self, cursor: str | None = None, limit: int = 50) -> Page[Approval]:
        """One page of the signed conclusions that wait for the clinic admin, the oldest first."""
        params = page_params(cursor, limit)
        return await self._transport.get("/approvals", Page[Approval], params)

    async def waiting(self) -> list[Approval]:
        """All signed conclusions that wait for the clinic admin, the oldest first."""
        waiting = every(lambda cursor: self.waiting_page(cursor, LARGEST_PAGE))
        return [approval async for approval in waiting]

    async def approve(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Hands in the countersigned PDF; the patient gets it.

        Raises Conflict (STALE_VERSION, MOVE_NOT_ALLOWED, FILE_CHANGED), Rejected (BAD_SIGNATURE).
        """
        path = _path(request_id) + "/approved"
        params = {"version": version}
        return await self._transport.upload(path, Conclusion, pdf, PDF, params, key=key)

    async def correct(
        self, request_id: RequestId, version: int, reason: str, *, key: str | None = None
    ) -> Conclusion:
        """Begins a new edition of the delivered conclusion of this version; the old one stays.

        Raises Conflict (STALE_VERSION, MOVE_NOT_ALLOWED).
        """
        path = _path(request_id) + "/corrected"
        body = CorrectConclusion(version=version, reason=reason)
        return await self._transport.post(path, Conclusion, body, key=key)

    async def editions(self, request_id: RequestId) -> list[Edition]:
        """Every signed file of the request, the first first."""
        path = _path(request_id) + "/editions"

        async def page(cursor: str | None) -> Page[Edition]:
            params = page_params(cursor, LARGEST_PAGE)
            return await self._transport.get(path, Page[Edition], params)

        return [edition async for edition in every(page)]

    async def to_lift(self) -> list[Liftable]:
        """Signed files that could prove more by now, the oldest first."""

        async def page(cursor: str | None) -> Page[Liftable]:
            params = page_params(cursor, LARGEST_PAGE)
            return await self._transport.get("/signatures/to-lift", Page[Liftable], params)

        return [one async for one in every(page)]

    async def lift(self, lifted: Liftable, pdf: bytes, *, key: str | None = None) -> Edition:
        """Hands in the file of `lifted` with what proves more behind it.

        Raises Conflict (STALE_VERSION: another file is kept by now; FILE_CHANGED) and Rejected
        (BAD_SIGNATURE).
        """
        path = f"{_path(lifted.request_id)}/editions/{lifted.edition}/lifted"
        params = {"replaces": lifted.sha256}
        return await self._transport.upload(path, Edition, pdf, PDF, params, key=key)

    async def edition_pdf(self, request_id: RequestId, edition: Edition | Liftable) -> bytes:
        """The kept PDF of this or an earlier edition, checked by its hash.

        Raises Conflict (FILE_CHANGED) and Corrupted.
        """
        path = f"{_path(request_id)}/editions/{edition.edition}/pdf"
        pdf = await self._transport.get_bytes(path)
        if hashlib.sha256(pdf).hexdigest() != edition.sha256:
            raise Corrupted("SHA-256 does not fit")
        return pdf

    async def give_back(
        self, request_id: RequestId, version: int, reason: str, *, key: str | None = None
    ) -> Conclusion:
        """Returns the conclusion of this version to its doctor.

        Raises Conflict (STALE_VERSION, MOVE_NOT_ALLOWED).
        """
        path = _path(request_id) + "/returned"
        body = ReturnConclusion(version=version, reason=reason)
        return await self._transport.post(path, Conclusion, body, key=key)


def _path(request_id: RequestId) -> str:
    return request_path(request_id) + "/conclusion"
