<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>RequestWords</name>
    <message>
        <source>Application</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>Referral</source>
        <translation>Направление</translation>
    </message>
    <message>
        <source>Duty doctor</source>
        <translation>Дежурный</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>In profile</source>
        <translation>В профиле</translation>
    </message>
    <message>
        <source>Out of profile</source>
        <translation>Вне профиля</translation>
    </message>
    <message>
        <source>Not determined</source>
        <translation>Не определён</translation>
    </message>
    <message>
        <source>outpatient</source>
        <translation>амбулаторно</translation>
    </message>
    <message>
        <source>inpatient</source>
        <translation>стационар</translation>
    </message>
    <message>
        <source>setting unknown</source>
        <translation>наблюдение неизвестно</translation>
    </message>
    <message>
        <source>Not identified</source>
        <translation>Личность не подтверждена</translation>
    </message>
    <message>
        <source>Data changed</source>
        <translation>Данные изменены</translation>
    </message>
    <message>
        <source>Identity confirmed by {}</source>
        <translation>Личность подтверждена: {}</translation>
    </message>
    <message>
        <source>ESIA: confirmed</source>
        <translation>ЕСИА: подтверждённая</translation>
    </message>
    <message>
        <source>ESIA: standard</source>
        <translation>ЕСИА: стандартная</translation>
    </message>
    <message>
        <source>Identity is not confirmed</source>
        <translation>Личность не подтверждена</translation>
    </message>
    <message>
        <source>Identity: unknown</source>
        <translation>Личность: неизвестно</translation>
    </message>
    <message>
        <source>male</source>
        <translation>муж.</translation>
    </message>
    <message>
        <source>female</source>
        <translation>жен.</translation>
    </message>
    <message>
        <source>sex unknown</source>
        <translation>пол неизвестен</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Unclaimed</source>
        <translation>Свободные</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мои</translation>
    </message>
    <message>
        <source>Awaiting documents</source>
        <translation>Ждут документов</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>My debts</source>
        <translation>Мои долги</translation>
    </message>
    <message>
        <source>Laid aside</source>
        <translation>Отложенные</translation>
    </message>
    <message>
        <source>Laid aside till {}</source>
        <translation>Отложена до {}</translation>
    </message>
    <message>
        <source>Back: {}</source>
        <translation>Вернулась: {}</translation>
    </message>
    <message>
        <source>the time has come</source>
        <translation>время пришло</translation>
    </message>
    <message>
        <source>its term is near</source>
        <translation>подходит срок</translation>
    </message>
    <message>
        <source>threat to life</source>
        <comment>back</comment>
        <translation>угроза жизни</translation>
    </message>
    <message>
        <source>it was taken from you</source>
        <translation>её у вас забрали</translation>
    </message>
    <message>
        <source>the patient has written</source>
        <translation>пациент написал</translation>
    </message>
    <message>
        <source>documents have come</source>
        <translation>пришли документы</translation>
    </message>
    <message>
        <source>it has changed</source>
        <translation>она изменилась</translation>
    </message>
    <message>
        <source>nothing is left to take</source>
        <translation>брать больше нечего</translation>
    </message>
    <message>
        <source>threat to life</source>
        <translation>угроза жизни</translation>
    </message>
    <message>
        <source>overdue: {}</source>
        <translation>просрочено: {}</translation>
    </message>
    <message>
        <source>term in {}</source>
        <translation>срок через {}</translation>
    </message>
    <message>
        <source>your patient</source>
        <translation>ваш пациент</translation>
    </message>
    <message>
        <source>the patient&apos;s doctor is busier</source>
        <translation>у врача пациента больше дел</translation>
    </message>
    <message>
        <source>in the centre&apos;s profile</source>
        <translation>в профиле центра</translation>
    </message>
    <message>
        <source>first by term</source>
        <translation>первое по сроку</translation>
    </message>
    <message>
        <source>Waits {}</source>
        <translation>Ждёт {}</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>у вас</translation>
    </message>
    <message>
        <source>Awaiting: {}</source>
        <translation>Ждёт: {}</translation>
    </message>
    <message>
        <source>free</source>
        <translation>свободна</translation>
    </message>
    <message>
        <source>no {}</source>
        <translation>нет {}</translation>
    </message>
    <message>
        <source>as the patient likes</source>
        <translation>по желанию</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>не нужны</translation>
    </message>
    <message>
        <source>not applicable: {}</source>
        <translation>неприменимо: {}</translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation>неприменимо</translation>
    </message>
    <message>
        <source>required, missing</source>
        <translation>нет, обязателен</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>there</source>
        <translation>есть</translation>
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
        <source>Nobody works on the request</source>
        <translation>Никто не работает с заявкой</translation>
    </message>
    <message>
        <source>You work on the request</source>
        <translation>Вы работаете с заявкой</translation>
    </message>
    <message>
        <source>{} works on it</source>
        <translation>Работает {}</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Threat</source>
        <translation>Угроза</translation>
    </message>
    <message>
        <source>call 103</source>
        <translation>вызвать 103</translation>
    </message>
    <message>
        <source>No term</source>
        <translation>Без срока</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>просрочено</translation>
    </message>
    <message>
        <source>Threat to life: call 103</source>
        <translation>Угроза жизни: вызвать 103</translation>
    </message>
    <message>
        <source>Overdue by {}, the term was {}</source>
        <translation>Просрочено на {}, срок был {}</translation>
    </message>
    <message>
        <source>Answer {}, {} left</source>
        <translation>Ответить {}, осталось {}</translation>
    </message>
    <message>
        <source>documents complete since {}</source>
        <translation>документы полны с {}</translation>
    </message>
    <message>
        <source>today by {}</source>
        <translation>сегодня до {}</translation>
    </message>
    <message>
        <source>tomorrow by {}</source>
        <translation>завтра до {}</translation>
    </message>
    <message>
        <source>by {}</source>
        <translation>до {}</translation>
    </message>
    <message>
        <source>today at {}</source>
        <translation>сегодня в {}</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Awaiting documents</source>
        <comment>status</comment>
        <translation>Ждёт документов</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готова</translation>
    </message>
    <message>
        <source>In work</source>
        <translation>В работе</translation>
    </message>
    <message>
        <source>Time proposed</source>
        <translation>Время предложено</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Время назначено</translation>
    </message>
    <message>
        <source>Patient is waiting</source>
        <translation>Пациент ждёт</translation>
    </message>
    <message>
        <source>In call</source>
        <translation>Идёт звонок</translation>
    </message>
    <message>
        <source>Conclusion is written</source>
        <translation>Пишется заключение</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>Ждёт согласования</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Согласована</translation>
    </message>
    <message>
        <source>Returned for revision</source>
        <translation>На доработке</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Доставлена</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыта</translation>
    </message>
    <message>
        <source>Closed without a conclusion</source>
        <translation>Закрыта без заключения</translation>
    </message>
    <message>
        <source>No contact</source>
        <translation>Нет связи с пациентом</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменена</translation>
    </message>
    <message>
        <source>Cancelled too late</source>
        <translation>Отменена поздно</translation>
    </message>
    <message>
        <source>Annulled</source>
        <translation>Аннулирована</translation>
    </message>
    <message>
        <source>Invited in person</source>
        <translation>Приглашение на очный приём</translation>
    </message>
    <message>
        <source>Inpatient care</source>
        <translation>Стационарная помощь</translation>
    </message>
    <message>
        <source>Out of profile</source>
        <comment>status</comment>
        <translation>Вне профиля</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отклонена</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>MSK</source>
        <translation>МСК</translation>
    </message>
    <message>
        <source>tomorrow {}</source>
        <translation>завтра {}</translation>
    </message>
    <message>
        <source>yesterday {}</source>
        <translation>вчера {}</translation>
    </message>
    <message>
        <source>till {}</source>
        <translation>до {}</translation>
    </message>
    <message>
        <source>{:02d} min</source>
        <translation>{:02d} мин</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n с</numerusform>
            <numerusform>%n с</numerusform>
            <numerusform>%n с</numerusform>
        </translation>
    </message>
    <message>
        <source>age unknown</source>
        <translation>возраст неизвестен</translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n год</numerusform>
            <numerusform>%n года</numerusform>
            <numerusform>%n лет</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n мес.</numerusform>
            <numerusform>%n мес.</numerusform>
            <numerusform>%n мес.</numerusform>
        </translation>
    </message>
    <message>
        <source>{} h</source>
        <comment>hours</comment>
        <translation>{} ч</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n ч</numerusform>
            <numerusform>%n ч</numerusform>
            <numerusform>%n ч</numerusform>
        </translation>
    </message>
</context>
</TS>
