<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>OfferPanel</name>
    <message>
        <source>Propose a time</source>
        <translation>Предложить время</translation>
    </message>
    <message>
        <source>The patient sees the time on the patient&apos;s page and answers.</source>
        <translation>Пациент увидит время на своей странице и ответит.</translation>
    </message>
    <message>
        <source>Patient: {}</source>
        <translation>Пациент: {}</translation>
    </message>
    <message>
        <source>{} to your time</source>
        <translation>{} к вашему времени</translation>
    </message>
    <message>
        <source>30 minutes, video</source>
        <translation>30 минут, видео</translation>
    </message>
    <message>
        <source>Free before and after</source>
        <translation>До и после свободно</translation>
    </message>
    <message>
        <source>Right after another consultation</source>
        <translation>Сразу после другой консультации</translation>
    </message>
    <message>
        <source>Right before another consultation</source>
        <translation>Сразу перед другой консультацией</translation>
    </message>
    <message>
        <source>later than the term</source>
        <translation>позже срока</translation>
    </message>
    <message>
        <source>Chosen in the week: {}</source>
        <translation>Выбрано в неделе: {}</translation>
    </message>
    <message>
        <source>No free time in the week ahead: choose one in the calendar.</source>
        <translation>На неделю вперёд свободного времени нет: выберите его в календаре.</translation>
    </message>
    <message>
        <source>Offered before: {}. A new time takes its place.</source>
        <translation>Уже предложено: {}. Новое время его заменит.</translation>
    </message>
    <message>
        <source>The patient has asked for another time: {}</source>
        <translation>Отказов от предложенного времени: {}</translation>
    </message>
    <message>
        <source>Propose {}</source>
        <translation>Предложить {}</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Предложить</translation>
    </message>
    <message>
        <source>In its present state no time can be offered</source>
        <translation>В нынешнем состоянии заявки время предложить нельзя</translation>
    </message>
    <message>
        <source>This time is taken: choose another one</source>
        <translation>Это время занято: выберите другое</translation>
    </message>
    <message>
        <source>This time has passed: choose a later one</source>
        <translation>Это время прошло: выберите более позднее</translation>
    </message>
</context>
<context>
    <name>SlotProblems</name>
    <message>
        <source>This time has just been taken</source>
        <translation>Это время только что заняли</translation>
    </message>
    <message>
        <source>Choose another one: the week is up to date.</source>
        <translation>Выберите другое: неделя обновлена.</translation>
    </message>
    <message>
        <source>This time has passed</source>
        <translation>Это время прошло</translation>
    </message>
    <message>
        <source>Choose a later one.</source>
        <translation>Выберите более позднее.</translation>
    </message>
    <message>
        <source>The request has changed in the meantime</source>
        <translation>Заявка тем временем изменилась</translation>
    </message>
    <message>
        <source>Nothing was sent. Its new state is shown above.</source>
        <translation>Ничего не отправлено. Новое состояние показано вверху.</translation>
    </message>
</context>
<context>
    <name>SlotView</name>
    <message>
        <source>Your time cannot be read: nothing can be proposed now</source>
        <translation>Не удалось прочитать ваше расписание: предложить время сейчас нельзя</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Your week</source>
        <translation>Ваша неделя</translation>
    </message>
    <message>
        <source>Your time at the left, the patient&apos;s beside it</source>
        <translation>Слева ваше время, рядом время пациента</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>TimeWords</name>
    <message>
        <source>mon</source>
        <translation>пн</translation>
    </message>
    <message>
        <source>tue</source>
        <translation>вт</translation>
    </message>
    <message>
        <source>wed</source>
        <translation>ср</translation>
    </message>
    <message>
        <source>thu</source>
        <translation>чт</translation>
    </message>
    <message>
        <source>fri</source>
        <translation>пт</translation>
    </message>
    <message>
        <source>sat</source>
        <translation>сб</translation>
    </message>
    <message>
        <source>sun</source>
        <translation>вс</translation>
    </message>
    <message>
        <source>January</source>
        <translation>января</translation>
    </message>
    <message>
        <source>February</source>
        <translation>февраля</translation>
    </message>
    <message>
        <source>March</source>
        <translation>марта</translation>
    </message>
    <message>
        <source>April</source>
        <translation>апреля</translation>
    </message>
    <message>
        <source>May</source>
        <translation>мая</translation>
    </message>
    <message>
        <source>June</source>
        <translation>июня</translation>
    </message>
    <message>
        <source>July</source>
        <translation>июля</translation>
    </message>
    <message>
        <source>August</source>
        <translation>августа</translation>
    </message>
    <message>
        <source>September</source>
        <translation>сентября</translation>
    </message>
    <message>
        <source>October</source>
        <translation>октября</translation>
    </message>
    <message>
        <source>November</source>
        <translation>ноября</translation>
    </message>
    <message>
        <source>December</source>
        <translation>декабря</translation>
    </message>
    <message>
        <source>patient&apos;s time zone is not known</source>
        <translation>часовой пояс пациента неизвестен</translation>
    </message>
    <message>
        <source>patient&apos;s time {}</source>
        <translation>у пациента {}</translation>
    </message>
</context>
<context>
    <name>WeekHead</name>
    <message>
        <source>Earlier week</source>
        <translation>Предыдущая неделя</translation>
    </message>
    <message>
        <source>Later week</source>
        <translation>Следующая неделя</translation>
    </message>
</context>
<context>
    <name>WeekView</name>
    <message>
        <source>Your schedule cannot be read</source>
        <translation>Не удалось прочитать расписание</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message numerus="yes">
        <source>%n appointment(s) and offer(s)</source>
        <translation>
            <numerusform>%n запись или предложение</numerusform>
            <numerusform>%n записи и предложения</numerusform>
            <numerusform>%n записей и предложений</numerusform>
        </translation>
    </message>
    <message>
        <source>Your week</source>
        <translation>Ваша неделя</translation>
    </message>
</context>
</TS>
