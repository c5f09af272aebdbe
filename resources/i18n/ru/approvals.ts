<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>ApprovalColumns</name>
    <message>
        <source>Signed conclusion</source>
        <translation>Подписанное заключение</translation>
    </message>
</context>
<context>
    <name>ApprovalDelegate</name>
    <message>
        <source>version {}</source>
        <translation>версия {}</translation>
    </message>
    <message>
        <source>signature not good</source>
        <translation>подпись неверна</translation>
    </message>
    <message>
        <source>another file</source>
        <translation>файл не тот</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>открыто</translation>
    </message>
</context>
<context>
    <name>ApprovalList</name>
    <message>
        <source>Signed conclusions</source>
        <translation>Подписанные заключения</translation>
    </message>
</context>
<context>
    <name>ApprovalsViewModel</name>
    <message>
        <source>The conclusion has changed in the meantime</source>
        <translation>Заключение тем временем изменилось</translation>
    </message>
    <message>
        <source>Nothing was sent. Its newest state is shown.</source>
        <translation>Ничего не отправлено. Показано новое состояние.</translation>
    </message>
</context>
<context>
    <name>ArchiveView</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Archive of the conclusion</source>
        <translation>Архив заключения</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Отличия</translation>
    </message>
    <message>
        <source>from edition {}</source>
        <translation>от редакции {}</translation>
    </message>
    <message>
        <source>page {} of {}</source>
        <translation>стр. {} из {}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>The file is not shown</source>
        <translation>Файл не показан</translation>
    </message>
    <message>
        <source>It is not what was signed.</source>
        <translation>Это не тот файл, который подписан.</translation>
    </message>
    <message>
        <source>Nothing was signed yet</source>
        <translation>Пока ничего не подписано</translation>
    </message>
    <message>
        <source>Every signed edition will stay here.</source>
        <translation>Здесь останется каждая подписанная редакция.</translation>
    </message>
</context>
<context>
    <name>CheckColumn</name>
    <message>
        <source>Sources of the conclusion</source>
        <translation>Источники заключения</translation>
    </message>
    <message>
        <source>The file on the server is not the one that was signed</source>
        <translation>Файл на сервере не тот, что был подписан</translation>
    </message>
    <message>
        <source>It is not shown. Tell the administrator of the server.</source>
        <translation>Он не показан. Сообщите администратору сервера.</translation>
    </message>
    <message>
        <source>The signatures were not verified</source>
        <translation>Подписи не проверены</translation>
    </message>
    <message>
        <source>The file could not be fetched.</source>
        <translation>Файл получить не удалось.</translation>
    </message>
    <message>
        <source>The signatures are being verified</source>
        <translation>Подписи проверяются</translation>
    </message>
    <message>
        <source>The file is fetched and looked at.</source>
        <translation>Файл загружается и проверяется.</translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <source>The file is being checked</source>
        <translation>Файл проверяется</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Файл не читается</translation>
    </message>
    <message>
        <source>It is no file of this computer, is larger than 64 MB, or may not be read. Copy it to this computer and choose it again.</source>
        <translation>Это не файл этого компьютера, он больше 64 МБ или закрыт для чтения. Скопируйте его на этот компьютер и выберите снова.</translation>
    </message>
    <message>
        <source>The file could not be checked now</source>
        <translation>Сейчас файл проверить не удалось</translation>
    </message>
    <message>
        <source>Check of signatures</source>
        <translation>Проверка подписей</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Другой файл…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>CheckEntry</name>
    <message>
        <source>Check signatures of a PDF</source>
        <translation>Проверить подпись PDF</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Файлы PDF (*.pdf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>Check signatures of a PDF…</source>
        <translation>Проверить подпись PDF…</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Signing</source>
        <translation>Подписываю</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Согласовать</translation>
    </message>
    <message>
        <source>The whole conclusion</source>
        <translation>Всё заключение</translation>
    </message>
    <message>
        <source>Which part is to be corrected</source>
        <translation>Какую часть исправить</translation>
    </message>
    <message>
        <source>Marked: “{}”</source>
        <translation>Отмечено: «{}»</translation>
    </message>
    <message>
        <source>Select the words that are meant</source>
        <translation>Выделите слова, о которых речь</translation>
    </message>
    <message>
        <source>The doctor reads it and signs a new version.</source>
        <translation>Врач прочтёт причину и подпишет новую версию.</translation>
    </message>
    <message numerus="yes">
        <source>Too long by %n character(s)</source>
        <translation>
            <numerusform>Длиннее на %n знак</numerusform>
            <numerusform>Длиннее на %n знака</numerusform>
            <numerusform>Длиннее на %n знаков</numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be approved: the file was changed.</source>
        <translation>Согласовать нельзя: файл изменён.</translation>
    </message>
    <message>
        <source>It cannot be approved: the signature is not good.</source>
        <translation>Согласовать нельзя: подпись неверна.</translation>
    </message>
    <message>
        <source>It cannot be approved: the signature is not established.</source>
        <translation>Согласовать нельзя: подпись не установлена.</translation>
    </message>
    <message>
        <source>It cannot be approved: the signature was not verified.</source>
        <translation>Согласовать нельзя: подпись не проверена.</translation>
    </message>
    <message>
        <source>It cannot be approved: not all of it can be read here.</source>
        <translation>Согласовать нельзя: заключение не прочесть целиком.</translation>
    </message>
    <message>
        <source>No connection: it can be decided once the server is back.</source>
        <translation>Нет связи: решить можно, когда сервер ответит.</translation>
    </message>
    <message>
        <source>The PIN was given, it is good until {}.</source>
        <translation>ПИН введён, действует до {}.</translation>
    </message>
    <message>
        <source>demonstration: {}</source>
        <translation>демонстрация: {}</translation>
    </message>
    <message>
        <source>Approval gives the conclusion to the patient.</source>
        <translation>После согласования пациент получит заключение.</translation>
    </message>
    <message>
        <source>Why it goes back to the doctor</source>
        <translation>Причина возврата врачу</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Return to the doctor</source>
        <translation>Вернуть врачу</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>DifferenceView</name>
    <message>
        <source>Version {} beside version {}</source>
        <translation>Версия {} рядом с версией {}</translation>
    </message>
    <message>
        <source>The text is the same as in the edition before.</source>
        <translation>Текст тот же, что в предыдущей редакции.</translation>
    </message>
    <message>
        <source>nothing was written</source>
        <translation>не было написано</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Было</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Стало</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Visit in person</source>
        <translation>Очный приём</translation>
    </message>
    <message>
        <source>Hospital</source>
        <translation>Стационар</translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>All editions ({})</source>
        <translation>Все редакции ({})</translation>
    </message>
    <message>
        <source>All editions</source>
        <translation>Все редакции</translation>
    </message>
    <message>
        <source>No. {}</source>
        <translation>№ {}</translation>
    </message>
    <message>
        <source>page {} of {}</source>
        <translation>стр. {} из {}</translation>
    </message>
    <message>
        <source>The file is not shown</source>
        <translation>Файл не показан</translation>
    </message>
    <message>
        <source>It is not what the doctor has signed: nothing in it is certain.</source>
        <translation>Это не то, что подписал врач: полагаться на него нельзя.</translation>
    </message>
    <message>
        <source>Fetch it again</source>
        <translation>Запросить ещё раз</translation>
    </message>
</context>
<context>
    <name>EditionWords</name>
    <message>
        <source>Edition {}</source>
        <translation>Редакция {}</translation>
    </message>
    <message>
        <source>Signed {}, {}</source>
        <translation>Подписано {}, {}</translation>
    </message>
    <message>
        <source>Approved {}, {}</source>
        <translation>Согласовано {}, {}</translation>
    </message>
    <message>
        <source>Why anew: {}</source>
        <translation>Причина новой редакции: {}</translation>
    </message>
    <message>
        <source>Made {}</source>
        <translation>Составлено {}</translation>
    </message>
    <message>
        <source>Presence, calls and telephone attempts; press to open it</source>
        <translation>Присутствие, вызовы и звонки по телефону; нажмите, чтобы открыть</translation>
    </message>
    <message>
        <source>The patient was not reached</source>
        <translation>С пациентом не удалось связаться</translation>
    </message>
    <message>
        <source>Replaced by edition {}; the patient had it since {}</source>
        <translation>Заменена редакцией {}; у пациента была с {}</translation>
    </message>
    <message>
        <source>In force: the patient has it since {}</source>
        <translation>Действует: у пациента с {}</translation>
    </message>
    <message>
        <source>Returned, not given to the patient; replaced by edition {}</source>
        <translation>Возвращена, пациенту не передавалась; заменена редакцией {}</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>Ждёт согласования</translation>
    </message>
    <message>
        <source>Returned to the doctor</source>
        <translation>Возвращена врачу</translation>
    </message>
    <message>
        <source>Not given to the patient</source>
        <translation>Пациенту не передавалась</translation>
    </message>
</context>
<context>
    <name>FileWords</name>
    <message>
        <source>The doctor has not opened all files</source>
        <translation>Врач открыл не все файлы</translation>
    </message>
    <message>
        <source>No reason was given</source>
        <translation>Причина не указана</translation>
    </message>
    <message>
        <source>The doctor&apos;s measurements</source>
        <translation>Измерения врача</translation>
    </message>
    <message>
        <source>Sources of the conclusion</source>
        <translation>Источники заключения</translation>
    </message>
    <message>
        <source>Another patient&apos;s file: {}</source>
        <translation>Файл другого пациента: {}</translation>
    </message>
    <message>
        <source>The file has another name, the patient is the same: {}</source>
        <translation>Имя в файле другое, пациент тот же: {}</translation>
    </message>
    <message>
        <source>{}, not among the files as they are now</source>
        <translation>{}, среди файлов этого больше нет</translation>
    </message>
</context>
<context>
    <name>FilesPanel</name>
    <message>
        <source>Others</source>
        <translation>Прочие</translation>
    </message>
    <message>
        <source>No files came with the request.</source>
        <translation>К заявке файлов не приложено.</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s)</source>
        <translation>
            <numerusform>%n срез</numerusform>
            <numerusform>%n среза</numerusform>
            <numerusform>%n срезов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measurement(s) of the doctor</source>
        <translation>
            <numerusform>%n измерение врача</numerusform>
            <numerusform>%n измерения врача</numerusform>
            <numerusform>%n измерений врача</numerusform>
        </translation>
    </message>
    <message>
        <source>source {}</source>
        <translation>источник {}</translation>
    </message>
</context>
<context>
    <name>ListHeads</name>
    <message>
        <source>Waiting {}</source>
        <translation>Ждут {}</translation>
    </message>
    <message>
        <source>Sent {}</source>
        <translation>Отправлены {}</translation>
    </message>
    <message>
        <source>How far what you have approved has come to the patients</source>
        <translation>Как доходит до пациентов то, что вы согласовали</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>не ушло %n</numerusform>
            <numerusform>не ушло %n</numerusform>
            <numerusform>не ушло %n</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Show the conclusions of one centre, specialty or road</source>
        <translation>Показать заключения одного центра, специальности или пути</translation>
    </message>
    <message>
        <source>All ({})</source>
        <translation>Все ({})</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Центр</translation>
    </message>
    <message>
        <source>Specialty</source>
        <translation>Специальность</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>Путь</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Nothing waits for approval</source>
        <translation>Согласовывать нечего</translation>
    </message>
    <message>
        <source>Conclusions that doctors sign appear here by themselves</source>
        <translation>Подписанные врачами заключения появятся здесь сами</translation>
    </message>
    <message numerus="yes">
        <source>Opened: %n</source>
        <translation>
            <numerusform>Открыто: %n</numerusform>
            <numerusform>Открыто: %n</numerusform>
            <numerusform>Открыто: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n approved, the patients get them</source>
        <translation>
            <numerusform>Согласовано %n, пациент его получит</numerusform>
            <numerusform>Согласовано %n, пациенты их получат</numerusform>
            <numerusform>Согласовано %n, пациенты их получат</numerusform>
        </translation>
    </message>
    <message>
        <source>Approved, the patient gets the conclusion</source>
        <translation>Согласовано, пациент получит заключение</translation>
    </message>
    <message>
        <source>Approved: {}</source>
        <translation>Согласовано: {}</translation>
    </message>
    <message>
        <source>Returned, the doctor sees the reason</source>
        <translation>Возвращено, врач увидит причину</translation>
    </message>
    <message>
        <source>The list is of {}</source>
        <translation>Список на {}</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Согласование</translation>
    </message>
    <message>
        <source>oldest first</source>
        <translation>старые сверху</translation>
    </message>
    <message>
        <source>Approve the opened</source>
        <translation>Согласовать открытые</translation>
    </message>
    <message>
        <source>All that were opened here and found good, with one PIN</source>
        <translation>Все, что были здесь открыты и подпись которых верна, одним ПИН</translation>
    </message>
</context>
<context>
    <name>PlaceRow</name>
    <message>
        <source>Show it in the file (Enter)</source>
        <translation>Показать в файле (Enter)</translation>
    </message>
</context>
<context>
    <name>RequestPanel</name>
    <message>
        <source>The question was not written down</source>
        <translation>Вопрос не записан</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>Спрашивает</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Who asks, and what</source>
        <translation>Кто и о чём спрашивает</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>none were given</source>
        <translation>не указаны</translation>
    </message>
    <message>
        <source>Complaints</source>
        <translation>Жалобы</translation>
    </message>
    <message>
        <source>With what diagnosis</source>
        <translation>С каким диагнозом</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Дата рождения</translation>
    </message>
    <message>
        <source>Lives in</source>
        <translation>Проживает</translation>
    </message>
    <message>
        <source>Observation</source>
        <translation>Наблюдение</translation>
    </message>
    <message>
        <source>Medical record</source>
        <translation>Медкарта</translation>
    </message>
    <message>
        <source>Representative</source>
        <translation>Представитель</translation>
    </message>
    <message>
        <source>Patient, as confirmed</source>
        <translation>Пациент, подтверждённые данные</translation>
    </message>
    <message>
        <source>Was not sent</source>
        <translation>Не прислано</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Что было</translation>
    </message>
</context>
<context>
    <name>SentRow</name>
    <message>
        <source>No. {}</source>
        <translation>№ {}</translation>
    </message>
    <message>
        <source>How far it has come is being asked</source>
        <translation>Узнаём, как доходит до пациента</translation>
    </message>
    <message>
        <source>Send the e-mail again</source>
        <translation>Отправить письмо ещё раз</translation>
    </message>
</context>
<context>
    <name>SignatureWords</name>
    <message>
        <source>The document was not changed. Make sure who signed, or return it.</source>
        <translation>Документ не менялся. Проверьте, кто подписал, или верните.</translation>
    </message>
    <message>
        <source>Not its author has signed</source>
        <translation>Подписал не автор</translation>
    </message>
    <message>
        <source>The document was not changed after signing. It can be approved.</source>
        <translation>Документ после подписи не менялся. Можно согласовать.</translation>
    </message>
    <message>
        <source>The doctor&apos;s signature is good</source>
        <translation>Подпись врача верна</translation>
    </message>
    <message>
        <source>It must not be approved. Return it: the doctor signs anew.</source>
        <translation>Согласовать нельзя. Верните: врач подпишет заново.</translation>
    </message>
    <message>
        <source>The doctor&apos;s signature is not good</source>
        <translation>Подпись врача неверна</translation>
    </message>
    <message>
        <source>The document was not changed, but who has signed it is not certain.</source>
        <translation>Документ не менялся, но кто его подписал, не доказано.</translation>
    </message>
    <message>
        <source>The signature is not established</source>
        <translation>Подпись не установлена</translation>
    </message>
    <message>
        <source>The file on the server is not the one that the doctor has signed</source>
        <translation>Файл на сервере не тот, что подписал врач</translation>
    </message>
    <message>
        <source>It must not be approved, and it is not shown.</source>
        <translation>Согласовать нельзя, файл не показан.</translation>
    </message>
    <message>
        <source>Return it to the doctor to be signed anew, and tell the administrator of the server: somebody or something has changed the file on its disk.</source>
        <translation>Верните заключение врачу, чтобы он подписал заново, и сообщите администратору сервера: файл на диске изменён.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Что делать</translation>
    </message>
    <message>
        <source>A colleague has approved it already</source>
        <translation>Коллега уже согласовал</translation>
    </message>
    <message>
        <source>A colleague has returned it already</source>
        <translation>Коллега уже вернул врачу</translation>
    </message>
    <message>
        <source>Nothing is left to decide here. Go on to the next one.</source>
        <translation>Решать здесь больше нечего. Переходите к следующему.</translation>
    </message>
    <message>
        <source>It does not wait any more</source>
        <translation>Согласования больше не ждёт</translation>
    </message>
    <message>
        <source>The newest version is shown: read it again.</source>
        <translation>Показана новая версия: прочтите заново.</translation>
    </message>
    <message>
        <source>The doctor has signed it anew</source>
        <translation>Врач подписал заново</translation>
    </message>
    <message>
        <source>Who made it and whether it was changed cannot be told.</source>
        <translation>Кто его составил и менялся ли он, установить нельзя.</translation>
    </message>
    <message>
        <source>The file is not signed</source>
        <translation>Файл не подписан</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s)</source>
        <translation>
            <numerusform>%n подпись</numerusform>
            <numerusform>%n подписи</numerusform>
            <numerusform>%n подписей</numerusform>
        </translation>
    </message>
    <message>
        <source>{}. The document was not changed after it was signed.</source>
        <translation>{}. После подписи документ не менялся.</translation>
    </message>
    <message>
        <source>All signatures are good</source>
        <translation>Все подписи верны</translation>
    </message>
    <message>
        <source>Do not rely on this file: ask for it anew where it comes from.</source>
        <translation>Не полагайтесь на этот файл: запросите его заново там, откуда он пришёл.</translation>
    </message>
    <message>
        <source>The signatures are not good</source>
        <translation>Подпись неверна</translation>
    </message>
    <message>
        <source>The author of the conclusion is {}, the certificate is another&apos;s. {}</source>
        <translation>Автор заключения {}, а сертификат на другое имя. {}</translation>
    </message>
    <message>
        <source>Signed by: {}</source>
        <translation>Подписал: {}</translation>
    </message>
    <message>
        <source>The time stamp is good, level {}</source>
        <translation>Метка времени верна, уровень {}</translation>
    </message>
    <message>
        <source>It can be verified after the certificate has ended.</source>
        <translation>Проверится и после окончания сертификата.</translation>
    </message>
    <message>
        <source>nobody&apos;s name</source>
        <translation>имя не указано</translation>
    </message>
    <message>
        <source>The signature was raised to {}</source>
        <translation>Подпись поднята до {}</translation>
    </message>
    <message>
        <source>The text is the same; the newest file is shown.</source>
        <translation>Текст прежний; показан новый файл.</translation>
    </message>
    <message>
        <source>It is damaged, or made to mislead: no signature in it says anything. Ask for it anew where it comes from.</source>
        <translation>Он повреждён или изготовлен, чтобы обмануть: подписи в нём ничего не значат. Запросите файл заново там, откуда он.</translation>
    </message>
    <message>
        <source>The file cannot be read as a PDF</source>
        <translation>Файл не читается как PDF</translation>
    </message>
    <message>
        <source>Who has signed, and whether it was changed, cannot be told here.</source>
        <translation>Кто подписал и менялся ли документ, здесь установить нельзя.</translation>
    </message>
    <message>
        <source>pages were added</source>
        <translation>добавлены страницы</translation>
    </message>
    <message>
        <source>pages were taken away</source>
        <translation>убраны страницы</translation>
    </message>
    <message>
        <source>another picture or text on page {}</source>
        <translation>другое изображение или текст на странице {}</translation>
    </message>
    <message>
        <source>other stamps, notes or fields on page {}</source>
        <translation>другие штампы, пометки или поля на странице {}</translation>
    </message>
    <message>
        <source>something that no page shows</source>
        <translation>то, что не видно ни на одной странице</translation>
    </message>
    <message>
        <source>In the certificate: {}</source>
        <translation>В сертификате: {}</translation>
    </message>
    <message>
        <source>{}; the name is that of the conclusion&apos;s author</source>
        <translation>{}; имя то же, что у автора заключения</translation>
    </message>
    <message>
        <source>From {} till {}, issued by: {}</source>
        <translation>С {} по {}, выдал: {}</translation>
    </message>
    <message>
        <source>Not revoked: the proof of it is in the file</source>
        <translation>Не отозван: доказательство в самом файле</translation>
    </message>
    <message>
        <source>Whether it was revoked was not checked</source>
        <translation>Отзыв не проверялся</translation>
    </message>
    <message>
        <source>The certificate was not verified</source>
        <translation>Сертификат не проверялся</translation>
    </message>
    <message>
        <source>The certificate is valid and trusted</source>
        <translation>Сертификат действует и доверен</translation>
    </message>
    <message>
        <source>Nothing was added after it</source>
        <translation>После подписи ничего не добавлено</translation>
    </message>
    <message>
        <source>The signature covers the whole file</source>
        <translation>Подпись охватывает весь файл</translation>
    </message>
    <message>
        <source>Only what a signature allows was added after it</source>
        <translation>После неё добавлено только то, что она разрешает</translation>
    </message>
    <message>
        <source>The signature covers the file as it was</source>
        <translation>Подпись охватывает файл, каким он был</translation>
    </message>
    <message>
        <source>Signature: {}</source>
        <translation>Подпись: {}</translation>
    </message>
    <message>
        <source>Level B-B, without a time stamp</source>
        <translation>Уровень B-B, без метки времени</translation>
    </message>
    <message>
        <source>The time is that of the doctor&apos;s computer.</source>
        <translation>Время указал компьютер врача.</translation>
    </message>
    <message>
        <source>The signature is not of the PAdES kind</source>
        <translation>Подпись не по формату PAdES</translation>
    </message>
    <message>
        <source>The time stamp is good</source>
        <translation>Метка времени верна</translation>
    </message>
    <message>
        <source>The file is the one on the server</source>
        <translation>Файл тот же, что на сервере</translation>
    </message>
    <message>
        <source>The file is not the one that the server names</source>
        <translation>Файл не тот, что назвал сервер</translation>
    </message>
    <message>
        <source>It does not say when it was signed</source>
        <translation>Время подписи не указано</translation>
    </message>
    <message>
        <source>Signed on {} at {}</source>
        <translation>Подписано {} в {}</translation>
    </message>
    <message>
        <source>The file or a signature in it cannot be read</source>
        <translation>Файл или подпись в нём не читаются</translation>
    </message>
    <message>
        <source>There is no signature in the file</source>
        <translation>В файле нет подписи</translation>
    </message>
    <message>
        <source>There are not as many signatures as expected</source>
        <translation>Подписей не столько, сколько должно быть</translation>
    </message>
    <message>
        <source>The signed part was changed</source>
        <translation>Подписанная часть изменена</translation>
    </message>
    <message>
        <source>The signature was not made with the certificate&apos;s key</source>
        <translation>Подпись сделана не ключом этого сертификата</translation>
    </message>
    <message>
        <source>The document was changed after it was signed</source>
        <translation>Документ изменён после подписи</translation>
    </message>
    <message>
        <source>A part of the file is covered by no signature</source>
        <translation>Часть файла не охвачена подписью</translation>
    </message>
    <message>
        <source>The time stamp is broken</source>
        <translation>Метка времени повреждена</translation>
    </message>
    <message>
        <source>No trusted root stands behind the certificate</source>
        <translation>За сертификатом нет доверенного корня</translation>
    </message>
    <message>
        <source>The certificate has expired</source>
        <translation>Срок сертификата истёк</translation>
    </message>
    <message>
        <source>The certificate is not valid yet</source>
        <translation>Срок сертификата ещё не начался</translation>
    </message>
    <message>
        <source>The certificate was revoked</source>
        <translation>Сертификат отозван</translation>
    </message>
    <message>
        <source>The certificate is not for signing documents</source>
        <translation>Сертификат не для подписи документов</translation>
    </message>
    <message>
        <source>No program here can check a GOST signature</source>
        <translation>Подпись по ГОСТ здесь нечем проверить</translation>
    </message>
    <message>
        <source>It may be approved: the level is raised when the services answer</source>
        <translation>Согласовать можно: уровень поднимется, когда ответят службы доверия</translation>
    </message>
    <message>
        <source>The file has fields that can be filled in unseen</source>
        <translation>В файле есть поля, которые можно заполнить незаметно</translation>
    </message>
</context>
<context>
    <name>TabRow</name>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Отличия</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>The signature is being verified</source>
        <translation>Проверяю подпись</translation>
    </message>
    <message>
        <source>The file is fetched and looked at.</source>
        <translation>Файл загружается с сервера.</translation>
    </message>
    <message>
        <source>The signature was not verified</source>
        <translation>Подпись не проверена</translation>
    </message>
    <message>
        <source>The file could not be fetched.</source>
        <translation>Файл не удалось получить.</translation>
    </message>
</context>
</TS>
