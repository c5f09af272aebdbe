<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
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
        <source>Screen for ECG</source>
        <translation>Экран для ЭКГ</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
</context>
</TS>
