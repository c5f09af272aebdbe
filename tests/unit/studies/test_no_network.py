"""Whatever address a file names, nobody is called: a listener on this computer hears nothing."""

import io
import socket

import pikepdf

from tests.unit.studies import docx_factory
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.imaging_fuzz.cases import Case
from tests.unit.studies.imaging_fuzz.looking import Looker
from tests.unit.studies.test_picture_and_pdf import pdf


def files(address: str) -> dict[str, bytes]:
    """Documents, drawings and playlists that name the address in every way they have."""
    relations = docx_factory.relations({"p": (f"{address}/a.png", "External")})
    body = docx_factory.paragraph("a") + docx_factory.drawing("p")
    template = docx_factory.relations({"t": (f"{address}/a.dotm", "External")})
    parts: dict[str, bytes | str] = {
        docx_factory.RELATIONS: relations,
        "word/_rels/settings.xml.rels": template,
        "word/settings.xml": docx_factory.part("settings", '<w:attachedTemplate r:id="t"/>'),
    }
    entity = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{address}/a">]><x>&a;</x>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/a"/></svg>'
    return {
        "docx": docx_factory.docx(body, parts),
        "docx with an entity": docx_factory.zipped({"word/document.xml": entity}),
        "pdf that submits": _pdf(pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=address)),
        "pdf that opens": _pdf(pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)),
        "playlist": f"#EXTM3U\n#EXTINF:1,\n{address}/a.ts\n".encode(),
        "svg": svg.encode(),
        "html": f"<html><img src='{address}/a'></html>".encode(),
        "aecg with an entity": entity.replace("x>", "AnnotatedECG>").encode(),
    }


def _pdf(order: pikepdf.Dictionary) -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.Root.OpenAction = document.make_indirect(order)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


async def test_nobody_is_called() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with a_decoder() as (decoder, told):
            looker = Looker(decoder)
            for name, data in files(address).items():
                seen = await looker.look(Case(name, data))
                assert seen.troubles == [], name
                assert seen.outcome, name
            assert told.nothing
        try:
            called, _ = listener.accept()
        except BlockingIOError:
            return
        called.close()
        raise AssertionError("somebody called")
