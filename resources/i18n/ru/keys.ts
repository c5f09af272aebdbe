<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>Keys</name>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
</context>
</TS>
