"""Characters to and fro, by which the device test learns how fast the road is (OZ-25)."""

import pytest

from backend_client.models.common import ProblemCode
from backend_client.models.speed import LARGEST_PADDING, Padding, PaddingTaken
from tests.backend.clinic import Caller, ClinicMaker, problem, read


async def given(caller: Caller, size: int) -> str:
    return read(await caller.get(f"/speed?size={size}"), Padding).text


async def test_so_many_characters_come_and_go(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        caller = await clinic.caller()
        text = await given(caller, LARGEST_PADDING)
        taken = read(await caller.post("/speed", Padding(text=text)), PaddingTaken)
        other = await given(caller, LARGEST_PADDING)
    assert len(text) == taken.characters == LARGEST_PADDING
    assert text != other  # nothing on the way can keep it, or pack it


@pytest.mark.parametrize("size", [0, -1, LARGEST_PADDING + 1])
async def test_more_than_the_bound_is_refused(clinics: ClinicMaker, size: int) -> None:
    async with clinics.open() as clinic:
        caller = await clinic.caller()
        assert problem(await caller.get(f"/speed?size={size}")).code is ProblemCode.INVALID
        huge = Padding(text="x" * 1_100_000)
        assert (await caller.post("/speed", huge)).status_code == 413


async def test_nobody_without_a_session_uses_the_road(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        assert (await clinic.nobody.get("/speed")).status_code == 401
