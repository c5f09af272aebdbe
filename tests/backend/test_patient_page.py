"""The patient's page as a browser gets it."""

import re

import pytest

from backend.routes.patient_page import FILES, INDEX, PAGE
from tests.backend.clinic import ClinicMaker, problem

LINKED = re.compile(r"""(?:src|href)="(/p/[^"]+)"|from "(/p/[^"]+)"|url\((/p/[^)]+)\)""")


async def test_page_runs_nothing_but_its_own_files(clinics: ClinicMaker) -> None:
    """OZ-27"""
    async with clinics.open() as clinic:
        answer = await clinic.client.get("/p/")
    policy = answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<script>|<style|style=|\son\w+=", answer.text)


@pytest.mark.parametrize("name", sorted(set(FILES) - {INDEX}))
async def test_every_file_of_the_page_is_served_as_what_it_is(
    clinics: ClinicMaker, name: str
) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.client.get(f"/p/{name}")
    assert answer.content == FILES[name].read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_page_asks_for_nothing_that_is_not_there() -> None:
    """SPB-25: the words to an old browser are a file of their own, in plain old JavaScript."""
    texts = [file.read_text(encoding="utf-8") for file in PAGE.iterdir() if file.is_file()]
    asked = {next(filter(None, one.groups())) for text in texts for one in LINKED.finditer(text)}
    assert {name.removeprefix("/p/") for name in asked} <= set(FILES)
    old = FILES["old_browser.js"].read_text(encoding="utf-8")
    assert not re.search(r"\b(const|let|import|export|class)\b|=>|`", old)


@pytest.mark.parametrize("name", ["nothing.js", "__init__.py", "..%2Fmain.py", "index.html"])
async def test_nothing_else_is_served(clinics: ClinicMaker, name: str) -> None:
    async with clinics.open() as clinic:
        assert problem(await clinic.client.get(f"/p/{name}")).status == 404
