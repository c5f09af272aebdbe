"""Measurements that are kept with a request."""

from urllib.parse import quote

from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import Page, RequestId
from backend_client.pages import LARGEST_PAGE, every, page_params
from backend_client.requests import request_path
from backend_client.transport import Transport


class AnnotationsResource:
    """Written by the doctor who holds the request, read by all of the centre."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def every(self, request_id: RequestId) -> list[Annotation]:
        """All that stand, in the order in which they were made."""

        async def page(cursor: str | None) -> Page[Annotation]:
            params = page_params(cursor, LARGEST_PAGE)
            return await self._transport.get(_path(request_id), Page[Annotation], params)

        return [one async for one in every(page)]

    async def put(
        self, request_id: RequestId, given: PutAnnotation, *, key: str | None = None
    ) -> Annotation:
        """A new one, or what a known one is from now on; a removed one stays removed."""
        return await self._transport.post(_path(request_id), Annotation, given, key=key)

    async def remove(
        self, request_id: RequestId, annotation_id: AnnotationId, *, key: str | None = None
    ) -> Annotation:
        """It stands no more."""
        path = f"{_path(request_id)}/{quote(annotation_id, safe='')}/remove"
        return await self._transport.post(path, Annotation, key=key)


def _path(request_id: RequestId) -> str:
    return request_path(request_id) + "/annotations"
