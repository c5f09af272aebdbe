"""What the approver is shown of a new edition."""

from backend_client.models.conclusions import (
    ConclusionDiagnosis,
    ConclusionForm,
    Decision,
    FurtherDiagnosis,
)
from workstation.core.form_difference import SectionChange, changes


def test_only_sections_that_say_something_else_are_there_in_the_papers_order() -> None:
    before = ConclusionForm(
        findings="ФВ 58 %",
        diagnosis=ConclusionDiagnosis(icd10="I35.0", text="Стеноз"),
        recommendations="Холтер ",
    )
    after = ConclusionForm(
        findings="ФВ 38 %",
        diagnosis=ConclusionDiagnosis(icd10="I35.0", text="Стеноз"),
        further=(FurtherDiagnosis(icd10="I11.0", text="Гипертензия"),),
        recommendations="Холтер",
        decision=Decision.IN_PERSON,
    )
    assert changes(before, after) == (
        SectionChange("findings", "ФВ 58 %", "ФВ 38 %"),
        SectionChange("diagnosis", "I35.0 Стеноз", "I35.0 Стеноз\nI11.0 Гипертензия"),
        SectionChange("decision", "conclusion", "in_person"),
    )
    assert changes(before, before) == ()
