"""The patient's page: a handful of static files under /p/, each known by name."""

from pathlib import Path
from typing import Annotated

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import PathParameter

from backend.auth import ANY_CLIENT, OPEN
from backend.problems import not_found, problems

PAGE = Path(__file__).resolve().parent.parent / "patient_page"
FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
OPT = {OPEN: True, ANY_CLIENT: True}
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".otf": "font/otf",
}
SHOWN_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf")
FILES = {
    **{file.name: file for file in PAGE.iterdir() if file.suffix in KINDS},
    **{name: FONTS / name for name in SHOWN_FONTS},
}
INDEX = "index.html"
Name = Annotated[str, PathParameter(max_length=60)]


@get("/", opt=OPT, include_in_schema=False)
async def patient_page(request: Request[None, None, State]) -> Response[bytes]:
    """The page itself. The link's token stands behind the #: it never comes here."""
    return page_file(request, INDEX)


@get("/{name:str}", opt=OPT, include_in_schema=False, responses=problems(404))
async def patient_page_file(request: Request[None, None, State], name: Name) -> Response[bytes]:
    """What the page is made of."""
    if name not in FILES or name == INDEX:
        raise not_found()
    return page_file(request, name)


def page_file(request: Request[None, None, State], name: str) -> Response[bytes]:
    """One of `FILES`, as a page that runs nothing but them."""
    file = FILES[name]
    return Response(
        file.read_bytes(), media_type=KINDS[file.suffix], headers=_headers(request.url.netloc)
    )


def _headers(host: str) -> dict[str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"media-src 'self' blob:; connect-src 'self' ws://{host} wss://{host}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }
