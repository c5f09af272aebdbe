<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>NoticeBar</name>
    <message>
        <source>Open the case</source>
        <translation>Открыть дело</translation>
    </message>
    <message>
        <source>Close the line: the case stays among the notices</source>
        <translation>Закрыть строку: дело останется в уведомлениях</translation>
    </message>
</context>
<context>
    <name>NoticeRoom</name>
    <message>
        <source>Notices</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>Отметить всё прочитанным</translation>
    </message>
    <message>
        <source>Nothing new in your cases</source>
        <translation>В ваших делах нет ничего нового</translation>
    </message>
    <message>
        <source>Messages, documents, terms and answers of patients will come here.</source>
        <translation>Сюда придут сообщения и ответы пациентов, документы и сроки.</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
    <message numerus="yes">
        <source>%n more case(s) wait for you</source>
        <translation>
            <numerusform>Ждёт вас ещё %n дело</numerusform>
            <numerusform>Ждут вас ещё %n дела</numerusform>
            <numerusform>Ждут вас ещё %n дел</numerusform>
        </translation>
    </message>
    <message>
        <source>the case waits for you</source>
        <translation>дело ждёт вас</translation>
    </message>
    <message>
        <source>Life threat marked on a request of the centre</source>
        <translation>В заявке центра отмечена угроза жизни</translation>
    </message>
    <message>
        <source>The patient has come to the appointment</source>
        <translation>Пациент пришёл на консультацию</translation>
    </message>
    <message>
        <source>An appointment is soon, the patient is not there yet</source>
        <translation>Скоро консультация, пациента ещё нет</translation>
    </message>
    <message>
        <source>The term of an answer is over</source>
        <translation>Срок ответа прошёл</translation>
    </message>
    <message>
        <source>An appointment of yours was cancelled</source>
        <translation>Консультация отменена</translation>
    </message>
    <message>
        <source>A conclusion was returned to you</source>
        <translation>Заключение возвращено вам</translation>
    </message>
    <message>
        <source>A proposed time was not taken</source>
        <translation>Предложенное время не принято</translation>
    </message>
    <message>
        <source>New message of a patient</source>
        <translation>Новое сообщение пациента</translation>
    </message>
    <message>
        <source>Documents have arrived</source>
        <translation>Пришли документы</translation>
    </message>
    <message>
        <source>A patient has taken the proposed time</source>
        <translation>Пациент принял предложенное время</translation>
    </message>
    <message>
        <source>The term of an answer is near</source>
        <translation>Подходит срок ответа</translation>
    </message>
    <message>
        <source>A request that you laid aside is back</source>
        <translation>Отложенная вами заявка вернулась</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) wait for you</source>
        <translation>
            <numerusform>%n дело ждёт вас</numerusform>
            <numerusform>%n дела ждут вас</numerusform>
            <numerusform>%n дел ждут вас</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n новое сообщение</numerusform>
            <numerusform>%n новых сообщения</numerusform>
            <numerusform>%n новых сообщений</numerusform>
        </translation>
    </message>
    <message>
        <source>Life threat</source>
        <translation>Угроза жизни</translation>
    </message>
    <message>
        <source>The patient has come</source>
        <translation>Пациент пришёл</translation>
    </message>
    <message>
        <source>The term is over</source>
        <translation>Срок прошёл</translation>
    </message>
    <message>
        <source>The appointment was cancelled</source>
        <translation>Консультация отменена</translation>
    </message>
    <message>
        <source>The conclusion was returned</source>
        <translation>Заключение возвращено</translation>
    </message>
    <message>
        <source>The proposed time was not taken</source>
        <translation>Предложенное время не принято</translation>
    </message>
    <message>
        <source>The term is near</source>
        <translation>Подходит срок</translation>
    </message>
    <message>
        <source>Back from those laid aside</source>
        <translation>Вернулась из отложенных</translation>
    </message>
    <message>
        <source>The patient is not there yet, appointment{}</source>
        <translation>Пациента ещё нет, консультация{}</translation>
    </message>
    <message>
        <source>The patient has taken the time{}</source>
        <translation>Пациент принял время{}</translation>
    </message>
</context>
</TS>
