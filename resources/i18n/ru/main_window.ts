<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>CaseLineEdit</name>
    <message>
        <source>Cut</source>
        <translation>Вырезать</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Вставить</translation>
    </message>
</context>
<context>
    <name>CaseQuestion</name>
    <message>
        <source>Text of another case</source>
        <translation>Текст из другой заявки</translation>
    </message>
    <message>
        <source>This text is from another patient&apos;s case</source>
        <translation>Этот текст из заявки другого пациента</translation>
    </message>
    <message>
        <source>Copied in request {}</source>
        <translation>Скопировано в заявке {}</translation>
    </message>
    <message>
        <source>Open now: {}, request {}</source>
        <translation>Сейчас открыта: {}, заявка {}</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Не вставлять</translation>
    </message>
    <message>
        <source>Insert into this case</source>
        <translation>Вставить в эту заявку</translation>
    </message>
</context>
<context>
    <name>KeyGuard</name>
    <message>
        <source>The screen was locked: signing asks for the PIN again</source>
        <translation>Экран был заблокирован: для подписи снова нужен ПИН</translation>
    </message>
    <message>
        <source>The token was pulled out: plug it in, signing asks for the PIN again</source>
        <translation>Токен извлечён: вставьте его, для подписи снова нужен ПИН</translation>
    </message>
</context>
<context>
    <name>LevelWords</name>
    <message>
        <source>{} instead of {}</source>
        <translation>{} вместо {}</translation>
    </message>
    <message>
        <source>The centre asks for {}, this is not reached:</source>
        <translation>Центр просит {}, этого достичь не удалось:</translation>
    </message>
    <message>
        <source>The signature is valid; the level can be raised later.</source>
        <translation>Подпись действительна, уровень можно поднять позже.</translation>
    </message>
    <message>
        <source>Signature: {}; it is being raised</source>
        <translation>Подпись: {}, сейчас усиливается</translation>
    </message>
    <message>
        <source>The signature was raised to {}</source>
        <translation>Подпись усилена до {}</translation>
    </message>
    <message>
        <source>Signature: {}; it cannot be raised</source>
        <translation>Подпись: {}, усилить её нельзя</translation>
    </message>
    <message>
        <source>Signature: {}; its time stamp is going to be renewed</source>
        <translation>Подпись: {}, штамп времени будет обновлён</translation>
    </message>
    <message>
        <source>Signature: {}; it will be raised when the service of revocations answers</source>
        <translation>Подпись: {}, будет усилена, когда ответит служба отзыва сертификатов</translation>
    </message>
    <message>
        <source>Signature: {}; it will be raised when the time service answers</source>
        <translation>Подпись: {}, будет усилена, когда ответит служба времени</translation>
    </message>
    <message>
        <source>Your account has no SNILS: the certificate is compared by name alone</source>
        <translation>В учётной записи нет СНИЛС: сертификат сверен только по ФИО</translation>
    </message>
    <message>
        <source>No public address is set: the paper names this workstation&apos;s server</source>
        <translation>Общедоступный адрес не задан: на документе адрес сервера этого рабочего места</translation>
    </message>
    <message>
        <source>The time differs from that of the services of trust by {} min</source>
        <translation>Время расходится со временем служб доверия на {} мин</translation>
    </message>
    <message>
        <source>Nothing was signed. The administrator of the centre sets the clock right.</source>
        <translation>Ничего не подписано. Часы исправит администратор центра.</translation>
    </message>
    <message>
        <source>Nothing was signed; try again in a minute.</source>
        <translation>Ничего не подписано, повторите через минуту.</translation>
    </message>
    <message>
        <source>The certificate is somebody else&apos;s</source>
        <translation>Сертификат принадлежит другому человеку</translation>
    </message>
    <message>
        <source>Its name or SNILS is not that of your account. Choose your own one.</source>
        <translation>ФИО или СНИЛС в нём не те, что в вашей учётной записи. Выберите свой сертификат.</translation>
    </message>
    <message>
        <source>The issuer of the certificate is not trusted here</source>
        <translation>Издателю сертификата здесь не доверяют</translation>
    </message>
    <message>
        <source>The administrator of the centre installs the root certificate.</source>
        <translation>Корневой сертификат установит администратор центра.</translation>
    </message>
    <message>
        <source>Nobody can be asked now whether the certificate was revoked</source>
        <translation>Сейчас нельзя узнать, не отозван ли сертификат</translation>
    </message>
    <message>
        <source>The signature would not reach the level that the centre asks for</source>
        <translation>Подпись не достигнет уровня, которого требует центр</translation>
    </message>
    <message>
        <source>The centre&apos;s rules of signing cannot be used</source>
        <translation>Правила подписи центра заданы с ошибкой</translation>
    </message>
    <message>
        <source>Nothing was signed. Tell the administrator.</source>
        <translation>Ничего не подписано. Сообщите администратору.</translation>
    </message>
    <message>
        <source>no service of time stamps is set up</source>
        <translation>служба меток времени не настроена</translation>
    </message>
    <message>
        <source>the service of time stamps cannot be reached</source>
        <translation>нет связи со службой меток времени</translation>
    </message>
    <message>
        <source>the service of time stamps does not answer in time</source>
        <translation>служба меток времени не ответила вовремя</translation>
    </message>
    <message>
        <source>the service of time stamps has refused</source>
        <translation>служба меток времени отказала</translation>
    </message>
    <message>
        <source>the service of time stamps gave a wrong answer</source>
        <translation>служба меток времени ответила неверно</translation>
    </message>
    <message>
        <source>the service of time stamps is not trusted here</source>
        <translation>службе меток времени здесь не доверяют</translation>
    </message>
    <message>
        <source>the service of revocations cannot be reached</source>
        <translation>нет связи со службой проверки отзыва</translation>
    </message>
    <message>
        <source>the service of revocations does not answer in time</source>
        <translation>служба проверки отзыва не ответила вовремя</translation>
    </message>
    <message>
        <source>the service of revocations gave a wrong answer</source>
        <translation>служба проверки отзыва ответила неверно</translation>
    </message>
    <message>
        <source>a certificate names no service of revocations</source>
        <translation>в сертификате не указана служба проверки отзыва</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Consultant&apos;s workstation</source>
        <translation>Рабочее место консультанта</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
</context>
<context>
    <name>MainWindowModel</name>
    <message>
        <source>No connection to the server since {}</source>
        <translation>Нет связи с сервером с {}</translation>
    </message>
    <message>
        <source>What was loaded can be read. Requests cannot be taken until it is back.</source>
        <translation>Загруженное можно смотреть. Взять заявку без связи нельзя: её мог взять коллега.</translation>
    </message>
    <message>
        <source>Server time {} {}</source>
        <translation>Время сервера {} {}</translation>
    </message>
    <message>
        <source>Cases prepared: {} of {}</source>
        <translation>Подготовлено дел: {} из {}</translation>
    </message>
    <message>
        <source>Demonstration: key in memory</source>
        <translation>Демонстрация: ключ в памяти</translation>
    </message>
    <message>
        <source>Data on the disk are encrypted</source>
        <translation>Данные на диске зашифрованы</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Связь есть</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Связи нет</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>trying now</source>
        <translation>пробую сейчас</translation>
    </message>
    <message>
        <source>retry in {}</source>
        <translation>повтор через {}</translation>
    </message>
</context>
<context>
    <name>NextPatientPlate</name>
    <message>
        <source>Next patient</source>
        <translation>Следующий пациент</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close the notice</source>
        <translation>Закрыть сообщение</translation>
    </message>
</context>
<context>
    <name>PaperLinks</name>
    <message>
        <source>Show the source [{}] in its file</source>
        <translation>Показать источник [{}] в его файле</translation>
    </message>
</context>
<context>
    <name>PhoneMenu</name>
    <message>
        <source>Dial {}</source>
        <translation>Набрать {}</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Не ответил</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Занято</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Телефон выключен</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Не тот номер</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Дозвонились</translation>
    </message>
</context>
<context>
    <name>PinField</name>
    <message>
        <source>PIN of the key</source>
        <translation>ПИН ключа</translation>
    </message>
</context>
<context>
    <name>SigningWords</name>
    <message>
        <source>a wrong PIN was given before</source>
        <translation>ПИН уже вводили неверно</translation>
    </message>
    <message>
        <source>one try is left</source>
        <translation>осталась одна попытка</translation>
    </message>
    <message>
        <source>the PIN is locked</source>
        <translation>ПИН заблокирован</translation>
    </message>
    <message>
        <source>The token counts wrong PINs: after a few more it locks itself.</source>
        <translation>Токен считает неверные ПИН: ещё несколько — и он заблокируется.</translation>
    </message>
    <message>
        <source>One try is left: after another wrong PIN the token locks itself.</source>
        <translation>Осталась одна попытка: после ещё одного неверного ПИН токен заблокируется.</translation>
    </message>
    <message>
        <source>{}, till {}</source>
        <translation>{}, до {}</translation>
    </message>
    <message>
        <source>qualified</source>
        <translation>квалифицированная (УКЭП)</translation>
    </message>
    <message>
        <source>not a qualified one</source>
        <translation>не квалифицированная</translation>
    </message>
    <message>
        <source>Issued by: {}</source>
        <translation>Выдан: {}</translation>
    </message>
    <message>
        <source>Number: {}</source>
        <translation>Номер: {}</translation>
    </message>
    <message>
        <source>Valid from {} till {}</source>
        <translation>Действует с {} до {}</translation>
    </message>
    <message>
        <source>Signature: {}, {}</source>
        <translation>Подпись: {}, {}</translation>
    </message>
    <message>
        <source>Ask the administrator of the centre for a new certificate.</source>
        <translation>Новый сертификат выдаст администратор центра.</translation>
    </message>
    <message>
        <source>The PIN does not fit</source>
        <translation>ПИН не подходит</translation>
    </message>
    <message>
        <source>Check the layout and Caps Lock, then type it again.</source>
        <translation>Проверьте раскладку и Caps Lock и введите снова.</translation>
    </message>
    <message>
        <source>The key is closed: type the PIN</source>
        <translation>Ключ закрыт: введите ПИН</translation>
    </message>
    <message>
        <source>The time of the PIN is over, the screen was locked, or the token was pulled out.</source>
        <translation>Время ПИН истекло, экран был заблокирован или токен извлечён.</translation>
    </message>
    <message>
        <source>The token&apos;s PIN is locked</source>
        <translation>ПИН токена заблокирован</translation>
    </message>
    <message>
        <source>It takes no PIN any more. The administrator of the centre unlocks it.</source>
        <translation>Токен больше не принимает ПИН. Разблокирует его администратор центра.</translation>
    </message>
    <message>
        <source>The library of the token cannot be loaded</source>
        <translation>Библиотека токена не загружается</translation>
    </message>
    <message>
        <source>Install the driver of the token&apos;s maker, and choose its library.</source>
        <translation>Установите драйвер производителя токена и выберите его библиотеку.</translation>
    </message>
    <message>
        <source>There is no certificate to sign with</source>
        <translation>Нет сертификата для подписи</translation>
    </message>
    <message>
        <source>The administrator of the centre installs it.</source>
        <translation>Его установит администратор центра.</translation>
    </message>
    <message>
        <source>The token is not plugged in</source>
        <translation>Токен не подключён</translation>
    </message>
    <message>
        <source>Plug it in and sign again.</source>
        <translation>Подключите его и подпишите снова.</translation>
    </message>
    <message>
        <source>The certificate has expired</source>
        <translation>Срок сертификата истёк</translation>
    </message>
    <message>
        <source>The certificate is not valid yet</source>
        <translation>Сертификат ещё не действует</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date; else wait for the first day.</source>
        <translation>Проверьте дату на компьютере, иначе дождитесь первого дня срока.</translation>
    </message>
    <message>
        <source>The certificate was revoked</source>
        <translation>Сертификат отозван</translation>
    </message>
    <message>
        <source>The certificate is not for signing documents</source>
        <translation>Этим сертификатом нельзя подписывать документы</translation>
    </message>
    <message>
        <source>The certificate must not be used</source>
        <translation>Этим сертификатом подписывать нельзя</translation>
    </message>
    <message>
        <source>Check the signing key in the settings.</source>
        <translation>Проверьте ключ подписи в настройках.</translation>
    </message>
    <message>
        <source>The program that signs is not installed</source>
        <translation>Программа подписи не установлена</translation>
    </message>
    <message>
        <source>The program that signs does not answer</source>
        <translation>Программа подписи не отвечает</translation>
    </message>
    <message>
        <source>It was ended, nothing was signed. Try again.</source>
        <translation>Она остановлена, ничего не подписано. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The program that signs has refused</source>
        <translation>Программа подписи отказала</translation>
    </message>
    <message>
        <source>The program that signs gave a wrong signature</source>
        <translation>Программа подписи выдала неверную подпись</translation>
    </message>
    <message>
        <source>It was not used, nothing was signed. Tell the administrator.</source>
        <translation>Она отброшена, ничего не подписано. Сообщите администратору.</translation>
    </message>
    <message>
        <source>The program that signs gave no signature</source>
        <translation>Программа подписи не выдала подпись</translation>
    </message>
    <message>
        <source>Close the case and open it again: the file is made anew.</source>
        <translation>Закройте дело и откройте снова: файл будет сделан заново.</translation>
    </message>
    <message>
        <source>The service of time stamps does not answer</source>
        <translation>Служба меток времени не отвечает</translation>
    </message>
    <message>
        <source>Nothing was signed. Try again in a minute.</source>
        <translation>Ничего не подписано. Повторите через минуту.</translation>
    </message>
    <message>
        <source>The file was changed after it was signed</source>
        <translation>Файл изменён после подписи</translation>
    </message>
    <message>
        <source>It must not be signed. Return it to the doctor.</source>
        <translation>Подписывать его нельзя. Верните его врачу.</translation>
    </message>
    <message>
        <source>The doctor&apos;s signature is not there</source>
        <translation>Нет подписи врача</translation>
    </message>
    <message>
        <source>The file must not be approved. Return it to the doctor.</source>
        <translation>Утверждать файл нельзя. Верните его врачу.</translation>
    </message>
    <message>
        <source>The file carries this signature already</source>
        <translation>Эта подпись в файле уже есть</translation>
    </message>
    <message>
        <source>Look at its newest state.</source>
        <translation>Посмотрите его последнее состояние.</translation>
    </message>
    <message>
        <source>The file has no place for the signature</source>
        <translation>В файле нет места для подписи</translation>
    </message>
    <message>
        <source>The file cannot be signed</source>
        <translation>Этот файл подписать нельзя</translation>
    </message>
    <message>
        <source>The signature was not made</source>
        <translation>Подпись не поставлена</translation>
    </message>
    <message>
        <source>Nothing was sent. Try again.</source>
        <translation>Ничего не отправлено. Повторите.</translation>
    </message>
    <message>
        <source>The server does not accept the signature</source>
        <translation>Сервер не принял подпись</translation>
    </message>
    <message>
        <source>The centre must know the certificate: ask its administrator.</source>
        <translation>Центр должен знать сертификат: обратитесь к его администратору.</translation>
    </message>
    <message>
        <source>The file on the server is not the one that was signed</source>
        <translation>Файл на сервере не тот, который был подписан</translation>
    </message>
    <message>
        <source>It must not be signed. Tell the administrator of the centre.</source>
        <translation>Подписывать его нельзя. Сообщите администратору центра.</translation>
    </message>
</context>
<context>
    <name>SkeletonRows</name>
    <message>
        <source>Loading</source>
        <translation>Загрузка</translation>
    </message>
</context>
<context>
    <name>StandingWords</name>
    <message>
        <source>level not known</source>
        <translation>уровень не известен</translation>
    </message>
    <message>
        <source>{} instead of {}</source>
        <translation>{} вместо {}</translation>
    </message>
    <message>
        <source>The level was not established, the centre asks for {}</source>
        <translation>Уровень не установлен, центр просит {}</translation>
    </message>
    <message>
        <source>Level {} is reached</source>
        <translation>Достигнут уровень {}</translation>
    </message>
    <message>
        <source>Level {} is reached, the centre asks for {}</source>
        <translation>Достигнут уровень {}, центр просит {}</translation>
    </message>
    <message>
        <source>Level {} is reached, as the centre asks</source>
        <translation>Достигнут уровень {}, как просит центр</translation>
    </message>
    <message>
        <source>Level {} is reached, more than the centre asks for ({})</source>
        <translation>Достигнут уровень {}, выше, чем просит центр ({})</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s)</source>
        <translation>
            <numerusform>%n подпись</numerusform>
            <numerusform>%n подписи</numerusform>
            <numerusform>%n подписей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) of {}</source>
        <translation>
            <numerusform>%n подпись из {}</numerusform>
            <numerusform>%n подписи из {}</numerusform>
            <numerusform>%n подписей из {}</numerusform>
        </translation>
    </message>
    <message>
        <source>The clinic has not signed yet</source>
        <translation>Клиника ещё не подписала</translation>
    </message>
    <message numerus="yes">
        <source>The doctor has not opened %n file(s)</source>
        <translation>
            <numerusform>Врач не открыл %n файл</numerusform>
            <numerusform>Врач не открыл %n файла</numerusform>
            <numerusform>Врач не открыл %n файлов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Account: {}</source>
        <translation>Учётная запись: {}</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Выйти</translation>
    </message>
</context>
</TS>
