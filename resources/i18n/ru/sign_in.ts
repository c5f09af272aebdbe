<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>DemoAccounts</name>
    <message>
        <source>made-up data, key in memory</source>
        <translation>вымышленные данные, ключ в памяти</translation>
    </message>
    <message>
        <source>A digit fills login and password in, Enter signs in.</source>
        <translation>Цифра подставляет логин и пароль, Enter входит.</translation>
    </message>
</context>
<context>
    <name>DemoChip</name>
    <message>
        <source>Demonstration</source>
        <translation>Демонстрация</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide the password</source>
        <translation>Скрыть пароль</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Показать пароль</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Consultant&apos;s workstation</source>
        <translation>Рабочее место консультанта</translation>
    </message>
    <message>
        <source>Telemedicine consultations of federal centres</source>
        <translation>Телемедицинские консультации федеральных центров</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
    <message>
        <source>Version {}</source>
        <translation>Версия {}</translation>
    </message>
    <message>
        <source>English</source>
        <comment>name of the language shown</comment>
        <translation>Русский</translation>
    </message>
    <message>
        <source>Try again in {}.</source>
        <translation>Повторите через {}.</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>Спрашиваю сервер</translation>
    </message>
    <message>
        <source>The server answers</source>
        <translation>Сервер отвечает</translation>
    </message>
    <message>
        <source>{}, retry in {}</source>
        <translation>{}, повтор через {}</translation>
    </message>
</context>
<context>
    <name>SignInViewModel</name>
    <message>
        <source>Type both login and password</source>
        <translation>Введите и логин, и пароль</translation>
    </message>
</context>
</TS>
