<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>DifferenceList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed meanwhile:</source>
        <translation>За это время изменилось:</translation>
    </message>
    <message>
        <source>{}: {} → {}</source>
        <translation>{}: {} → {}</translation>
    </message>
</context>
<context>
    <name>DifferenceWords</name>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Дата рождения</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Who works on it</source>
        <translation>Работает</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>никто</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>Диагноз</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Профиль</translation>
    </message>
    <message>
        <source>Observation</source>
        <translation>Наблюдение</translation>
    </message>
    <message>
        <source>Threat to life</source>
        <translation>Угроза жизни</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>Приём</translation>
    </message>
    <message>
        <source>Unread messages</source>
        <translation>Непрочитанные сообщения</translation>
    </message>
</context>
<context>
    <name>MomentEdit</name>
    <message>
        <source>Till when</source>
        <translation>До какого времени</translation>
    </message>
</context>
<context>
    <name>MomentWords</name>
    <message>
        <source>Another time</source>
        <translation>Другое время</translation>
    </message>
    <message>
        <source>Lay aside till</source>
        <translation>Отложить до</translation>
    </message>
    <message>
        <source>Lay aside</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>A note for yourself, if you like</source>
        <translation>Заметка для себя, если нужно</translation>
    </message>
    <message>
        <source>Till its term comes near</source>
        <translation>Пока не подойдёт срок</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>Через час</translation>
    </message>
    <message>
        <source>This afternoon</source>
        <translation>Сегодня после обеда</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>Завтра утром</translation>
    </message>
    <message>
        <source>The next working morning</source>
        <translation>Утром рабочего дня</translation>
    </message>
    <message>
        <source>It leaves your lists alone and comes back at once on any news.</source>
        <translation>Уйдёт только из ваших списков; что-то новое вернёт её сразу.</translation>
    </message>
    <message>
        <source>By its term it is back at {} at the latest.</source>
        <translation>Из-за срока вернётся не позже {}.</translation>
    </message>
</context>
<context>
    <name>OptionRows</name>
    <message>
        <source>chosen</source>
        <translation>выбрано</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>не выбрано</translation>
    </message>
</context>
<context>
    <name>PanelWords</name>
    <message>
        <source>Your disease is not on the list of those that our centre treats. Ask your doctor for a referral to a centre of the right profile.</source>
        <translation>Ваше заболевание не входит в перечень тех, с которыми работает наш центр. Обратитесь к лечащему врачу: он направит вас в центр нужного профиля.</translation>
    </message>
    <message>
        <source>You have to be examined in person. Please make an appointment at our centre and take your documents with you.</source>
        <translation>Вас нужно осмотреть очно. Запишитесь на приём в наш центр и возьмите с собой документы.</translation>
    </message>
    <message>
        <source>You need treatment in a hospital. Call our centre: you will be told how to be admitted. If you get worse, call 103.</source>
        <translation>Вам нужно лечение в стационаре. Позвоните в наш центр: вам скажут, как госпитализироваться. Если станет хуже, звоните 103.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Запросить</translation>
    </message>
    <message>
        <source>Not enough data</source>
        <translation>Недостаточно данных</translation>
    </message>
    <message>
        <source>Care in person is needed</source>
        <translation>Нужна очная помощь</translation>
    </message>
    <message>
        <source>The same request again</source>
        <translation>Повторная заявка</translation>
    </message>
    <message>
        <source>Not a question for a doctor</source>
        <translation>Вопрос не врачу</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Другая причина</translation>
    </message>
    <message>
        <source>To the patient, if you like</source>
        <translation>Пациенту, если хотите</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Передать</translation>
    </message>
    <message>
        <source>Note, if you like</source>
        <translation>Примечание, если хотите</translation>
    </message>
    <message>
        <source>It goes to the centre&apos;s queue, with its documents and its term.</source>
        <translation>Вопрос станет заявкой в центр: со своими документами и сроком.</translation>
    </message>
    <message>
        <source>Mark it</source>
        <translation>Отметить</translation>
    </message>
    <message>
        <source>Does not apply: {}</source>
        <translation>Неприменимо: {}</translation>
    </message>
    <message>
        <source>Why it does not apply</source>
        <translation>Почему неприменимо</translation>
    </message>
    <message>
        <source>Good day! To consider your request we need these documents:
{}
Send them on the page of your consultation: PDF, photographs or DICOM images.</source>
        <translation>Здравствуйте! Чтобы рассмотреть вашу заявку, нужны документы:
{}
Пришлите их на странице вашей консультации: PDF, фотографии или снимки DICOM.</translation>
    </message>
    <message>
        <source>Not enough data for a conclusion</source>
        <translation>Недостаточно данных для заключения</translation>
    </message>
    <message>
        <source>What was sent is not enough for a medical conclusion.</source>
        <translation>Присланных данных недостаточно для медицинского заключения.</translation>
    </message>
    <message>
        <source>The patient has refused</source>
        <translation>Пациент отказался</translation>
    </message>
    <message>
        <source>The consultation is closed as you have asked.</source>
        <translation>Консультация закрыта по вашей просьбе.</translation>
    </message>
    <message>
        <source>Technical failure</source>
        <translation>Технический сбой</translation>
    </message>
    <message>
        <source>For technical reasons the consultation could not be held. Apply again.</source>
        <translation>По техническим причинам консультация не состоялась. Подайте заявку снова.</translation>
    </message>
    <message>
        <source>Answered in the chat</source>
        <translation>Ответ дан в переписке</translation>
    </message>
    <message>
        <source>The answer was given in the chat; no conclusion is needed.</source>
        <translation>Ответ дан в переписке, заключение не требуется.</translation>
    </message>
    <message>
        <source>To the patient</source>
        <translation>Пациенту</translation>
    </message>
</context>
<context>
    <name>RefusalLine</name>
    <message>
        <source>Order again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Your words: {}</source>
        <translation>Ваши слова: {}</translation>
    </message>
    <message>
        <source>Not done · {} · {} · {}</source>
        <translation>Не сделано · {} · {} · {}</translation>
    </message>
    <message numerus="yes">
        <source> (%n more behind it)</source>
        <translation>
            <numerusform> (и ещё %n)</numerusform>
            <numerusform> (и ещё %n)</numerusform>
            <numerusform> (и ещё %n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TriagePanel</name>
    <message>
        <source>Carry out</source>
        <translation>Выполнить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Not sent, seen by you alone</source>
        <translation>Не отправлен, виден только вам</translation>
    </message>
    <message>
        <source>Your draft, {}</source>
        <translation>Ваш черновик, {}</translation>
    </message>
    <message>
        <source>It is done as soon as the case is yours</source>
        <translation>Выполнится, как только случай станет вашим</translation>
    </message>
    <message>
        <source>Choose a line: a digit</source>
        <translation>Выберите строку цифрой</translation>
    </message>
    <message>
        <source>Write the words</source>
        <translation>Напишите, что сказать</translation>
    </message>
    <message numerus="yes">
        <source>No more than %n characters</source>
        <translation>
            <numerusform>Не больше %n знака</numerusform>
            <numerusform>Не больше %n знаков</numerusform>
            <numerusform>Не больше %n знаков</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TriageWords</name>
    <message>
        <source>Take without opening</source>
        <translation>Взять, не открывая</translation>
    </message>
    <message>
        <source>Ask for documents</source>
        <translation>Запросить документы</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Out of profile</source>
        <translation>Не по профилю</translation>
    </message>
    <message>
        <source>Make it a centre application</source>
        <translation>Передать в центр</translation>
    </message>
    <message>
        <source>Item does not apply</source>
        <translation>Пункт неприменим</translation>
    </message>
    <message>
        <source>Invite in person</source>
        <translation>Пригласить на очный приём</translation>
    </message>
    <message>
        <source>Recommend inpatient care</source>
        <translation>Рекомендовать стационар</translation>
    </message>
    <message>
        <source>Close without a conclusion</source>
        <translation>Закрыть без заключения</translation>
    </message>
    <message>
        <source>Lay aside, or take up</source>
        <translation>Отложить или вернуть из отложенных</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>Вернуть из отложенных</translation>
    </message>
    <message>
        <source>Give the request back</source>
        <translation>Вернуть в очередь</translation>
    </message>
    <message>
        <source>Threat to life</source>
        <translation>Угроза жизни</translation>
    </message>
    <message>
        <source>Threat to life, the patient will be told to call 103</source>
        <translation>Угроза жизни, пациенту будет сказано звонить 103</translation>
    </message>
    <message>
        <source>Item applies again</source>
        <translation>Пункт снова применим</translation>
    </message>
    <message>
        <source>No threat to life any more</source>
        <translation>Угроза жизни снята</translation>
    </message>
    <message>
        <source>Laid aside till {}</source>
        <translation>Отложена до {}</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Взято в работу</translation>
    </message>
    <message>
        <source>Taken up again</source>
        <translation>Возвращена из отложенных</translation>
    </message>
    <message>
        <source>Documents asked for</source>
        <translation>Запрошены документы</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отклонено</translation>
    </message>
    <message>
        <source>Made a centre application</source>
        <translation>Передано в центр</translation>
    </message>
    <message>
        <source>Invited in person</source>
        <translation>Приглашение на очный приём</translation>
    </message>
    <message>
        <source>Inpatient care recommended</source>
        <translation>Рекомендован стационар</translation>
    </message>
    <message>
        <source>Closed without a conclusion</source>
        <translation>Закрыто без заключения</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Возвращено в очередь</translation>
    </message>
    <message>
        <source>Marked: threat to life</source>
        <translation>Угроза жизни</translation>
    </message>
    <message>
        <source>The patient&apos;s page may be closed: say yourself, too, to call 103</source>
        <translation>Страница у пациента может быть закрыта: скажите про 103 и сами</translation>
    </message>
    <message>
        <source>Documents will be asked for</source>
        <translation>Документы будут запрошены</translation>
    </message>
    <message>
        <source>Will be declined</source>
        <translation>Будет отклонено</translation>
    </message>
    <message>
        <source>Will be out of profile</source>
        <translation>Будет закрыто: не по профилю</translation>
    </message>
    <message>
        <source>Will be a centre application</source>
        <translation>Будет передано в центр</translation>
    </message>
    <message>
        <source>Will be invited in person</source>
        <translation>Будет приглашение на очный приём</translation>
    </message>
    <message>
        <source>Inpatient care will be recommended</source>
        <translation>Будет рекомендован стационар</translation>
    </message>
    <message>
        <source>Will be closed without a conclusion</source>
        <translation>Будет закрыто без заключения</translation>
    </message>
    <message>
        <source>{}: is being sent</source>
        <translation>{}: отправляется</translation>
    </message>
    <message>
        <source>{} in {}</source>
        <translation>{} через {}</translation>
    </message>
    <message>
        <source>No request is chosen</source>
        <translation>Заявка не выбрана</translation>
    </message>
    <message>
        <source>Unknown to this version of the program: update it</source>
        <translation>Неизвестно этой версии программы: обновите её</translation>
    </message>
    <message>
        <source>Ordered already; undo: {}</source>
        <translation>Уже отмечено. Отменить: {}</translation>
    </message>
    <message>
        <source>Something was ordered about it already</source>
        <translation>По заявке уже есть решение, оно ещё не отправлено</translation>
    </message>
    <message>
        <source>You work on the request</source>
        <translation>Вы уже работаете с заявкой</translation>
    </message>
    <message>
        <source>Nobody works on the request</source>
        <translation>С заявкой никто не работает</translation>
    </message>
    <message>
        <source>Only for questions to the duty doctor</source>
        <translation>Только для вопросов дежурному врачу</translation>
    </message>
    <message>
        <source>On this route there is no list of diseases</source>
        <translation>На этом маршруте нет перечня заболеваний</translation>
    </message>
    <message>
        <source>No documents are asked for here</source>
        <translation>Здесь документы не запрашивают</translation>
    </message>
    <message>
        <source>A threat to life does not wait</source>
        <translation>Угроза жизни не ждёт</translation>
    </message>
    <message>
        <source>First take the request: {}</source>
        <translation>Сначала возьмите заявку: {}</translation>
    </message>
    <message>
        <source>First the documents: {}. Ask for them: {}</source>
        <translation>Сначала документы: {}. Запросить: {}</translation>
    </message>
    <message>
        <source>First choose a line of the checklist: Tab, then the arrows</source>
        <translation>Сначала выберите пункт перечня: Tab и стрелки</translation>
    </message>
    <message>
        <source>First choose this request in the list</source>
        <translation>Сначала выберите эту заявку в списке</translation>
    </message>
    <message>
        <source>request {}</source>
        <translation>заявка {}</translation>
    </message>
    <message>
        <source>The patient will be told to call 103</source>
        <translation>Пациенту будет сказано звонить 103</translation>
    </message>
    <message>
        <source>The mark of a threat to life will be taken away</source>
        <translation>Отметка об угрозе жизни будет снята</translation>
    </message>
    <message>
        <source>Not possible in the state “{}”</source>
        <translation>Нельзя, пока заявка в состоянии «{}»</translation>
    </message>
</context>
<context>
    <name>UndoLine</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message numerus="yes">
        <source> and %n before it</source>
        <translation>
            <numerusform> и ещё %n до этого</numerusform>
            <numerusform> и ещё %n до этого</numerusform>
            <numerusform> и ещё %n до этого</numerusform>
        </translation>
    </message>
</context>
</TS>
