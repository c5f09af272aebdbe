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
        <source>Threat to life</source>
        <translation>Угроза жизни</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>No threat any more</source>
        <translation>Снять угрозу</translation>
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
    <name>ChatSection</name>
    <message>
        <source>Chat</source>
        <translation>Переписка</translation>
    </message>
    <message>
        <source>unread: {}</source>
        <translation>непрочитанных: {}</translation>
    </message>
    <message>
        <source>Messages are not read: {}</source>
        <translation>Сообщения не прочитаны: {}</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>Сообщений пока нет</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Врач</translation>
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
        <source>Topic: {}</source>
        <translation>Тема: {}</translation>
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
        <source>withdrawn {}</source>
        <translation>отозвано {}</translation>
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
    <name>DeliverySection</name>
    <message>
        <source>On the way to the patient</source>
        <translation>Передача пациенту</translation>
    </message>
    <message>
        <source>Send the e-mail again</source>
        <translation>Отправить письмо ещё раз</translation>
    </message>
</context>
<context>
    <name>DeliveryStrip</name>
    <message>
        <source>On the way to the patient</source>
        <translation>Передача пациенту</translation>
    </message>
    <message>
        <source>Send the e-mail again</source>
        <translation>Отправить письмо ещё раз</translation>
    </message>
</context>
<context>
    <name>DeliveryWords</name>
    <message>
        <source>Patient&apos;s page</source>
        <translation>Страница</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Переписка</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>there is no such address, or it takes no mail</source>
        <translation>такого адреса нет, или он не принимает письма</translation>
    </message>
    <message>
        <source>the mail server did not take the letter</source>
        <translation>почтовый сервер не принял письмо</translation>
    </message>
    <message>
        <source>the file is too large for the mail server</source>
        <translation>файл слишком велик для почты</translation>
    </message>
    <message>
        <source>the mail server refused the centre as a sender</source>
        <translation>почтовый сервер не принял отправителя, сообщите администратору</translation>
    </message>
    <message>
        <source>the mail server does not answer</source>
        <translation>почтовый сервер не отвечает</translation>
    </message>
    <message>
        <source>no secure connection to the mail server</source>
        <translation>нет защищённого соединения с почтовым сервером</translation>
    </message>
    <message>
        <source>the mail server asks to try later</source>
        <translation>почтовый сервер просит повторить позже</translation>
    </message>
    <message>
        <source>the letter has waited too long</source>
        <translation>письмо ждало отправки слишком долго</translation>
    </message>
    <message>
        <source>a newer edition was delivered</source>
        <translation>выдана новая редакция</translation>
    </message>
    <message>
        <source>the patient has withdrawn the consent</source>
        <translation>пациент отозвал согласие</translation>
    </message>
    <message>
        <source>the kept file is not the signed one</source>
        <translation>файл на сервере не совпадает с подписанным</translation>
    </message>
    <message>
        <source>the link was not opened in time</source>
        <translation>ссылку не открыли в срок</translation>
    </message>
    <message>
        <source>the reason is not known</source>
        <translation>причина неизвестна</translation>
    </message>
    <message>
        <source>can be downloaded since</source>
        <translation>можно скачать с</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>отправлено</translation>
    </message>
    <message>
        <source>downloaded</source>
        <translation>скачано</translation>
    </message>
    <message>
        <source>read</source>
        <translation>прочитано</translation>
    </message>
    <message>
        <source>not delivered yet</source>
        <translation>ещё не передано</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>отправляется</translation>
    </message>
    <message>
        <source>link sent{}, not opened yet</source>
        <translation>ссылка отправлена{}, ещё не открыта</translation>
    </message>
    <message>
        <source>file sent, the mail server took it{}</source>
        <translation>файл отправлен, сервер принял{}</translation>
    </message>
    <message>
        <source>opened by the link{}</source>
        <translation>открыто по ссылке{}</translation>
    </message>
    <message>
        <source>not sent: {}</source>
        <translation>не отправлено: {}</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>ждёт отправки</translation>
    </message>
    <message>
        <source>{}; next try {}</source>
        <translation>{}; повтор {}</translation>
    </message>
    <message>
        <source>the patient has not confirmed the address</source>
        <translation>пациент не подтвердил адрес</translation>
    </message>
    <message>
        <source>the patient has given no address</source>
        <translation>пациент не указал адрес</translation>
    </message>
    <message>
        <source>is not set up at this centre</source>
        <translation>в этом центре не настроена</translation>
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
        <source>Representative</source>
        <translation>Представитель</translation>
    </message>
    <message>
        <source>Representative: {}, {}</source>
        <translation>Представитель: {}, {}</translation>
    </message>
</context>
<context>
    <name>LaidLine</name>
    <message>
        <source>{}: its term comes before</source>
        <translation>{}, раньше: подходит срок</translation>
    </message>
    <message>
        <source>Note: {}</source>
        <translation>Заметка: {}</translation>
    </message>
</context>
<context>
    <name>PersonSection</name>
    <message>
        <source>Confirm the identity</source>
        <translation>Подтвердить личность</translation>
    </message>
    <message>
        <source>Withdraw the confirmation</source>
        <translation>Отозвать подтверждение</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Подтвердить или отклонить</translation>
    </message>
    <message>
        <source>The patient is not identified: nothing is signed</source>
        <translation>Подписать нельзя: личность не подтверждена</translation>
    </message>
    <message>
        <source>Identity confirmed: {}, {}, {}</source>
        <translation>Личность подтверждена: {}, {}, {}</translation>
    </message>
    <message>
        <source>Personal data have changed</source>
        <translation>Данные изменены</translation>
    </message>
    <message>
        <source>said by patient</source>
        <translation>сообщил пациент</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Take over the new data</source>
        <translation>Подтвердить новые данные</translation>
    </message>
    <message>
        <source>Keep the old data</source>
        <translation>Оставить прежние</translation>
    </message>
    <message>
        <source>Confirmed by mistake</source>
        <translation>Подтверждено по ошибке</translation>
    </message>
    <message>
        <source>The document is another person&apos;s</source>
        <translation>Документ другого человека</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Паспорт</translation>
    </message>
    <message>
        <source>Birth certificate</source>
        <translation>Свидетельство о рождении</translation>
    </message>
    <message>
        <source>Another document</source>
        <translation>Другой документ</translation>
    </message>
    <message>
        <source>By the contact centre</source>
        <translation>Через контактный центр</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>ФИО</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>Дата рождения</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Пол</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место жительства</translation>
    </message>
    <message>
        <source>Representative</source>
        <translation>Представитель</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Кем приходится</translation>
    </message>
</context>
<context>
    <name>RequestCardView</name>
    <message>
        <source>Request card</source>
        <translation>Карточка заявки</translation>
    </message>
    <message>
        <source>The checklist has no item {}</source>
        <translation>В списке документов нет пункта {}</translation>
    </message>
    <message>
        <source>{}: no files</source>
        <translation>{}: файлов нет</translation>
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
<context>
    <name>StandingSection</name>
    <message>
        <source>Signed conclusion</source>
        <translation>Подписанное заключение</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Подписи</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>signed {} by {}, waits for the clinic&apos;s approval</source>
        <translation>подписано {}, {}; ждёт согласования клиники</translation>
    </message>
    <message>
        <source>signed {} by {}, approved {} by {}</source>
        <translation>подписано {}, {}; согласовано {}, {}</translation>
    </message>
    <message>
        <source>edition {} signed {} by {}, is written anew</source>
        <translation>редакция {} подписана {}, {}; пишется заново</translation>
    </message>
    <message>
        <source>signed {} by {}</source>
        <translation>подписано {}, {}</translation>
    </message>
</context>
</TS>
