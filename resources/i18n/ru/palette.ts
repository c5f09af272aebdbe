<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>KeyPage</name>
    <message>
        <source>What mouse and keys do now</source>
        <translation>Мышь и клавиши, которые сейчас действуют</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Go to: {}</source>
        <translation>Перейти: {}</translation>
    </message>
</context>
<context>
    <name>PaletteView</name>
    <message>
        <source>Find an action</source>
        <translation>Найти действие</translation>
    </message>
    <message>
        <source>Nothing here is called so</source>
        <translation>Такого действия здесь нет</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
    <message>
        <source>do it</source>
        <translation>выполнить</translation>
    </message>
    <message>
        <source>close</source>
        <translation>закрыть</translation>
    </message>
</context>
</TS>
