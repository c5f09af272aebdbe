<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>Errors</name>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Something in the program went wrong</source>
        <translation>В программе произошла ошибка</translation>
    </message>
    <message>
        <source>Your work is kept. The log has the details.</source>
        <translation>Ваша работа сохранена. Подробности в журнале.</translation>
    </message>
    <message>
        <source>The request has just been taken: {}</source>
        <translation>Заявка уже взята: {}</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Выберите другую.</translation>
    </message>
    <message>
        <source>Someone else has changed this first</source>
        <translation>Кто-то изменил это раньше</translation>
    </message>
    <message>
        <source>Look at the new state and decide again.</source>
        <translation>Посмотрите, что стало, и решите снова.</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>Сейчас это невозможно</translation>
    </message>
    <message>
        <source>The request is in another state by now. Look at it.</source>
        <translation>Заявка уже в другом состоянии. Посмотрите её.</translation>
    </message>
    <message>
        <source>The patient is not identified</source>
        <translation>Личность пациента не подтверждена</translation>
    </message>
    <message>
        <source>Confirm the identity on the request&apos;s card, then sign.</source>
        <translation>Подтвердите личность в карточке заявки, затем подпишите.</translation>
    </message>
    <message>
        <source>The program is too old for this server</source>
        <translation>Программа слишком старая для этого сервера</translation>
    </message>
    <message>
        <source>Version {} or newer is needed: install it.</source>
        <translation>Нужна версия {} или новее: установите её.</translation>
    </message>
    <message>
        <source>Install the newest version.</source>
        <translation>Установите новую версию.</translation>
    </message>
    <message>
        <source>The server is too old for this program</source>
        <translation>Сервер слишком старый для этой программы</translation>
    </message>
    <message>
        <source>Server version: {}. The centre must update it.</source>
        <translation>Версия сервера: {}. Его обновляет центр.</translation>
    </message>
    <message>
        <source>The local data cannot be read</source>
        <translation>Данные на этом компьютере не читаются</translation>
    </message>
    <message>
        <source>A newer version of the program has written them: use that one.</source>
        <translation>Их записала более новая версия программы: откройте её.</translation>
    </message>
    <message>
        <source>The key is another one, or the data are damaged.</source>
        <translation>Ключ другой, или данные повреждены.</translation>
    </message>
    <message>
        <source>Frames 1 to {} can be shown, the rest cannot.</source>
        <translation>Показаны кадры 1–{}. Остальное не прочитать.</translation>
    </message>
    <message>
        <source>Ask for the file again; the others can be read.</source>
        <translation>Попросите файл снова; остальные можно смотреть.</translation>
    </message>
    <message>
        <source>Ask for it as PDF or DOCX.</source>
        <translation>Попросите прислать его как PDF или DOCX.</translation>
    </message>
    <message>
        <source>Ask for the photo saved as JPEG.</source>
        <translation>Попросите сохранить снимок как JPEG.</translation>
    </message>
    <message>
        <source>Ask for the document as PDF or as photos.</source>
        <translation>Попросите прислать документ как PDF или фото.</translation>
    </message>
    <message>
        <source>It keeps window, zoom and marks for other pictures of the study. Open those: it is not applied to them.</source>
        <translation>В нём окно, масштаб и пометки для других снимков исследования. Откройте сами снимки: к ним эти настройки не применяются.</translation>
    </message>
    <message>
        <source>Ask for a part of it, or thicker slices.</source>
        <translation>Попросите часть серии или реконструкцию с более толстыми срезами.</translation>
    </message>
    <message>
        <source>The file cannot be shown</source>
        <translation>Файл нельзя показать</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>Файл пуст</translation>
    </message>
    <message>
        <source>The file&apos;s format is not known here</source>
        <translation>Формат файла неизвестен</translation>
    </message>
    <message>
        <source>The file is cut off before its end</source>
        <translation>Файл обрывается раньше конца</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>Файл повреждён</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>Файл слишком большой</translation>
    </message>
    <message>
        <source>The series is larger than 1 GB</source>
        <translation>Серия больше 1 ГБ: она не помещается в память</translation>
    </message>
    <message>
        <source>The file holds no picture</source>
        <translation>В файле нет изображения</translation>
    </message>
    <message>
        <source>A presentation state (DICOM PR): settings without a picture</source>
        <translation>Файл настроек показа (DICOM PR): снимка в нём нет</translation>
    </message>
    <message>
        <source>The ECG does not say its sampling rate</source>
        <translation>В ЭКГ не указана частота отсчётов</translation>
    </message>
    <message>
        <source>The file is packed in an unknown way: {}</source>
        <translation>Файл упакован неизвестным способом: {}</translation>
    </message>
    <message>
        <source>{} photos are not opened here</source>
        <translation>Снимки {} здесь не открываются</translation>
    </message>
    <message>
        <source>A web page ({}) is not opened here</source>
        <translation>Веб-страница ({}) здесь не открывается</translation>
    </message>
    <message>
        <source>{} files are not opened here</source>
        <translation>Файлы {} здесь не открываются</translation>
    </message>
    <message>
        <source>The file asks for a password</source>
        <translation>Файл закрыт паролем</translation>
    </message>
    <message>
        <source>Too little memory for this file</source>
        <translation>Для этого файла не хватает памяти</translation>
    </message>
    <message>
        <source>The file stops the program that opens files</source>
        <translation>Файл останавливает программу, которая открывает файлы</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Сервер не отвечает</translation>
    </message>
    <message>
        <source>Check the network.</source>
        <translation>Проверьте сеть.</translation>
    </message>
    <message>
        <source>The server did not answer in time</source>
        <translation>Сервер не ответил вовремя</translation>
    </message>
    <message>
        <source>The link may be slow. Try again.</source>
        <translation>Возможно, связь медленная. Повторите.</translation>
    </message>
    <message>
        <source>The session has ended</source>
        <translation>Сеанс окончен</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Войдите снова.</translation>
    </message>
    <message>
        <source>Login or password do not fit</source>
        <translation>Логин или пароль не подходят</translation>
    </message>
    <message>
        <source>Check the keyboard layout and Caps Lock, then type it again.</source>
        <translation>Проверьте раскладку и Caps Lock и введите снова.</translation>
    </message>
    <message>
        <source>Too many attempts</source>
        <translation>Слишком много попыток</translation>
    </message>
    <message>
        <source>Wait a little, then try again.</source>
        <translation>Подождите немного и повторите.</translation>
    </message>
    <message>
        <source>Your account may not do this</source>
        <translation>Вашей учётной записи это не разрешено</translation>
    </message>
    <message>
        <source>The administrator of the centre gives the rights.</source>
        <translation>Права даёт администратор центра.</translation>
    </message>
    <message>
        <source>This is not there any more</source>
        <translation>Этого больше нет</translation>
    </message>
    <message>
        <source>It was removed, or it is not visible to you.</source>
        <translation>Удалено или вам не видно.</translation>
    </message>
    <message>
        <source>The server has refused this</source>
        <translation>Сервер отказал</translation>
    </message>
    <message>
        <source>The state may have changed. Look at it again.</source>
        <translation>Возможно, состояние изменилось. Посмотрите снова.</translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation>Сбой на сервере</translation>
    </message>
    <message>
        <source>Nothing is lost. Try again in a minute.</source>
        <translation>Ничего не потеряно. Повторите через минуту.</translation>
    </message>
    <message>
        <source>The answer is not one of this server&apos;s</source>
        <translation>Ответ не от нашего сервера</translation>
    </message>
    <message>
        <source>Check the server&apos;s address.</source>
        <translation>Проверьте адрес сервера.</translation>
    </message>
    <message>
        <source>The file arrived damaged</source>
        <translation>Файл пришёл повреждённым</translation>
    </message>
    <message>
        <source>Its checksum does not fit. Fetch it again.</source>
        <translation>Контрольная сумма не сходится. Загрузите его снова.</translation>
    </message>
    <message>
        <source>This file cannot be sent</source>
        <translation>Этот файл нельзя отправить</translation>
    </message>
    <message>
        <source>It is empty, larger than 4 GB, or not the one begun with.</source>
        <translation>Он пуст, больше 4 ГБ или не тот, с которого начали.</translation>
    </message>
    <message>
        <source>Opening the file was stopped</source>
        <translation>Открытие файла прервано</translation>
    </message>
    <message>
        <source>The decoder was started again. Try again.</source>
        <translation>Декодер запущен снова. Повторите.</translation>
    </message>
    <message>
        <source>The file was closed</source>
        <translation>Файл закрыт</translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation>Откройте его снова.</translation>
    </message>
    <message>
        <source>The local data cannot be used now</source>
        <translation>Данные на этом компьютере сейчас недоступны</translation>
    </message>
    <message>
        <source>Check that the disk is not full or write-protected.</source>
        <translation>Проверьте, что на диске есть место и разрешена запись.</translation>
    </message>
    <message>
        <source>The kept copy of the file is damaged</source>
        <translation>Сохранённая копия файла повреждена</translation>
    </message>
    <message>
        <source>It was removed. Fetch the file again.</source>
        <translation>Она удалена. Загрузите файл снова.</translation>
    </message>
    <message>
        <source>The system offers no safe place for keys</source>
        <translation>В системе нет надёжного хранилища ключей</translation>
    </message>
    <message>
        <source>Start GNOME Keyring or KWallet: patient data are not kept without one.</source>
        <translation>Запустите GNOME Keyring или KWallet: без него данные пациентов не хранятся.</translation>
    </message>
    <message>
        <source>The system&apos;s store of keys is locked</source>
        <translation>Хранилище ключей системы заперто</translation>
    </message>
    <message>
        <source>Unlock it with your system password.</source>
        <translation>Откройте его паролем системы.</translation>
    </message>
</context>
</TS>
