<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>CallBar</name>
    <message>
        <source>Back into one window</source>
        <translation>Вернуть в одно окно</translation>
    </message>
    <message>
        <source>To the second screen</source>
        <translation>На второй экран</translation>
    </message>
    <message>
        <source>Turn the microphone off</source>
        <translation>Выключить микрофон</translation>
    </message>
    <message>
        <source>Turn the microphone on</source>
        <translation>Включить микрофон</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Turn the camera off</source>
        <translation>Выключить камеру</translation>
    </message>
    <message>
        <source>Turn the camera on</source>
        <translation>Включить камеру</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Still picture of the patient into the documents</source>
        <translation>Снимок пациента в документы заявки</translation>
    </message>
    <message>
        <source>Still picture</source>
        <translation>Снимок</translation>
    </message>
    <message>
        <source>Another camera, microphone or speaker</source>
        <translation>Другая камера, микрофон или динамик</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Устройства</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Позвонить ещё раз</translation>
    </message>
    <message>
        <source>Link for the patient</source>
        <translation>Ссылка пациенту</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>Go back into the talk</source>
        <translation>Вернуться в разговор</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>В полосу</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Завершить</translation>
    </message>
</context>
<context>
    <name>CallProblems</name>
    <message>
        <source>A call of this case is on already</source>
        <translation>По этому делу уже идёт звонок</translation>
    </message>
    <message>
        <source>It was placed from another window. Hang up there, then call again.</source>
        <translation>Он начат в другом окне. Завершите его там и позвоните снова.</translation>
    </message>
    <message>
        <source>The patient is busy with another doctor&apos;s call</source>
        <translation>Пациент занят звонком другого врача</translation>
    </message>
    <message>
        <source>It is about another request of the patient. Call a little later.</source>
        <translation>Это звонок по другой заявке пациента. Позвоните немного позже.</translation>
    </message>
    <message>
        <source>Another call is on</source>
        <translation>Идёт другой звонок</translation>
    </message>
    <message>
        <source>Hang up first, then call this patient.</source>
        <translation>Завершите его, потом позвоните этому пациенту.</translation>
    </message>
    <message>
        <source>The request has changed in the meantime: it cannot be called now</source>
        <translation>Заявка изменилась: позвонить сейчас нельзя</translation>
    </message>
    <message>
        <source>Its new state is shown above.</source>
        <translation>Её новое состояние показано на экране.</translation>
    </message>
    <message>
        <source>The call is over already</source>
        <translation>Звонок уже завершён</translation>
    </message>
</context>
<context>
    <name>CallStrip</name>
    <message>
        <source>sound only</source>
        <translation>только звук</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n новое сообщение</numerusform>
            <numerusform>%n новых сообщения</numerusform>
            <numerusform>%n новых сообщений</numerusform>
        </translation>
    </message>
    <message>
        <source>of {}</source>
        <translation>из {}</translation>
    </message>
    <message>
        <source>F11 opens the call screen</source>
        <translation>F11 откроет экран звонка</translation>
    </message>
    <message>
        <source>A file has come: {}</source>
        <translation>Пришёл файл: {}</translation>
    </message>
    <message>
        <source>{} opens it, {} leads to the call</source>
        <translation>{} откроет его, {} вернёт к разговору</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Still picture of the patient into the documents</source>
        <translation>Снимок пациента в документы заявки</translation>
    </message>
    <message>
        <source>Still picture</source>
        <translation>Снимок</translation>
    </message>
    <message>
        <source>Open the call screen</source>
        <translation>Открыть экран звонка</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Завершить</translation>
    </message>
</context>
<context>
    <name>CallView</name>
    <message>
        <source>The call is on the second screen</source>
        <translation>Разговор на втором экране</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Вернуть сюда</translation>
    </message>
    <message>
        <source>The patient&apos;s picture</source>
        <translation>Изображение пациента</translation>
    </message>
    <message>
        <source>Consultation {}</source>
        <translation>Консультация {}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>no call</source>
        <translation>звонка нет</translation>
    </message>
    <message>
        <source>text only</source>
        <translation>только текст</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Связь</translation>
    </message>
    <message>
        <source>of {}</source>
        <translation>из {}</translation>
    </message>
    <message>
        <source>More time for this consultation; the patient sees it</source>
        <translation>Продлить консультацию; пациент это увидит</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>Звоним…</translation>
    </message>
</context>
<context>
    <name>CallWindow</name>
    <message>
        <source>Consultant&apos;s workstation: call</source>
        <translation>Рабочее место консультанта: разговор</translation>
    </message>
</context>
<context>
    <name>CallWords</name>
    <message>
        <source>Calling…</source>
        <translation>Звоним…</translation>
    </message>
    <message>
        <source>The server is asked</source>
        <translation>Отправляем вызов на сервер</translation>
    </message>
    <message>
        <source>Rings at the patient&apos;s page</source>
        <translation>Вызов идёт на странице пациента</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Соединяем</translation>
    </message>
    <message>
        <source>The patient has answered with picture and sound</source>
        <translation>Пациент ответил: видео</translation>
    </message>
    <message>
        <source>The patient has answered with sound alone</source>
        <translation>Пациент ответил: только звук</translation>
    </message>
    <message>
        <source>The patient has answered</source>
        <translation>Пациент ответил</translation>
    </message>
    <message>
        <source>The patient declined the call</source>
        <translation>Пациент отклонил звонок</translation>
    </message>
    <message>
        <source>The patient did not answer</source>
        <translation>Пациент не ответил</translation>
    </message>
    <message>
        <source>You have hung up before the answer</source>
        <translation>Вы отменили звонок до ответа</translation>
    </message>
    <message>
        <source>You have ended the call</source>
        <translation>Вы завершили звонок</translation>
    </message>
    <message>
        <source>The patient has ended the call</source>
        <translation>Пациент завершил звонок</translation>
    </message>
    <message>
        <source>The call is over</source>
        <translation>Звонок завершён</translation>
    </message>
    <message>
        <source>Call again, or write to the patient in the chat</source>
        <translation>Позвоните ещё раз или напишите пациенту в чат</translation>
    </message>
    <message>
        <source>Connecting again; the consultation goes on</source>
        <translation>Соединяем снова, консультация продолжается</translation>
    </message>
    <message>
        <source>Sound and picture were restarted</source>
        <translation>Звук и видео перезапущены</translation>
    </message>
    <message>
        <source>The link broke off</source>
        <translation>Связь прервалась</translation>
    </message>
    <message>
        <source>The patient has opened the page anew</source>
        <translation>Пациент открыл страницу заново</translation>
    </message>
    <message>
        <source>Plug it in, or choose another: {}</source>
        <translation>Подключите снова или выберите другое устройство: {}</translation>
    </message>
    <message>
        <source>No camera and no microphone: the patient neither sees nor hears you</source>
        <translation>Нет камеры и микрофона: пациент вас не видит и не слышит</translation>
    </message>
    <message>
        <source>Write in the chat. Plug them in: the call takes them up by itself</source>
        <translation>Пишите в чат. Подключите их: звонок подхватит их сам</translation>
    </message>
    <message>
        <source>No microphone and no speaker: you do not hear each other</source>
        <translation>Нет микрофона и динамика: вы не слышите друг друга</translation>
    </message>
    <message>
        <source>The picture and the chat go on.</source>
        <translation>Видео и чат работают.</translation>
    </message>
    <message>
        <source>The patient does not hear you; you hear, and the chat goes on.</source>
        <translation>Пациент вас не слышит; вы его слышите, чат работает.</translation>
    </message>
    <message>
        <source>The patient does not see you; the sound goes on.</source>
        <translation>Пациент вас не видит; звук идёт.</translation>
    </message>
    <message>
        <source>You do not hear the patient, who hears you; the chat goes on.</source>
        <translation>Вы не слышите пациента, он вас слышит; чат работает.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>хорошая</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>слабая</translation>
    </message>
    <message>
        <source>no figures yet</source>
        <translation>измеряется</translation>
    </message>
    <message>
        <source>{} over</source>
        <translation>сверх срока {}</translation>
    </message>
    <message>
        <source>{} left</source>
        <translation>осталось {}</translation>
    </message>
    <message>
        <source>+{} min</source>
        <translation>+{} мин</translation>
    </message>
    <message>
        <source>Next appointment at {}</source>
        <translation>Следующий приём в {}</translation>
    </message>
    <message>
        <source>Talked for {}</source>
        <translation>Разговор длился {}</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Нет микрофона</translation>
    </message>
    <message>
        <source>Microphone is on</source>
        <translation>Микрофон включён</translation>
    </message>
    <message>
        <source>Microphone is off</source>
        <translation>Микрофон выключен</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Нет камеры</translation>
    </message>
    <message>
        <source>Camera is on</source>
        <translation>Камера включена</translation>
    </message>
    <message>
        <source>Camera is off</source>
        <translation>Камера выключена</translation>
    </message>
    <message>
        <source>Camera: {}</source>
        <translation>Камера: {}</translation>
    </message>
    <message>
        <source>Microphone: {}</source>
        <translation>Микрофон: {}</translation>
    </message>
    <message>
        <source>Speaker: {}</source>
        <translation>Динамик: {}</translation>
    </message>
    <message>
        <source>Patient&apos;s microphone is on</source>
        <translation>Микрофон пациента включён</translation>
    </message>
    <message>
        <source>Patient&apos;s microphone is off</source>
        <translation>Микрофон пациента выключен</translation>
    </message>
    <message>
        <source>Patient has no microphone</source>
        <translation>У пациента нет микрофона</translation>
    </message>
    <message>
        <source>Patient&apos;s camera is on</source>
        <translation>Камера пациента включена</translation>
    </message>
    <message>
        <source>Patient&apos;s camera is off</source>
        <translation>Камера пациента выключена</translation>
    </message>
    <message>
        <source>Patient has no camera</source>
        <translation>У пациента нет камеры</translation>
    </message>
    <message>
        <source>{} more</source>
        <translation>Ещё {}</translation>
    </message>
    <message>
        <source>The patient answers in writing</source>
        <translation>Пациент отвечает письменно</translation>
    </message>
    <message>
        <source>Write in the chat at the right: M</source>
        <translation>Пишите в чат справа: M</translation>
    </message>
    <message>
        <source>Nor is there sound: write in the chat</source>
        <translation>Звука тоже нет: пишите в чат</translation>
    </message>
    <message>
        <source>The sound goes on</source>
        <translation>Звук идёт</translation>
    </message>
    <message>
        <source>Sound only</source>
        <translation>Только звук</translation>
    </message>
    <message>
        <source>The patient has answered without a picture</source>
        <translation>Пациент ответил без видео</translation>
    </message>
    <message>
        <source>No camera was found</source>
        <translation>Камера не найдена</translation>
    </message>
    <message>
        <source>No microphone was found</source>
        <translation>Микрофон не найден</translation>
    </message>
    <message>
        <source>No speaker was found</source>
        <translation>Динамик не найден</translation>
    </message>
    <message>
        <source>The camera cannot be opened</source>
        <translation>Камера не открывается</translation>
    </message>
    <message>
        <source>The microphone cannot be opened</source>
        <translation>Микрофон не открывается</translation>
    </message>
    <message>
        <source>The speaker cannot be opened</source>
        <translation>Динамик не открывается</translation>
    </message>
    <message>
        <source>The camera was unplugged</source>
        <translation>Камера отключена от компьютера</translation>
    </message>
    <message>
        <source>The microphone was unplugged</source>
        <translation>Микрофон отключён от компьютера</translation>
    </message>
    <message>
        <source>The speaker was unplugged</source>
        <translation>Динамик отключён от компьютера</translation>
    </message>
    <message>
        <source>The patient&apos;s link is weak</source>
        <translation>Слабая связь у пациента</translation>
    </message>
    <message>
        <source>Your link is weak</source>
        <translation>Слабая связь у вас</translation>
    </message>
    <message>
        <source>sound, no picture</source>
        <translation>звук, без видео</translation>
    </message>
    <message>
        <source>{}, {} fps</source>
        <translation>{}, {} к/с</translation>
    </message>
</context>
<context>
    <name>ChatModel</name>
    <message>
        <source>The consultation is over: the message was not sent</source>
        <translation>Консультация окончена: сообщение не отправлено</translation>
    </message>
    <message>
        <source>The text stays here and can be copied.</source>
        <translation>Текст остался здесь, его можно скопировать.</translation>
    </message>
</context>
<context>
    <name>ChatPanel</name>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>kept in the case</source>
        <translation>сохраняется в деле</translation>
    </message>
    <message>
        <source>Message to the patient</source>
        <translation>Сообщение пациенту</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>unread: {}</source>
        <translation>непрочитанных: {}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>Сообщений пока нет</translation>
    </message>
    <message>
        <source>The patient reads them on the patient&apos;s page.</source>
        <translation>Пациент читает их на своей странице.</translation>
    </message>
    <message>
        <source>Earlier messages were not read: try again</source>
        <translation>Более ранние не прочитаны: повторить</translation>
    </message>
    <message>
        <source>Earlier messages</source>
        <translation>Более ранние сообщения</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>The consultation is over: the chat can only be read</source>
        <translation>Консультация окончена: только чтение</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Не отправлено</translation>
    </message>
    <message>
        <source>The text is kept. Enter sends it again.</source>
        <translation>Текст сохранён. Enter отправит его снова.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Отправляется…</translation>
    </message>
    <message>
        <source>Will be sent once the chat has been read…</source>
        <translation>Отправится, как только загрузится чат…</translation>
    </message>
    <message>
        <source>{} of {} characters: too long to be sent</source>
        <translation>{} из {} знаков: слишком длинно</translation>
    </message>
    <message>
        <source>{} of {} characters</source>
        <translation>{} из {} знаков</translation>
    </message>
</context>
<context>
    <name>ChatWords</name>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Врач</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>Неизвестный отправитель</translation>
    </message>
    <message>
        <source>The patient answered: {}</source>
        <translation>Пациент ответил: {}</translation>
    </message>
    <message>
        <source>The patient declined the call</source>
        <translation>Пациент отклонил звонок</translation>
    </message>
    <message>
        <source>The patient did not answer</source>
        <translation>Пациент не ответил</translation>
    </message>
    <message>
        <source>Call cancelled before the answer</source>
        <translation>Звонок отменён до ответа</translation>
    </message>
    <message>
        <source>The call ended without an answer</source>
        <translation>Звонок завершён без ответа</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файла</numerusform>
            <numerusform>%n файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>Series: {}, {}</source>
        <translation>Серия: {}, {}</translation>
    </message>
    <message>
        <source>Still picture of the call</source>
        <translation>Снимок из разговора</translation>
    </message>
    <message>
        <source>File: {}</source>
        <translation>Файл: {}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>talked for {}</source>
        <translation>разговор {}</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>ответил</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>отклонил</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>не ответил</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>отменена</translation>
    </message>
    <message>
        <source>rings</source>
        <translation>идёт вызов</translation>
    </message>
    <message>
        <source>without an answer</source>
        <translation>без ответа</translation>
    </message>
    <message>
        <source>Attempt {}: {}, {}</source>
        <translation>Попытка {}: {}, {}</translation>
    </message>
    <message>
        <source>video</source>
        <translation>видео</translation>
    </message>
    <message>
        <source>sound only</source>
        <translation>только звук</translation>
    </message>
    <message>
        <source>text only</source>
        <translation>только текст</translation>
    </message>
    <message>
        <source>in an unknown way</source>
        <translation>неизвестным способом</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>The patient&apos;s page says how to mend it: a word in the chat helps</source>
        <translation>Страница пациента подсказывает, что сделать: напомните в чате</translation>
    </message>
    <message>
        <source>You can talk by voice</source>
        <translation>Можно говорить голосом</translation>
    </message>
    <message>
        <source>They can answer in the chat</source>
        <translation>Отвечать пациент сможет в чате</translation>
    </message>
    <message>
        <source>The voice will pass, the picture may not</source>
        <translation>Голос пройдёт, картинка может пропадать</translation>
    </message>
    <message>
        <source>The patient has no camera</source>
        <translation>У пациента нет камеры</translation>
    </message>
    <message>
        <source>The patient&apos;s browser does not give the camera</source>
        <translation>Браузер пациента не даёт камеру</translation>
    </message>
    <message>
        <source>The patient&apos;s camera is in use by another program</source>
        <translation>Камера пациента занята другой программой</translation>
    </message>
    <message>
        <source>The patient&apos;s camera does not open</source>
        <translation>Камера пациента не включается</translation>
    </message>
    <message>
        <source>It is dark at the patient&apos;s</source>
        <translation>У пациента темно</translation>
    </message>
    <message>
        <source>Ask for more light</source>
        <translation>Попросите включить свет</translation>
    </message>
    <message>
        <source>The patient&apos;s camera is covered</source>
        <translation>Камера пациента закрыта</translation>
    </message>
    <message>
        <source>Ask to uncover it</source>
        <translation>Попросите её открыть</translation>
    </message>
    <message>
        <source>The patient&apos;s camera gives few frames</source>
        <translation>Камера пациента даёт мало кадров</translation>
    </message>
    <message>
        <source>Movements will be jerky</source>
        <translation>Движения будут рывками</translation>
    </message>
    <message>
        <source>The patient has no microphone</source>
        <translation>У пациента нет микрофона</translation>
    </message>
    <message>
        <source>The patient&apos;s browser does not give the microphone</source>
        <translation>Браузер пациента не даёт микрофон</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone is in use by another program</source>
        <translation>Микрофон пациента занят другой программой</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone does not open</source>
        <translation>Микрофон пациента не включается</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone is silent</source>
        <translation>Микрофон пациента молчит</translation>
    </message>
    <message>
        <source>Ask whether it is switched off on the headset</source>
        <translation>Спросите, не выключен ли он на наушниках</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone is quiet</source>
        <translation>Микрофон пациента слышит тихо</translation>
    </message>
    <message>
        <source>Ask to come nearer to it</source>
        <translation>Попросите говорить ближе к нему</translation>
    </message>
    <message>
        <source>The patient heard no sound</source>
        <translation>Пациент не услышал звука</translation>
    </message>
    <message>
        <source>Ask in the chat to turn the volume up</source>
        <translation>Попросите в чате прибавить громкость</translation>
    </message>
    <message>
        <source>The patient&apos;s connection broke off in the test</source>
        <translation>При проверке связь пациента прервалась</translation>
    </message>
    <message>
        <source>The patient&apos;s network hinders calls (no UDP)</source>
        <translation>Сеть пациента мешает звонкам (нет UDP)</translation>
    </message>
    <message>
        <source>The call goes by TCP: the picture may lag</source>
        <translation>Звонок пойдёт через TCP: картинка может отставать</translation>
    </message>
    <message>
        <source>The patient&apos;s network may not let the call through</source>
        <translation>Сеть пациента может не пропустить звонок</translation>
    </message>
    <message>
        <source>Mobile internet instead, or without a VPN, helps</source>
        <translation>Помогает мобильный интернет или выключенный VPN</translation>
    </message>
    <message>
        <source>The patient&apos;s connection is slow</source>
        <translation>Связь пациента слабая</translation>
    </message>
    <message>
        <source>The patient&apos;s connection is very slow</source>
        <translation>Связь пациента очень слабая</translation>
    </message>
    <message>
        <source>Be ready to go on in the chat or by telephone</source>
        <translation>Будьте готовы перейти в чат или позвонить по телефону</translation>
    </message>
    <message>
        <source>The patient&apos;s connection is slow to answer</source>
        <translation>Связь пациента медленно отвечает</translation>
    </message>
    <message>
        <source>The patient&apos;s browser is too old for a call</source>
        <translation>Браузер пациента слишком старый для звонка</translation>
    </message>
    <message>
        <source>Ask to open the link in a new Chrome, Yandex, Firefox or Safari</source>
        <translation>Попросите открыть ссылку в свежем Chrome, Яндекс Браузере, Firefox или Safari</translation>
    </message>
    <message>
        <source>Tested at the patient&apos;s, {}: camera and microphone work</source>
        <translation>Проверка у пациента, {}: камера и микрофон в порядке</translation>
    </message>
    <message>
        <source>Tested at the patient&apos;s, {}: the camera works</source>
        <translation>Проверка у пациента, {}: камера в порядке</translation>
    </message>
    <message>
        <source>Tested at the patient&apos;s, {}: nothing wrong</source>
        <translation>Проверка у пациента, {}: всё в порядке</translation>
    </message>
    <message>
        <source>The patient&apos;s test has found what this program does not know</source>
        <translation>Проверка у пациента нашла то, чего эта программа не знает</translation>
    </message>
    <message>
        <source>Tested {}</source>
        <translation>Проверено {}</translation>
    </message>
    <message>
        <source>{} Mbit/s</source>
        <translation>{} Мбит/с</translation>
    </message>
    <message>
        <source>{} on a telephone</source>
        <translation>{} на телефоне</translation>
    </message>
</context>
<context>
    <name>CountdownBar</name>
    <message>
        <source>Do not call now</source>
        <translation>Не звонить сейчас</translation>
    </message>
    <message>
        <source>The patient waits: {}</source>
        <translation>Пациент ждёт: {}</translation>
    </message>
    <message>
        <source>Camera and microphone open with the call. Any key stops it.</source>
        <translation>Со звонком включатся камера и микрофон. Любая клавиша остановит.</translation>
    </message>
    <message numerus="yes">
        <source>%n more patient(s) wait for the same time.</source>
        <translation>
            <numerusform>Ещё %n пациент ждёт на то же время.</numerusform>
            <numerusform>Ещё %n пациента ждут на то же время.</numerusform>
            <numerusform>Ещё %n пациентов ждут на то же время.</numerusform>
        </translation>
    </message>
    <message>
        <source>Call in {} s</source>
        <translation>Звонок через {} с</translation>
    </message>
</context>
<context>
    <name>DeviceNouns</name>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Динамик</translation>
    </message>
    <message>
        <source>The system&apos;s usual one</source>
        <translation>Как в системе</translation>
    </message>
</context>
<context>
    <name>DeviceTestView</name>
    <message>
        <source>Device test, {}</source>
        <translation>Проверка устройств, {}</translation>
    </message>
    <message>
        <source>the report is in the clipboard</source>
        <translation>отчёт скопирован</translation>
    </message>
    <message>
        <source>Device test</source>
        <translation>Проверка устройств</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Копировать отчёт</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Начать</translation>
    </message>
    <message>
        <source>Profile: {}</source>
        <translation>Профиль: {}</translation>
    </message>
    <message>
        <source>{}, took {} s, holds for 24 h</source>
        <translation>{}, за {} с, действует 24 ч</translation>
    </message>
    <message>
        <source>The test runs: say a few words</source>
        <translation>Идёт проверка: скажите несколько слов</translation>
    </message>
    <message>
        <source>You are in a call: no tone is played, a camera that is off stays off.</source>
        <translation>Идёт звонок: сигнал не подаётся, выключенная камера не включается.</translation>
    </message>
    <message>
        <source>After that two short tones are heard, left and right. 12 s at most.</source>
        <translation>Затем прозвучат два коротких сигнала, слева и справа. Не дольше 12 с.</translation>
    </message>
    <message>
        <source>Nothing was tested in the last day</source>
        <translation>За последние сутки проверки не было</translation>
    </message>
    <message>
        <source>The test takes 12 seconds at most.</source>
        <translation>Проверка займёт не больше 12 секунд.</translation>
    </message>
    <message>
        <source>The devices are others than at the test</source>
        <translation>Устройства изменились после проверки</translation>
    </message>
    <message>
        <source>Repeat it: what stands below is old.</source>
        <translation>Повторите её: строки ниже устарели.</translation>
    </message>
    <message>
        <source>Text for the administrator</source>
        <translation>Текст для администратора</translation>
    </message>
    <message>
        <source>Record and listen</source>
        <translation>Записать и прослушать</translation>
    </message>
    <message>
        <source>Speak for three seconds…</source>
        <translation>Говорите три секунды…</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Nothing to hear. Again</source>
        <translation>Не записалось. Ещё раз</translation>
    </message>
    <message>
        <source>the text is in the clipboard</source>
        <translation>текст скопирован</translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message>
        <source>en</source>
        <comment>the language of these words, as ISO 639 writes it</comment>
        <translation>ru</translation>
    </message>
    <message>
        <source>Everything is ready for calls</source>
        <translation>Всё готово к звонкам</translation>
    </message>
    <message>
        <source>You can call, but the video may be uneven</source>
        <translation>Звонить можно, но видео может быть неровным</translation>
    </message>
    <message>
        <source>You can call by voice: the camera gives no picture</source>
        <translation>Звонить можно голосом: камера не даёт изображения</translation>
    </message>
    <message>
        <source>Not ready for calls yet</source>
        <translation>К звонкам пока не готово</translation>
    </message>
    <message>
        <source>You can call; the camera was left off</source>
        <translation>Звонить можно; выключенную камеру не проверяли</translation>
    </message>
    <message>
        <source>Profile «{}»</source>
        <translation>Профиль «{}»</translation>
    </message>
    <message>
        <source>{}. Look at: {}.</source>
        <translation>{}. Обратите внимание: {}.</translation>
    </message>
    <message>
        <source>{}: all that it asks is there.</source>
        <translation>{}: всё, что нужно, есть.</translation>
    </message>
    <message>
        <source>Please open from this computer, for calls with patients:</source>
        <translation>Для звонков пациентам прошу открыть с этого компьютера:</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Динамик</translation>
    </message>
    <message>
        <source>Clinic&apos;s server</source>
        <translation>Сервер клиники</translation>
    </message>
    <message>
        <source>Call servers</source>
        <translation>Серверы связи</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>Network adapters</source>
        <translation>Сетевые адаптеры</translation>
    </message>
    <message>
        <source>{}, {} frames/s, enough light</source>
        <translation>{}, {} к/с, света достаточно</translation>
    </message>
    <message>
        <source>good level, no overload and no echo</source>
        <translation>уровень хороший, без перегрузки и эха</translation>
    </message>
    <message>
        <source>heard on the left and on the right</source>
        <translation>слева и справа слышно</translation>
    </message>
    <message>
        <source>opens</source>
        <translation>работает</translation>
    </message>
    <message>
        <source>The microphone has not heard it: so it is with a headset, in a call, and where the sound is turned down.</source>
        <translation>Микрофон сигнала не услышал: так бывает с гарнитурой, во время звонка и при убавленном звуке.</translation>
    </message>
    <message>
        <source>answers in {} ms</source>
        <translation>отвечает за {} мс</translation>
    </message>
    <message>
        <source>none is set up: calls go directly</source>
        <translation>не настроены: звонки идут напрямую</translation>
    </message>
    <message>
        <source>open by {}</source>
        <translation>открыты: {}</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>не измерялось</translation>
    </message>
    <message>
        <source>up {}, down {}</source>
        <translation>отдача {}, приём {}</translation>
    </message>
    <message>
        <source>one, nothing in between</source>
        <translation>посредников нет</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>{} kbit/s</source>
        <translation>{} кбит/с</translation>
    </message>
    <message>
        <source>{} Mbit/s</source>
        <translation>{} Мбит/с</translation>
    </message>
    <message>
        <source>needs {} Mpx</source>
        <translation>нужно {} Мп</translation>
    </message>
    <message>
        <source>needs {}</source>
        <translation>нужно {}</translation>
    </message>
    <message>
        <source>needs a headset</source>
        <translation>нужна гарнитура</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>устройство не найдено</translation>
    </message>
    <message>
        <source>Plug the device in, or choose another one on the right, and repeat.</source>
        <translation>Подключите его или выберите другое справа и повторите проверку.</translation>
    </message>
    <message>
        <source>the system does not permit it</source>
        <translation>система не даёт доступа</translation>
    </message>
    <message>
        <source>Allow this program the camera in the system&apos;s privacy settings.</source>
        <translation>Разрешите программе доступ к камере в настройках приватности системы.</translation>
    </message>
    <message>
        <source>another program has it</source>
        <translation>используется другой программой</translation>
    </message>
    <message>
        <source>Close other programs with video or sound, and repeat.</source>
        <translation>Закройте другие программы с видео или звуком и повторите проверку.</translation>
    </message>
    <message>
        <source>does not open</source>
        <translation>устройство не открывается</translation>
    </message>
    <message>
        <source>Plug it in again, close other programs with video or sound, allow the device in the system&apos;s privacy settings.</source>
        <translation>Переподключите его, закройте другие программы с видео или звуком, разрешите доступ в настройках приватности системы.</translation>
    </message>
    <message>
        <source>off in this call</source>
        <translation>выключена в этом звонке</translation>
    </message>
    <message>
        <source>It was left alone. Switch it on with F3 and repeat.</source>
        <translation>Её не проверяли. Включите её клавишей F3 и повторите проверку.</translation>
    </message>
    <message>
        <source>too dark: your face is hardly seen</source>
        <translation>темно: лицо почти не видно</translation>
    </message>
    <message>
        <source>Put a lamp before you, or sit with your face to the window.</source>
        <translation>Поставьте лампу перед собой или сядьте лицом к окну.</translation>
    </message>
    <message>
        <source>the lens is covered</source>
        <translation>объектив закрыт</translation>
    </message>
    <message>
        <source>Open the shutter of the camera, or take off what covers it.</source>
        <translation>Откройте шторку камеры или уберите то, что её закрывает.</translation>
    </message>
    <message>
        <source>{} frames/s only</source>
        <translation>всего {} к/с</translation>
    </message>
    <message>
        <source>In the dark cameras give fewer: add light, or try another USB socket.</source>
        <translation>В темноте камера снимает реже: добавьте света или смените разъём USB.</translation>
    </message>
    <message>
        <source>{}: smaller than the service asks</source>
        <translation>{}: меньше, чем требует сервис</translation>
    </message>
    <message>
        <source>Choose another camera on the right.</source>
        <translation>Выберите другую камеру справа.</translation>
    </message>
    <message>
        <source>nothing was heard</source>
        <translation>тишина</translation>
    </message>
    <message>
        <source>Say a few words during the test. If you did: look for a switch on the headset, and for the level in the system.</source>
        <translation>Во время проверки скажите несколько слов. Если говорили: проверьте выключатель на гарнитуре и уровень в системе.</translation>
    </message>
    <message>
        <source>very quiet</source>
        <translation>слишком тихо</translation>
    </message>
    <message>
        <source>Come nearer, or raise the microphone&apos;s level in the system.</source>
        <translation>Придвиньтесь к микрофону или прибавьте его уровень в системе.</translation>
    </message>
    <message>
        <source>too loud: the sound is distorted</source>
        <translation>слишком громко: звук искажён</translation>
    </message>
    <message>
        <source>Lower the microphone&apos;s level in the system, or move it away.</source>
        <translation>Убавьте уровень микрофона в системе или отодвиньте его.</translation>
    </message>
    <message>
        <source>the microphone hears the speaker</source>
        <translation>микрофон слышит динамик</translation>
    </message>
    <message>
        <source>The patient may hear an echo. Put on a headset, or turn the sound down.</source>
        <translation>Пациент может слышать эхо. Наденьте гарнитуру или убавьте звук.</translation>
    </message>
    <message>
        <source>the tone was not heard</source>
        <translation>сигнал не слышен</translation>
    </message>
    <message>
        <source>Turn the sound up, or choose another speaker on the right.</source>
        <translation>Прибавьте звук или выберите другой динамик справа.</translation>
    </message>
    <message>
        <source>heard on one side only</source>
        <translation>слышно только с одной стороны</translation>
    </message>
    <message>
        <source>Look at the plug of the headphones.</source>
        <translation>Проверьте разъём наушников.</translation>
    </message>
    <message>
        <source>no headset</source>
        <translation>нет гарнитуры</translation>
    </message>
    <message>
        <source>a headset</source>
        <translation>гарнитура</translation>
    </message>
    <message>
        <source>Delay {} ms, jitter {} ms. Loss is not known: it takes UDP.</source>
        <translation>Задержка {} мс, дрожание {} мс. Потери не измерены: для этого нужен UDP.</translation>
    </message>
    <message>
        <source>Delay {} ms, jitter {} ms, {} % of packets lost.</source>
        <translation>Задержка {} мс, дрожание {} мс, потеряно пакетов: {} %.</translation>
    </message>
    <message>
        <source>This service asks for a headset: plug one in and choose it.</source>
        <translation>Этот сервис требует гарнитуру: подключите и выберите её.</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>не отвечает</translation>
    </message>
    <message>
        <source>Look at the network of this computer; the rest was not tried.</source>
        <translation>Проверьте сеть этого компьютера; остальное не измерялось.</translation>
    </message>
    <message>
        <source>UDP is closed by a firewall</source>
        <translation>UDP закрыт межсетевым экраном</translation>
    </message>
    <message>
        <source>Calls will go by {}, with more delay. Ask the administrator to open UDP.</source>
        <translation>Звонок пойдёт через {}, с большей задержкой. Попросите администратора открыть UDP.</translation>
    </message>
    <message>
        <source>none can be reached</source>
        <translation>недоступны</translation>
    </message>
    <message>
        <source>Calls go directly or not at all. Show the text to the administrator.</source>
        <translation>Звонок пойдёт напрямую или не состоится. Передайте текст администратору.</translation>
    </message>
    <message>
        <source>they refuse this program</source>
        <translation>отказали программе в доступе</translation>
    </message>
    <message>
        <source>The clinic&apos;s server and the call server do not agree on the secret or on the time. Show the report to the administrator.</source>
        <translation>У сервера клиники и сервера связи расходятся пароль или часы. Передайте отчёт администратору.</translation>
    </message>
    <message>
        <source>their certificate is not trusted</source>
        <translation>сертификату сервера нет доверия</translation>
    </message>
    <message>
        <source>Show the report to the administrator.</source>
        <translation>Передайте отчёт администратору.</translation>
    </message>
    <message>
        <source>Close downloads, or change to a cable. The sound will pass.</source>
        <translation>Закройте загрузки или перейдите на кабель. Звук пройдёт.</translation>
    </message>
    <message>
        <source>Close downloads, or change to a cable.</source>
        <translation>Закройте загрузки или перейдите на кабель.</translation>
    </message>
    <message>
        <source>The line is unsteady: change to a cable if you can.</source>
        <translation>Связь неровная: по возможности перейдите на кабель.</translation>
    </message>
    <message>
        <source>a VPN is on: {}</source>
        <translation>включён VPN: {}</translation>
    </message>
    <message>
        <source>Calls go through it. Switch it off for the time of consultations.</source>
        <translation>Звонок идёт через VPN. Отключите его на время консультаций.</translation>
    </message>
    <message>
        <source>several at once: {}</source>
        <translation>сразу несколько: {}</translation>
    </message>
    <message>
        <source>If calls break off, leave one of them on.</source>
        <translation>Если звонки обрываются, оставьте один из них.</translation>
    </message>
    <message>
        <source>a proxy stands before the server</source>
        <translation>перед сервером стоит прокси</translation>
    </message>
    <message>
        <source>Calls do not go through it: the administrator has to open the way.</source>
        <translation>Звонки через него не идут: путь должен открыть администратор.</translation>
    </message>
    <message>
        <source>open, {} ms</source>
        <translation>открыт, {} мс</translation>
    </message>
    <message>
        <source>wrong credentials</source>
        <translation>неверный пароль</translation>
    </message>
    <message>
        <source>credentials are over</source>
        <translation>срок доступа истёк</translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation>запрещён</translation>
    </message>
    <message>
        <source>full</source>
        <translation>мест нет</translation>
    </message>
    <message>
        <source>certificate not trusted</source>
        <translation>сертификату нет доверия</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>нет ответа</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>недоступен</translation>
    </message>
    <message>
        <source>refuses</source>
        <translation>отказ</translation>
    </message>
</context>
<context>
    <name>DevicesMenu</name>
    <message>
        <source>Device test</source>
        <translation>Проверка устройств</translation>
    </message>
    <message>
        <source>{}: used now</source>
        <translation>{}: сейчас работает</translation>
    </message>
    <message>
        <source>{}: not there</source>
        <translation>{}: не подключено</translation>
    </message>
</context>
<context>
    <name>DevicesPanel</name>
    <message>
        <source>Usual: {}</source>
        <translation>Как в системе: {}</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Не найдено</translation>
    </message>
    <message>
        <source>So the patient sees you</source>
        <translation>Так вас видит пациент</translation>
    </message>
    <message>
        <source>The camera is off; your picture is seen during the test.</source>
        <translation>Камера выключена. Ваше изображение видно во время проверки.</translation>
    </message>
    <message>
        <source>Your picture is in the window of the call.</source>
        <translation>Ваше изображение видно в окне звонка.</translation>
    </message>
    <message>
        <source>Another device is used at once; what you have switched off stays off.</source>
        <translation>Другое устройство включится сразу; что выключено, останется выключенным.</translation>
    </message>
    <message>
        <source>Another device counts from the next call on; test it first.</source>
        <translation>Другое устройство заработает со следующего звонка. Сначала проверьте его.</translation>
    </message>
</context>
<context>
    <name>LevelBar</name>
    <message>
        <source>Voice level {} %</source>
        <translation>Уровень голоса {} %</translation>
    </message>
</context>
<context>
    <name>LobbyWords</name>
    <message>
        <source>The talk with the patient goes on without you</source>
        <translation>Разговор с пациентом продолжается без вас</translation>
    </message>
    <message>
        <source>Enter takes you back into it</source>
        <translation>Enter вернёт вас в него</translation>
    </message>
    <message>
        <source>The patient&apos;s page is not open: nobody hears the call</source>
        <translation>Страница пациента не открыта: звонка никто не слышит</translation>
    </message>
    <message>
        <source>The earlier calls could not be read</source>
        <translation>Прежние звонки прочитать не удалось</translation>
    </message>
    <message numerus="yes">
        <source>and %n earlier</source>
        <translation>
            <numerusform>и ещё %n ранее</numerusform>
            <numerusform>и ещё %n ранее</numerusform>
            <numerusform>и ещё %n ранее</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: the conclusion</source>
        <translation>Дальше: заключение</translation>
    </message>
    <message>
        <source>No time has been agreed with the patient</source>
        <translation>Время с пациентом не согласовано</translation>
    </message>
    <message>
        <source>Consultation {}</source>
        <translation>Консультация {}</translation>
    </message>
    <message>
        <source>{} until the consultation</source>
        <translation>До консультации {}</translation>
    </message>
    <message>
        <source>It is time for the consultation</source>
        <translation>Время консультации</translation>
    </message>
    <message>
        <source>The time of the consultation has passed</source>
        <translation>Время консультации прошло</translation>
    </message>
    <message>
        <source>The consultation was to begin {} ago</source>
        <translation>Консультация должна была начаться {} назад</translation>
    </message>
    <message>
        <source>The patient is on the page and waits</source>
        <translation>Пациент на странице и ждёт</translation>
    </message>
    <message>
        <source>The patient has not opened the page yet</source>
        <translation>Пациент ещё не открыл страницу</translation>
    </message>
    <message>
        <source>Without the page open nobody hears the call: L copies a fresh link</source>
        <translation>Без открытой страницы звонка не услышат: L скопирует новую ссылку</translation>
    </message>
    <message>
        <source>It is not known whether the patient&apos;s page is open</source>
        <translation>Открыта ли страница у пациента, не известно</translation>
    </message>
    <message>
        <source>At the appointed time the call counts down and is placed; any key stops it</source>
        <translation>В назначенное время начнётся отсчёт 10 секунд и звонок; любая клавиша остановит</translation>
    </message>
    <message>
        <source>Camera and microphone are opened when you call, not before</source>
        <translation>Камера и микрофон откроются, только когда вы позвоните</translation>
    </message>
    <message>
        <source>You are in a call with another patient</source>
        <translation>Идёт звонок с другим пациентом</translation>
    </message>
    <message>
        <source>End it first</source>
        <translation>Сначала завершите его</translation>
    </message>
    <message>
        <source>The case is not yours: only its doctor can call</source>
        <translation>Дело не у вас: звонит только его врач</translation>
    </message>
    <message>
        <source>The patient has not given all consents</source>
        <translation>Пациент дал не все согласия</translation>
    </message>
    <message>
        <source>They are given on the patient&apos;s page: L copies a link to it</source>
        <translation>Согласия даются на странице пациента: L копирует ссылку на неё</translation>
    </message>
    <message>
        <source>The patient cannot be called yet</source>
        <translation>Позвонить пока нельзя</translation>
    </message>
    <message>
        <source>First a time has to be agreed with the patient</source>
        <translation>Сначала согласуйте время с пациентом</translation>
    </message>
    <message>
        <source>In its present state the request cannot be called</source>
        <translation>В нынешнем состоянии заявки позвонить нельзя</translation>
    </message>
    <message>
        <source>Enter tries again</source>
        <translation>Enter повторит</translation>
    </message>
    <message>
        <source>A link is made…</source>
        <translation>Готовим ссылку…</translation>
    </message>
    <message>
        <source>No link was made. {}</source>
        <translation>Ссылка не получена. {}</translation>
    </message>
    <message>
        <source>The link is copied, good until {}</source>
        <translation>Ссылка скопирована, действует до {}</translation>
    </message>
    <message>
        <source>Give it to the patient alone: whoever opens it is the patient</source>
        <translation>Передайте её только пациенту: кто откроет, тот и пациент</translation>
    </message>
</context>
<context>
    <name>OnLineWords</name>
    <message>
        <source>representative</source>
        <translation>представитель</translation>
    </message>
    <message>
        <source>On the line: {}, {}</source>
        <translation>На связи: {}, {}</translation>
    </message>
    <message>
        <source>Patient: {}, {}</source>
        <translation>Пациент: {}, {}</translation>
    </message>
</context>
<context>
    <name>PhoneWords</name>
    <message>
        <source>phone calls without answer: {} of {}</source>
        <translation>звонков без ответа: {} из {}</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>номера нет</translation>
    </message>
    <message>
        <source>Telephone {}, {}</source>
        <translation>Телефон {}, {}</translation>
    </message>
    <message>
        <source>No program of this computer dials: call from a telephone</source>
        <translation>На этом компьютере нет программы для звонков: наберите номер на телефоне</translation>
    </message>
    <message>
        <source>The attempt was not logged. {}</source>
        <translation>Звонок не записан. {}</translation>
    </message>
    <message>
        <source>All was tried: {} leads to closing as “no contact”</source>
        <translation>Все попытки сделаны: {} ведёт к закрытию «нет связи»</translation>
    </message>
    <message>
        <source>Attempts count from the appointed time on</source>
        <translation>Попытки считаются с назначенного времени</translation>
    </message>
    <message>
        <source>{}: dial, then say how it ended</source>
        <translation>{}: набрать, затем отметить, чем кончилось</translation>
    </message>
    <message>
        <source>{}: say how it ended. The number was not confirmed</source>
        <translation>{}: отметить, чем кончилось. Номер не подтверждён</translation>
    </message>
    <message>
        <source>{}: say how it ended</source>
        <translation>{}: отметить, чем кончилось</translation>
    </message>
</context>
<context>
    <name>StillModel</name>
    <message>
        <source>there is no picture yet</source>
        <translation>картинки ещё нет</translation>
    </message>
    <message>
        <source>No picture was taken: {}</source>
        <translation>Снимок не взят: {}</translation>
    </message>
    <message>
        <source>The call goes on</source>
        <translation>Разговор продолжается</translation>
    </message>
    <message>
        <source>the link is being made again</source>
        <translation>связь восстанавливается</translation>
    </message>
    <message>
        <source>the patient is not seen yet</source>
        <translation>пациента ещё не видно</translation>
    </message>
    <message>
        <source>the patient has answered without a picture</source>
        <translation>пациент ответил без видео</translation>
    </message>
    <message>
        <source>the patient&apos;s camera is off</source>
        <translation>камера пациента выключена</translation>
    </message>
    <message>
        <source>nothing comes from the patient now</source>
        <translation>от пациента сейчас ничего не приходит</translation>
    </message>
    <message>
        <source>Picture of {} is kept and waits to be sent</source>
        <translation>Снимок {} сохранён, ждёт отправки</translation>
    </message>
    <message>
        <source>It goes to the documents by itself, without a link later</source>
        <translation>Попадёт в документы сам, как только будет связь</translation>
    </message>
    <message>
        <source>Picture of {} is among the documents</source>
        <translation>Снимок {} в документах заявки</translation>
    </message>
    <message>
        <source>The server does not take the picture of {}</source>
        <translation>Сервер не принял снимок {}</translation>
    </message>
    <message>
        <source>The request may be over by now</source>
        <translation>Возможно, заявка уже закрыта</translation>
    </message>
    <message>
        <source>The picture was not kept: {}</source>
        <translation>Снимок не сохранён: {}</translation>
    </message>
</context>
</TS>
