"""Sign-in, tokens, and who may come in."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from websockets.protocol import State

from backend.accounts.attempts import FREE_FAILURES, LONGEST_SECONDS, delay
from backend.accounts.open_streams import LOOK_SECONDS
from backend_client.models.accounts import Account, DemoAccount, RefreshRequest, SignedIn, SignIn
from backend_client.models.common import ProblemCode
from tests.backend.clinic import STAFF, Caller, Clinic, ClinicMaker, demo_of, problem, read
from tests.backend.live import hello, live, subscribed

WRONG = SignIn(login="levashova", password="wrong")


async def refresh(clinic: Clinic, token: str) -> SignedIn:
    answer = await clinic.nobody.post("/token/refresh", RefreshRequest(refresh_token=token))
    return read(answer, SignedIn)


async def test_signed_in_account_is_the_one_that_me_names(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        signed_in = await clinic.sign_in()
        me = read(await Caller(clinic.client, signed_in.access_token).get("/me"), Account)
    assert me == signed_in.account
    assert (me.short_name, me.initials) == ("Левашова М. О.", "ЛМ")
    assert me.centre_name == "Центр cardio"


async def test_login_is_found_in_any_case(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        assert (await clinic.sign_in(" Levashova")).account.login == "levashova"


@pytest.mark.parametrize("login", ["levashova", "nobody", "nul\0l", "я" * 300])
async def test_wrong_password_and_unknown_login_are_answered_alike(
    clinics: ClinicMaker, login: str
) -> None:
    async with clinics.open() as clinic:
        refusal = await clinic.nobody.post("/sign-in", SignIn(login=login, password="wrong"))
    assert refusal.status_code == 401
    assert problem(refusal).code is ProblemCode.WRONG_PASSWORD
    assert problem(refusal).detail == ""


@pytest.mark.parametrize("login", ["levashova", "nobody"])
async def test_failures_cost_a_growing_delay_and_success_forgets_them(
    clinics: ClinicMaker, login: str
) -> None:
    wrong = SignIn(login=login, password="wrong")
    async with clinics.open() as clinic:
        for _ in range(FREE_FAILURES + 1):
            assert (await clinic.nobody.post("/sign-in", wrong)).status_code == 401
        waits = []
        for _ in range(3):
            blocked = problem(await clinic.nobody.post("/sign-in", wrong))
            assert blocked.code is ProblemCode.TOO_MANY_ATTEMPTS
            assert blocked.retry_after is not None
            waits.append(blocked.retry_after)
            clinic.clock.advance(seconds=blocked.retry_after)
            assert (await clinic.nobody.post("/sign-in", wrong)).status_code == 401
    assert waits == [1, 2, 4]


async def test_right_password_waits_too_and_then_clears_the_failures(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        for _ in range(FREE_FAILURES + 1):
            await clinic.nobody.post("/sign-in", WRONG)
        right = replace_password(WRONG)
        blocked = await clinic.nobody.post("/sign-in", right)
        assert blocked.headers["retry-after"] == "1"
        clinic.clock.advance(seconds=1)
        await clinic.sign_in()
        assert (await clinic.nobody.post("/sign-in", WRONG)).status_code == 401


def replace_password(given: SignIn) -> SignIn:
    return SignIn(login=given.login, password="correct horse")


def test_delay_grows_to_a_limit() -> None:
    delays = [delay(failures) for failures in range(60)]
    assert delays[: FREE_FAILURES + 1] == [timedelta()] * (FREE_FAILURES + 1)
    assert delays == sorted(delays)
    assert delays[-1] == timedelta(seconds=LONGEST_SECONDS)


async def test_refresh_gives_new_tokens_and_the_old_session_goes_on(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        first = await clinic.sign_in()
        clinic.clock.advance(minutes=16)
        old = Caller(clinic.client, first.access_token)
        assert problem(await old.get("/me")).code is ProblemCode.NOT_SIGNED_IN
        second = await refresh(clinic, first.refresh_token)
        assert read(await Caller(clinic.client, second.access_token).get("/me"), Account)
    assert second.refresh_token != first.refresh_token
    assert second.access_expires_at > first.access_expires_at


async def test_used_refresh_token_ends_the_whole_session(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        first = await clinic.sign_in()
        second = await refresh(clinic, first.refresh_token)
        assert (await Caller(clinic.client, second.access_token).get("/me")).status_code == 200
        for token in (first.refresh_token, second.refresh_token):
            assert await refused(clinic, token)
        stolen = await Caller(clinic.client, second.access_token).get("/me")
        assert stolen.status_code == 401
        assert (await clinic.sign_in()).account == first.account


async def refused(clinic: Clinic, token: str, agent: str = "") -> bool:
    """Whether a refresh token is not good."""
    headers = {"User-Agent": agent} if agent else {}
    asked = RefreshRequest(refresh_token=token)
    answer = await clinic.nobody.post("/token/refresh", asked, headers=headers)
    return answer.status_code == 401


async def test_lost_answer_is_given_again_more_than_once(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        token = (await clinic.sign_in()).refresh_token
        lost = [await refresh(clinic, token) for _ in range(3)]
        clinic.clock.advance(seconds=20)
        came = await refresh(clinic, token)
        assert (await Caller(clinic.client, came.access_token).get("/me")).status_code == 200
        for one in lost:
            answer = await Caller(clinic.client, one.access_token).get("/me")
            assert answer.status_code == 401
        again = await refresh(clinic, came.refresh_token)
        assert (await Caller(clinic.client, again.access_token).get("/me")).status_code == 200


@pytest.mark.parametrize("case", ["late", "another client", "access used", "refresh used"])
async def test_only_a_lost_answer_is_given_again(clinics: ClinicMaker, case: str) -> None:
    async with clinics.open() as clinic:
        token = (await clinic.sign_in()).refresh_token
        came = await refresh(clinic, token)
        if case == "late":
            clinic.clock.advance(seconds=31)
        if case == "access used":
            assert (await Caller(clinic.client, came.access_token).get("/me")).status_code == 200
        if case == "refresh used":
            came = await refresh(clinic, came.refresh_token)
        assert await refused(clinic, token, "Thief/1.0" if case == "another client" else "")
        assert await refused(clinic, came.refresh_token), "the whole session has ended"


async def test_lost_answer_that_turns_up_in_other_hands_ends_the_session(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open() as clinic:
        token = (await clinic.sign_in()).refresh_token
        stolen = await refresh(clinic, token)
        came = await refresh(clinic, token)
        assert await refused(clinic, stolen.refresh_token)
        assert (await Caller(clinic.client, came.access_token).get("/me")).status_code == 401


async def test_same_refresh_token_twice_at_once_leaves_one_good_pair(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        token = (await clinic.sign_in()).refresh_token
        pairs = await asyncio.gather(refresh(clinic, token), refresh(clinic, token))
        answers = [await Caller(clinic.client, pair.access_token).get("/me") for pair in pairs]
    assert sorted(answer.status_code for answer in answers) == [200, 401]


async def test_refresh_token_dies_unused(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        token = (await clinic.sign_in()).refresh_token
        clinic.clock.advance(days=8)
        again = RefreshRequest(refresh_token=token)
        assert (await clinic.nobody.post("/token/refresh", again)).status_code == 401


async def test_sign_out_ends_this_session_alone(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        leaving, staying = await clinic.caller(), await clinic.caller()
        assert (await leaving.post("/sign-out")).status_code == 204
        assert (await leaving.get("/me")).status_code == 401
        assert (await staying.get("/me")).status_code == 200


@pytest.mark.parametrize("ending", ["sign-out", "reuse", "elsewhere"])
async def test_streams_end_within_a_second_of_their_session(
    clinics: ClinicMaker, ending: str
) -> None:
    """`elsewhere`: in another process."""
    assert LOOK_SECONDS <= 0.5
    async with clinics.open() as clinic, clinics.open() as other, live(clinic.app) as address:
        signed_in = await clinic.sign_in()
        caller = Caller(clinic.client, signed_in.access_token)
        await (await clinic.caller()).get("/me")
        async with (
            subscribed(address, caller.headers) as stream,
            subscribed(address, (await clinic.caller()).headers) as of_another_session,
        ):
            await hello(stream)
            await hello(of_another_session)
            if ending == "reuse":
                clinic.clock.advance(seconds=1)
                second = await refresh(clinic, signed_in.refresh_token)
                await Caller(clinic.client, second.access_token).get("/me")
                assert await refused(clinic, signed_in.refresh_token)
            else:
                where = other if ending == "elsewhere" else clinic
                leaving = Caller(where.client, signed_in.access_token)
                assert (await leaving.post("/sign-out")).status_code == 204
            async with asyncio.timeout(60):  # a busy machine may take its time
                await stream.wait_closed()
            assert stream.close_code == 4401
            assert of_another_session.state is State.OPEN


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer nonsense", "Basic bGV2", "Bearer eyJhbGciOiJub25lIn0.e30."],
)
async def test_bad_tokens_are_refused(clinics: ClinicMaker, authorization: str) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.nobody.get("/me", headers={"Authorization": authorization})
    assert problem(answer).code is ProblemCode.NOT_SIGNED_IN
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_token_of_another_server_is_refused(
    clinics: ClinicMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other_place = tmp_path_factory.mktemp("other")
    other = replace(clinics.settings, database_url=f"sqlite:///{other_place}/other.db")
    async with (
        clinics.open() as clinic,
        clinics.open_demo(demo_of([]), other) as stranger,
    ):
        foreign = (await stranger.sign_in()).access_token
        answer = await Caller(clinic.client, foreign).get("/me")
    assert answer.status_code == 401


async def test_token_lives_through_a_restart(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        token = (await clinic.sign_in()).access_token
    async with clinics.open() as clinic:
        assert (await Caller(clinic.client, token).get("/me")).status_code == 200


async def test_patient_may_not_see_what_staff_see(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        patient = await clinic.caller("patient")
        assert (await patient.get("/me")).status_code == 200
        for path in ("/requests", "/requests/counts", "/requests/x", "/catalogue"):
            assert problem(await patient.get(path)).code is ProblemCode.FORBIDDEN
        assert (await patient.post("/requests/x/claim")).status_code == 403


async def test_demo_accounts_are_offered_with_their_passwords(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        offered = read(await clinic.nobody.get("/demo-accounts"), list[DemoAccount])
        for account in offered:
            assert await clinic.sign_in(account.login, account.password)
    assert [one.login for one in offered] == [one.login for one in STAFF if one.listed]
