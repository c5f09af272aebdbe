<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>BarWords</name>
    <message>
        <source>Time and velocity are marked on the picture as it is stored: turn it back first ({})</source>
        <translation>Время и скорость отмечают на снимке как он сохранён: сначала поверните его обратно ({})</translation>
    </message>
    <message>
        <source>Pull the line, or click point by point; a double click ends it</source>
        <translation>Ведите линию или ставьте точки; двойной щелчок завершает</translation>
    </message>
    <message>
        <source>Organ: volume</source>
        <translation>Орган: объём</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>Эхо</translation>
    </message>
    <message>
        <source>Fetus</source>
        <translation>Плод</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Height, weight, dates</source>
        <translation>Рост, вес, срок</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>50 to 60000 ms, over the whole strip: type another time, or Esc</source>
        <translation>От 50 до 60000 мс, рамка на всю полосу: введите другое время или Esc</translation>
    </message>
    <message>
        <source>With that number the picture has no scale: type another one</source>
        <translation>С этим числом масштаба нет: введите другое</translation>
    </message>
    <message>
        <source>Velocity at the second point, cm/s, then Enter:</source>
        <translation>Скорость во второй точке, см/с, затем Enter:</translation>
    </message>
    <message>
        <source>Time from the left to the right edge, ms, then Enter:</source>
        <translation>Время от левого до правого края рамки, мс, затем Enter:</translation>
    </message>
    <message>
        <source>Length between the points, mm, then Enter:</source>
        <translation>Длина между точками, мм, затем Enter:</translation>
    </message>
    <message>
        <source>Choose a figure, or take a tool</source>
        <translation>Выберите фигуру или возьмите инструмент</translation>
    </message>
    <message>
        <source>Kept with the request: only the doctor who leads it changes it</source>
        <translation>Хранится с заявкой: меняет только врач, который её ведёт</translation>
    </message>
    <message>
        <source>From one edge of the valve around the apex to the other</source>
        <translation>От края клапана вокруг верхушки до другого края</translation>
    </message>
    <message>
        <source>Arrows move the point, Shift: ten pixels. What is it?</source>
        <translation>Стрелки двигают точку, с Shift на десять. Что это?</translation>
    </message>
    <message>
        <source>Distance: from point to point</source>
        <translation>Расстояние: от точки до точки</translation>
    </message>
    <message>
        <source>Angle: a leg, the vertex, the other leg</source>
        <translation>Угол: сторона, вершина, другая сторона</translation>
    </message>
    <message>
        <source>Ellipse: one axis, then an end of the other</source>
        <translation>Эллипс: одна ось, затем конец другой</translation>
    </message>
    <message>
        <source>Contour: pull it around</source>
        <translation>Контур: обведите</translation>
    </message>
    <message>
        <source>Velocity: a point of the spectrum</source>
        <translation>Скорость: точка спектра</translation>
    </message>
    <message>
        <source>Envelope: pull along the spectrum</source>
        <translation>Огибающая: ведите по краю спектра</translation>
    </message>
    <message>
        <source>Calibration: two points of a known distance</source>
        <translation>Калибровка: две точки, расстояние между которыми известно</translation>
    </message>
    <message>
        <source>Calibration: the baseline, then a known velocity</source>
        <translation>Калибровка: нулевая линия, затем известная скорость</translation>
    </message>
    <message>
        <source>Calibration of time: a corner of the strip, then the opposite one; from edge to edge the time is known. A length in the strip is depth then</source>
        <translation>Калибровка времени: угол полосы, затем противоположный; время между краями известно. Длина (Shift+C) внутри полосы даёт глубину, скорость (Alt+C) спектр</translation>
    </message>
    <message>
        <source>Now an end of the other axis</source>
        <translation>Теперь конец другой оси</translation>
    </message>
</context>
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
    <name>CineBar</name>
    <message>
        <source>One heart cycle</source>
        <translation>Один сердечный цикл</translation>
    </message>
    <message>
        <source>There and back</source>
        <translation>Туда и обратно</translation>
    </message>
    <message>
        <source>In a loop</source>
        <translation>По кругу</translation>
    </message>
    <message>
        <source>Faster; after 4× the slowest</source>
        <translation>Быстрее; после 4× самая медленная</translation>
    </message>
    <message>
        <source>Out of step</source>
        <translation>Каждый клип сам по себе</translation>
    </message>
    <message>
        <source>All clips in step</source>
        <translation>Все клипы в ногу</translation>
    </message>
</context>
<context>
    <name>CineWords</name>
    <message>
        <source>shown {}</source>
        <translation>показ {}</translation>
    </message>
    <message>
        <source>1 frame in {}</source>
        <translation>каждый {}-й кадр</translation>
    </message>
    <message>
        <source>{} fps</source>
        <translation>{} к/с</translation>
    </message>
    <message>
        <source>{} fps assumed</source>
        <translation>{} к/с, не из файла</translation>
    </message>
    <message>
        <source>skipped: {}</source>
        <translation>пропущено {}</translation>
    </message>
    <message>
        <source>cycle from R to R: {}, {} s</source>
        <translation>цикл от R до R: {}, {} с</translation>
    </message>
    <message>
        <source>cycle by a rate of {}/min: {}, {} s</source>
        <translation>цикл по ЧСС {}: {}, {} с</translation>
    </message>
    <message>
        <source>frames {}, {} s</source>
        <translation>кадры {}, {} с</translation>
    </message>
    <message>
        <source>no whole heart cycle is known: mark it by hand</source>
        <translation>сердечный цикл не записан: отметьте начало и конец сами</translation>
    </message>
</context>
<context>
    <name>ComputedWords</name>
    <message>
        <source>to {}</source>
        <translation>до {}</translation>
    </message>
    <message>
        <source>from {}</source>
        <translation>от {}</translation>
    </message>
    <message>
        <source>needs {}</source>
        <translation>нет: {}</translation>
    </message>
    <message>
        <source>needs height and weight</source>
        <translation>нет: рост и вес</translation>
    </message>
    <message>
        <source>no percentile: no reference that could be checked</source>
        <translation>перцентиль не рассчитывается: нет проверенного эталона</translation>
    </message>
    <message>
        <source>not to be judged: CRL outside of 45–84 mm</source>
        <translation>не оценивается: КТР вне 45–84 мм</translation>
    </message>
    <message>
        <source>percentile needs the age by dates</source>
        <translation>для перцентиля нужен срок по датам</translation>
    </message>
    <message>
        <source>Mosteller</source>
        <translation>Мостеллер</translation>
    </message>
    <message>
        <source>BSA {} m² ({})</source>
        <translation>ППТ {} м² ({})</translation>
    </message>
    <message>
        <source>no limits: they are of adults</source>
        <translation>нормы не показаны: пациенту нет 18 лет</translation>
    </message>
    <message>
        <source>no limits: the patient&apos;s sex is unknown</source>
        <translation>нормы не показаны: пол не указан</translation>
    </message>
    <message>
        <source>ASE/EACVI 2015, table {}</source>
        <translation>ASE/EACVI 2015, табл. {}</translation>
    </message>
    <message>
        <source>normal {} ({})</source>
        <translation>норма {} ({})</translation>
    </message>
    <message>
        <source>The two views differ in length by more than a tenth</source>
        <translation>Длина в двух сечениях различается больше чем на десятую</translation>
    </message>
    <message>
        <source>By one view: the ventricle is taken for round. Limits are of two views</source>
        <translation>По одному сечению: желудочек принят за круглый. Границы нормы даны для двух сечений</translation>
    </message>
    <message>
        <source>{} wk {} d</source>
        <translation>{} нед {} дн.</translation>
    </message>
    <message>
        <source>SD {} d</source>
        <translation>СКО {} дн.</translation>
    </message>
    <message>
        <source>percentile {}, z {} ({})</source>
        <translation>перцентиль {}, z {} ({})</translation>
    </message>
    <message>
        <source>p{} ({})</source>
        <translation>перц. {} ({})</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Age by dates</source>
        <translation>Срок по датам</translation>
    </message>
    <message>
        <source>typed by the doctor</source>
        <translation>введён врачом</translation>
    </message>
    <message>
        <source>typed by the doctor: {}</source>
        <translation>введено врачом: {}</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Масса плода</translation>
    </message>
    <message>
        <source>Echo, computed</source>
        <translation>ЭхоКГ, расчёт</translation>
    </message>
    <message>
        <source>Volumes, computed</source>
        <translation>Объёмы, расчёт</translation>
    </message>
    <message>
        <source>Fetus, computed</source>
        <translation>Плод, расчёт</translation>
    </message>
    <message>
        <source>not all is measured</source>
        <translation>измерено не всё</translation>
    </message>
    <message>
        <source>impossible value</source>
        <translation>невозможное значение</translation>
    </message>
    <message>
        <source>the measurements contradict each other</source>
        <translation>измерения противоречат друг другу</translation>
    </message>
    <message>
        <source>size beyond the formula</source>
        <translation>размер вне пределов формулы</translation>
    </message>
    <message>
        <source>age beyond the formula</source>
        <translation>срок вне пределов формулы</translation>
    </message>
    <message>
        <source>the reference is of another formula</source>
        <translation>эталон для другой формулы</translation>
    </message>
    <message>
        <source>no checked reference</source>
        <translation>нет проверенного эталона</translation>
    </message>
    <message>
        <source>indeterminate</source>
        <translation>не определено</translation>
    </message>
</context>
<context>
    <name>DeviceLines</name>
    <message>
        <source>the device&apos;s lines cannot be read</source>
        <translation>графика прибора не читается</translation>
    </message>
    <message>
        <source>device&apos;s lines: shown ({})</source>
        <translation>графика прибора: показана ({})</translation>
    </message>
    <message>
        <source>device&apos;s lines: hidden ({})</source>
        <translation>графика прибора: скрыта ({})</translation>
    </message>
</context>
<context>
    <name>DiastoleWords</name>
    <message>
        <source>LV diastolic function</source>
        <translation>Диастолическая функция ЛЖ</translation>
    </message>
    <message>
        <source>Grade of diastolic dysfunction</source>
        <translation>Степень ДД</translation>
    </message>
    <message>
        <source>indeterminate</source>
        <translation>не определена</translation>
    </message>
    <message>
        <source>EF</source>
        <translation>ФВ</translation>
    </message>
    <message>
        <source>EF by two views, others contradict</source>
        <translation>ФВ по двум сечениям (другие способы расходятся)</translation>
    </message>
    <message>
        <source>height and weight</source>
        <translation>рост и вес</translation>
    </message>
    <message>
        <source>needs {}</source>
        <translation>нет: {}</translation>
    </message>
    <message>
        <source>impossible value</source>
        <translation>невозможное значение</translation>
    </message>
    <message>
        <source>In sinus rhythm only. Not in mitral stenosis, with a prosthesis or severe annular calcification, pacing, left bundle branch block. The doctor decides</source>
        <translation>Только при синусовом ритме. Не при митральном стенозе, протезе, выраженном кальцинозе кольца МК, стимуляции, БЛНПГ. Решает врач</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>не нарушена</translation>
    </message>
    <message>
        <source>dysfunction</source>
        <translation>нарушена</translation>
    </message>
    <message>
        <source>grade I, LA pressure not raised</source>
        <translation>I, ДЛП не повышено</translation>
    </message>
    <message>
        <source>grade II, LA pressure raised</source>
        <translation>II, ДЛП повышено</translation>
    </message>
    <message>
        <source>grade III, LA pressure raised</source>
        <translation>III, ДЛП повышено</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} из {}</translation>
    </message>
    <message>
        <source>met</source>
        <translation>есть признаки</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>нет признаков</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>не измерено</translation>
    </message>
    <message>
        <source>if the EF is normal and the myocardium healthy</source>
        <translation>при нормальной ФВ и здоровом миокарде</translation>
    </message>
    <message>
        <source>if the EF is low or the myocardium diseased</source>
        <translation>при сниженной ФВ или болезни миокарда</translation>
    </message>
    <message>
        <source>LA volume index</source>
        <translation>индекс объёма ЛП</translation>
    </message>
    <message>
        <source>typed by the doctor: {}</source>
        <translation>введено врачом: {}</translation>
    </message>
    <message>
        <source>E/e&apos; mean &gt; 14</source>
        <translation>E/e′ среднее &gt; 14</translation>
    </message>
    <message>
        <source>e&apos; septal &lt; 7 or lateral &lt; 10 cm/s</source>
        <translation>e′ септ. &lt; 7 или латер. &lt; 10 см/с</translation>
    </message>
    <message>
        <source>TR &gt; 2.8 m/s</source>
        <translation>ТР &gt; 2,8 м/с</translation>
    </message>
    <message>
        <source>LA volume index &gt; 34 mL/m²</source>
        <translation>индекс объёма ЛП &gt; 34 мл/м²</translation>
    </message>
    <message>
        <source>LA volume</source>
        <translation>объём ЛП</translation>
    </message>
</context>
<context>
    <name>DiscView</name>
    <message>
        <source>Contents of the disc</source>
        <translation>Содержание диска</translation>
    </message>
</context>
<context>
    <name>DiscWords</name>
    <message numerus="yes">
        <source>%n exam(s)</source>
        <translation>
            <numerusform>%n исследование</numerusform>
            <numerusform>%n исследования</numerusform>
            <numerusform>%n исследований</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) to open</source>
        <translation>
            <numerusform>открывается %n запись</numerusform>
            <numerusform>открываются %n записи</numerusform>
            <numerusform>открывается %n записей</numerusform>
        </translation>
    </message>
    <message>
        <source>Patient&apos;s disc: {}, {}</source>
        <translation>Диск пациента: {}, {}</translation>
    </message>
    <message>
        <source>Other files of the disc</source>
        <translation>Другие файлы диска</translation>
    </message>
    <message>
        <source>Exam without a name</source>
        <translation>Исследование без названия</translation>
    </message>
    <message>
        <source>Series {}</source>
        <translation>Серия {}</translation>
    </message>
    <message>
        <source>{}, file {} of {}</source>
        <translation>{}, файл {} из {}</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>фото</translation>
    </message>
    <message>
        <source>device&apos;s report</source>
        <translation>отчёт прибора</translation>
    </message>
    <message>
        <source>document</source>
        <translation>документ</translation>
    </message>
    <message>
        <source>ECG</source>
        <translation>ЭКГ</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>клип</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>снимок</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>снимки</translation>
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
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n кадр</numerusform>
            <numerusform>%n кадра</numerusform>
            <numerusform>%n кадров</numerusform>
        </translation>
    </message>
    <message>
        <source>In the files: {}</source>
        <translation>В файлах: {}</translation>
    </message>
    <message>
        <source>Files of several patients on the disc: {}</source>
        <translation>На диске файлы нескольких пациентов: {}</translation>
    </message>
    <message numerus="yes">
        <source>Missing %n file(s) of the disc</source>
        <translation>
            <numerusform>Не хватает %n файла диска</numerusform>
            <numerusform>Не хватает %n файлов диска</numerusform>
            <numerusform>Не хватает %n файлов диска</numerusform>
        </translation>
    </message>
    <message>
        <source>{}: its own list names them ({})</source>
        <translation>{} по его оглавлению: {}</translation>
    </message>
    <message>
        <source>{}: {} ({})</source>
        <translation>{}: {} ({})</translation>
    </message>
    <message numerus="yes">
        <source>and %n more file(s)</source>
        <translation>
            <numerusform>и ещё %n файл</numerusform>
            <numerusform>и ещё %n файла</numerusform>
            <numerusform>и ещё %n файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>Not opened from the disc: {}</source>
        <translation>Не открыто с диска: {}</translation>
    </message>
    <message>
        <source>Cannot be opened: {}</source>
        <translation>Не открывается: {}</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>открыто</translation>
    </message>
    <message>
        <source>List of the disc</source>
        <translation>Список диска</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} из {}</translation>
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
        <source>ultrasound</source>
        <translation>УЗИ</translation>
    </message>
    <message>
        <source>intravascular ultrasound</source>
        <translation>внутрисосудистое УЗИ</translation>
    </message>
    <message>
        <source>angiography</source>
        <translation>ангиография</translation>
    </message>
    <message>
        <source>fluoroscopy</source>
        <translation>рентгеноскопия</translation>
    </message>
    <message>
        <source>X-ray</source>
        <translation>рентгенография</translation>
    </message>
    <message>
        <source>mammography</source>
        <translation>маммография</translation>
    </message>
    <message>
        <source>scintigraphy</source>
        <translation>сцинтиграфия</translation>
    </message>
    <message>
        <source>PET</source>
        <translation>ПЭТ</translation>
    </message>
    <message>
        <source>endoscopy</source>
        <translation>эндоскопия</translation>
    </message>
    <message>
        <source>Programs and files of the disc&apos;s own viewer</source>
        <translation>Программы и файлы просмотрщика</translation>
    </message>
    <message>
        <source>Small previews of the pictures</source>
        <translation>Уменьшенные копии снимков</translation>
    </message>
    <message>
        <source>DICOM objects without a picture</source>
        <translation>Объекты DICOM без изображения</translation>
    </message>
    <message>
        <source>To be sent as PDF, DOCX or JPEG</source>
        <translation>Пришлите в PDF, DOCX или JPEG</translation>
    </message>
    <message>
        <source>Under a password: ask for the disc saved without a password</source>
        <translation>Под паролем, попросите сохранить без пароля</translation>
    </message>
    <message>
        <source>Archives within the archive: ask for them unpacked</source>
        <translation>Архивы внутри архива, попросите распаковать</translation>
    </message>
    <message>
        <source>Packed in a way that is not read: ask for a plain ZIP</source>
        <translation>Упаковано незнакомым способом, попросите обычный ZIP</translation>
    </message>
    <message>
        <source>With a forbidden name</source>
        <translation>С недопустимым именем</translation>
    </message>
    <message>
        <source>Links instead of files</source>
        <translation>Ссылки вместо файлов</translation>
    </message>
    <message>
        <source>There twice under one name: the first is shown</source>
        <translation>Повторы под тем же именем, показан первый</translation>
    </message>
    <message>
        <source>Too large when unpacked</source>
        <translation>Слишком велики после распаковки</translation>
    </message>
    <message>
        <source>Not looked at, there are too many: ask for parts</source>
        <translation>Не просмотрены, файлов слишком много; попросите диск по частям</translation>
    </message>
    <message>
        <source>Damaged: ask for the disc again</source>
        <translation>Повреждены, попросите диск снова</translation>
    </message>
</context>
<context>
    <name>DocumentButtons</name>
    <message>
        <source>Find words</source>
        <translation>Найти слова</translation>
    </message>
    <message>
        <source>Small pages</source>
        <translation>Миниатюры страниц</translation>
    </message>
    <message>
        <source>Turn the page</source>
        <translation>Повернуть страницу</translation>
    </message>
    <message>
        <source>More contrast</source>
        <translation>Контраст выше</translation>
    </message>
    <message>
        <source>White on black</source>
        <translation>Негатив</translation>
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
    <name>DocumentWords</name>
    <message>
        <source>There is no text on the pages: it is a scan</source>
        <translation>На страницах нет текста: это скан</translation>
    </message>
    <message>
        <source>“{}” (page {})</source>
        <translation>«{}» (стр. {})</translation>
    </message>
    <message>
        <source>document, page {} of {}</source>
        <translation>документ, стр. {} из {}</translation>
    </message>
    <message>
        <source>contrast {}</source>
        <translation>контраст {}</translation>
    </message>
    <message>
        <source>brightness {}</source>
        <translation>яркость {}</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>негатив</translation>
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
    <name>FigureRows</name>
    <message>
        <source>{}, frame {}</source>
        <translation>{}, кадр {}</translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message>
        <source>Ellipse</source>
        <translation>Эллипс</translation>
    </message>
    <message>
        <source>Envelope</source>
        <translation>Огибающая</translation>
    </message>
    <message>
        <source>frame {}</source>
        <translation>кадр {}</translation>
    </message>
    <message>
        <source>Frame {}</source>
        <translation>Кадр {}</translation>
    </message>
    <message>
        <source>pixels: {}</source>
        <translation>пиксели: {}</translation>
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
        <source>Encoding</source>
        <translation>Кодировка</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Серий</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>Срезов</translation>
    </message>
    <message>
        <source>To open</source>
        <translation>Открывается</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>Не открыто</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Прибор</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Значений</translation>
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
    <name>FindBar</name>
    <message>
        <source>{} of {}</source>
        <translation>{} из {}</translation>
    </message>
    <message>
        <source>, looking further…</source>
        <translation>, ищу дальше…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Ищу…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Не найдено</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>Найти в тексте</translation>
    </message>
    <message>
        <source>Place before</source>
        <translation>Предыдущее место</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Следующее место</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Закрыть поиск</translation>
    </message>
</context>
<context>
    <name>ImagingWords</name>
    <message>
        <source>window {} / {} by the file</source>
        <translation>окно {} / {} по файлу</translation>
    </message>
    <message>
        <source>by the request: {}</source>
        <translation>по заявке: {}</translation>
    </message>
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
    <name>MeasuredTable</name>
    <message>
        <source>Measurements</source>
        <translation>Измерения</translation>
    </message>
    <message>
        <source>what</source>
        <translation>что</translation>
    </message>
    <message>
        <source>value</source>
        <translation>значение</translation>
    </message>
    <message>
        <source>where</source>
        <translation>где</translation>
    </message>
    <message>
        <source>who has found it</source>
        <translation>кто нашёл</translation>
    </message>
    <message>
        <source>the device, not ours</source>
        <translation>прибор, не наше</translation>
    </message>
    <message numerus="yes">
        <source>%n proposed by the program and not confirmed: not printed</source>
        <translation>
            <numerusform>%n предложено программой и не подтверждено: не напечатано</numerusform>
            <numerusform>%n предложено программой и не подтверждено: не напечатано</numerusform>
            <numerusform>%n предложено программой и не подтверждено: не напечатано</numerusform>
        </translation>
    </message>
    <message>
        <source>{} at RR {} ms</source>
        <translation>{} при RR {} мс</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>proposed, confirmed by the doctor</source>
        <translation>предложено, подтверждено врачом</translation>
    </message>
    <message>
        <source>by hand, calibrated by hand</source>
        <translation>вручную, калибровано вручную</translation>
    </message>
    <message>
        <source>origin unknown</source>
        <translation>происхождение неизвестно</translation>
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
    <name>NameWords</name>
    <message>
        <source>IVS</source>
        <translation>МЖП</translation>
    </message>
    <message>
        <source>EDD</source>
        <translation>КДР</translation>
    </message>
    <message>
        <source>PW</source>
        <translation>ЗСЛЖ</translation>
    </message>
    <message>
        <source>ESD</source>
        <translation>КСР</translation>
    </message>
    <message>
        <source>IVC, sniff</source>
        <translation>НПВ вдох</translation>
    </message>
    <message>
        <source>LV outer</source>
        <translation>ЛЖ наруж.</translation>
    </message>
    <message>
        <source>LV cavity</source>
        <translation>ЛЖ полость</translation>
    </message>
    <message>
        <source>LA 4C</source>
        <translation>ЛП 4К</translation>
    </message>
    <message>
        <source>LA 2C</source>
        <translation>ЛП 2К</translation>
    </message>
    <message>
        <source>MV</source>
        <translation>МК</translation>
    </message>
    <message>
        <source>EDV 4C</source>
        <translation>КДО 4К</translation>
    </message>
    <message>
        <source>EDV 2C</source>
        <translation>КДО 2К</translation>
    </message>
    <message>
        <source>ESV 4C</source>
        <translation>КСО 4К</translation>
    </message>
    <message>
        <source>ESV 2C</source>
        <translation>КСО 2К</translation>
    </message>
    <message>
        <source>IVSd</source>
        <translation>МЖП, диастола</translation>
    </message>
    <message>
        <source>LVEDD</source>
        <translation>КДР ЛЖ</translation>
    </message>
    <message>
        <source>PWd</source>
        <translation>ЗСЛЖ, диастола</translation>
    </message>
    <message>
        <source>LVESD</source>
        <translation>КСР ЛЖ</translation>
    </message>
    <message>
        <source>LVEDV</source>
        <translation>КДО ЛЖ</translation>
    </message>
    <message>
        <source>LVESV</source>
        <translation>КСО ЛЖ</translation>
    </message>
    <message>
        <source>LV short axis, outer area</source>
        <translation>ЛЖ по короткой оси, наружная площадь</translation>
    </message>
    <message>
        <source>LV short axis, cavity</source>
        <translation>ЛЖ по короткой оси, полость</translation>
    </message>
    <message>
        <source>LV length</source>
        <translation>Длина ЛЖ</translation>
    </message>
    <message>
        <source>LA area, 4 chambers</source>
        <translation>Площадь ЛП, 4 камеры</translation>
    </message>
    <message>
        <source>LA area, 2 chambers</source>
        <translation>Площадь ЛП, 2 камеры</translation>
    </message>
    <message>
        <source>LA length</source>
        <translation>Длина ЛП</translation>
    </message>
    <message>
        <source>E</source>
        <translation>Пик E</translation>
    </message>
    <message>
        <source>A</source>
        <translation>Пик A</translation>
    </message>
    <message>
        <source>DT of E</source>
        <translation>DT пика E</translation>
    </message>
    <message>
        <source>e&apos; septal</source>
        <translation>e′ септ.</translation>
    </message>
    <message>
        <source>e&apos; lateral</source>
        <translation>e′ латер.</translation>
    </message>
    <message>
        <source>LVOT</source>
        <translation>ВТЛЖ</translation>
    </message>
    <message>
        <source>VTI LVOT</source>
        <translation>VTI ВТЛЖ</translation>
    </message>
    <message>
        <source>AV Vmax</source>
        <translation>АК Vmax</translation>
    </message>
    <message>
        <source>VTI AV</source>
        <translation>VTI АК</translation>
    </message>
    <message>
        <source>AV mean gradient</source>
        <translation>АК средний градиент</translation>
    </message>
    <message>
        <source>PHT of MV</source>
        <translation>МК PHT</translation>
    </message>
    <message>
        <source>MV area, traced</source>
        <translation>Площадь МК, контур</translation>
    </message>
    <message>
        <source>MV mean gradient</source>
        <translation>МК средний градиент</translation>
    </message>
    <message>
        <source>TR Vmax</source>
        <translation>ТР Vmax</translation>
    </message>
    <message>
        <source>IVC</source>
        <translation>НПВ</translation>
    </message>
    <message>
        <source>IVC in a sniff</source>
        <translation>НПВ на вдохе</translation>
    </message>
    <message>
        <source>TAPSE</source>
        <translation>TAPSE</translation>
    </message>
    <message>
        <source>LV diastole, 4 chambers</source>
        <translation>ЛЖ диастола, 4 камеры</translation>
    </message>
    <message>
        <source>LV diastole, 2 chambers</source>
        <translation>ЛЖ диастола, 2 камеры</translation>
    </message>
    <message>
        <source>LV systole, 4 chambers</source>
        <translation>ЛЖ систола, 4 камеры</translation>
    </message>
    <message>
        <source>LV systole, 2 chambers</source>
        <translation>ЛЖ систола, 2 камеры</translation>
    </message>
    <message>
        <source>BPD</source>
        <translation>БПР</translation>
    </message>
    <message>
        <source>OFD</source>
        <translation>ЛЗР</translation>
    </message>
    <message>
        <source>HC</source>
        <translation>ОГ</translation>
    </message>
    <message>
        <source>AC</source>
        <translation>ОЖ</translation>
    </message>
    <message>
        <source>FL</source>
        <translation>ДБ</translation>
    </message>
    <message>
        <source>CRL</source>
        <translation>КТР</translation>
    </message>
    <message>
        <source>NT</source>
        <translation>ТВП</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Длина</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ширина</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Толщина</translation>
    </message>
    <message>
        <source>Length, right</source>
        <translation>Длина справа</translation>
    </message>
    <message>
        <source>Width, right</source>
        <translation>Ширина справа</translation>
    </message>
    <message>
        <source>Depth, right</source>
        <translation>Толщина справа</translation>
    </message>
    <message>
        <source>Length, left</source>
        <translation>Длина слева</translation>
    </message>
    <message>
        <source>Width, left</source>
        <translation>Ширина слева</translation>
    </message>
    <message>
        <source>Depth, left</source>
        <translation>Толщина слева</translation>
    </message>
    <message>
        <source>FS</source>
        <translation>ФУ ЛЖ</translation>
    </message>
    <message>
        <source>EDV, Teichholz</source>
        <translation>КДО, Тейхольц</translation>
    </message>
    <message>
        <source>ESV, Teichholz</source>
        <translation>КСО, Тейхольц</translation>
    </message>
    <message>
        <source>EF, Teichholz</source>
        <translation>ФВ, Тейхольц</translation>
    </message>
    <message>
        <source>EDV, biplane</source>
        <translation>КДО, Симпсон, 2 сечения</translation>
    </message>
    <message>
        <source>ESV, biplane</source>
        <translation>КСО, Симпсон, 2 сечения</translation>
    </message>
    <message>
        <source>EDV index</source>
        <translation>Индекс КДО</translation>
    </message>
    <message>
        <source>ESV index</source>
        <translation>Индекс КСО</translation>
    </message>
    <message>
        <source>EF, biplane</source>
        <translation>ФВ, Симпсон, 2 сечения</translation>
    </message>
    <message>
        <source>SV, biplane</source>
        <translation>УО, Симпсон, 2 сечения</translation>
    </message>
    <message>
        <source>EDV, one view (4C)</source>
        <translation>КДО, одно сечение (4К)</translation>
    </message>
    <message>
        <source>ESV, one view (4C)</source>
        <translation>КСО, одно сечение (4К)</translation>
    </message>
    <message>
        <source>EF, one view (4C)</source>
        <translation>ФВ, одно сечение (4К)</translation>
    </message>
    <message>
        <source>EDV, one view (2C)</source>
        <translation>КДО, одно сечение (2К)</translation>
    </message>
    <message>
        <source>ESV, one view (2C)</source>
        <translation>КСО, одно сечение (2К)</translation>
    </message>
    <message>
        <source>EF, one view (2C)</source>
        <translation>ФВ, одно сечение (2К)</translation>
    </message>
    <message>
        <source>LV mass</source>
        <translation>Масса ЛЖ</translation>
    </message>
    <message>
        <source>LV mass index</source>
        <translation>ИММ ЛЖ</translation>
    </message>
    <message>
        <source>RWT</source>
        <translation>ОТС</translation>
    </message>
    <message>
        <source>LV mass, 2D</source>
        <translation>Масса ЛЖ, 2D</translation>
    </message>
    <message>
        <source>LV mass index, 2D</source>
        <translation>ИММ ЛЖ, 2D</translation>
    </message>
    <message>
        <source>LA volume</source>
        <translation>Объём ЛП</translation>
    </message>
    <message>
        <source>LA volume index</source>
        <translation>Индекс объёма ЛП</translation>
    </message>
    <message>
        <source>E/A</source>
        <translation>E/A</translation>
    </message>
    <message>
        <source>e&apos; mean</source>
        <translation>e′ среднее</translation>
    </message>
    <message>
        <source>E/e&apos; septal</source>
        <translation>E/e′ септ.</translation>
    </message>
    <message>
        <source>E/e&apos; lateral</source>
        <translation>E/e′ латер.</translation>
    </message>
    <message>
        <source>E/e&apos; mean</source>
        <translation>E/e′ среднее</translation>
    </message>
    <message>
        <source>AV peak gradient</source>
        <translation>АК макс. градиент</translation>
    </message>
    <message>
        <source>AV area, continuity</source>
        <translation>Площадь АК, непрерывность</translation>
    </message>
    <message>
        <source>AV area index</source>
        <translation>Индекс площади АК</translation>
    </message>
    <message>
        <source>VTI LVOT / AV</source>
        <translation>VTI ВТЛЖ / АК</translation>
    </message>
    <message>
        <source>SV by VTI</source>
        <translation>УО по VTI</translation>
    </message>
    <message>
        <source>MV area, 220/PHT</source>
        <translation>Площадь МК, 220/PHT</translation>
    </message>
    <message>
        <source>TR gradient</source>
        <translation>Градиент ТР</translation>
    </message>
    <message>
        <source>RA pressure</source>
        <translation>Давление в ПП</translation>
    </message>
    <message>
        <source>RV systolic pressure</source>
        <translation>СДПЖ (СДЛА)</translation>
    </message>
    <message>
        <source>Hadlock 1984: BPD, HC, AC, FL</source>
        <translation>Хэдлок 1984: БПР, ОГ, ОЖ, ДБ</translation>
    </message>
    <message>
        <source>Hadlock 1984: HC, AC, FL</source>
        <translation>Хэдлок 1984: ОГ, ОЖ, ДБ</translation>
    </message>
    <message>
        <source>Hadlock 1984: BPD, AC, FL</source>
        <translation>Хэдлок 1984: БПР, ОЖ, ДБ</translation>
    </message>
    <message>
        <source>Hadlock 1984: BPD</source>
        <translation>Хэдлок 1984: БПР</translation>
    </message>
    <message>
        <source>Hadlock 1984: HC</source>
        <translation>Хэдлок 1984: ОГ</translation>
    </message>
    <message>
        <source>Hadlock 1984: AC</source>
        <translation>Хэдлок 1984: ОЖ</translation>
    </message>
    <message>
        <source>Hadlock 1984: FL</source>
        <translation>Хэдлок 1984: ДБ</translation>
    </message>
    <message>
        <source>Robinson 1975: CRL</source>
        <translation>Робинсон 1975: КТР</translation>
    </message>
    <message>
        <source>INTERGROWTH-21st 2014: CRL</source>
        <translation>INTERGROWTH-21st 2014: КТР</translation>
    </message>
    <message>
        <source>Hadlock 1985: BPD, HC, AC, FL</source>
        <translation>Хэдлок 1985: БПР, ОГ, ОЖ, ДБ</translation>
    </message>
    <message>
        <source>Hadlock 1985: HC, AC, FL</source>
        <translation>Хэдлок 1985: ОГ, ОЖ, ДБ</translation>
    </message>
    <message>
        <source>Hadlock 1985: BPD, AC, FL</source>
        <translation>Хэдлок 1985: БПР, ОЖ, ДБ</translation>
    </message>
    <message>
        <source>Hadlock 1985: AC, FL</source>
        <translation>Хэдлок 1985: ОЖ, ДБ</translation>
    </message>
    <message>
        <source>INTERGROWTH-21st 2017: HC, AC</source>
        <translation>INTERGROWTH-21st 2017: ОГ, ОЖ</translation>
    </message>
    <message>
        <source>INTERGROWTH-21st 2014</source>
        <translation>INTERGROWTH-21st 2014</translation>
    </message>
    <message>
        <source>INTERGROWTH-21st 2017</source>
        <translation>INTERGROWTH-21st 2017</translation>
    </message>
    <message>
        <source>Hadlock 1991</source>
        <translation>Хэдлок 1991</translation>
    </message>
</context>
<context>
    <name>OrganLines</name>
    <message>
        <source>ellipsoid of three axes</source>
        <translation>эллипсоид по трём осям</translation>
    </message>
    <message>
        <source>Volume of the organ</source>
        <translation>Объём органа</translation>
    </message>
    <message>
        <source>Volume, right</source>
        <translation>Объём справа</translation>
    </message>
    <message>
        <source>Volume, left</source>
        <translation>Объём слева</translation>
    </message>
</context>
<context>
    <name>PageArea</name>
    <message>
        <source>Page {} cannot be read. Ask for the file again.</source>
        <translation>Страницу {} не прочитать. Попросите файл снова.</translation>
    </message>
    <message>
        <source>Page {} takes long to draw. You can open another file.</source>
        <translation>Страница {} долго рисуется. Можно открыть другой файл.</translation>
    </message>
</context>
<context>
    <name>PageLine</name>
    <message>
        <source>Page</source>
        <translation>Страница</translation>
    </message>
    <message>
        <source>Go to a page by its number</source>
        <translation>Перейти к странице по номеру</translation>
    </message>
    <message>
        <source>of {}</source>
        <translation>из {}</translation>
    </message>
    <message>
        <source>There are pages 1–{}</source>
        <translation>Есть страницы 1–{}</translation>
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
        <source>Kept with the request: only the doctor who leads it changes it</source>
        <translation>Хранится с заявкой: меняет только врач, который её ведёт</translation>
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
    <name>PersonDialog</name>
    <message>
        <source>For the formulas</source>
        <translation>Для формул</translation>
    </message>
    <message>
        <source>Diastole, where it is on no picture: from a report</source>
        <translation>Диастола: чего нет на снимках (из протокола)</translation>
    </message>
    <message>
        <source>dd.mm.yyyy</source>
        <translation>дд.мм.гггг</translation>
    </message>
    <message>
        <source>weeks+days: 31+3</source>
        <translation>недели+дни: 31+3</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Height: a number of cm</source>
        <translation>Рост: число в см</translation>
    </message>
    <message>
        <source>Weight: a number of kg</source>
        <translation>Вес: число в кг</translation>
    </message>
    <message>
        <source>Last period: dd.mm.yyyy</source>
        <translation>Последняя менструация: дд.мм.гггг</translation>
    </message>
    <message>
        <source>Age: weeks+days, 31+3</source>
        <translation>Срок: недели+дни, 31+3</translation>
    </message>
    <message>
        <source>Diastole: {} cannot be that</source>
        <translation>Диастола: {}: такого не бывает, проверьте единицы</translation>
    </message>
    <message>
        <source>Such a height and weight no patient has</source>
        <translation>Таких роста и веса не бывает</translation>
    </message>
    <message>
        <source>LA volume index</source>
        <translation>индекс объёма ЛП</translation>
    </message>
    <message>
        <source>EF</source>
        <translation>ФВ</translation>
    </message>
    <message>
        <source>Indices, limits and percentiles use them; kept while the case is open.</source>
        <translation>Нужны для индексов и перцентилей; хранятся, пока дело открыто.</translation>
    </message>
    <message>
        <source>Body surface {} m² (Mosteller)</source>
        <translation>Площадь поверхности тела {} м² (Мостеллер)</translation>
    </message>
    <message>
        <source>LA volume index, mL/m²</source>
        <translation>Индекс объёма ЛП, мл/м²</translation>
    </message>
    <message>
        <source>EF, %</source>
        <translation>ФВ, %</translation>
    </message>
    <message>
        <source>m/s</source>
        <translation>м/с</translation>
    </message>
    <message>
        <source>cm/s</source>
        <translation>см/с</translation>
    </message>
    <message>
        <source>Height, cm</source>
        <translation>Рост, см</translation>
    </message>
    <message>
        <source>Weight, kg</source>
        <translation>Вес, кг</translation>
    </message>
    <message>
        <source>Last period, first day</source>
        <translation>Последняя менструация, первый день</translation>
    </message>
    <message>
        <source>or age of the pregnancy on the day of the scan</source>
        <translation>или срок беременности в день исследования</translation>
    </message>
</context>
<context>
    <name>PhotoEntry</name>
    <message>
        <source>Ultrasound picture</source>
        <translation>Снимок УЗИ</translation>
    </message>
    <message>
        <source>Measure on a picture of an ultrasound screen as on a clip</source>
        <translation>Измерять на снимке экрана УЗИ так же, как на ролике</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Калибровка</translation>
    </message>
    <message>
        <source>by a length: {}; by a velocity: {}; the time of a strip: {}</source>
        <translation>по известной длине: {}; по скорости: {}; по времени развёртки: {}</translation>
    </message>
    <message>
        <source>No calibration: sizes in pixels</source>
        <translation>Нет калибровки: размеры в пикселях</translation>
    </message>
    <message>
        <source>{}: {}; taken at an angle it is not exact</source>
        <translation>{}: {}; снято под углом — неточно</translation>
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
    <name>ReadingWords</name>
    <message>
        <source>pixels</source>
        <translation>пикс.</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>мм</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>см</translation>
    </message>
    <message>
        <source>mm²</source>
        <translation>мм²</translation>
    </message>
    <message>
        <source>cm²</source>
        <translation>см²</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>в мин</translation>
    </message>
    <message>
        <source>mm/s</source>
        <translation>мм/с</translation>
    </message>
    <message>
        <source>cm/s</source>
        <translation>см/с</translation>
    </message>
    <message>
        <source>m/s</source>
        <translation>м/с</translation>
    </message>
    <message>
        <source>cm/s²</source>
        <translation>см/с²</translation>
    </message>
    <message>
        <source>mm Hg</source>
        <translation>мм рт. ст.</translation>
    </message>
    <message>
        <source>mL</source>
        <translation>мл</translation>
    </message>
    <message>
        <source>g</source>
        <translation>г</translation>
    </message>
    <message>
        <source>m²</source>
        <translation>м²</translation>
    </message>
    <message>
        <source>g/m²</source>
        <translation>г/м²</translation>
    </message>
    <message>
        <source>mL/m²</source>
        <translation>мл/м²</translation>
    </message>
    <message>
        <source>cm²/m²</source>
        <translation>см²/м²</translation>
    </message>
    <message>
        <source>cm/m²</source>
        <translation>см/м²</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>нед</translation>
    </message>
    <message>
        <source>days</source>
        <translation>дн.</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Расстояние</translation>
    </message>
    <message>
        <source>Length of the line</source>
        <translation>Длина линии</translation>
    </message>
    <message>
        <source>Perimeter</source>
        <translation>Периметр</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Площадь</translation>
    </message>
    <message>
        <source>Long axis</source>
        <translation>Длинная ось</translation>
    </message>
    <message>
        <source>Short axis</source>
        <translation>Короткая ось</translation>
    </message>
    <message>
        <source>Circumference</source>
        <translation>Окружность</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ширина</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Высота</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Угол</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Частота</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>Наклон</translation>
    </message>
    <message>
        <source>Velocity</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>ΔV</source>
        <translation>ΔV</translation>
    </message>
    <message>
        <source>Peak gradient</source>
        <translation>Макс. градиент</translation>
    </message>
    <message>
        <source>Mean velocity</source>
        <translation>Средняя скорость</translation>
    </message>
    <message>
        <source>Mean gradient</source>
        <translation>Средний градиент</translation>
    </message>
    <message>
        <source>VTI</source>
        <translation>VTI</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Ускорение</translation>
    </message>
    <message>
        <source>DT</source>
        <translation>DT</translation>
    </message>
    <message>
        <source>PHT</source>
        <translation>PHT</translation>
    </message>
    <message>
        <source>not a whole figure</source>
        <translation>фигура не закончена</translation>
    </message>
    <message>
        <source>no such frame</source>
        <translation>нет такого кадра</translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>нет калибровки</translation>
    </message>
    <message>
        <source>absurd scale in the file</source>
        <translation>масштаб в файле невозможен</translation>
    </message>
    <message>
        <source>the picture was made smaller after calibration</source>
        <translation>снимок уменьшили после калибровки</translation>
    </message>
    <message>
        <source>outside of the calibrated parts</source>
        <translation>вне калиброванных областей</translation>
    </message>
    <message>
        <source>across parts of different scales</source>
        <translation>через области разных масштабов</translation>
    </message>
    <message>
        <source>parts of different scales overlap</source>
        <translation>области разных масштабов перекрываются</translation>
    </message>
    <message>
        <source>unclear units in the file</source>
        <translation>непонятные единицы в файле</translation>
    </message>
    <message>
        <source>no length here</source>
        <translation>здесь нет длины</translation>
    </message>
    <message>
        <source>spectrum in hertz: velocity unknown</source>
        <translation>спектр в герцах: скорость неизвестна</translation>
    </message>
    <message>
        <source>baseline unknown</source>
        <translation>нулевая линия неизвестна</translation>
    </message>
    <message>
        <source>time axis unknown</source>
        <translation>ось времени неизвестна</translation>
    </message>
    <message>
        <source>another figure is needed here</source>
        <translation>здесь нужна другая фигура</translation>
    </message>
    <message>
        <source>nothing between the points</source>
        <translation>между точками ничего нет</translation>
    </message>
    <message>
        <source>the velocity does not fall</source>
        <translation>скорость не падает</translation>
    </message>
    <message>
        <source>the line lies on both sides of the baseline</source>
        <translation>линия по обе стороны от нуля</translation>
    </message>
    <message>
        <source>the line crosses itself or goes back</source>
        <translation>линия пересекает себя или идёт назад</translation>
    </message>
    <message>
        <source>no number that could be shown</source>
        <translation>нет числа, которое можно показать</translation>
    </message>
    <message>
        <source>scale by the file</source>
        <translation>масштаб по файлу</translation>
    </message>
    <message>
        <source>scale at the detector</source>
        <translation>масштаб на детекторе</translation>
    </message>
    <message>
        <source>{}, region {}</source>
        <translation>{}, область {}</translation>
    </message>
    <message>
        <source>calibrated by hand</source>
        <translation>ручная калибровка</translation>
    </message>
    <message>
        <source>2D</source>
        <translation>2D</translation>
    </message>
    <message>
        <source>M-mode</source>
        <translation>M-режим</translation>
    </message>
    <message>
        <source>Doppler</source>
        <translation>допплер</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>кривая</translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message>
        <source>Structured report</source>
        <translation>Отчёт прибора</translation>
    </message>
    <message>
        <source>Values of the device</source>
        <translation>Значения прибора</translation>
    </message>
    <message>
        <source>the report is not complete</source>
        <translation>отчёт не закончен</translation>
    </message>
    <message>
        <source>verified by a person</source>
        <translation>подтверждены врачом</translation>
    </message>
    <message>
        <source>not verified by a person</source>
        <translation>врачом не подтверждены</translation>
    </message>
    <message>
        <source>Section without a name</source>
        <translation>Раздел без названия</translation>
    </message>
    <message>
        <source>The report has no values: look at the study&apos;s other reports</source>
        <translation>В отчёте нет значений: посмотрите другие отчёты исследования</translation>
    </message>
    <message>
        <source>refers to another file</source>
        <translation>ссылка на другой файл</translation>
    </message>
    <message>
        <source>a place in a picture or in the report</source>
        <translation>место на снимке или в отчёте</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>см</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>мм</translation>
    </message>
    <message>
        <source>m</source>
        <translation>м</translation>
    </message>
    <message>
        <source>cm²</source>
        <translation>см²</translation>
    </message>
    <message>
        <source>mm²</source>
        <translation>мм²</translation>
    </message>
    <message>
        <source>m²</source>
        <translation>м²</translation>
    </message>
    <message>
        <source>cm³</source>
        <translation>см³</translation>
    </message>
    <message>
        <source>ml</source>
        <translation>мл</translation>
    </message>
    <message>
        <source>l</source>
        <translation>л</translation>
    </message>
    <message>
        <source>cm/s</source>
        <translation>см/с</translation>
    </message>
    <message>
        <source>m/s</source>
        <translation>м/с</translation>
    </message>
    <message>
        <source>mm/s</source>
        <translation>мм/с</translation>
    </message>
    <message>
        <source>cm/s²</source>
        <translation>см/с²</translation>
    </message>
    <message>
        <source>m/s²</source>
        <translation>м/с²</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>mmHg</source>
        <translation>мм рт. ст.</translation>
    </message>
    <message>
        <source>mmHg/s</source>
        <translation>мм рт. ст./с</translation>
    </message>
    <message>
        <source>g</source>
        <translation>г</translation>
    </message>
    <message>
        <source>kg</source>
        <translation>кг</translation>
    </message>
    <message>
        <source>g/m²</source>
        <translation>г/м²</translation>
    </message>
    <message>
        <source>ml/m²</source>
        <translation>мл/м²</translation>
    </message>
    <message>
        <source>l/min</source>
        <translation>л/мин</translation>
    </message>
    <message>
        <source>l/min/m²</source>
        <translation>л/мин/м²</translation>
    </message>
    <message>
        <source>ml/s</source>
        <translation>мл/с</translation>
    </message>
    <message>
        <source>cm/m²</source>
        <translation>см/м²</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Гц</translation>
    </message>
    <message>
        <source>bpm</source>
        <translation>уд/мин</translation>
    </message>
    <message>
        <source>per min</source>
        <translation>в мин</translation>
    </message>
    <message>
        <source>days</source>
        <translation>дн.</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>нед.</translation>
    </message>
    <message>
        <source>months</source>
        <translation>мес.</translation>
    </message>
    <message>
        <source>years</source>
        <translation>лет</translation>
    </message>
    <message>
        <source>by the device</source>
        <translation>по прибору</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>нет значения</translation>
    </message>
</context>
<context>
    <name>SheetWords</name>
    <message>
        <source>sheet {} of {}</source>
        <translation>лист {} из {}</translation>
    </message>
    <message>
        <source>the whole photo</source>
        <translation>фото целиком</translation>
    </message>
    <message>
        <source>photo, sheet {} of {}</source>
        <translation>фото, лист {} из {}</translation>
    </message>
</context>
<context>
    <name>StackWords</name>
    <message>
        <source>no name in the file</source>
        <translation>в файле нет имени</translation>
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
        <source>series {}</source>
        <translation>серия {}</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s)</source>
        <translation>
            <numerusform>%n срез</numerusform>
            <numerusform>%n среза</numerusform>
            <numerusform>%n срезов</numerusform>
        </translation>
    </message>
    <message>
        <source>slice {} of {}</source>
        <translation>срез {} из {}</translation>
    </message>
    <message>
        <source>slice {} of {}, repeat {} of {}</source>
        <translation>срез {} из {}, повтор {} из {}</translation>
    </message>
    <message>
        <source>position {} mm</source>
        <translation>положение {} мм</translation>
    </message>
    <message>
        <source>thickness {} mm</source>
        <translation>толщина {} мм</translation>
    </message>
    <message>
        <source>step {} mm</source>
        <translation>шаг {} мм</translation>
    </message>
    <message>
        <source>window {}</source>
        <translation>окно {}</translation>
    </message>
    <message>
        <source>{}, inverted</source>
        <translation>{}, негатив</translation>
    </message>
    <message>
        <source>by the file</source>
        <translation>по файлу</translation>
    </message>
    <message>
        <source>the file&apos;s second</source>
        <translation>второе в файле</translation>
    </message>
    <message>
        <source>{}, the device&apos;s table</source>
        <translation>{}, таблица яркости прибора</translation>
    </message>
    <message>
        <source>frame {} of {}</source>
        <translation>кадр {} из {}</translation>
    </message>
    <message>
        <source>the device&apos;s table {}</source>
        <translation>таблица яркости прибора {}</translation>
    </message>
    <message>
        <source>{}, without the device&apos;s table</source>
        <translation>{}, без таблицы прибора</translation>
    </message>
    <message>
        <source>the file&apos;s number {}</source>
        <translation>№ {} в файле</translation>
    </message>
    <message>
        <source>by the content</source>
        <translation>по содержанию</translation>
    </message>
    <message>
        <source>brain</source>
        <translation>мозг</translation>
    </message>
    <message>
        <source>subdural</source>
        <translation>субдуральное</translation>
    </message>
    <message>
        <source>bone</source>
        <translation>кость</translation>
    </message>
    <message>
        <source>lung</source>
        <translation>лёгкие</translation>
    </message>
    <message>
        <source>abdomen</source>
        <translation>живот</translation>
    </message>
    <message>
        <source>mediastinum</source>
        <translation>средостение</translation>
    </message>
    <message>
        <source>arb. units</source>
        <translation>усл. ед.</translation>
    </message>
    <message>
        <source>nothing to measure</source>
        <translation>нечего измерить</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Расстояние</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Угол</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Эллипс</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Прямоугольник</translation>
    </message>
    <message>
        <source>{} to {}</source>
        <translation>от {} до {}</translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s)</source>
        <translation>
            <numerusform>%n пиксель</numerusform>
            <numerusform>%n пикселя</numerusform>
            <numerusform>%n пикселей</numerusform>
        </translation>
    </message>
    <message>
        <source>not measurable</source>
        <translation>не измеряется</translation>
    </message>
    <message>
        <source>{}, no calibration</source>
        <translation>{}, нет калибровки</translation>
    </message>
    <message>
        <source>{} at the detector</source>
        <translation>{} на детекторе</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) without slices left out</source>
        <translation>
            <numerusform>%n файл без срезов пропущен</numerusform>
            <numerusform>%n файла без срезов пропущены</numerusform>
            <numerusform>%n файлов без срезов пропущены</numerusform>
        </translation>
    </message>
    <message>
        <source>slices are {} to {} mm apart, unequally</source>
        <translation>шаг срезов неравный: от {} до {} мм</translation>
    </message>
    <message>
        <source>tilted by {}°: columns of the stack stand askew</source>
        <translation>наклон {}°: срезы сдвинуты относительно друг друга</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) or echo(es) missing at some places</source>
        <translation>
            <numerusform>не во всех местах все повторы: не хватает %n среза</numerusform>
            <numerusform>не во всех местах все повторы: не хватает %n срезов</numerusform>
            <numerusform>не во всех местах все повторы: не хватает %n срезов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) there twice, shown once</source>
        <translation>
            <numerusform>%n срез повторён в файлах, показан один раз</numerusform>
            <numerusform>%n среза повторены в файлах, показаны один раз</numerusform>
            <numerusform>%n срезов повторены в файлах, показаны один раз</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) at a place of others stand last</source>
        <translation>
            <numerusform>%n срез лежит на месте другого и стоит в конце</numerusform>
            <numerusform>%n среза лежат на местах других и стоят в конце</numerusform>
            <numerusform>%n срезов лежат на местах других и стоят в конце</numerusform>
        </translation>
    </message>
    <message>
        <source>each slice looks another way: ordered by number</source>
        <translation>срезы смотрят в разные стороны: порядок по номерам</translation>
    </message>
    <message>
        <source>no positions in the file: ordered by number</source>
        <translation>в файле нет положений срезов: порядок по номерам</translation>
    </message>
    <message>
        <source>neither positions nor numbers: ordered as the files came</source>
        <translation>нет ни положений, ни номеров срезов: порядок как у файлов</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) without a position stand last</source>
        <translation>
            <numerusform>%n срез без положения стоит в конце</numerusform>
            <numerusform>%n среза без положения стоят в конце</numerusform>
            <numerusform>%n срезов без положения стоят в конце</numerusform>
        </translation>
    </message>
    <message>
        <source>{} slices a second: the file does not say how fast</source>
        <translation>{} срезов в секунду: скорости в файле нет</translation>
    </message>
    <message>
        <source>{} slices a second by the file</source>
        <translation>{} срезов в секунду, по файлу</translation>
    </message>
    <message>
        <source>Slice {} cannot be read</source>
        <translation>Срез {} не читается</translation>
    </message>
    <message>
        <source>Slice {} is being unpacked</source>
        <translation>Срез {} распаковывается</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) missing</source>
        <translation>
            <numerusform>не хватает %n среза</numerusform>
            <numerusform>не хватает %n срезов</numerusform>
            <numerusform>не хватает %n срезов</numerusform>
        </translation>
    </message>
    <message>
        <source>{}, between {}</source>
        <translation>{}: между {}</translation>
    </message>
    <message>
        <source>mean {} {}, SD {}, {} to {}</source>
        <translation>среднее {} {}, SD {}, от {} до {}</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>расстояние</translation>
    </message>
    <message>
        <source>angle</source>
        <translation>угол</translation>
    </message>
    <message>
        <source>area</source>
        <translation>площадь</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>мм</translation>
    </message>
    <message>
        <source>mm²</source>
        <translation>мм²</translation>
    </message>
    <message>
        <source>pix.</source>
        <translation>пикс.</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
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
        <source>Some lines or letters that the device keeps apart from the picture are not shown</source>
        <translation>Часть графики или надписей, которые прибор хранит отдельно от снимка, не показана</translation>
    </message>
    <message>
        <source>The device&apos;s table of values is damaged: shades by the content, values without a unit</source>
        <translation>Таблица значений прибора повреждена: яркость по содержимому, значения без единиц</translation>
    </message>
    <message>
        <source>The device&apos;s table of shades is damaged and is not used: check the window</source>
        <translation>Таблица яркости прибора повреждена и не применена: проверьте окно</translation>
    </message>
    <message>
        <source>Subtraction (DSA): the device&apos;s mask is not subtracted, frames are as stored</source>
        <translation>Субтракция (DSA): маска прибора не вычтена, кадры показаны как записаны</translation>
    </message>
    <message>
        <source>The sound of the video is not played</source>
        <translation>Звук видеозаписи не воспроизводится</translation>
    </message>
    <message>
        <source>The report is longer than any device&apos;s: only its beginning is shown</source>
        <translation>Отчёт длиннее, чем бывает у приборов: показано только начало</translation>
    </message>
    <message>
        <source>The report has no values: the study may hold another one</source>
        <translation>В отчёте нет значений: в исследовании может быть другой</translation>
    </message>
    <message>
        <source>The letters of the text are a guess: the file does not say its encoding</source>
        <translation>Буквы текста прочитаны по догадке: файл не называет кодировку</translation>
    </message>
    <message>
        <source>The text is very long: only its beginning is shown</source>
        <translation>Текст очень длинный: показано только начало</translation>
    </message>
    <message>
        <source>Some characters cannot be shown: a square stands for each</source>
        <translation>Некоторые знаки показать нельзя: вместо каждого стоит □</translation>
    </message>
    <message>
        <source>Some parts of the document are not shown: notes, objects, hidden or deleted words</source>
        <translation>Показано не всё: сноски, объекты, скрытые или удалённые слова опущены</translation>
    </message>
    <message>
        <source>The document holds scripts or macros: they are not run</source>
        <translation>В документе есть скрипты или макросы: они не выполняются</translation>
    </message>
    <message>
        <source>The document holds other files: they are not opened</source>
        <translation>В документе есть вложенные файлы: они не открываются</translation>
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
