"""Fills PostgreSQL with as many requests as several centres have in three years, by SQL alone.

The newest fifth is open, as a real table has it: pages are read where the table ends.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from benchmarks.backend.stage import NAMES

TABLES = ("patients", "requests", "documents", "opened_documents", "consents", "conclusions")
INDEXED = (*TABLES, "request_words")

ACCOUNTS = f"""
INSERT INTO accounts(id, centre_id, login, full_name, role, post, password_hash)
SELECT 'doctor-' || centre || '-' || place, centre, 'doctor-' || centre || '-' || place,
  name || ' Анна Львовна', 'consultant', 'Врач', ''
FROM unnest(ARRAY['perinatal', 'neuro', 'onco']) centre,
  unnest(ARRAY{list(NAMES)}) WITH ORDINALITY AS doctors(name, place)"""

PATIENTS = """
INSERT INTO patients(id, centre_id, full_name, birth_date, sex, place, time_zone,
  phone_confirmed, identity_level)
SELECT md5('patient' || i)::uuid::text, pg_temp.centre(i),
  pg_temp.one_of(ARRAY['Гусев', 'Морозов', 'Верещагин', 'Тихонов', 'Ковалёв', 'Жданов',
    'Широков', 'Калинин', 'Логинов', 'Ермаков', 'Самойлов', 'Третьяков'])
  || ' ' || pg_temp.one_of(ARRAY['Иван', 'Пётр', 'Денис', 'Олег', 'Семён', 'Фёдор', 'Артём'])
  || ' ' || pg_temp.one_of(ARRAY['Ильич', 'Олегович', 'Петрович', 'Юрьевич', 'Аркадьевич']),
  date '1940-01-01' + (random() * 25000)::int, 'male',
  pg_temp.one_of(ARRAY['Вологда', 'Архангельск', 'Екатеринбург', 'Омск', 'Казань', 'Чита']),
  pg_temp.one_of(ARRAY['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Chita']),
  true, 'confirmed'
FROM generate_series(1, :count) i"""

# One in five comes for the second time: to the same centre.
REQUESTS = """
INSERT INTO requests(id, centre_id, number, version, route, status, status_before_claim, is_open,
  urgency, life_threat, patient_id, icd10, diagnosis, complaints, care_setting, topic, payer,
  medical_record_number, requesting_doctor, not_applicable, clock_started_at, clock_name, soon_at,
  due_at, threat_rank, due_rank, owner_id, claimed_at, created_at, changed_at, search_text,
  unread_by_doctor, missing_consents, quota_left, quota_total)
SELECT md5('request' || i)::uuid::text, centre, to_char(i, 'FM00-0000000'), 3, route, status, NULL,
  is_open, CASE WHEN random() < 0.9 THEN 'planned' ELSE 'urgent' END, is_threat,
  md5('patient' || CASE WHEN i % 50 >= 40 THEN i - 10 ELSE i END)::uuid::text, icd10, diagnosis,
  complaints, 'outpatient', '', 'ОМС', '77-' || i, 'Сомов Олег Юрьевич',
  CASE WHEN random() < 0.1 THEN '{"mri": "Кардиостимулятор"}' ELSE '{}' END::json,
  CASE WHEN runs THEN created_at END,
  CASE WHEN runs THEN 'Часы заявки: 3 дня' ELSE '' END,
  CASE WHEN runs THEN created_at + interval '1 day' END,
  CASE WHEN runs THEN created_at + interval '3 days' END,
  CASE WHEN is_threat THEN 0 ELSE 1 END,
  CASE WHEN runs THEN created_at + interval '3 days' ELSE timestamptz '9000-01-01 00:00:00Z' END,
  owner, CASE WHEN owner IS NOT NULL THEN created_at + interval '5 hours' END, created_at,
  created_at + interval '6 hours', '', (random() < 0.1)::int,
  CASE WHEN random() < 0.1 THEN 'intervention' ELSE '' END, 2, 3
FROM (
  SELECT *, CASE WHEN status IN ('new', 'ready', 'awaiting_documents', 'cancelled') THEN NULL
      WHEN centre = 'cardio' THEN pg_temp.one_of(:doctors)
      ELSE 'doctor-' || centre || '-' || 1 + i % 8 END AS owner,
    is_open AND route <> 'duty_doctor' AS runs
  FROM (
    SELECT *, CASE WHEN is_open THEN pg_temp.one_of(ARRAY['new', 'ready', 'ready', 'ready',
        'ready', 'awaiting_documents', 'awaiting_documents', 'awaiting_documents', 'claimed',
        'claimed', 'claimed', 'slot_proposed', 'slot_proposed', 'scheduled', 'scheduled',
        'scheduled', 'waiting', 'drafting', 'drafting', 'signed'])
      ELSE pg_temp.one_of(ARRAY['closed', 'closed', 'closed', 'closed', 'cancelled', 'declined',
        'no_contact', 'invited_in_person']) END AS status
    FROM (
      SELECT i, pg_temp.centre(i) AS centre,
        now() - (:count - i) * interval '1000 days' / :count AS created_at,
        random() < CASE WHEN i > 0.8 * :count THEN 0.95 ELSE 0.01 END AS is_open,
        random() < 0.01 AS is_threat,
        pg_temp.one_of(ARRAY['centre_application', 'centre_application', 'centre_application',
          'referral', 'referral', 'duty_doctor']) AS route,
        pg_temp.one_of(ARRAY['I47.2', 'I35.1', 'I48.0', 'I50.0', 'Q21.1', 'O14.1', NULL]) AS icd10,
        pg_temp.one_of(ARRAY['Желудочковая тахикардия', 'Аортальная недостаточность III степени',
          'Фибрилляция предсердий, пароксизмальная форма', 'Дефект межпредсердной перегородки',
          'Хроническая сердечная недостаточность', 'Преэклампсия тяжёлая']) AS diagnosis,
        pg_temp.one_of(ARRAY['Перебои, одышка при ходьбе', 'Пульсация в шее, слабость',
          'Отёки голеней к вечеру, одышка ночью', 'Головная боль, мелькание мушек'])
          || pg_temp.one_of(ARRAY['', ', боль за грудиной', ', обмороки']) AS complaints
      FROM generate_series(1, :count) i
    ) AS asked
  ) AS judged
) AS owned"""

WORDS = """
UPDATE requests SET search_text = btrim(regexp_replace(translate(lower(concat_ws(' ',
  number, p.full_name, icd10, diagnosis, complaints)), 'ё', 'е'), '[^[:alnum:]]+', ' ', 'g'))
FROM patients p WHERE p.id = patient_id"""

FOUND = """
INSERT INTO request_words(request_id, words) SELECT id, array_to_tsvector(
  array_remove(string_to_array(search_text, ' '), '') || ('#' || centre_id)) FROM requests"""

DOCUMENTS = """
INSERT INTO documents(id, request_id, item_code, title, kind, format, size, sha256, storage_path,
  taken_on, uploaded_at)
SELECT gen_random_uuid()::text, id, code, code || '.pdf', 'pdf', 'PDF', 250000,
  encode(sha256(id::bytea), 'hex'), 'documents/' || id, created_at::date, created_at
FROM requests, unnest(CASE WHEN centre_id = 'perinatal'
  THEN ARRAY['conclusion', 'summary', 'exchange_card', 'us_pelvis', 'us_fetus', 'us_fetus', 'mri']
  ELSE ARRAY['conclusion', 'summary', 'ecg', 'ecg', 'echo', 'ct', 'mri'] END) code
WHERE random() < 0.65"""

OPENED = """
INSERT INTO opened_documents(document_id, account_id, opened_at)
SELECT d.id, owner_id, claimed_at FROM documents d JOIN requests r ON r.id = d.request_id
WHERE owner_id IS NOT NULL AND random() < 0.5"""

# As the triggers would have kept them; nobody but its doctor has opened a request's files.
FILES = """
UPDATE requests SET files = kept.files::text FROM (
  SELECT request_id, json_object_agg(item_code, json_build_array(files, latest_on, opened)) AS files
  FROM (
    SELECT d.request_id, d.item_code, count(*) AS files, max(d.taken_on) AS latest_on,
      CASE WHEN count(account_id) = 0 THEN '{}'
        ELSE json_build_object(max(account_id), count(account_id)) END AS opened
    FROM documents d LEFT JOIN opened_documents o ON o.document_id = d.id
    GROUP BY d.request_id, d.item_code) AS items
  GROUP BY request_id) AS kept
WHERE id = kept.request_id"""

CONSENTS = """
INSERT INTO consents(request_id, kind, text_version, given_at)
SELECT id, kind, '1', created_at
FROM requests, unnest(ARRAY['personal_data', 'disclosure', 'intervention']) kind
WHERE position(kind IN missing_consents) = 0"""

CONCLUSIONS = """
INSERT INTO conclusions(request_id, version, state, form, author_id, return_reason, changed_at)
SELECT id, 4, CASE WHEN is_open THEN 'draft' ELSE 'delivered' END,
  json_build_object('complaints', complaints, 'diagnosis', diagnosis), owner_id, '', changed_at
FROM requests WHERE owner_id IS NOT NULL AND status IN ('closed', 'drafting')"""

STATEMENTS = (
    *(ACCOUNTS, PATIENTS, REQUESTS, WORDS, FOUND, DOCUMENTS, OPENED, FILES),
    *(CONSENTS, CONCLUSIONS),
)
FUNCTIONS = (
    """CREATE FUNCTION pg_temp.one_of(words text[]) RETURNS text VOLATILE LANGUAGE sql
  RETURN words[1 + floor(random() * cardinality(words))::int]""",
    """CREATE FUNCTION pg_temp.centre(i int) RETURNS text IMMUTABLE LANGUAGE sql RETURN
  (ARRAY['cardio', 'cardio', 'cardio', 'cardio', 'cardio',
    'perinatal', 'perinatal', 'perinatal', 'neuro', 'onco'])[1 + i % 10]""",
)


async def crowd(url: str, count: int) -> None:
    """Into a migrated database that holds the doctors of the stage and no requests."""
    database = Database(url)
    try:
        async with database.write() as connection:
            await _fill(connection, count)
        async with database.glance() as connection:
            await connection.execute(text("VACUUM ANALYZE"))
            await connection.execute(text("CHECKPOINT"))
    finally:
        await database.close()


async def _fill(connection: AsyncConnection, count: int) -> None:
    for setup in (*FUNCTIONS, "SELECT setseed(0.4)", "SET LOCAL maintenance_work_mem = '512MB'"):
        await connection.execute(text(setup))
    # Neither foreign keys nor triggers while it is filled; indexes are built once, at the end.
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    indexes = await _drop_indexes(connection)
    await connection.execute(text("INSERT INTO centres VALUES ('neuro', 0, 0), ('onco', 0, 0)"))
    found = await connection.execute(text("SELECT id FROM accounts WHERE centre_id = 'cardio'"))
    given: dict[str, int | list[str]] = {"count": count, "doctors": list(found.scalars())}
    for statement in STATEMENTS:
        await _execute(connection, statement, given)
    for index in indexes:
        await connection.execute(text(index))


async def _execute(
    connection: AsyncConnection, statement: str, given: dict[str, int | list[str]]
) -> None:
    """With those of the values that the statement names."""
    # A driver that guesses types would take a count for text.
    typed = statement.replace(":count", "CAST(:count AS int)")
    typed = typed.replace(":doctors", "CAST(:doctors AS text[])")
    named = {name: value for name, value in given.items() if f":{name}" in statement}
    await connection.execute(text(typed), named)


async def _drop_indexes(connection: AsyncConnection) -> list[str]:
    """All but those of primary keys; what makes them again."""
    found = await connection.execute(
        text(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(:tables)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        ),
        {"tables": list(INDEXED)},
    )
    rows = found.all()
    for row in rows:
        await connection.execute(text(f"DROP INDEX {row.indexname}"))
    return [row.indexdef for row in rows]
