<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>KeyDialog</name>
    <message>
        <source>Signing key</source>
        <translation>Ключ подписи</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Найти…</translation>
    </message>
    <message>
        <source>PKCS#12 file</source>
        <translation>Файл PKCS#12</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Токен</translation>
    </message>
    <message>
        <source>Other program</source>
        <translation>Другая программа</translation>
    </message>
    <message>
        <source>File of the key</source>
        <translation>Файл ключа</translation>
    </message>
    <message>
        <source>the one that the administrator has put here</source>
        <translation>тот, что положил администратор</translation>
    </message>
    <message>
        <source>Library of the token</source>
        <translation>Библиотека токена</translation>
    </message>
    <message>
        <source>File of the certificate</source>
        <translation>Файл сертификата</translation>
    </message>
    <message>
        <source>Key: a file or a name</source>
        <translation>Ключ: файл или имя</translation>
    </message>
    <message>
        <source>OpenSSL with GOST R 34.10-2012</source>
        <translation>OpenSSL с ГОСТ Р 34.10-2012</translation>
    </message>
    <message>
        <source>{content}, {answer}, {certificate}, {key} and {digest} stand for files and names; the passphrase is in the variable TELEMED_KEY_SECRET of the program.</source>
        <translation>Вместо {content}, {answer}, {certificate}, {key} и {digest} подставляются файлы и имена; пароль программа берёт из переменной TELEMED_KEY_SECRET.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Спрашивать</translation>
    </message>
    <message>
        <source>Keep in the system&apos;s keyring</source>
        <translation>Хранить в связке ключей системы</translation>
    </message>
    <message>
        <source>Look for tokens</source>
        <translation>Найти токены</translation>
    </message>
    <message>
        <source>Check and take</source>
        <translation>Проверить и принять</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Команда</translation>
    </message>
    <message>
        <source>One PIN serves</source>
        <translation>Одного ввода ПИН хватает на</translation>
    </message>
    <message>
        <source>The key is opened once and its certificate is checked. The PIN is kept in memory alone, for the time chosen, and is forgotten when you sign out, when the screen is locked, or when the token is pulled out.</source>
        <translation>Ключ будет открыт один раз, сертификат — проверен. ПИН хранится только в памяти, выбранное время, и забывается при выходе, при блокировке экрана и когда токен извлечён.</translation>
    </message>
    <message>
        <source>With which key to sign</source>
        <translation>Каким ключом подписывать</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} мин</translation>
    </message>
    <message>
        <source>{} h</source>
        <translation>{} ч</translation>
    </message>
    <message>
        <source>Look for tokens first, then choose a key.</source>
        <translation>Сначала найдите токены, затем выберите ключ.</translation>
    </message>
    <message>
        <source>A quotation mark in the command is not closed.</source>
        <translation>В команде не закрыта кавычка.</translation>
    </message>
    <message>
        <source>Program: «{}»</source>
        <translation>Программа: «{}»</translation>
    </message>
    <message>
        <source>Its words: {}</source>
        <translation>Её аргументы: {}</translation>
    </message>
</context>
<context>
    <name>ScreenMeasure</name>
    <message>
        <source>Measure with a bank card…</source>
        <translation>Измерить банковской картой…</translation>
    </message>
    <message>
        <source>True millimetres: measured</source>
        <translation>Миллиметры истинные: экран измерен</translation>
    </message>
    <message>
        <source>Not measured: by the data of the screen</source>
        <translation>Не измерен: по паспорту экрана</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Comfortable</source>
        <translation>Просторные</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Плотные</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Threats to life alone</source>
        <translation>Только угроза жизни</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>Подчёркивать</translation>
    </message>
    <message>
        <source>Not marked</source>
        <translation>Не подчёркивать</translation>
    </message>
    <message>
        <source>English</source>
        <comment>name of the language shown</comment>
        <translation>Русский</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Size of text and controls</source>
        <translation>Размер текста и кнопок</translation>
    </message>
    <message>
        <source>Rows of lists</source>
        <translation>Строки списков</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <source>Words in doubt in conclusions</source>
        <translation>Возможные опечатки в заключении</translation>
    </message>
    <message>
        <source>Screen for ECG</source>
        <translation>Экран для ЭКГ</translation>
    </message>
    <message>
        <source>Signing key</source>
        <translation>Ключ подписи</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Подписи</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
</context>
<context>
    <name>SigningKeyRow</name>
    <message>
        <source>Choose the key…</source>
        <translation>Выбрать ключ…</translation>
    </message>
    <message>
        <source>There is no key to sign with</source>
        <translation>Ключа для подписи нет</translation>
    </message>
    <message>
        <source>file</source>
        <translation>файл</translation>
    </message>
    <message>
        <source>token</source>
        <translation>токен</translation>
    </message>
    <message>
        <source>other program</source>
        <translation>другая программа</translation>
    </message>
    <message>
        <source>key of the demonstration</source>
        <translation>ключ демонстрации</translation>
    </message>
</context>
<context>
    <name>_TokenKeys</name>
    <message>
        <source>Nobody has looked yet</source>
        <translation>Токены ещё не искали</translation>
    </message>
    <message>
        <source>No token with a key for signing is plugged in</source>
        <translation>Токен с ключом подписи не вставлен</translation>
    </message>
    <message>
        <source>No. {}</source>
        <translation>№ {}</translation>
    </message>
</context>
</TS>
