<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>App</name>
    <message>
        <source>Local data could not be read and were set aside; they are loaded anew</source>
        <translation>Данные на этом компьютере не читаются и отложены; они загружаются заново</translation>
    </message>
    <message>
        <source>Sound and video were restarted</source>
        <translation>Звук и видео перезапущены</translation>
    </message>
</context>
<context>
    <name>Rooms</name>
    <message>
        <source>The server does not take a picture of the video call: its request is over</source>
        <translation>Снимок из видеоконсультации не принят сервером: заявка уже закрыта</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Согласование</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Расписание</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Устройства</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Time proposed: {}. The patient&apos;s answer will come here.</source>
        <translation>Время предложено: {}. Ответ пациента придёт сюда.</translation>
    </message>
    <message>
        <source>Request {} is not yours any more: {} works on it</source>
        <translation>Заявка {} больше не ваша: с ней работает {}</translation>
    </message>
    <message>
        <source>Request {} went back to the queue: your claim is over</source>
        <translation>Заявка {} вернулась в очередь: она больше не закреплена за вами</translation>
    </message>
    <message>
        <source>Not done · {} · {} · {}. It waits in the queue.</source>
        <translation>Не сделано · {} · {} · {}. Решение ждёт в очереди.</translation>
    </message>
    <message>
        <source>The call was stopped: {} waits. Enter on the call screen calls.</source>
        <translation>Звонок остановлен: {} ждёт. Позвонить: Enter на экране звонка.</translation>
    </message>
    <message>
        <source>The appointed call was not placed. {}</source>
        <translation>Звонок в назначенное время не начат. {}</translation>
    </message>
</context>
</TS>
