<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>CodeFinder</name>
    <message>
        <source>Find in ICD-10: code or words, Enter adds</source>
        <translation>Найти в МКБ-10: код или слова, Enter добавит</translation>
    </message>
    <message>
        <source>Find a diagnosis in ICD-10</source>
        <translation>Найти диагноз в МКБ-10</translation>
    </message>
    <message>
        <source>not in force</source>
        <translation>не действует</translation>
    </message>
</context>
<context>
    <name>ConclusionView</name>
    <message>
        <source>The conclusion cannot be read now</source>
        <translation>Заключение сейчас не прочитать</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>ConclusionViewModel</name>
    <message>
        <source>The text of a conclusion that you left is not saved yet</source>
        <translation>Текст оставленного заключения ещё не сохранён</translation>
    </message>
    <message>
        <source>It is kept on this computer and is sent by itself.</source>
        <translation>Он хранится на этом компьютере и уйдёт сам.</translation>
    </message>
    <message>
        <source>It stands there as you left it.</source>
        <translation>Он остался таким, каким вы его оставили.</translation>
    </message>
</context>
<context>
    <name>ConclusionWords</name>
    <message>
        <source>Complaints</source>
        <translation>Жалобы</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Анамнез</translation>
    </message>
    <message>
        <source>Findings of the studies</source>
        <translation>Данные исследований</translation>
    </message>
    <message>
        <source>Diagnosis by ICD-10</source>
        <translation>Диагноз по МКБ-10</translation>
    </message>
    <message>
        <source>Recommendations</source>
        <translation>Рекомендации</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>черновик</translation>
    </message>
    <message>
        <source>returned for revision</source>
        <translation>возвращено на доработку</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>подписано</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>выдано пациенту</translation>
    </message>
    <message>
        <source>unknown state</source>
        <translation>состояние неизвестно</translation>
    </message>
    <message>
        <source>not saved: {}</source>
        <translation>не сохранено: {}</translation>
    </message>
    <message>
        <source>not saved: changed elsewhere</source>
        <translation>не сохранено: изменено в другом месте</translation>
    </message>
    <message>
        <source>saving before you leave</source>
        <translation>сохраняю перед выходом</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>сохраняется</translation>
    </message>
    <message>
        <source>Question to the consultant</source>
        <translation>Вопрос консультанту</translation>
    </message>
    <message>
        <source>Answer to the question</source>
        <translation>Ответ на вопрос</translation>
    </message>
    <message>
        <source>Further tests</source>
        <translation>Дообследование</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Наблюдение</translation>
    </message>
    <message>
        <source>When to call an ambulance</source>
        <translation>Когда вызывать скорую помощь</translation>
    </message>
    <message>
        <source>Basis (323-FZ, art. 36.2)</source>
        <translation>Основание (323-ФЗ, ст. 36.2)</translation>
    </message>
    <message>
        <source>Limits of a remote consultation</source>
        <translation>Ограничения дистанционной консультации</translation>
    </message>
    <message>
        <source>template: {} {}</source>
        <translation>шаблон: {} {}</translation>
    </message>
    <message>
        <source>kept on this computer, not sent yet</source>
        <translation>на этом компьютере, ещё не отправлено</translation>
    </message>
    <message>
        <source>nothing is written yet</source>
        <translation>ещё ничего не написано</translation>
    </message>
    <message>
        <source>saved {}</source>
        <translation>сохранено {}</translation>
    </message>
    <message>
        <source>all is filled</source>
        <translation>заполнено</translation>
    </message>
    <message numerus="yes">
        <source>%n not filled: {}</source>
        <translation>
            <numerusform>не заполнено %n: {}</numerusform>
            <numerusform>не заполнено %n: {}</numerusform>
            <numerusform>не заполнено %n: {}</numerusform>
        </translation>
    </message>
    <message>
        <source>“{}”</source>
        <translation>«{}»</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) not opened:</source>
        <translation>
            <numerusform>Не открыт %n файл:</numerusform>
            <numerusform>Не открыто %n файла:</numerusform>
            <numerusform>Не открыто %n файлов:</numerusform>
        </translation>
    </message>
    <message>
        <source>{} KB</source>
        <translation>{} КБ</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n стр.</numerusform>
            <numerusform>%n стр.</numerusform>
            <numerusform>%n стр.</numerusform>
        </translation>
    </message>
    <message>
        <source>{} has the case: the conclusion can only be read</source>
        <translation>Дело у другого врача ({}): заключение можно только читать</translation>
    </message>
    <message>
        <source>Nobody has the case: take it to write the conclusion</source>
        <translation>Дело ни у кого не в работе: возьмите его, чтобы писать заключение</translation>
    </message>
    <message>
        <source>In its present state the conclusion can only be read</source>
        <translation>В нынешнем состоянии заявки заключение можно только читать</translation>
    </message>
    <message>
        <source>The patient was told: {}</source>
        <translation>Сообщено пациенту: {}</translation>
    </message>
    <message>
        <source>Closed without a conclusion</source>
        <translation>Закрыто без заключения</translation>
    </message>
    <message>
        <source>Closed: the patient could not be reached</source>
        <translation>Закрыто: связаться с пациентом не удалось</translation>
    </message>
    <message>
        <source>The patient has cancelled the consultation</source>
        <translation>Пациент отменил консультацию</translation>
    </message>
    <message>
        <source>The patient has cancelled too late</source>
        <translation>Пациент отменил консультацию слишком поздно</translation>
    </message>
    <message>
        <source>The request was annulled</source>
        <translation>Заявка аннулирована</translation>
    </message>
    <message>
        <source>The patient is invited to a visit in person</source>
        <translation>Пациент приглашён на очную консультацию</translation>
    </message>
    <message>
        <source>Treatment in hospital is recommended</source>
        <translation>Рекомендовано лечение в стационаре</translation>
    </message>
    <message>
        <source>The request is out of the centre&apos;s profile</source>
        <translation>Заявка не по профилю центра</translation>
    </message>
    <message>
        <source>The request was declined</source>
        <translation>Заявка отклонена</translation>
    </message>
    <message>
        <source>Nothing is signed: the request has ended without a conclusion</source>
        <translation>Ничего не подписано: заявка завершена без заключения</translation>
    </message>
    <message>
        <source>No connection: you can go on writing</source>
        <translation>Нет связи: можно писать дальше</translation>
    </message>
    <message>
        <source>The text stays in this window until it is sent.</source>
        <translation>Текст остаётся в этом окне, пока не уйдёт на сервер.</translation>
    </message>
    <message>
        <source>The text is kept on this computer and is sent by itself; signing comes then.</source>
        <translation>Текст хранится на этом компьютере и уйдёт сам. Подписать можно будет после этого.</translation>
    </message>
    <message>
        <source>Whether the server has a text of this conclusion is seen then.</source>
        <translation>Есть ли текст этого заключения на сервере, станет видно тогда же.</translation>
    </message>
    <message>
        <source>Signed {}. Waits for the approval of the clinic.</source>
        <translation>Подписано {}. Ждёт согласования клиники.</translation>
    </message>
    <message>
        <source>The conclusion is in a state that is not known here</source>
        <translation>Состояние заключения этой версии программы неизвестно</translation>
    </message>
    <message>
        <source>The file is being signed and handed in</source>
        <translation>Файл подписывается и передаётся в центр</translation>
    </message>
    <message>
        <source>The patient is not identified: confirm the identity on the request&apos;s card</source>
        <translation>Личность пациента не подтверждена: подтвердите её в карточке заявки</translation>
    </message>
    <message>
        <source>In its present state the request cannot be signed</source>
        <translation>В нынешнем состоянии заявки подписать нельзя</translation>
    </message>
    <message>
        <source>No connection: it can be signed once the server has the text</source>
        <translation>Нет связи: подписать можно, когда текст будет на сервере</translation>
    </message>
    <message>
        <source>Choose above which text is to stay</source>
        <translation>Выберите выше, какой текст оставить</translation>
    </message>
    <message>
        <source>Write history, findings or recommendations first</source>
        <translation>Сначала напишите анамнез, данные исследований или рекомендации</translation>
    </message>
    <message>
        <source>The ICD-10 code has a mistake: correct it</source>
        <translation>В коде МКБ-10 ошибка: исправьте его</translation>
    </message>
    <message>
        <source>Open the files or say why they need not be</source>
        <translation>Откройте файлы или укажите причину, почему не открыты</translation>
    </message>
    <message>
        <source>Say on what basis the diagnosis is made remotely: 323-FZ, art. 36.2</source>
        <translation>Укажите основание для дистанционного диагноза и назначений: 323-ФЗ, ст. 36.2</translation>
    </message>
    <message>
        <source>The text is not saved yet: it cannot be signed</source>
        <translation>Текст ещё не сохранён: подписать нельзя</translation>
    </message>
    <message>
        <source>The text is being saved, then the pages are made</source>
        <translation>Текст сохраняется, затем обновятся страницы</translation>
    </message>
    <message>
        <source>The pages of this text cannot be shown: see above them</source>
        <translation>Страницы этого текста не показать: причина над ними</translation>
    </message>
    <message>
        <source>The pages of this text are being made</source>
        <translation>Готовятся страницы этого текста</translation>
    </message>
    <message>
        <source>Personal data have changed: the confirmed ones stand on the paper</source>
        <translation>Данные пациента изменены: в документе подтверждённые</translation>
    </message>
    <message>
        <source>The file would not be fit for the archive (PDF/A)</source>
        <translation>Файл не годится для архива (PDF/A)</translation>
    </message>
    <message>
        <source>It cannot be signed. Tell the administrator.</source>
        <translation>Подписать его нельзя. Сообщите администратору.</translation>
    </message>
    <message>
        <source>The conclusion is too long to be printed</source>
        <translation>Заключение слишком длинное для печати</translation>
    </message>
    <message numerus="yes">
        <source>At most %n page(s): shorten the text.</source>
        <translation>
            <numerusform>Не больше %n страницы: сократите текст.</numerusform>
            <numerusform>Не больше %n страниц: сократите текст.</numerusform>
            <numerusform>Не больше %n страниц: сократите текст.</numerusform>
        </translation>
    </message>
    <message>
        <source>These signs cannot be printed: {}. Remove them.</source>
        <translation>Эти знаки не напечатать: {}. Уберите их.</translation>
    </message>
    <message>
        <source>The administrator of the centre can correct them.</source>
        <translation>Исправить их может администратор центра.</translation>
    </message>
    <message>
        <source>{}: signs that cannot be printed: {}</source>
        <translation>{}: эти знаки не напечатать: {}</translation>
    </message>
    <message>
        <source>Remove them.</source>
        <translation>Уберите их.</translation>
    </message>
    <message>
        <source>Why files were not opened</source>
        <translation>Почему файлы не открыты</translation>
    </message>
    <message>
        <source>What is corrected</source>
        <translation>Что исправляется</translation>
    </message>
    <message>
        <source>The patient&apos;s name</source>
        <translation>Имя пациента</translation>
    </message>
    <message>
        <source>The patient&apos;s place</source>
        <translation>Место жительства пациента</translation>
    </message>
    <message>
        <source>The number of the medical record</source>
        <translation>Номер медицинской карты</translation>
    </message>
    <message>
        <source>The representative</source>
        <translation>Представитель</translation>
    </message>
    <message>
        <source>The participants</source>
        <translation>Участники консультации</translation>
    </message>
    <message>
        <source>The doctor who has sent the patient</source>
        <translation>Направивший врач</translation>
    </message>
    <message>
        <source>The doctor&apos;s name</source>
        <translation>Имя врача</translation>
    </message>
    <message>
        <source>The doctor&apos;s post</source>
        <translation>Должность врача</translation>
    </message>
    <message>
        <source>The centre&apos;s name</source>
        <translation>Название центра</translation>
    </message>
    <message>
        <source>The request</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>Signed {}, approved by {}, given to the patient {}.</source>
        <translation>Подписано {}, согласовано ({}), выдано пациенту {}.</translation>
    </message>
    <message>
        <source>Signed {}, given to the patient {}.</source>
        <translation>Подписано {}, выдано пациенту {}.</translation>
    </message>
    <message>
        <source>The call is on: it can be signed when it has ended</source>
        <translation>Идёт звонок: подписать можно после его окончания</translation>
    </message>
    <message>
        <source>It can be signed after the talk with the patient</source>
        <translation>Подписать можно после разговора с пациентом</translation>
    </message>
    <message>
        <source>The certificate is being read</source>
        <translation>Читается сертификат</translation>
    </message>
</context>
<context>
    <name>ContactNote</name>
    <message>
        <source>Closed: the patient could not be reached</source>
        <translation>Закрыто: связаться с пациентом не удалось</translation>
    </message>
    <message>
        <source>The page with this evidence is not kept yet; it is made by itself.</source>
        <translation>Страница с этими записями ещё не сохранена: она будет приложена сама.</translation>
    </message>
    <message>
        <source>The page with this evidence is kept with the case.</source>
        <translation>Страница с этими записями приложена к обращению.</translation>
    </message>
    <message>
        <source>Show the page</source>
        <translation>Показать страницу</translation>
    </message>
    <message>
        <source>Close as “no contact”?</source>
        <translation>Закрыть: связаться не удалось?</translation>
    </message>
    <message>
        <source>{} The request ends as rendered, with this evidence; the patient is told.</source>
        <translation>{} Консультация закроется как оказанная, с этими доказательствами; пациенту об этом сообщат.</translation>
    </message>
    <message>
        <source>Close: no contact</source>
        <translation>Закрыть: связаться не удалось</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Пока нет</translation>
    </message>
    <message>
        <source>Log a phone call…</source>
        <translation>Записать звонок…</translation>
    </message>
    <message>
        <source>Close: no contact…</source>
        <translation>Связаться не удалось…</translation>
    </message>
    <message>
        <source>The patient cannot be reached?</source>
        <translation>С пациентом нет связи?</translation>
    </message>
    <message>
        <source>The patient cannot be reached? Telephone {}</source>
        <translation>С пациентом нет связи? Телефон {}</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>не в сети</translation>
    </message>
    <message>
        <source>online</source>
        <translation>в сети</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>без ответа</translation>
    </message>
    <message>
        <source>none unanswered yet</source>
        <translation>неотвеченных нет</translation>
    </message>
    <message>
        <source>Patient&apos;s page: {}. Call in the service: {}. Phone without answer: {} of {}.</source>
        <translation>Страница пациента: {}. Звонок в сервисе: {}. Звонков на телефон без ответа: {} из {}.</translation>
    </message>
    <message>
        <source>the patient&apos;s page closed</source>
        <translation>пациент не в сети</translation>
    </message>
    <message>
        <source>an unanswered call in the service</source>
        <translation>звонок в сервисе без ответа</translation>
    </message>
    <message>
        <source>phone calls without answer: {} more</source>
        <translation>звонков на телефон без ответа: ещё {}</translation>
    </message>
    <message>
        <source>To close as “no contact” there must be: {}.</source>
        <translation>Чтобы закрыть обращение, нужны: {}.</translation>
    </message>
</context>
<context>
    <name>DecisionSection</name>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Visit in person</source>
        <translation>Очная консультация</translation>
    </message>
    <message>
        <source>Hospital</source>
        <translation>Стационар</translation>
    </message>
    <message>
        <source>Without a conclusion…</source>
        <translation>Без заключения…</translation>
    </message>
    <message>
        <source>Close with a reason and words to the patient</source>
        <translation>Закрыть с причиной и пояснением для пациента</translation>
    </message>
    <message>
        <source>Term and place of the decision</source>
        <translation>Срок и место</translation>
    </message>
    <message>
        <source>How soon and where: “within 2 weeks, ward 3”</source>
        <translation>В какой срок и куда: «в течение 2 недель, кабинет 3»</translation>
    </message>
    <message>
        <source>How soon and where: “planned, within a month”</source>
        <translation>В какой срок и куда: «планово, в течение месяца»</translation>
    </message>
</context>
<context>
    <name>DiagnosisSection</name>
    <message>
        <source>Code by ICD-10</source>
        <translation>Код по МКБ-10</translation>
    </message>
    <message>
        <source>main</source>
        <translation>основной</translation>
    </message>
    <message>
        <source>A code looks like I35.0: a letter, two digits, a point, a digit</source>
        <translation>Код вида I35.0: буква, две цифры, точка, цифра</translation>
    </message>
    <message>
        <source>{} is not in the directory of ICD-10, version {}</source>
        <translation>Кода {} нет в справочнике МКБ-10 версии {}</translation>
    </message>
    <message>
        <source>{} is not in force since {}: choose another code</source>
        <translation>Код {} не действует с {}: выберите другой</translation>
    </message>
    <message>
        <source>{} is in force from {} only: choose another code</source>
        <translation>Код {} действует только с {}: выберите другой</translation>
    </message>
    <message>
        <source>{} is a block of codes, not a diagnosis</source>
        <translation>{} — это блок рубрик, а не диагноз</translation>
    </message>
    <message>
        <source>Russian “{}” is read as Latin {}</source>
        <translation>Русская «{}» прочитана как латинская {}</translation>
    </message>
</context>
<context>
    <name>EarlierPanel</name>
    <message numerus="yes">
        <source>%n earlier conclusion(s)</source>
        <translation>
            <numerusform>%n прежнее заключение</numerusform>
            <numerusform>%n прежних заключения</numerusform>
            <numerusform>%n прежних заключений</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>№ {}, {}, {}</source>
        <translation>№ {}, {}, {}</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>Earlier: {}</source>
        <translation>Прежние: {}</translation>
    </message>
    <message>
        <source>Editions: {}</source>
        <translation>Редакции: {}</translation>
    </message>
    <message>
        <source>The conclusion diagnoses or prescribes, and no diagnosis made in person is named. Say who made it and when, or why it may be done remotely.</source>
        <translation>В заключении есть диагноз или назначения, а очно установленный диагноз не указан. Напишите, кто и когда установил его на приёме, или почему это можно сделать дистанционно.</translation>
    </message>
    <message>
        <source>a click on a number, or {}, shows its source</source>
        <translation>щелчок по номеру или {} показывает источник</translation>
    </message>
    <message>
        <source>The clinic has returned the conclusion</source>
        <translation>Клиника вернула заключение на доработку</translation>
    </message>
    <message>
        <source>A new edition: the patient keeps the old one until it is signed</source>
        <translation>Новая редакция: до её подписания у пациента остаётся прежняя</translation>
    </message>
    <message>
        <source>Go to the place</source>
        <translation>К этому месту</translation>
    </message>
    <message>
        <source>What you wrote is kept on this computer, for you alone</source>
        <translation>Написанное вами сохранено на этом компьютере, только для вас</translation>
    </message>
    <message>
        <source>The text was changed elsewhere: {}, {}</source>
        <translation>Текст изменён в другом окне: {}, {}</translation>
    </message>
    <message>
        <source>Your text is below and is not saved. Which one is to stay?</source>
        <translation>Ваш текст ниже, он не сохранён. Какой оставить?</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>ничего</translation>
    </message>
    <message>
        <source>{}, the other text: {}</source>
        <translation>{}, в другом тексте: {}</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Оставить мой</translation>
    </message>
    <message>
        <source>Take the other one</source>
        <translation>Взять другой</translation>
    </message>
    <message>
        <source>from the request</source>
        <translation>из заявки</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Go to what is missing</source>
        <translation>К тому, что не заполнено</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>Раздел</translation>
    </message>
    <message>
        <source>Add a section to this conclusion</source>
        <translation>Добавить раздел в это заключение</translation>
    </message>
</context>
<context>
    <name>FurtherRow</name>
    <message>
        <source>accompanying</source>
        <translation>сопутств.</translation>
    </message>
    <message>
        <source>complication</source>
        <translation>осложнение</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>Accompanying disease or complication of the main one</source>
        <translation>Сопутствующее заболевание или осложнение основного</translation>
    </message>
    <message>
        <source>Take this diagnosis out</source>
        <translation>Убрать этот диагноз</translation>
    </message>
    <message>
        <source>Code by ICD-10</source>
        <translation>Код по МКБ-10</translation>
    </message>
    <message>
        <source>Diagnosis in words</source>
        <translation>Диагноз словами</translation>
    </message>
    <message>
        <source>A code looks like I35.0: a letter, two digits, a point, a digit</source>
        <translation>Код выглядит так: I35.0 — буква, две цифры, точка, цифра</translation>
    </message>
</context>
<context>
    <name>PhrasePanel</name>
    <message>
        <source>Words of a phrase; Enter puts it in</source>
        <translation>Слова из фразы; Enter вставит</translation>
    </message>
    <message>
        <source>Find a phrase</source>
        <translation>Найти фразу</translation>
    </message>
    <message>
        <source>Close the phrases</source>
        <translation>Закрыть фразы</translation>
    </message>
    <message>
        <source>Ctrl+Delete drops a phrase of your own</source>
        <translation>Ctrl+Delete удаляет свою фразу</translation>
    </message>
    <message>
        <source>No phrase: select a text in the section and keep it as a phrase</source>
        <translation>Таких фраз нет: выделите текст в разделе и сохраните его как фразу</translation>
    </message>
    <message>
        <source>template</source>
        <translation>шаблон</translation>
    </message>
    <message>
        <source>own</source>
        <translation>своя</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>As the patient will see it</source>
        <translation>Так увидит пациент</translation>
    </message>
    <message>
        <source>{} opens the frame</source>
        <translation>{} открывает кадр</translation>
    </message>
    <message>
        <source>A click on a source or its picture; by keys: Tab, then Enter</source>
        <translation>Щелчок по источнику или его снимку; с клавиатуры: Tab, затем Enter</translation>
    </message>
    <message>
        <source>There is no page without a connection</source>
        <translation>Без связи страницы не видно</translation>
    </message>
    <message>
        <source>It appears as soon as the server has the text.</source>
        <translation>Она появится, как только текст будет на сервере.</translation>
    </message>
    <message>
        <source>Nothing is written yet</source>
        <translation>Пока ничего не написано</translation>
    </message>
    <message>
        <source>The page appears as soon as something is written in the form.</source>
        <translation>Страница появится, как только вы начнёте писать.</translation>
    </message>
    <message>
        <source>The pages cannot be shown</source>
        <translation>Страницы не показать</translation>
    </message>
    <message>
        <source>Why is written above.</source>
        <translation>Причина написана выше.</translation>
    </message>
    <message>
        <source>The pages are being made</source>
        <translation>Готовятся страницы</translation>
    </message>
    <message>
        <source>Below are the pages of an earlier text.</source>
        <translation>Ниже страницы прежнего текста.</translation>
    </message>
    <message>
        <source>As the patient sees it</source>
        <translation>Так видит пациент</translation>
    </message>
    <message>
        <source>The signed file</source>
        <translation>Подписанный файл</translation>
    </message>
    <message>
        <source>the page is being renewed</source>
        <translation>страница обновляется</translation>
    </message>
</context>
<context>
    <name>SignBar</name>
    <message>
        <source>Type the PIN of the key, then sign</source>
        <translation>Введите ПИН ключа и подпишите</translation>
    </message>
    <message>
        <source>demonstration PIN: {}</source>
        <translation>демонстрационный ПИН: {}</translation>
    </message>
    <message>
        <source>All files were opened</source>
        <translation>Все файлы открыты</translation>
    </message>
    <message>
        <source>There are no files</source>
        <translation>Файлов нет</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Подписал</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Сертификат</translation>
    </message>
    <message>
        <source>is being read</source>
        <translation>читается</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>ещё нет</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Подписываю</translation>
    </message>
    <message>
        <source>Hand in again</source>
        <translation>Передать ещё раз</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Подписать</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>a file that was not looked at</comment>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>or the reason why not</source>
        <translation>или причина, почему не открыты</translation>
    </message>
    <message>
        <source>Why files were not opened; it is printed</source>
        <translation>Почему файлы не открыты; печатается в заключении</translation>
    </message>
    <message>
        <source>what is wrong with it; it is printed</source>
        <translation>что исправляется; печатается в заключении</translation>
    </message>
    <message>
        <source>What is corrected</source>
        <translation>Что исправляется</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>A new edition is written; the patient keeps this one until then</source>
        <translation>Составить новую редакцию; до её подписания у пациента остаётся эта</translation>
    </message>
</context>
<context>
    <name>SigningModel</name>
    <message>
        <source>The signature is made, but not handed in: {}</source>
        <translation>Подпись поставлена, но не передана: {}</translation>
    </message>
    <message>
        <source>Press again: the same signed file will be handed in.</source>
        <translation>Нажмите ещё раз: будет передан тот же файл.</translation>
    </message>
</context>
<context>
    <name>SourceList</name>
    <message>
        <source>Sources</source>
        <translation>Источники</translation>
    </message>
</context>
<context>
    <name>SourceWords</name>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>proposed and confirmed</source>
        <translation>предложено и подтверждено</translation>
    </message>
    <message>
        <source>calibrated by hand</source>
        <translation>калибровано вручную</translation>
    </message>
    <message>
        <source>the device</source>
        <translation>прибор</translation>
    </message>
    <message>
        <source>origin unknown</source>
        <translation>происхождение не определено</translation>
    </message>
    <message>
        <source>{}, not among the files of the case</source>
        <translation>{}, файла нет в деле</translation>
    </message>
    <message>
        <source>{}, another file by now</source>
        <translation>{}, файл уже другой</translation>
    </message>
    <message>
        <source>No source has this number: nothing can be shown</source>
        <translation>У этого номера нет источника: показать нечего</translation>
    </message>
    <message>
        <source>Without a source: {}</source>
        <translation>Без источника: {}</translation>
    </message>
    <message>
        <source>Not in the text, not printed: {}</source>
        <translation>Нет в тексте и не печатаются: {}</translation>
    </message>
</context>
<context>
    <name>SpellingMenu</name>
    <message>
        <source>No word like this is known</source>
        <translation>Похожих слов в словаре нет</translation>
    </message>
    <message>
        <source>Remove “{}” from my dictionary</source>
        <translation>Убрать «{}» из моего словаря</translation>
    </message>
    <message>
        <source>Add “{}” to my dictionary</source>
        <translation>Добавить «{}» в мой словарь</translation>
    </message>
</context>
<context>
    <name>TextSection</name>
    <message>
        <source>Not taken in: a section holds at most {} characters</source>
        <translation>Не вставлено: в разделе помещается не больше {} знаков</translation>
    </message>
</context>
</TS>
