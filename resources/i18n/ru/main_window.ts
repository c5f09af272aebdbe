<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
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
    <name>Notice</name>
    <message>
        <source>Close the notice</source>
        <translation>Закрыть сообщение</translation>
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
