"""Lines of a request's history, in the language of the centre's staff."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

TIMES = {1: "предложено одно время", 2: "предложены два времени", 3: "предложены три времени"}
CHANNELS = {"video": "видео", "audio": "аудио", "text": "переписка"}
PATIENT_REFUSED = "Пациент попросил другое время"
PATIENT_CANCELLED = "Пациент отменил консультацию"
HOLDS_ARE_OVER = "Пациент не ответил, время освобождено"
LINK_REVOKED = "Ссылка пациента отозвана"
CALL_DECLINED = "Пациент отклонил звонок"
CALL_ENDED = "Звонок завершён"
CALL_LEFT = "Пациент не вернулся в разговор"
CORRECTED_DELIVERED = "Исправленное заключение передано пациенту"
SIGNED_DELIVERED = "Заключение передано пациенту"
PATIENT_READ = "Пациент скачал заключение"
EMAIL_CONFIRMED = "Пациент подтвердил адрес электронной почты"
EMAIL_REMOVED = "Пациент убрал адрес электронной почты"
MAIL_TAKEN = "Заключение отправлено пациенту на электронную почту"
MAIL_FAILED = "Заключение не отправлено на электронную почту"
MAIL_OPENED = "Пациент открыл заключение по ссылке из письма"


LEASE_OVER = "Врач не на связи: заявка возвращена в очередь"
DOCUMENTS_COMPLETE = "Документы собраны"
DOCUMENTS_MISSING = "Не хватает документов"
PATIENT_CANCELLED_LATE = "Пациент отказался после назначенного времени: не оказана по его вине"
CONTRACT = "paid_services"
CONSENTS = {
    "personal_data": "согласие на обработку персональных данных",
    "disclosure": "согласие на передачу медицинских сведений",
    "intervention": "согласие на дистанционное консультирование",
}
PROOFS = {
    "passport": "паспорт",
    "birth_certificate": "свидетельство о рождении",
    "other_document": "другой документ",
    "contact_centre": "через контактный центр",
}
DATA = {
    "full_name": "фамилия, имя, отчество",
    "birth_date": "дата рождения",
    "sex": "пол",
    "phone": "телефон",
    "place": "место жительства",
    "representative_name": "представитель",
    "representative_relation": "кем приходится представитель",
}
SEXES = {"female": "женский", "male": "мужской"}
PHONE_OUTCOMES = {
    "no_answer": "не ответил",
    "busy": "занято",
    "switched_off": "телефон выключен",
    "wrong_number": "не тот номер",
    "reached": "дозвонились",
}
DECLINE_REASONS = {
    "not_enough_data": "недостаточно данных",
    "needs_in_person_care": "нужна очная помощь",
    "duplicate": "повторная заявка",
    "not_a_medical_question": "вопрос не врачу",
    "other": "другая причина",
}
CLOSE_REASONS = {
    "not_enough_data": "недостаточно данных для заключения",
    "patient_refused": "пациент отказался",
    "technical_failure": "технический сбой",
    "answered_in_chat": "ответ дан в переписке",
    "other": "другая причина",
}


def document_added(short_name: str | None) -> str:
    """A file has arrived; None: from the patient."""
    return f"{short_name}: добавлен файл" if short_name else "Пациент прислал файл"


def call_picture_added(short_name: str) -> str:
    """A doctor has kept a still picture of the patient's camera."""
    return f"{short_name}: добавлен снимок из видеоконсультации"


def claimed_by(short_name: str) -> str:
    """A doctor has taken the request."""
    return f"{short_name}: взята в работу"


def released_by(short_name: str) -> str:
    """A doctor has given the request back."""
    return f"{short_name}: возвращена в очередь"


def slots_proposed(short_name: str, starts: Sequence[datetime], zone: str) -> str:
    """A doctor has proposed times; they are named in the centre's zone."""
    times = ", ".join(_moment(start, zone) for start in sorted(starts))
    return f"{short_name}: {TIMES[len(starts)]}: {times}"


def slot_accepted(start: datetime, zone: str) -> str:
    """The patient has chosen."""
    return f"Пациент выбрал время: {_moment(start, zone)}"


def link_given(short_name: str) -> str:
    """A link to the patient's page was made."""
    return f"{short_name}: выдана ссылка пациенту"


def call_placed(short_name: str, attempt: int) -> str:
    """The doctor calls."""
    return f"{short_name}: звонок, попытка {attempt}"


def call_answered(channel: str) -> str:
    """The patient has taken the call."""
    return f"Пациент ответил: {CHANNELS.get(channel, channel)}"


def consultation_extended(short_name: str, minutes: int) -> str:
    """The doctor takes more time; `minutes`: how long the consultation is now."""
    return f"{short_name}: консультация продлена до {minutes} мин"


def call_missed(attempt: int, *, was_online: bool) -> str:
    """Nobody answered; with the patient's page closed nobody can have heard it."""
    where = "" if was_online else ", страница пациента не открыта"
    return f"Пациент не ответил, попытка {attempt}{where}"


def conclusion_signed(short_name: str) -> str:
    """The doctor has signed."""
    return f"{short_name}: заключение подписано"


def conclusion_approved(short_name: str) -> str:
    """The clinic has countersigned."""
    return f"{short_name}: заключение утверждено"


def conclusion_corrected(short_name: str) -> str:
    """The doctor writes a new edition of what was delivered; the reason stands upon it."""
    return f"{short_name}: заключение исправляется"


def document_in_chat(number: str, *, is_corrected: bool) -> str:
    """The chat's message that goes with a conclusion (SPB-21)."""
    if is_corrected:
        return f"Заключение исправлено: № {number} заменяет прежнее."
    return f"Заключение № {number} готово."


def mailed_again(short_name: str) -> str:
    """Somebody of the clinic has the conclusion sent by e-mail anew."""
    return f"{short_name}: заключение отправляется на электронную почту ещё раз"


def conclusion_returned(short_name: str) -> str:
    """The clinic has given it back; the reason stands with the conclusion."""
    return f"{short_name}: заключение возвращено"


def documents_asked(short_name: str, titles: Sequence[str]) -> str:
    """A doctor has asked for documents."""
    return f"{short_name}: запрошены документы: {', '.join(titles)}"


def item_marked(short_name: str, title: str, reason: str) -> str:
    """An item of the checklist does not apply, or does after all."""
    if not reason:
        return f"{short_name}: «{title}» снова нужен"
    return f"{short_name}: «{title}» не требуется: {reason}"


def declined(short_name: str, reason: str) -> str:
    """The request is declined."""
    return f"{short_name}: отклонена: {DECLINE_REASONS.get(reason, reason)}"


def closed_without_conclusion(short_name: str, reason: str) -> str:
    """The consultation ends without a conclusion."""
    return f"{short_name}: закрыта без заключения: {CLOSE_REASONS.get(reason, reason)}"


def out_of_profile(short_name: str) -> str:
    """The centre does not treat this disease."""
    return f"{short_name}: не по профилю центра"


def invited_in_person(short_name: str) -> str:
    """The patient is to come."""
    return f"{short_name}: приглашение на очный приём"


def inpatient_recommended(short_name: str) -> str:
    """The patient is to be treated in hospital."""
    return f"{short_name}: рекомендована стационарная помощь"


def no_contact(short_name: str) -> str:
    """Closed as rendered; the evidence stands with the outcome."""
    return f"{short_name}: связаться с пациентом не удалось, услуга считается оказанной"


def no_contact_page(short_name: str) -> str:
    """The evidence stands in a document, too."""
    return f"{short_name}: к обращению приложена страница «Нет связи с пациентом»"


def cancelled_by_staff(short_name: str, *, late: bool) -> str:
    """The patient has told the staff."""
    return f"{short_name}: {PATIENT_CANCELLED_LATE if late else PATIENT_CANCELLED}"


def annulled(short_name: str, refusals: int) -> str:
    """After too many refusals of times (SPB-6)."""
    return f"{short_name}: аннулирована, отказов от времени: {refusals}"


def converted(short_name: str) -> str:
    """A duty question is a centre application now."""
    return f"{short_name}: вопрос дежурному врачу стал заявкой в центр"


def life_threat_marked(short_name: str, *, threat: bool) -> str:
    """The mark was set, or taken away."""
    return f"{short_name}: {'угроза жизни' if threat else 'отметка об угрозе жизни снята'}"


def record_number_set(short_name: str, number: str) -> str:
    """The medical record is known (SOK-1)."""
    return f"{short_name}: номер медицинской карты: {number or 'нет'}"


def taken_over(short_name: str, before: str, after: str | None, reason: str) -> str:
    """The clinic has taken a doctor's claim, for another doctor or for the queue."""
    return f"{short_name}: передана: {before} → {after or 'очередь'}: {reason}"


def phone_attempt(short_name: str, number: int, outcome: str) -> str:
    """A telephone attempt was logged."""
    return f"{short_name}: звонок на телефон {number}: {PHONE_OUTCOMES.get(outcome, outcome)}"


def consent_given(kind: str) -> str:
    """The patient agrees."""
    if kind == CONTRACT:
        return "Принят договор на оказание платных медицинских услуг"
    return f"Дано {CONSENTS.get(kind, kind)}"


def consent_withdrawn(kind: str) -> str:
    """The patient agrees no more."""
    if kind == CONTRACT:
        return "Пациент отказался от договора на оказание платных медицинских услуг"
    return f"Отозвано {CONSENTS.get(kind, kind)}"


def identity_confirmed(short_name: str, proof: str) -> str:
    """A named person answers for who the patient is (DRC-16)."""
    return f"{short_name}: личность пациента подтверждена: {PROOFS.get(proof, proof)}"


def identity_withdrawn(short_name: str) -> str:
    """The confirmation was wrong."""
    return f"{short_name}: подтверждение личности отозвано"


def data_brought(short_name: str | None, fields: Sequence[str]) -> str:
    """Personal data said anew (DRC-14); None: by the patient."""
    who = f"{short_name}: новые данные" if short_name else "Пациент сообщил новые данные"
    return f"{who}: {', '.join(DATA.get(field, field) for field in fields)}"


def data_decided(short_name: str, told: Sequence[tuple[str, str, str]], *, confirmed: bool) -> str:
    """Field, confirmed value, changed value; the confirmed ones are the patient's now."""
    word = "данные подтверждены" if confirmed else "новые данные отклонены"
    each = (
        f"{DATA.get(one, one)}: {_said(one, old)} → {_said(one, new)}" for one, old, new in told
    )
    return f"{short_name}: {word}: {'; '.join(each)}"


def _said(field: str, value: str) -> str:
    if field == "birth_date" and value:
        return date.fromisoformat(value).strftime("%d.%m.%Y")
    return SEXES.get(value, value) if field == "sex" else value or "нет"


def file_answered(short_name: str, title: str, whose: str) -> str:
    """A file names somebody else than the patient: the doctor has said whose it is."""
    if whose == "other":
        return f"{short_name}: файл другого пациента: «{title}»"
    return f"{short_name}: файл этого пациента, хотя назван иначе: «{title}»"


def call_stopped(kind: str) -> str:
    """A call was on when the patient agreed no more."""
    why = "отказ от договора" if kind == CONTRACT else "согласие отозвано"
    return f"Связь прервана: {why}"


def with_note(line: str, note: str) -> str:
    """A line and the words that go with it."""
    return f"{line}. {note}" if note else line


def moment_of(moment: datetime, zone: str) -> str:
    """Day and time in the centre's zone."""
    return _moment(moment, zone)


def _moment(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%d.%m.%Y %H:%M")
