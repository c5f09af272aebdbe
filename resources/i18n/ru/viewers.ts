<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>DocumentView</name>
    <message>
        <source>page {} of {}</source>
        <translation>стр. {} из {}</translation>
    </message>
</context>
<context>
    <name>EcgView</name>
    <message>
        <source>layouts 1–5</source>
        <translation>раскладки 1–5</translation>
    </message>
    <message>
        <source>Paper speed ({})</source>
        <translation>Скорость бумаги ({})</translation>
    </message>
    <message>
        <source>Gain ({})</source>
        <translation>Усиление ({})</translation>
    </message>
    <message>
        <source>Layout of the leads (1–5)</source>
        <translation>Раскладка отведений (1–5)</translation>
    </message>
</context>
<context>
    <name>EcgWords</name>
    <message>
        <source>ECG, time unknown</source>
        <translation>ЭКГ, время не определено</translation>
    </message>
    <message>
        <source>ECG {}</source>
        <translation>ЭКГ {}</translation>
    </message>
    <message>
        <source>mm/s</source>
        <translation>мм/с</translation>
    </message>
    <message>
        <source>mm/mV</source>
        <translation>мм/мВ</translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>нет калибровки</translation>
    </message>
    <message>
        <source>Filter: none</source>
        <translation>Фильтр: нет</translation>
    </message>
    <message>
        <source>{}–{} Hz</source>
        <translation>{}–{} Гц</translation>
    </message>
    <message>
        <source>mains {} Hz</source>
        <translation>сеть {} Гц</translation>
    </message>
    <message>
        <source>screen calibrated</source>
        <translation>экран откалиброван</translation>
    </message>
    <message>
        <source>scale by the screen&apos;s data</source>
        <translation>масштаб по паспорту экрана</translation>
    </message>
    <message>
        <source>3×4 + rhythm</source>
        <translation>3×4 + ритм</translation>
    </message>
    <message>
        <source>6×2</source>
        <translation>6×2</translation>
    </message>
    <message>
        <source>12×1</source>
        <translation>12×1</translation>
    </message>
    <message>
        <source>Rhythm</source>
        <translation>Ритм</translation>
    </message>
    <message>
        <source>Cabrera</source>
        <translation>Кабрера</translation>
    </message>
    <message>
        <source>{}–{} of {} s</source>
        <translation>{}–{} из {} с</translation>
    </message>
    <message>
        <source>does not fit: {}</source>
        <translation>не помещается: {}</translation>
    </message>
    <message>
        <source>not in the file</source>
        <translation>нет в файле</translation>
    </message>
    <message>
        <source>offset {} mV</source>
        <translation>сдвиг {} мВ</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Гц</translation>
    </message>
</context>
<context>
    <name>FileFacts</name>
    <message>
        <source>Recorded</source>
        <translation>Записано</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Длительность</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Дискретизация</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Гц</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Отведения</translation>
    </message>
    <message>
        <source>Device&apos;s filter</source>
        <translation>Фильтр прибора</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>не указан</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Снято</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Кадров</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Частота</translation>
    </message>
    <message>
        <source>fps</source>
        <translation>к/с</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Pixel</source>
        <translation>Пиксель</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Страниц</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>Имя в файле</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>Дата рождения</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>не определено</translation>
    </message>
    <message>
        <source>1 : {}, not square</source>
        <translation>1 : {}, не квадратный</translation>
    </message>
    <message>
        <source>Heart rate</source>
        <translation>ЧСС</translation>
    </message>
    <message>
        <source>P axis</source>
        <translation>ось P</translation>
    </message>
    <message>
        <source>QRS axis</source>
        <translation>ось QRS</translation>
    </message>
    <message>
        <source>T axis</source>
        <translation>ось T</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>mV</source>
        <translation>мВ</translation>
    </message>
    <message>
        <source>µV</source>
        <translation>мкВ</translation>
    </message>
    <message>
        <source>per min</source>
        <translation>в мин</translation>
    </message>
</context>
<context>
    <name>ImagingWords</name>
    <message>
        <source>no name in the file</source>
        <translation>имени в файле нет</translation>
    </message>
    <message>
        <source>frame {} of {}</source>
        <translation>кадр {} из {}</translation>
    </message>
    <message>
        <source>frame {}, {} s</source>
        <translation>кадр {}, {} с</translation>
    </message>
    <message>
        <source>{} fps assumed, the file says none</source>
        <translation>{} к/с принято, в файле не указано</translation>
    </message>
    <message>
        <source>{} fps on average, each frame by the file</source>
        <translation>{} к/с в среднем, каждый кадр по файлу</translation>
    </message>
    <message>
        <source>{} fps by the file</source>
        <translation>{} к/с по файлу</translation>
    </message>
    <message>
        <source>skipped: {}</source>
        <translation>пропущено {}</translation>
    </message>
    <message>
        <source>none skipped</source>
        <translation>без пропусков</translation>
    </message>
    <message numerus="yes">
        <source>%n scale(s), by region</source>
        <translation>
            <numerusform>%n масштаб, по областям</numerusform>
            <numerusform>%n масштаба, по областям</numerusform>
            <numerusform>%n масштабов, по областям</numerusform>
        </translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>нет калибровки</translation>
    </message>
    <message>
        <source>mm/pixel</source>
        <translation>мм/пикс.</translation>
    </message>
</context>
<context>
    <name>PageArea</name>
    <message>
        <source>Page {} cannot be read</source>
        <translation>Страницу {} не прочитать</translation>
    </message>
</context>
<context>
    <name>PlayButton</name>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Пуск</translation>
    </message>
</context>
<context>
    <name>WarningWords</name>
    <message>
        <source>The letters of the name are a guess: the file does not say its encoding</source>
        <translation>Буквы имени угаданы: кодировка в файле не указана</translation>
    </message>
    <message>
        <source>No calibration in some leads: their height is not in mV</source>
        <translation>Часть отведений без калибровки: их высота не в мВ</translation>
    </message>
    <message>
        <source>The record is shorter than the file announces; what is there is shown</source>
        <translation>Запись короче, чем заявлено в файле; показано то, что есть</translation>
    </message>
    <message>
        <source>III, aVR, aVL, aVF are computed from I and II</source>
        <translation>III, aVR, aVL, aVF вычислены из I и II</translation>
    </message>
    <message>
        <source>Some leads have names of the device&apos;s own</source>
        <translation>Часть отведений названа прибором по-своему</translation>
    </message>
    <message>
        <source>The device gave an impossible unit; the usual one is shown</source>
        <translation>Прибор указал невозможную единицу; показана обычная</translation>
    </message>
    <message>
        <source>The file holds further recordings than this one</source>
        <translation>В файле есть и другие записи</translation>
    </message>
    <message>
        <source>The clip is cut off before its end</source>
        <translation>Клип обрывается до конца</translation>
    </message>
    <message>
        <source>The file does not say how fast the clip runs: 30 frames a second are assumed</source>
        <translation>Частота кадров в файле не указана: принято 30 в секунду</translation>
    </message>
    <message>
        <source>The frame times in the file were wrong and were mended</source>
        <translation>Времена кадров в файле неверны и исправлены</translation>
    </message>
    <message>
        <source>Some calibrations in the file are impossible and are not used</source>
        <translation>Часть калибровок в файле невозможна и не используется</translation>
    </message>
    <message>
        <source>The file holds further pages than this one</source>
        <translation>В файле есть и другие страницы</translation>
    </message>
    <message>
        <source>The file has an unknown peculiarity</source>
        <translation>У файла есть неизвестная особенность</translation>
    </message>
</context>
</TS>
