<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>BeatPanel</name>
    <message>
        <source>Confirm all</source>
        <translation>Подтвердить всё</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>BeatRows</name>
    <message>
        <source>measured</source>
        <translation>измерено</translation>
    </message>
    <message>
        <source>device</source>
        <translation>прибор</translation>
    </message>
    <message>
        <source>ST, mV</source>
        <translation>ST, мВ</translation>
    </message>
    <message>
        <source>needs QRS onset and J point</source>
        <translation>нужны начало QRS и J</translation>
    </message>
    <message>
        <source>not measured: the baseline is filtered</source>
        <translation>нет: изолиния фильтрована</translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>нет калибровки</translation>
    </message>
    <message>
        <source>Device: {}</source>
        <translation>Прибор: {}</translation>
    </message>
    <message>
        <source>no two beats in a row</source>
        <translation>нет двух сокращений подряд</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>ЧСС</translation>
    </message>
    <message>
        <source>Mean of {} intervals</source>
        <translation>Среднее, интервалов: {}</translation>
    </message>
    <message>
        <source>{}–{} ms, {} intervals</source>
        <translation>{}–{} мс, интервалов: {}</translation>
    </message>
    <message>
        <source>RR from, to</source>
        <translation>RR от и до</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>не опр.</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>не поставлено</translation>
    </message>
    <message>
        <source>at {}</source>
        <translation>при {}</translation>
    </message>
    <message>
        <source>QRS axis</source>
        <translation>Ось QRS</translation>
    </message>
    <message>
        <source>not determined</source>
        <translation>не определена</translation>
    </message>
    <message>
        <source>not determined: by area {}, by amplitude {}</source>
        <translation>Не определена: по площади {}, по амплитуде {}</translation>
    </message>
</context>
<context>
    <name>BeatWords</name>
    <message>
        <source>Averaged beat</source>
        <translation>Усреднённый комплекс</translation>
    </message>
    <message>
        <source>Averaging the beats…</source>
        <translation>Усредняю комплексы…</translation>
    </message>
    <message>
        <source>Measure on the trace itself with the calipers ({})</source>
        <translation>Измерьте циркулем на самой записи ({})</translation>
    </message>
    <message>
        <source>Turn to the rhythm: {}</source>
        <translation>Перейдите к записи ритма: {}</translation>
    </message>
    <message>
        <source>The file holds no leads</source>
        <translation>В файле нет отведений</translation>
    </message>
    <message>
        <source>Sampled too slowly to find beats</source>
        <translation>Частота записи мала, чтобы найти сокращения</translation>
    </message>
    <message>
        <source>The device averaged this beat itself</source>
        <translation>Это комплекс, который усреднил сам прибор</translation>
    </message>
    <message>
        <source>Fewer than two beats that are alike were found</source>
        <translation>Не нашлось хотя бы двух похожих комплексов</translation>
    </message>
    <message>
        <source>{} of {} beats averaged</source>
        <translation>усреднено {} из {}</translation>
    </message>
    <message>
        <source>{} of {} beats averaged, {} of another shape excluded</source>
        <translation>усреднено {} из {}, другой формы исключено: {}</translation>
    </message>
    <message>
        <source>no calibration: nothing is proposed, no mV</source>
        <translation>нет калибровки: границы не предлагаются, мВ нет</translation>
    </message>
    <message>
        <source>RR varies: QT is not corrected</source>
        <translation>RR неровный: QTc не считается</translation>
    </message>
    <message>
        <source>The averaged beat could not be made</source>
        <translation>Усреднить комплекс не удалось</translation>
    </message>
    <message>
        <source>only of {}, the part on paper</source>
        <translation>только участок на бумаге, {}</translation>
    </message>
    <message>
        <source>{}, taken evenly among {}</source>
        <translation>{}, взяты равномерно из {}</translation>
    </message>
    <message>
        <source>the bounds of QRS are not clear: set them by hand</source>
        <translation>границы QRS неясны: поставьте их вручную</translation>
    </message>
    <message>
        <source>no P wave is proposed</source>
        <translation>зубец P не предложен</translation>
    </message>
    <message>
        <source>not averaged: {}</source>
        <translation>не усреднены: {}</translation>
    </message>
    <message>
        <source>of the first 5 minutes</source>
        <translation>за первые 5 минут</translation>
    </message>
    <message>
        <source>P onset</source>
        <translation>Начало P</translation>
    </message>
    <message>
        <source>QRS onset</source>
        <translation>Начало QRS</translation>
    </message>
    <message>
        <source>J point</source>
        <translation>Точка J</translation>
    </message>
    <message>
        <source>T end</source>
        <translation>Конец T</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>предложено</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>принято</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>RR is proposed: {} confirms it</source>
        <translation>RR предложен: {} подтверждает</translation>
    </message>
    <message>
        <source>1–4: choose a bound</source>
        <translation>1–4: выбрать границу</translation>
    </message>
    <message>
        <source>{}: not set. ← → to its place, {} sets it</source>
        <translation>{}: не поставлено. ← → к месту, {} ставит</translation>
    </message>
    <message>
        <source>{}: proposed. {} confirms it</source>
        <translation>{}: предложено. {} подтверждает</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>{} from R</source>
        <translation>{} от R</translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>нет калибровки</translation>
    </message>
    <message>
        <source>mm/mV</source>
        <translation>мм/мВ</translation>
    </message>
    <message>
        <source>mm/s</source>
        <translation>мм/с</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>per min</source>
        <translation>в мин</translation>
    </message>
    <message>
        <source>too short: below {}</source>
        <translation>занижает: ЧСС ниже {}</translation>
    </message>
    <message>
        <source>too long: from {}</source>
        <translation>завышает: ЧСС от {}</translation>
    </message>
    <message>
        <source>not proven outside {}–{}</source>
        <translation>только для {}–{}</translation>
    </message>
    <message>
        <source>misleads outside {}–{}</source>
        <translation>вне {}–{} искажает</translation>
    </message>
    <message>
        <source>proven for {}–{}</source>
        <translation>проверена при {}–{}</translation>
    </message>
    <message>
        <source>RR varies: QTc by one RR misleads</source>
        <translation>RR неровный: QTc по одному RR вводит в заблуждение</translation>
    </message>
    <message>
        <source>RR varies: not corrected</source>
        <translation>RR неровный: не считается</translation>
    </message>
    <message>
        <source>QT is not known</source>
        <translation>QT не поставлен</translation>
    </message>
    <message>
        <source>From the areas of QRS in I and aVF (Goldberger&apos;s lead is weaker: aVF × 2/√3); shown where the axis by R and S amplitudes is within 20° of it</source>
        <translation>По площадям QRS в I и aVF (отведение Гольдбергера слабее: aVF × 2/√3). Показана, когда ось по амплитудам R и S отличается не больше чем на 20°</translation>
    </message>
    <message>
        <source>Formulas and limits are for adults, after AHA/ACC/HRS 2009 and ICH E14; they have to be confirmed by a clinician before use in care. Proposals are off by 5 to 12 ms (median of 12 annotated records), up to 50 ms in one of them.</source>
        <translation>Формулы и пределы для взрослых, по AHA/ACC/HRS 2009 и ICH E14; до применения в работе их должен подтвердить врач. Предложенные границы ошибаются на 5–12 мс (медиана 12 размеченных записей), интервал в одной из них почти на 50 мс</translation>
    </message>
</context>
<context>
    <name>CardDialog</name>
    <message>
        <source>Measure the screen</source>
        <translation>Измерить экран</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Запомнить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Forget the measure</source>
        <translation>Забыть измерение</translation>
    </message>
    <message>
        <source>A true millimetre on this screen</source>
        <translation>Истинный миллиметр на этом экране</translation>
    </message>
    <message>
        <source>Lay a bank card on the glass and make the outline as large as the card: arrows by a pixel, with Shift by ten, or drag the right edge. It is kept for this screen.</source>
        <translation>Приложите к стеклу банковскую карту и подгоните рамку под неё: стрелки меняют размер на пиксель, с Shift на десять, правый край можно тянуть мышью. Размер запоминается для этого экрана.</translation>
    </message>
    <message>
        <source>Card {} × {} mm, {} pixels to a millimetre</source>
        <translation>Карта {} × {} мм, {} пикселя в миллиметре</translation>
    </message>
</context>
<context>
    <name>CardOutline</name>
    <message>
        <source>Outline of the card</source>
        <translation>Рамка карты</translation>
    </message>
    <message>
        <source>Lay the card here:
its upper left corner on this one</source>
        <translation>Приложите карту сюда:
её левый верхний угол к этому</translation>
    </message>
</context>
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
        <source>layouts 1–6</source>
        <translation>раскладки 1–6</translation>
    </message>
    <message>
        <source>averaged beat</source>
        <translation>усреднённый комплекс</translation>
    </message>
    <message>
        <source>print</source>
        <translation>печать</translation>
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
        <source>Filter: {}</source>
        <translation>Фильтр: {}</translation>
    </message>
    <message>
        <source>none</source>
        <comment>filter</comment>
        <translation>нет</translation>
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
        <source>baseline {} Hz</source>
        <translation>изолиния {} Гц</translation>
    </message>
    <message>
        <source>mains filter does nothing at {}</source>
        <translation>фильтр сети не действует при {}</translation>
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
        <source>3×4 + 3 rhythms</source>
        <translation>3×4 + 3 ритма</translation>
    </message>
    <message>
        <source>all leads</source>
        <translation>все отведения</translation>
    </message>
    <message>
        <source>columns: same time</source>
        <translation>столбцы: одно время</translation>
    </message>
    <message>
        <source>columns: in turn</source>
        <translation>столбцы подряд</translation>
    </message>
    <message>
        <source>device&apos;s median beat</source>
        <translation>усреднённый комплекс прибора</translation>
    </message>
    <message>
        <source>rhythm</source>
        <translation>ритм</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>leads: {}</source>
        <translation>отведений: {}</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <comment>recordings</comment>
        <translation>{} из {}</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} с</translation>
    </message>
    <message>
        <source>{} of {} s</source>
        <translation>{} из {} с</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <comment>moments</comment>
        <translation>{} из {}</translation>
    </message>
    <message>
        <source>Filters of what is shown; the file stays as it is</source>
        <translation>Фильтры показа; файл не меняется</translation>
    </message>
    <message>
        <source>Next recording of the file</source>
        <translation>Следующая запись файла</translation>
    </message>
    <message>
        <source>Paper speed</source>
        <translation>Скорость бумаги</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Усиление</translation>
    </message>
    <message>
        <source>Measure the screen with a bank card</source>
        <translation>Измерить экран банковской картой</translation>
    </message>
    <message>
        <source>Layout of the leads (1–6)</source>
        <translation>Раскладка отведений (1–6)</translation>
    </message>
    <message>
        <source>Which seconds columns show</source>
        <translation>Какие секунды показывают столбцы</translation>
    </message>
    <message>
        <source>Averaged beat: QT, QTc, ST, axis</source>
        <translation>Усреднённый комплекс: QT, QTc, ST, ось</translation>
    </message>
    <message>
        <source>Print, or keep as PDF</source>
        <translation>Напечатать или сохранить в PDF</translation>
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
    <name>FilterMenu</name>
    <message>
        <source>As recorded, no filter</source>
        <translation>Как записано, без фильтра</translation>
    </message>
    <message>
        <source>All frequencies</source>
        <translation>Все частоты</translation>
    </message>
    <message>
        <source>Hum of the mains stays</source>
        <translation>Сетевая наводка остаётся</translation>
    </message>
    <message>
        <source>Drift stays</source>
        <translation>Дрейф изолинии остаётся</translation>
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
    <name>JumpLine</name>
    <message>
        <source>Go to</source>
        <translation>К времени</translation>
    </message>
    <message>
        <source>Go to a moment of the recording</source>
        <translation>К моменту записи</translation>
    </message>
    <message>
        <source>from the beginning: 1:30:00 or 5400</source>
        <translation>от начала: 1:30:00 или 5400</translation>
    </message>
    <message>
        <source>by the clock 23:15 or 23:15:30, or seconds from the beginning 5400</source>
        <translation>по часам 23:15 или 23:15:30, или секунды от начала 5400</translation>
    </message>
    <message>
        <source>This is no moment</source>
        <translation>Это не время</translation>
    </message>
    <message>
        <source>Not in the recording: {}–{}</source>
        <translation>Этого нет в записи: она {}–{}</translation>
    </message>
</context>
<context>
    <name>LongEcgView</name>
    <message>
        <source>go to</source>
        <translation>к времени</translation>
    </message>
    <message>
        <source>overview</source>
        <translation>обзор</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>бумага</translation>
    </message>
    <message>
        <source>Go to a moment of the recording</source>
        <translation>К моменту записи</translation>
    </message>
    <message>
        <source>Paper of 25 mm/s from here, or the overview again</source>
        <translation>Бумага с этого места или снова обзор</translation>
    </message>
    <message>
        <source>The whole recording</source>
        <translation>Вся запись</translation>
    </message>
</context>
<context>
    <name>LongWords</name>
    <message>
        <source>ECG recording {}</source>
        <translation>Запись ЭКГ {}</translation>
    </message>
    <message>
        <source>ECG recording</source>
        <translation>Запись ЭКГ</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>h</source>
        <translation>ч</translation>
    </message>
    <message>
        <source>min</source>
        <translation>мин</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Гц</translation>
    </message>
    <message>
        <source>Filter: none</source>
        <translation>Фильтр: нет</translation>
    </message>
    <message>
        <source>Looking for beats: {}</source>
        <translation>Программа ищет сокращения: {}</translation>
    </message>
    <message>
        <source>Beats looked for in {}: stopped</source>
        <translation>Сокращения найдены в {} записи, поиск остановлен</translation>
    </message>
    <message>
        <source>Beats found by the program: {}</source>
        <translation>Сокращений нашла программа: {}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>no pauses of 2 s</source>
        <translation>пауз от 2 с нет</translation>
    </message>
    <message>
        <source>pauses of 2 s and more: {}, the longest {}</source>
        <translation>паузы от 2 с: {}, наибольшая {}</translation>
    </message>
    <message>
        <source>not recorded: {}</source>
        <translation>без записи: {}</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>нет записи</translation>
    </message>
    <message>
        <source>mV</source>
        <translation>мВ</translation>
    </message>
    <message>
        <source>per min</source>
        <translation>в мин</translation>
    </message>
    <message>
        <source>{}: {} ({}), found by the program</source>
        <translation>{}: {} ({}), найдено программой</translation>
    </message>
    <message>
        <source>ECG {} ({}–{} s from the beginning, filter: none)</source>
        <translation>ЭКГ {} ({}–{} с от начала, фильтр: нет)</translation>
    </message>
</context>
<context>
    <name>MeasuredWords</name>
    <message>
        <source>{}, mean of {}</source>
        <translation>{}, среднее из {}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>не определено</translation>
    </message>
    <message>
        <source>{} at RR {}</source>
        <translation>{} при RR {}</translation>
    </message>
    <message>
        <source>{}, proposed</source>
        <translation>{}, предложено</translation>
    </message>
    <message>
        <source>median beat</source>
        <translation>усреднённый комплекс</translation>
    </message>
    <message>
        <source>median beat of the part from {} s</source>
        <translation>усреднённый комплекс участка с {} с</translation>
    </message>
    <message>
        <source>mm/mV</source>
        <translation>мм/мВ</translation>
    </message>
    <message>
        <source>ECG strip ({})</source>
        <translation>Полоса ЭКГ ({})</translation>
    </message>
    <message>
        <source>all leads</source>
        <translation>все отведения</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>filter: {}</source>
        <translation>фильтр: {}</translation>
    </message>
    <message>
        <source>Bazett</source>
        <translation>Базетт</translation>
    </message>
    <message>
        <source>Fridericia</source>
        <translation>Фридериция</translation>
    </message>
    <message>
        <source>Framingham</source>
        <translation>Фрамингем</translation>
    </message>
    <message>
        <source>Hodges</source>
        <translation>Ходжес</translation>
    </message>
    <message>
        <source>by amplitude</source>
        <translation>по амплитуде</translation>
    </message>
    <message>
        <source>by area</source>
        <translation>по площади</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Интервал</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>ЧСС</translation>
    </message>
    <message>
        <source>Amplitude</source>
        <translation>Амплитуда</translation>
    </message>
    <message>
        <source>QRS axis</source>
        <translation>Ось QRS</translation>
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
        <source>per min</source>
        <translation>в мин</translation>
    </message>
</context>
<context>
    <name>MeasurementList</name>
    <message>
        <source>Measurements</source>
        <translation>Измерения</translation>
    </message>
</context>
<context>
    <name>MeasurementRows</name>
    <message>
        <source>proposed, not confirmed</source>
        <translation>предложено, не подтверждено</translation>
    </message>
    <message>
        <source>in the conclusion</source>
        <translation>в заключении</translation>
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
    <name>PaperBar</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Калибровка</translation>
    </message>
    <message>
        <source>A large square shorter</source>
        <translation>Короче на большую клетку</translation>
    </message>
    <message>
        <source>A large square longer</source>
        <translation>Длиннее на большую клетку</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Amplitude</source>
        <translation>Амплитуда</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Оба</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Измерять</translation>
    </message>
    <message>
        <source>Points enlarged</source>
        <translation>Точки крупно</translation>
    </message>
    <message>
        <source>By two marks</source>
        <translation>По двум отрезкам</translation>
    </message>
    <message>
        <source>Tilted: by four corners</source>
        <translation>Наклонён: по углам</translation>
    </message>
</context>
<context>
    <name>PaperButton</name>
    <message>
        <source>Paper ECG</source>
        <translation>Бумажная ЭКГ</translation>
    </message>
    <message>
        <source>Measure an ECG on paper: mark millimetres, then ms and mV are told</source>
        <translation>Измерить ЭКГ на бумаге: отметить миллиметры, дальше циркуль меряет в мс и мВ</translation>
    </message>
</context>
<context>
    <name>PaperRows</name>
    <message>
        <source>{}, page {}, {}</source>
        <translation>{}, стр. {}, {}</translation>
    </message>
</context>
<context>
    <name>PaperWords</name>
    <message>
        <source>Interval and amplitude</source>
        <translation>Интервал и амплитуда</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Интервал</translation>
    </message>
    <message>
        <source>Amplitude</source>
        <translation>Амплитуда</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>пикс.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>не определено</translation>
    </message>
    <message>
        <source>{}, no calibration</source>
        <translation>{}, нет калибровки</translation>
    </message>
    <message>
        <source>coarse, {}</source>
        <translation>грубо, {}</translation>
    </message>
    <message>
        <source>not calibrated: pixels only</source>
        <translation>не калибровано: только пиксели</translation>
    </message>
    <message>
        <source>calibrated by hand</source>
        <translation>калибровано вручную</translation>
    </message>
    <message>
        <source>{} (paper {})</source>
        <translation>{} (бумага {})</translation>
    </message>
    <message>
        <source>calibrated by hand: rectangle of {} × {} mm</source>
        <translation>Калибровано вручную: прямоугольник {} × {} мм</translation>
    </message>
    <message>
        <source>calibrated by hand: marks of {} and {} mm</source>
        <translation>Калибровано вручную: отрезки {} и {} мм</translation>
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
        <source>mm</source>
        <translation>мм</translation>
    </message>
    <message>
        <source>{} along time</source>
        <translation>{} по времени</translation>
    </message>
    <message>
        <source>{} up</source>
        <translation>{} вверх</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Step {} of {}</source>
        <translation>Шаг {} из {}</translation>
    </message>
    <message>
        <source>Which speed is written on the paper?</source>
        <translation>Какая скорость указана на ленте?</translation>
    </message>
    <message>
        <source>Which gain is written on the paper? The pulse of 1 mV is as high</source>
        <translation>Какое усиление указано на ленте? Такой высоты импульс 1 мВ</translation>
    </message>
    <message>
        <source>Mend the points by mouse or arrows; then measure</source>
        <translation>Точки можно поправить мышью или стрелками; затем измеряйте</translation>
    </message>
    <message>
        <source>Click where this point belongs, then the next: {}</source>
        <translation>Щёлкните, где должна быть точка; следующая: {}</translation>
    </message>
    <message>
        <source>RR, PP, PR, QRS, QT: Alt+1–5</source>
        <translation>RR, PP, PR, QRS, QT: Alt+1–5</translation>
    </message>
    <message>
        <source>Mend the ends by mouse or arrows, or draw the next one</source>
        <translation>Поправьте концы мышью или стрелками, или измеряйте дальше</translation>
    </message>
    <message>
        <source>Along time: now {} to the right (large squares: {})</source>
        <translation>По времени: теперь через {} вправо (больших клеток: {})</translation>
    </message>
    <message>
        <source>Up: now {} higher (large squares: {})</source>
        <translation>Вверх: теперь на {} выше (больших клеток: {})</translation>
    </message>
    <message>
        <source>Corner {} of 4: a rectangle of {} × {} mm around what you measure</source>
        <translation>Угол {} из 4: прямоугольник {} × {} мм вокруг измеряемого</translation>
    </message>
    <message>
        <source>Wheel: larger. Shift: slow and exact. Right button: move the picture</source>
        <translation>Колесо: крупнее. Shift: медленно и точно. Правая кнопка: двигать снимок</translation>
    </message>
    <message>
        <source>Calipers</source>
        <translation>Циркуль</translation>
    </message>
    <message>
        <source>Not calibrated: calipers tell pixels only. First mark the millimetres</source>
        <translation>Не калибровано: циркуль меряет только пиксели. Сначала отметьте миллиметры</translation>
    </message>
    <message>
        <source>Coarse: lengths within ±{} only. Put the points right enlarged, or make longer marks</source>
        <translation>Грубо: длины верны лишь до ±{}. Поправьте точки крупно или возьмите отрезки длиннее</translation>
    </message>
    <message>
        <source>This is no place on the picture</source>
        <translation>Это не место на снимке</translation>
    </message>
    <message>
        <source>The mark is too short to mean anything: enlarge the picture and mark again</source>
        <translation>Отрезок слишком короток: увеличьте снимок и отметьте ещё раз</translation>
    </message>
    <message>
        <source>This mark runs up, not along the time. If the picture lies on its side, turn it</source>
        <translation>Отрезок идёт вверх, а не по времени. Если снимок лежит на боку, поверните его: R</translation>
    </message>
    <message>
        <source>Both marks run alike: the second one goes up, across the first. Mark it again</source>
        <translation>Оба отрезка идут одинаково: второй нужен вверх, поперёк первого. Отметьте ещё раз</translation>
    </message>
    <message>
        <source>These four points are no rectangle: three lie on a line. Put the last one again</source>
        <translation>Эти точки не прямоугольник: три лежат на одной линии. Поставьте последнюю ещё раз</translation>
    </message>
    <message>
        <source>The corners are too near one another. Take a larger rectangle</source>
        <translation>Углы слишком близко друг к другу. Возьмите прямоугольник больше</translation>
    </message>
    <message>
        <source>The point is outside the picture: nothing was put</source>
        <translation>Точка вне снимка: ничего не поставлено</translation>
    </message>
    <message>
        <source>Now the other end</source>
        <translation>Теперь другой конец</translation>
    </message>
    <message>
        <source>Draw from the beginning of an interval to its end</source>
        <translation>Проведите от начала интервала до его конца</translation>
    </message>
    <message>
        <source>Draw from the base line to the peak</source>
        <translation>Проведите от изолинии до вершины</translation>
    </message>
    <message>
        <source>Draw from point to point: time and amplitude are told</source>
        <translation>Проведите от точки до точки: время и амплитуда сразу</translation>
    </message>
    <message>
        <source>Along time: click where two thick lines of the grid cross</source>
        <translation>По времени: щёлкните по пересечению толстых линий сетки</translation>
    </message>
    <message>
        <source>Up: click a crossing of thick lines again</source>
        <translation>Вверх: снова щёлкните по пересечению толстых линий</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>per min</source>
        <translation>в мин</translation>
    </message>
    <message>
        <source>mV</source>
        <translation>мВ</translation>
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
    <name>PrintDesk</name>
    <message>
        <source>Print…</source>
        <translation>Напечатать…</translation>
    </message>
    <message>
        <source>Keep as PDF…</source>
        <translation>Сохранить в PDF…</translation>
    </message>
    <message>
        <source>The printer did not take it</source>
        <translation>Принтер не принял документ</translation>
    </message>
    <message>
        <source>Keep the ECG as PDF</source>
        <translation>Сохранить ЭКГ в PDF</translation>
    </message>
    <message>
        <source>PDF kept: {}</source>
        <translation>PDF сохранён: {}</translation>
    </message>
    <message>
        <source>PDF not kept: {}</source>
        <translation>PDF не сохранён: {}</translation>
    </message>
</context>
<context>
    <name>PrintWords</name>
    <message>
        <source>Consultant&apos;s workstation</source>
        <translation>Рабочее место консультанта</translation>
    </message>
    <message>
        <source>Patient not stated</source>
        <translation>Пациент не указан</translation>
    </message>
    <message>
        <source>the paper is too small: the rest is cut off</source>
        <translation>лист мал: остальное обрезано</translation>
    </message>
    <message>
        <source>sheet {} of {}</source>
        <translation>лист {} из {}</translation>
    </message>
    <message>
        <source>name in the file: {}</source>
        <translation>имя в файле: {}</translation>
    </message>
    <message>
        <source>none</source>
        <comment>name</comment>
        <translation>нет</translation>
    </message>
    <message>
        <source>recorded with the filter {}</source>
        <translation>записано с фильтром {}</translation>
    </message>
    <message>
        <source>True to size: 10 large squares are 50 mm</source>
        <translation>Истинный размер: 10 больших клеток равны 50 мм</translation>
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
        <source>The file&apos;s checksum or size does not fit: some part of it may be damaged</source>
        <translation>Контрольная сумма или размер файла не сходится: часть его может быть повреждена</translation>
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
