<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>CardFooter</name>
    <message>
        <source>Take and open</source>
        <translation>Взять и открыть</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Unknown to this version of the program: update it</source>
        <translation>Неизвестно этой версии программы: обновите её</translation>
    </message>
    <message>
        <source>This state allows no work on the request</source>
        <translation>В этом состоянии заявку взять нельзя</translation>
    </message>
</context>
<context>
    <name>ChecklistView</name>
    <message>
        <source>Checklist of documents</source>
        <translation>Перечень документов</translation>
    </message>
</context>
<context>
    <name>Complaint</name>
    <message>
        <source>Diagnosis</source>
        <translation>Диагноз</translation>
    </message>
    <message>
        <source>Complaints</source>
        <translation>Жалобы</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать все</translation>
    </message>
    <message>
        <source>no diagnosis was given</source>
        <translation>диагноз не указан</translation>
    </message>
    <message>
        <source>In the centre&apos;s profile</source>
        <translation>В профиле центра</translation>
    </message>
    <message>
        <source>none were given</source>
        <translation>не указаны</translation>
    </message>
    <message>
        <source>{} of {} left</source>
        <translation>осталось {} из {}</translation>
    </message>
</context>
<context>
    <name>Consents</name>
    <message>
        <source>Consents</source>
        <translation>Согласия</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>не дано</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>Персональные данные</translation>
    </message>
    <message>
        <source>Disclosure to the centre</source>
        <translation>Раскрытие центру</translation>
    </message>
    <message>
        <source>Intervention</source>
        <translation>Вмешательство</translation>
    </message>
    <message>
        <source>Contract of paid services</source>
        <translation>Договор платных услуг</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>required {} of {}</source>
        <translation>обязательные {} из {}</translation>
    </message>
    <message numerus="yes">
        <source>%n not opened</source>
        <translation>
            <numerusform>не открыт %n</numerusform>
            <numerusform>не открыто %n</numerusform>
            <numerusform>не открыто %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>About the request</source>
        <translation>О заявке</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Treating doctor</source>
        <translation>Лечащий врач</translation>
    </message>
    <message>
        <source>Medical record</source>
        <translation>Медицинская карта</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>What happened</source>
        <translation>Что было</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
</context>
<context>
    <name>IdentityHeader</name>
    <message>
        <source>No. {}</source>
        <translation>№ {}</translation>
    </message>
    <message>
        <source>born {}</source>
        <translation>род. {}</translation>
    </message>
    <message>
        <source>Phone confirmed</source>
        <translation>Телефон подтверждён</translation>
    </message>
    <message>
        <source>Phone not confirmed</source>
        <translation>Телефон не подтверждён</translation>
    </message>
    <message>
        <source>Representative: {}, {}</source>
        <translation>Представитель: {}, {}</translation>
    </message>
</context>
<context>
    <name>RequestCardView</name>
    <message>
        <source>Request card</source>
        <translation>Карточка заявки</translation>
    </message>
    <message>
        <source>Card as of {}</source>
        <translation>Карточка на {}</translation>
    </message>
    <message>
        <source>No request is chosen</source>
        <translation>Заявка не выбрана</translation>
    </message>
    <message>
        <source>Choose one in the list</source>
        <translation>Выберите её в списке</translation>
    </message>
</context>
</TS>
