<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>FactsPanel</name>
    <message>
        <source>About the file</source>
        <translation>Сведения о файле</translation>
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
        <source>The viewer was restarted: the file is open again</source>
        <translation>Просмотр перезапущен: файл открыт снова</translation>
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
        <source>Frame 1 is shown. The rest cannot be read.</source>
        <translation>Показан кадр 1. Остальное не прочитать.</translation>
    </message>
    <message>
        <source>Frames 1–{} are shown. The rest cannot be read.</source>
        <translation>Показаны кадры 1–{}. Остальное не прочитать.</translation>
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
        <source>turn</source>
        <translation>повернуть</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
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
</context>
</TS>
