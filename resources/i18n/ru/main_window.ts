<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>CaseLineEdit</name>
    <message>
        <source>Cut</source>
        <translation>Вырезать</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Вставить</translation>
    </message>
</context>
<context>
    <name>CaseQuestion</name>
    <message>
        <source>Text of another case</source>
        <translation>Текст из другой заявки</translation>
    </message>
    <message>
        <source>This text is from another patient&apos;s case</source>
        <translation>Этот текст из заявки другого пациента</translation>
    </message>
    <message>
        <source>Copied in request {}</source>
        <translation>Скопировано в заявке {}</translation>
    </message>
    <message>
        <source>Open now: {}, request {}</source>
        <translation>Сейчас открыта: {}, заявка {}</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Не вставлять</translation>
    </message>
    <message>
        <source>Insert into this case</source>
        <translation>Вставить в эту заявку</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Consultant&apos;s workstation</source>
        <translation>Рабочее место консультанта</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
</context>
<context>
    <name>MainWindowModel</name>
    <message>
        <source>No connection to the server since {}</source>
        <translation>Нет связи с сервером с {}</translation>
    </message>
    <message>
        <source>What was loaded can be read. Requests cannot be taken until it is back.</source>
        <translation>Загруженное можно смотреть. Взять заявку без связи нельзя: её мог взять коллега.</translation>
    </message>
    <message>
        <source>Server time {} {}</source>
        <translation>Время сервера {} {}</translation>
    </message>
    <message>
        <source>Cases prepared: {} of {}</source>
        <translation>Подготовлено дел: {} из {}</translation>
    </message>
    <message>
        <source>Demonstration: key in memory</source>
        <translation>Демонстрация: ключ в памяти</translation>
    </message>
    <message>
        <source>Data on the disk are encrypted</source>
        <translation>Данные на диске зашифрованы</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Связь есть</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Связи нет</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>trying now</source>
        <translation>пробую сейчас</translation>
    </message>
    <message>
        <source>retry in {}</source>
        <translation>повтор через {}</translation>
    </message>
</context>
<context>
    <name>NextPatientPlate</name>
    <message>
        <source>Next patient</source>
        <translation>Следующий пациент</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close the notice</source>
        <translation>Закрыть сообщение</translation>
    </message>
</context>
<context>
    <name>PinField</name>
    <message>
        <source>PIN of the key</source>
        <translation>ПИН ключа</translation>
    </message>
</context>
<context>
    <name>SigningWords</name>
    <message>
        <source>{}, till {}</source>
        <translation>{}, до {}</translation>
    </message>
    <message>
        <source>qualified</source>
        <translation>квалифицированная (УКЭП)</translation>
    </message>
    <message>
        <source>not a qualified one</source>
        <translation>не квалифицированная</translation>
    </message>
    <message>
        <source>Issued by: {}</source>
        <translation>Выдан: {}</translation>
    </message>
    <message>
        <source>Number: {}</source>
        <translation>Номер: {}</translation>
    </message>
    <message>
        <source>Valid from {} till {}</source>
        <translation>Действует с {} до {}</translation>
    </message>
    <message>
        <source>Signature: {}, {}</source>
        <translation>Подпись: {}, {}</translation>
    </message>
    <message>
        <source>Ask the administrator of the centre for a new certificate.</source>
        <translation>Новый сертификат выдаст администратор центра.</translation>
    </message>
    <message>
        <source>The PIN does not fit</source>
        <translation>ПИН не подходит</translation>
    </message>
    <message>
        <source>Check the layout and Caps Lock, then type it again.</source>
        <translation>Проверьте раскладку и Caps Lock и введите снова.</translation>
    </message>
    <message>
        <source>There is no certificate to sign with</source>
        <translation>Нет сертификата для подписи</translation>
    </message>
    <message>
        <source>The administrator of the centre installs it.</source>
        <translation>Его установит администратор центра.</translation>
    </message>
    <message>
        <source>The token is not plugged in</source>
        <translation>Токен не подключён</translation>
    </message>
    <message>
        <source>Plug it in and sign again.</source>
        <translation>Подключите его и подпишите снова.</translation>
    </message>
    <message>
        <source>The certificate has expired</source>
        <translation>Срок сертификата истёк</translation>
    </message>
    <message>
        <source>The certificate is not valid yet</source>
        <translation>Сертификат ещё не действует</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date; else wait for the first day.</source>
        <translation>Проверьте дату на компьютере, иначе дождитесь первого дня срока.</translation>
    </message>
    <message>
        <source>The certificate was revoked</source>
        <translation>Сертификат отозван</translation>
    </message>
    <message>
        <source>The certificate is not for signing documents</source>
        <translation>Этим сертификатом нельзя подписывать документы</translation>
    </message>
    <message>
        <source>The certificate must not be used</source>
        <translation>Этим сертификатом подписывать нельзя</translation>
    </message>
    <message>
        <source>Close the case and open it again: the file is made anew.</source>
        <translation>Закройте дело и откройте снова: файл будет сделан заново.</translation>
    </message>
    <message>
        <source>The service of time stamps does not answer</source>
        <translation>Служба меток времени не отвечает</translation>
    </message>
    <message>
        <source>Nothing was signed. Try again in a minute.</source>
        <translation>Ничего не подписано. Повторите через минуту.</translation>
    </message>
    <message>
        <source>The file was changed after it was signed</source>
        <translation>Файл изменён после подписи</translation>
    </message>
    <message>
        <source>It must not be signed. Return it to the doctor.</source>
        <translation>Подписывать его нельзя. Верните его врачу.</translation>
    </message>
    <message>
        <source>The doctor&apos;s signature is not there</source>
        <translation>Нет подписи врача</translation>
    </message>
    <message>
        <source>The file must not be approved. Return it to the doctor.</source>
        <translation>Утверждать файл нельзя. Верните его врачу.</translation>
    </message>
    <message>
        <source>The file carries this signature already</source>
        <translation>Эта подпись в файле уже есть</translation>
    </message>
    <message>
        <source>Look at its newest state.</source>
        <translation>Посмотрите его последнее состояние.</translation>
    </message>
    <message>
        <source>The file has no place for the signature</source>
        <translation>В файле нет места для подписи</translation>
    </message>
    <message>
        <source>The file cannot be signed</source>
        <translation>Этот файл подписать нельзя</translation>
    </message>
    <message>
        <source>The signature was not made</source>
        <translation>Подпись не поставлена</translation>
    </message>
    <message>
        <source>Nothing was sent. Try again.</source>
        <translation>Ничего не отправлено. Повторите.</translation>
    </message>
    <message>
        <source>The server does not accept the signature</source>
        <translation>Сервер не принял подпись</translation>
    </message>
    <message>
        <source>The centre must know the certificate: ask its administrator.</source>
        <translation>Центр должен знать сертификат: обратитесь к его администратору.</translation>
    </message>
    <message>
        <source>The file on the server is not the one that was signed</source>
        <translation>Файл на сервере не тот, который был подписан</translation>
    </message>
    <message>
        <source>It must not be signed. Tell the administrator of the centre.</source>
        <translation>Подписывать его нельзя. Сообщите администратору центра.</translation>
    </message>
</context>
<context>
    <name>SkeletonRows</name>
    <message>
        <source>Loading</source>
        <translation>Загрузка</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Account: {}</source>
        <translation>Учётная запись: {}</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Выйти</translation>
    </message>
</context>
</TS>
