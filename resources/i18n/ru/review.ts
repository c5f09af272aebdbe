<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>EarlierRows</name>
    <message>
        <source>{}, measured earlier</source>
        <translation>{}, измерено ранее</translation>
    </message>
    <message>
        <source>{} takes it away</source>
        <translation>{}: убрать измерение</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>About the file</source>
        <translation>Сведения о файле</translation>
    </message>
    <message>
        <source>Notes in the file</source>
        <translation>Пометки в файле</translation>
    </message>
    <message>
        <source>and more: {}</source>
        <translation>и ещё: {}</translation>
    </message>
    <message>
        <source>Device&apos;s values, not ours</source>
        <translation>Значения прибора, не наши</translation>
    </message>
</context>
<context>
    <name>FileListModel</name>
    <message>
        <source>opened</source>
        <translation>открыто</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>не открыто</translation>
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
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файла</numerusform>
            <numerusform>%n файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>not opened: {}</source>
        <translation>не открыто: {}</translation>
    </message>
    <message>
        <source>CT</source>
        <translation>КТ</translation>
    </message>
    <message>
        <source>MRI</source>
        <translation>МРТ</translation>
    </message>
    <message>
        <source>PET</source>
        <translation>ПЭТ</translation>
    </message>
    <message>
        <source>Scintigraphy</source>
        <translation>Сцинтиграфия</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Серия</translation>
    </message>
</context>
<context>
    <name>FileStrip</name>
    <message>
        <source>Files of the request</source>
        <translation>Файлы заявки</translation>
    </message>
    <message>
        <source>Files: {}</source>
        <translation>Файлы: {}</translation>
    </message>
    <message>
        <source>not opened {}</source>
        <translation>не открыто {}</translation>
    </message>
</context>
<context>
    <name>IdentityWording</name>
    <message>
        <source>No. {}</source>
        <translation>№ {}</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>Назад к очереди</translation>
    </message>
    <message>
        <source>Nobody has the case</source>
        <translation>Дело ни у кого</translation>
    </message>
    <message>
        <source>The case is yours</source>
        <translation>Дело у вас</translation>
    </message>
    <message>
        <source>With {}</source>
        <translation>Дело у: {}</translation>
    </message>
</context>
<context>
    <name>MeasurementEntries</name>
    <message>
        <source>{}, lead {}</source>
        <translation>{}, отв. {}</translation>
    </message>
</context>
<context>
    <name>MeasurementsPanel</name>
    <message>
        <source>Measurements</source>
        <translation>Измерения</translation>
    </message>
    <message>
        <source>to the conclusion</source>
        <translation>в заключение</translation>
    </message>
    <message>
        <source>Nothing is measured yet. On pictures {}, {}, {}; on slices {}, {}; on the ECG {}, {}.</source>
        <translation>Пока ничего не измерено. На снимках {}, {}, {}; на срезах {}, {}; на ЭКГ {}, {}.</translation>
    </message>
    <message>
        <source>Measured by {}</source>
        <translation>Измерено: {}</translation>
    </message>
</context>
<context>
    <name>NamedInFile</name>
    <message>
        <source>sex: male</source>
        <translation>пол мужской</translation>
    </message>
    <message>
        <source>sex: female</source>
        <translation>пол женский</translation>
    </message>
</context>
<context>
    <name>PaneWords</name>
    <message numerus="yes">
        <source>%n part(s) of the file cannot be read</source>
        <translation>
            <numerusform>Не прочитать %n часть файла</numerusform>
            <numerusform>Не прочитать %n части файла</numerusform>
            <numerusform>Не прочитать %n частей файла</numerusform>
        </translation>
    </message>
    <message>
        <source>The picture cannot be read</source>
        <translation>Снимок не читается</translation>
    </message>
    <message>
        <source>{}. Ask for the file again.</source>
        <translation>{}. Попросите файл снова.</translation>
    </message>
    <message>
        <source>The viewer was restarted: the file is open again</source>
        <translation>Просмотр перезапущен: файл открыт снова</translation>
    </message>
    <message numerus="yes">
        <source>the series of %n slice(s)</source>
        <translation>
            <numerusform>серию из %n среза</numerusform>
            <numerusform>серию из %n срезов</numerusform>
            <numerusform>серию из %n срезов</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening {}</source>
        <translation>Открываю {}</translation>
    </message>
    <message>
        <source>Loading {}</source>
        <translation>Загружаю {}</translation>
    </message>
    <message>
        <source>Loading {}, {} of {} MB</source>
        <translation>Загружаю {}, {} из {} МБ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Loading was stopped</source>
        <translation>Загрузка остановлена</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>There are no files in the request</source>
        <translation>В заявке нет файлов</translation>
    </message>
    <message>
        <source>From another request of the patient, No. {} of {}: to be looked at only</source>
        <translation>Из другой заявки пациента, № {} от {}: только для просмотра</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>Загрузить снова</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) of {} not loaded: shown without them</source>
        <translation>
            <numerusform>Не загружен %n срез из {}: серия показана без него</numerusform>
            <numerusform>Не загружены %n среза из {}: серия показана без них</numerusform>
            <numerusform>Не загружено %n срезов из {}: серия показана без них</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) of {} damaged and not shown</source>
        <translation>
            <numerusform>Повреждён и не показан %n срез из {}</numerusform>
            <numerusform>Повреждены и не показаны %n среза из {}</numerusform>
            <numerusform>Повреждено и не показано %n срезов из {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more slice(s) of the series came</source>
        <translation>
            <numerusform>В эту серию пришёл ещё %n срез</numerusform>
            <numerusform>В эту серию пришли ещё %n среза</numerusform>
            <numerusform>В эту серию пришло ещё %n срезов</numerusform>
        </translation>
    </message>
    <message>
        <source>the ECG</source>
        <translation>ЭКГ</translation>
    </message>
    <message>
        <source>the clip</source>
        <translation>клип</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>снимок</translation>
    </message>
    <message>
        <source>the photo</source>
        <translation>фото</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>документ</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>файл</translation>
    </message>
    <message>
        <source>Another patient in the file? It says: {}</source>
        <translation>Другой пациент в файле? В файле: {}</translation>
    </message>
    <message>
        <source>Another patient&apos;s file: nothing of it goes into the conclusion{}</source>
        <translation>Файл другого пациента: в заключение из него ничего не вносится{}</translation>
    </message>
    <message>
        <source>Change the answer</source>
        <translation>Изменить ответ</translation>
    </message>
    <message>
        <source>The same patient, though the file says: {}{}</source>
        <translation>Тот же пациент, хотя в файле: {}{}</translation>
    </message>
    <message>
        <source>Another patient in the file? It says: {}. Until that is answered nothing of it goes into the conclusion</source>
        <translation>Файл другого пациента? В нём: {}. Пока нет ответа, из него ничего не вносится в заключение</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>(not sent yet)</source>
        <translation>(ещё не отправлено)</translation>
    </message>
    <message>
        <source>Frame 1 is shown. The rest cannot be read.</source>
        <translation>Показан кадр 1. Остальное не прочитать.</translation>
    </message>
    <message>
        <source>Frames 1–{} are shown. The rest cannot be read.</source>
        <translation>Показаны кадры 1–{}. Остальное не прочитать.</translation>
    </message>
</context>
<context>
    <name>PanesArea</name>
    <message>
        <source>The files are in the other window</source>
        <translation>Файлы открыты в другом окне</translation>
    </message>
    <message>
        <source>Another one opens here: {}</source>
        <translation>Другой файл откроется здесь: {}</translation>
    </message>
    <message>
        <source>Bring them back ({})</source>
        <translation>Вернуть сюда ({})</translation>
    </message>
</context>
<context>
    <name>PutLineView</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>PutWords</name>
    <message>
        <source>Putting it into the conclusion</source>
        <translation>Вношу в заключение</translation>
    </message>
    <message>
        <source>Put into the conclusion [{}]</source>
        <translation>Внесено в заключение [{}]</translation>
    </message>
    <message>
        <source>No connection: it is kept on this computer and goes by itself</source>
        <translation>Нет связи: хранится на этом компьютере и уйдёт само</translation>
    </message>
    <message>
        <source>Already in the conclusion [{}]</source>
        <translation>Уже есть в заключении [{}]</translation>
    </message>
    <message>
        <source>Taken out of the conclusion [{}]</source>
        <translation>Убрано из заключения [{}]</translation>
    </message>
    <message>
        <source>The line of [{}] was rewritten: take it out in the conclusion ({})</source>
        <translation>Строка [{}] уже изменена: уберите её в заключении ({})</translation>
    </message>
    <message>
        <source>Nothing to put: choose a measurement; what is proposed is confirmed first</source>
        <translation>Вносить нечего: выберите измерение; предложенное сначала подтвердите</translation>
    </message>
    <message>
        <source>this file belongs to another request</source>
        <translation>этот файл из другой заявки</translation>
    </message>
    <message>
        <source>the conclusion is signed already</source>
        <translation>заключение уже подписано</translation>
    </message>
    <message>
        <source>the conclusion is being signed</source>
        <translation>заключение сейчас подписывается</translation>
    </message>
    <message>
        <source>nobody has the case: take it first</source>
        <translation>дело ни у кого: сначала возьмите его</translation>
    </message>
    <message>
        <source>the conclusion cannot be written in this state</source>
        <translation>в этом состоянии заявки заключение не пишется</translation>
    </message>
    <message>
        <source>there is no room for one more source</source>
        <translation>для ещё одного источника нет места</translation>
    </message>
    <message>
        <source>the viewer gave no words or no place that can be kept</source>
        <translation>у измерения нет места в файле, которое можно сохранить</translation>
    </message>
    <message>
        <source>Not put into the conclusion: {}</source>
        <translation>Не внесено в заключение: {}</translation>
    </message>
    <message>
        <source>it is another patient&apos;s file</source>
        <translation>это файл другого пациента</translation>
    </message>
    <message>
        <source>Not kept with the request: {}</source>
        <translation>Не сохранено в заявке: {}</translation>
    </message>
    <message>
        <source>The place that the conclusion names is not in this file</source>
        <translation>Места, на которое ссылается заключение, в этом файле нет</translation>
    </message>
    <message>
        <source>The file that the conclusion names is not in this case</source>
        <translation>Файла, на который ссылается заключение, в этом деле нет</translation>
    </message>
    <message>
        <source>This is another file by now than the one that the conclusion names</source>
        <translation>Это уже не тот файл, на который ссылается заключение</translation>
    </message>
    <message>
        <source>The text was changed elsewhere: choose in the conclusion ({})</source>
        <translation>Текст изменён в другом месте: выберите в заключении ({})</translation>
    </message>
    <message>
        <source>another doctor has the case</source>
        <translation>дело у другого врача</translation>
    </message>
    <message>
        <source>{} has the case</source>
        <translation>дело у другого врача: {}</translation>
    </message>
</context>
<context>
    <name>ReviewToolbar</name>
    <message>
        <source>Previous</source>
        <translation>Пред. файл</translation>
    </message>
    <message>
        <source>Next file</source>
        <translation>След. файл</translation>
    </message>
    <message>
        <source>One pane</source>
        <translation>Одно окно</translation>
    </message>
    <message>
        <source>File {} of {}</source>
        <translation>Файл {} из {}</translation>
    </message>
    <message>
        <source>All panes</source>
        <translation>Все окна</translation>
    </message>
    <message>
        <source>Pictures: 1, 2, 4</source>
        <translation>Снимков: 1, 2, 4</translation>
    </message>
    <message>
        <source>Second screen</source>
        <translation>Второй экран</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Расстояние</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Площадь</translation>
    </message>
    <message>
        <source>Doppler</source>
        <translation>Допплер</translation>
    </message>
    <message>
        <source>ECG calipers</source>
        <translation>Циркуль ЭКГ</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>масштаб</translation>
    </message>
    <message>
        <source>moment</source>
        <translation>к времени</translation>
    </message>
    <message>
        <source>on</source>
        <translation>дальше</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>раскладка</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>скорость</translation>
    </message>
    <message>
        <source>gain</source>
        <translation>усиление</translation>
    </message>
    <message>
        <source>averaged beat</source>
        <translation>усреднённый комплекс</translation>
    </message>
    <message>
        <source>true size</source>
        <translation>истинный размер</translation>
    </message>
    <message>
        <source>play</source>
        <translation>пуск, пауза</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>кадр</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
    <message>
        <source>open</source>
        <translation>открыть</translation>
    </message>
    <message>
        <source>point</source>
        <translation>точка</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>срез</translation>
    </message>
    <message>
        <source>window</source>
        <translation>окно</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>расстояние</translation>
    </message>
    <message>
        <source>values of a region</source>
        <translation>значения области</translation>
    </message>
    <message>
        <source>turn</source>
        <translation>повернуть</translation>
    </message>
    <message>
        <source>ECG on paper</source>
        <translation>бумажная ЭКГ</translation>
    </message>
    <message>
        <source>find</source>
        <translation>найти</translation>
    </message>
    <message>
        <source>into the conclusion</source>
        <translation>в заключение</translation>
    </message>
    <message>
        <source>line</source>
        <translation>строка</translation>
    </message>
    <message>
        <source>ultrasound</source>
        <translation>снимок УЗИ</translation>
    </message>
    <message>
        <source>calibrate</source>
        <translation>калибровка</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>граница</translation>
    </message>
    <message>
        <source>move</source>
        <translation>двигать</translation>
    </message>
    <message>
        <source>confirm</source>
        <translation>подтвердить</translation>
    </message>
    <message>
        <source>lead</source>
        <translation>отведение</translation>
    </message>
    <message>
        <source>ST to the list</source>
        <translation>ST в список</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>name</source>
        <translation>название</translation>
    </message>
    <message>
        <source>pixel</source>
        <translation>пиксель</translation>
    </message>
    <message>
        <source>RR PP PR QRS QT</source>
        <translation>RR PP PR QRS QT</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>отсчёт</translation>
    </message>
    <message>
        <source>other end</source>
        <translation>другой конец</translation>
    </message>
    <message>
        <source>march out</source>
        <translation>повторить</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>удалить</translation>
    </message>
    <message>
        <source>put away</source>
        <translation>убрать</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Back to the centre&apos;s layout</source>
        <translation>Вернуть раскладку центра</translation>
    </message>
    <message>
        <source>The patient has withdrawn the consent: the documents are closed</source>
        <translation>Пациент отозвал согласие: документы закрыты</translation>
    </message>
    <message>
        <source>They open again as soon as it is given. The chat goes on: {}</source>
        <translation>Они откроются снова, как только согласие будет дано. Переписка продолжается: {}</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Проверить снова</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>Прочие файлы</translation>
    </message>
    <message>
        <source>Patient&apos;s other requests</source>
        <translation>Другие заявки пациента</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Читаю</translation>
    </message>
    <message>
        <source>the consent was withdrawn</source>
        <translation>согласие отозвано</translation>
    </message>
    <message>
        <source>another patient&apos;s</source>
        <translation>другого пациента</translation>
    </message>
</context>
<context>
    <name>SecondWindow</name>
    <message>
        <source>Consultant&apos;s workstation: pictures</source>
        <translation>Рабочее место консультанта: снимки</translation>
    </message>
    <message>
        <source>Back into one window</source>
        <translation>Вернуть в одно окно</translation>
    </message>
</context>
<context>
    <name>SliceLines</name>
    <message>
        <source>{}, slice {}</source>
        <translation>{}, срез {}</translation>
    </message>
</context>
<context>
    <name>WhoseFileDialog</name>
    <message>
        <source>Another patient&apos;s file?</source>
        <translation>Файл другого пациента?</translation>
    </message>
    <message>
        <source>In the file: {}</source>
        <translation>В файле: {}</translation>
    </message>
    <message>
        <source>In the request: {}</source>
        <translation>В заявке: {}</translation>
    </message>
    <message>
        <source>Former name, misspelt, the device&apos;s own name…</source>
        <translation>Прежняя фамилия, ошибка в имени…</translation>
    </message>
    <message>
        <source>Why it is the same patient</source>
        <translation>Почему это тот же пациент</translation>
    </message>
    <message>
        <source>Why it is the same patient:</source>
        <translation>Почему это тот же пациент:</translation>
    </message>
    <message>
        <source>Another patient&apos;s file</source>
        <translation>Другого пациента</translation>
    </message>
    <message>
        <source>The same patient</source>
        <translation>Это тот же пациент</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
</context>
</TS>
