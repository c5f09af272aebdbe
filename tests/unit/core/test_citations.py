"""Numbers in the text of a conclusion, and what they lead to."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client.models.conclusions import ConclusionDiagnosis, ConclusionForm
from tests.made_up_findings import QT, make_evidence
from workstation.core.citations import (
    LONGEST_SECTION,
    NoRoom,
    citations,
    cited,
    cited_numbers,
    line_of,
    uncited,
    with_source,
    without_line,
)


def numbers(text: str) -> list[int]:
    return [one.number for one in citations(text)]


def test_a_number_in_brackets_is_a_citation_and_nothing_else_is() -> None:
    assert numbers("QT 396 мс [1], RR [12][3]") == [1, 12, 3]
    assert numbers("[0] [01] [1000] [ 1] [1 мм] [a] 1] [2") == []
    (one,) = citations("да [7].")
    assert "да [7]."[one.start : one.stop] == "[7]"


def test_a_finding_is_a_line_of_its_own_that_ends_with_its_number() -> None:
    """OZ-12"""
    form = with_source(ConclusionForm(findings="Ритм синусовый.\n\n"), make_evidence())
    assert form.findings == f"Ритм синусовый.\n{QT} [1]"
    assert with_source(ConclusionForm(), make_evidence()).findings == f"{QT} [1]"


def test_sections_of_any_kind_keep_a_source_cited() -> None:
    sources = tuple(make_evidence(number) for number in range(1, 7))
    form = ConclusionForm(
        complaints="[1]",
        history="[2]",
        findings="[3]",
        diagnosis=ConclusionDiagnosis(text="[4]"),
        recommendations="[5] [9]",
        evidence=sources,
    )
    assert cited(form) == sources[:5]
    assert uncited(form) == sources[5:]
    assert cited_numbers(form) == {1, 2, 3, 4, 5, 9}


def test_a_number_is_never_given_twice() -> None:
    """Not after its line was deleted, not after it was taken back, not where the doctor's own text
    has it, not where an older program has lost the sources."""
    first = with_source(ConclusionForm(), make_evidence())
    deleted = msgspec.structs.replace(first, findings="")
    assert with_source(deleted, make_evidence()).evidence[-1].number == 2
    taken_back = without_line(first, first.evidence[0])
    assert (taken_back.findings, taken_back.evidence) == ("", first.evidence)
    assert with_source(taken_back, make_evidence()).evidence[-1].number == 2
    own = ConclusionForm(history="по [1] и [2]", findings="[3]")
    assert with_source(own, make_evidence()).evidence[-1].number == 4


def test_a_line_that_was_rewritten_is_not_taken_back() -> None:
    form = with_source(ConclusionForm(findings="А"), make_evidence())
    mine = msgspec.structs.replace(form, findings="А\nQT около 400 мс [1]")
    assert without_line(mine, form.evidence[0]) == mine


def test_of_equal_lines_the_last_goes() -> None:
    source = make_evidence()
    text = f"{line_of(source)}\nдалее\n{line_of(source)}\nконец"
    form = ConclusionForm(findings=text, evidence=(source,))
    assert without_line(form, source).findings == f"{line_of(source)}\nдалее\nконец"


def test_where_there_is_no_room_nothing_is_lost_in_silence() -> None:
    full = ConclusionForm(findings="ж" * LONGEST_SECTION)
    with pytest.raises(NoRoom):
        with_source(full, make_evidence())
    sources = tuple(make_evidence(number) for number in range(1, 201))
    text = " ".join(f"[{number}]" for number in range(1, 201))
    with pytest.raises(NoRoom):
        with_source(ConclusionForm(findings=text, evidence=sources), make_evidence())
    last = ConclusionForm(evidence=(make_evidence(999),))
    with pytest.raises(NoRoom):
        with_source(last, make_evidence())


def test_a_full_list_lets_the_oldest_go_that_the_text_does_not_name() -> None:
    sources = tuple(make_evidence(number) for number in range(1, 201))
    text = " ".join(f"[{number}]" for number in range(1, 200))
    form = with_source(ConclusionForm(findings=text, evidence=sources), make_evidence())
    assert [one.number for one in form.evidence] == [*range(1, 200), 201]


@given(st.lists(st.sampled_from(["put", "delete", "type"]), max_size=30))
def test_whatever_is_done_every_number_means_one_source(steps: list[str]) -> None:
    form, given_out = ConclusionForm(), []
    for place, step in enumerate(steps):
        if step == "put":
            form = with_source(form, make_evidence(text=f"QT {place}"))
            given_out.append(form.evidence[-1].number)
        elif step == "delete":
            form = msgspec.structs.replace(form, findings=form.findings.rpartition("\n")[0])
        else:
            form = msgspec.structs.replace(form, findings=f"{form.findings} [{place + 1}]")
    assert len(given_out) == len(set(given_out))
    assert [one.number for one in form.evidence] == given_out
