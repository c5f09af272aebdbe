<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>GroupBar</name>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
</context>
<context>
    <name>ListArea</name>
    <message>
        <source>Nothing was found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>“{}” is in no request of this list</source>
        <translation>«{}» нет ни в одной заявке этого списка</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Очистить поиск</translation>
    </message>
    <message>
        <source>There are no unclaimed requests</source>
        <translation>Свободных заявок нет</translation>
    </message>
    <message>
        <source>You have no requests in work</source>
        <translation>У вас нет заявок в работе</translation>
    </message>
    <message>
        <source>No request awaits documents</source>
        <translation>Ни одна заявка не ждёт документов</translation>
    </message>
    <message>
        <source>There are no requests</source>
        <translation>Заявок нет</translation>
    </message>
    <message>
        <source>New ones appear here by themselves</source>
        <translation>Новые появятся здесь сами</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать все</translation>
    </message>
</context>
<context>
    <name>QueueColumns</name>
    <message>
        <source>Answer due</source>
        <translation>Срок ответа</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>Diagnosis, profile</source>
        <translation>Диагноз, профиль</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>State, who</source>
        <translation>Состояние, кто</translation>
    </message>
</context>
<context>
    <name>QueueHead</name>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>State as of {}</source>
        <translation>Показано состояние на {}</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Requests</source>
        <translation>Заявки</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Patient, diagnosis, complaints, number</source>
        <translation>Пациент, диагноз, жалобы, номер</translation>
    </message>
    <message>
        <source>Search: patient, diagnosis, complaints, number</source>
        <translation>Поиск: пациент, диагноз, жалобы, номер</translation>
    </message>
</context>
</TS>
