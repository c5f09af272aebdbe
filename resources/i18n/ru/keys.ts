<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Find an action</source>
        <translation>Найти действие</translation>
    </message>
    <message>
        <source>Keys that act now</source>
        <translation>Клавиши, которые сейчас действуют</translation>
    </message>
    <message>
        <source>Try the server now</source>
        <translation>Связаться с сервером сейчас</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Светлая или тёмная тема</translation>
    </message>
    <message>
        <source>Take the request and open it</source>
        <translation>Взять заявку и открыть</translation>
    </message>
    <message>
        <source>Next request</source>
        <translation>Следующая заявка</translation>
    </message>
    <message>
        <source>Previous request</source>
        <translation>Предыдущая заявка</translation>
    </message>
    <message>
        <source>Search the queue</source>
        <translation>Искать в очереди</translation>
    </message>
    <message>
        <source>Take the next request</source>
        <translation>Взять следующую заявку</translation>
    </message>
    <message>
        <source>Open checklist item {}</source>
        <translation>Открыть файлы пункта {}</translation>
    </message>
    <message>
        <source>Accept: take without opening</source>
        <translation>Принять: взять, не открывая</translation>
    </message>
    <message>
        <source>Account {}</source>
        <translation>Учётная запись {}</translation>
    </message>
    <message>
        <source>Propose a time</source>
        <translation>Предложить время</translation>
    </message>
    <message>
        <source>Go to the call and the chat</source>
        <translation>Перейти к звонку и переписке</translation>
    </message>
    <message>
        <source>Go to the conclusion</source>
        <translation>Перейти к заключению</translation>
    </message>
    <message>
        <source>Back from the files</source>
        <translation>Назад, закрыть файлы</translation>
    </message>
    <message>
        <source>Next file or page</source>
        <translation>Следующий файл или страница</translation>
    </message>
    <message>
        <source>Open the case of the newest notice</source>
        <translation>Открыть дело из последнего уведомления</translation>
    </message>
    <message>
        <source>Check signatures of a PDF…</source>
        <translation>Проверить подпись PDF…</translation>
    </message>
    <message>
        <source>Device test: open it, or repeat it</source>
        <translation>Проверка устройств: открыть или повторить</translation>
    </message>
    <message>
        <source>Clear the search, leave it</source>
        <translation>Очистить поиск, выйти из него</translation>
    </message>
    <message>
        <source>My filters</source>
        <translation>Мои фильтры</translation>
    </message>
    <message>
        <source>Save what is shown as a filter, or change the filter</source>
        <translation>Сохранить отбор или изменить фильтр</translation>
    </message>
    <message>
        <source>Order by column {}</source>
        <translation>Упорядочить по столбцу {}</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Столбцы</translation>
    </message>
    <message>
        <source>Confirm who the patient is</source>
        <translation>Подтвердить личность</translation>
    </message>
    <message>
        <source>Decide on changed personal data</source>
        <translation>Решить об изменённых данных</translation>
    </message>
    <message>
        <source>Card further down</source>
        <translation>Карточка ниже</translation>
    </message>
    <message>
        <source>Card further up</source>
        <translation>Карточка выше</translation>
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
        <source>Item does not apply, or does</source>
        <translation>Пункт неприменим или снова применим</translation>
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
        <source>Lay the request aside, or take it up</source>
        <translation>Отложить заявку или вернуть из отложенных</translation>
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
        <source>All decisions</source>
        <translation>Все решения</translation>
    </message>
    <message>
        <source>Undo the last decision</source>
        <translation>Отменить последнее решение</translation>
    </message>
    <message>
        <source>Undo the last decision from a text field</source>
        <translation>Отменить последнее решение из поля с текстом</translation>
    </message>
    <message>
        <source>Order again what was refused</source>
        <translation>Повторить то, что не сделано</translation>
    </message>
    <message>
        <source>Drop what was refused</source>
        <translation>Убрать то, что не сделано</translation>
    </message>
    <message>
        <source>Line {} of the panel</source>
        <translation>Строка {} панели</translation>
    </message>
    <message>
        <source>Tick the line or choose it</source>
        <translation>Отметить строку</translation>
    </message>
    <message>
        <source>Carry out what is shown</source>
        <translation>Выполнить показанное</translation>
    </message>
    <message>
        <source>The same while typing</source>
        <translation>То же из поля с текстом</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Закрыть панель</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>Сохранить фильтр</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Закрыть, не сохраняя</translation>
    </message>
    <message>
        <source>Column to the left</source>
        <translation>Столбец левее</translation>
    </message>
    <message>
        <source>Column to the right</source>
        <translation>Столбец правее</translation>
    </message>
    <message>
        <source>Column wider</source>
        <translation>Столбец шире</translation>
    </message>
    <message>
        <source>Column narrower</source>
        <translation>Столбец уже</translation>
    </message>
    <message>
        <source>Close the choice of columns</source>
        <translation>Закрыть выбор столбцов</translation>
    </message>
    <message>
        <source>All decisions on the open case</source>
        <translation>Все решения по открытому случаю</translation>
    </message>
    <message>
        <source>Previous file or page</source>
        <translation>Предыдущий файл или страница</translation>
    </message>
    <message>
        <source>Put it into the conclusion</source>
        <translation>Внести в заключение</translation>
    </message>
    <message>
        <source>The same on a keyboard without Ins</source>
        <translation>То же на клавиатуре без Ins</translation>
    </message>
    <message>
        <source>Take the line out of the conclusion</source>
        <translation>Убрать внесённое из заключения</translation>
    </message>
    <message>
        <source>One pane or all</source>
        <translation>Одно окно или все</translation>
    </message>
    <message>
        <source>One, two or four pictures</source>
        <translation>Один, два или четыре снимка</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Один снимок</translation>
    </message>
    <message>
        <source>Two pictures</source>
        <translation>Два снимка</translation>
    </message>
    <message>
        <source>Four pictures</source>
        <translation>Четыре снимка</translation>
    </message>
    <message>
        <source>Pictures to the second screen, or back</source>
        <translation>Снимки на второй экран или обратно</translation>
    </message>
    <message>
        <source>Files of item {}</source>
        <translation>Файлы пункта {}</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <source>Fit the pane</source>
        <translation>По размеру окна</translation>
    </message>
    <message>
        <source>Turn the picture</source>
        <translation>Повернуть снимок</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Пуск и пауза</translation>
    </message>
    <message>
        <source>Next frame; on an ECG later</source>
        <translation>Следующий кадр; на ЭКГ позже</translation>
    </message>
    <message>
        <source>Previous frame; on an ECG earlier</source>
        <translation>Предыдущий кадр; на ЭКГ раньше</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Медленнее</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Быстрее</translation>
    </message>
    <message>
        <source>At the file&apos;s own pace</source>
        <translation>С частотой файла</translation>
    </message>
    <message>
        <source>In a loop, or there and back</source>
        <translation>По кругу или туда и обратно</translation>
    </message>
    <message>
        <source>Play from this frame</source>
        <translation>Играть с этого кадра</translation>
    </message>
    <message>
        <source>Play up to this frame</source>
        <translation>Играть до этого кадра</translation>
    </message>
    <message>
        <source>One heart cycle; again: the next</source>
        <translation>Один сердечный цикл; ещё раз: следующий</translation>
    </message>
    <message>
        <source>The whole clip</source>
        <translation>Клип целиком</translation>
    </message>
    <message>
        <source>All clips in step, or each alone</source>
        <translation>Все клипы в ногу или каждый сам</translation>
    </message>
    <message>
        <source>Layout of leads {}</source>
        <translation>Раскладка отведений {}</translation>
    </message>
    <message>
        <source>Columns: in turn, or the same time</source>
        <translation>Столбцы подряд или за одно время</translation>
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
        <source>True size</source>
        <translation>Истинный размер</translation>
    </message>
    <message>
        <source>Measure the screen by a card</source>
        <translation>Измерить экран картой</translation>
    </message>
    <message>
        <source>Filter: band of frequencies</source>
        <translation>Фильтр: полоса частот</translation>
    </message>
    <message>
        <source>Filter: hum of the mains</source>
        <translation>Фильтр: сетевая наводка</translation>
    </message>
    <message>
        <source>Filter: drift of the baseline</source>
        <translation>Фильтр: дрейф изолинии</translation>
    </message>
    <message>
        <source>Averaged beat: QT, ST, axis</source>
        <translation>Усреднённый комплекс: QT, ST, ось</translation>
    </message>
    <message>
        <source>Next recording of the file</source>
        <translation>Следующая запись файла</translation>
    </message>
    <message>
        <source>Device&apos;s lines over the picture: on, off</source>
        <translation>Графика прибора поверх снимка: показать, скрыть</translation>
    </message>
    <message>
        <source>Beginning of the recording</source>
        <translation>Начало записи</translation>
    </message>
    <message>
        <source>End of the recording</source>
        <translation>Конец записи</translation>
    </message>
    <message>
        <source>Print the ECG, or keep it as PDF</source>
        <translation>Напечатать ЭКГ или сохранить в PDF</translation>
    </message>
    <message>
        <source>Go to a moment of a long recording</source>
        <translation>К моменту длинной записи</translation>
    </message>
    <message>
        <source>Leave the moment</source>
        <translation>Закрыть строку времени</translation>
    </message>
    <message>
        <source>Find words in the text</source>
        <translation>Найти слова в тексте</translation>
    </message>
    <message>
        <source>Next place found</source>
        <translation>Следующее найденное место</translation>
    </message>
    <message>
        <source>Place found before</source>
        <translation>Предыдущее найденное место</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Закрыть поиск</translation>
    </message>
    <message>
        <source>Go to a page by its number</source>
        <translation>Перейти к странице по номеру</translation>
    </message>
    <message>
        <source>Go to the typed page</source>
        <translation>Перейти к набранной странице</translation>
    </message>
    <message>
        <source>The whole page in the pane</source>
        <translation>Страница целиком</translation>
    </message>
    <message>
        <source>Small pages at the edge</source>
        <translation>Миниатюры страниц</translation>
    </message>
    <message>
        <source>More contrast, then as it was</source>
        <translation>Контраст выше, затем как было</translation>
    </message>
    <message>
        <source>Lighter page</source>
        <translation>Страница светлее</translation>
    </message>
    <message>
        <source>Darker page</source>
        <translation>Страница темнее</translation>
    </message>
    <message>
        <source>White on black</source>
        <translation>Негатив</translation>
    </message>
    <message>
        <source>Copy the chosen words</source>
        <translation>Скопировать выделенный текст</translation>
    </message>
    <message>
        <source>Line before</source>
        <translation>Предыдущая строка</translation>
    </message>
    <message>
        <source>First line</source>
        <translation>Первая строка</translation>
    </message>
    <message>
        <source>Last line</source>
        <translation>Последняя строка</translation>
    </message>
    <message>
        <source>Next on the disc</source>
        <translation>Следующая запись диска</translation>
    </message>
    <message>
        <source>The one before on the disc</source>
        <translation>Предыдущая запись диска</translation>
    </message>
    <message>
        <source>First on the disc</source>
        <translation>Первая запись диска</translation>
    </message>
    <message>
        <source>Last on the disc</source>
        <translation>Последняя запись диска</translation>
    </message>
    <message>
        <source>Open what is chosen on the disc</source>
        <translation>Открыть выбранное на диске</translation>
    </message>
    <message>
        <source>List of the disc</source>
        <translation>К списку диска</translation>
    </message>
    <message>
        <source>Open the next on the disc</source>
        <translation>Открыть следующую запись диска</translation>
    </message>
    <message>
        <source>Open the one before on the disc</source>
        <translation>Открыть предыдущую запись диска</translation>
    </message>
    <message>
        <source>Calipers for time</source>
        <translation>Циркуль: время</translation>
    </message>
    <message>
        <source>Calipers for amplitude</source>
        <translation>Циркуль: амплитуда</translation>
    </message>
    <message>
        <source>Repeat the interval on all rows</source>
        <translation>Повторить интервал по всем строкам</translation>
    </message>
    <message>
        <source>The interval is RR</source>
        <translation>Это интервал RR</translation>
    </message>
    <message>
        <source>The interval is PP</source>
        <translation>Это интервал PP</translation>
    </message>
    <message>
        <source>The interval is PR</source>
        <translation>Это интервал PR</translation>
    </message>
    <message>
        <source>The interval is QRS</source>
        <translation>Это QRS</translation>
    </message>
    <message>
        <source>The interval is QT</source>
        <translation>Это интервал QT</translation>
    </message>
    <message>
        <source>The interval is another</source>
        <translation>Это другой интервал</translation>
    </message>
    <message>
        <source>One more RR or PP between the ends</source>
        <translation>Между концами на один RR или PP больше</translation>
    </message>
    <message>
        <source>One RR or PP less between the ends</source>
        <translation>Между концами на один RR или PP меньше</translation>
    </message>
    <message>
        <source>End of the measurement 10 samples on</source>
        <translation>Конец измерения на 10 отсчётов вперёд</translation>
    </message>
    <message>
        <source>End of the measurement 10 samples back</source>
        <translation>Конец измерения на 10 отсчётов назад</translation>
    </message>
    <message>
        <source>Next measurement</source>
        <translation>Следующее измерение</translation>
    </message>
    <message>
        <source>Previous measurement</source>
        <translation>Предыдущее измерение</translation>
    </message>
    <message>
        <source>Confirm what is proposed</source>
        <translation>Подтвердить предложенное</translation>
    </message>
    <message>
        <source>Remove the measurement</source>
        <translation>Удалить измерение</translation>
    </message>
    <message>
        <source>Bound of a wave {}</source>
        <translation>Граница зубца {}</translation>
    </message>
    <message>
        <source>A sample earlier</source>
        <translation>На отсчёт раньше</translation>
    </message>
    <message>
        <source>A sample later</source>
        <translation>На отсчёт позже</translation>
    </message>
    <message>
        <source>10 ms earlier</source>
        <translation>На 10 мс раньше</translation>
    </message>
    <message>
        <source>10 ms later</source>
        <translation>На 10 мс позже</translation>
    </message>
    <message>
        <source>Confirm, go to the next bound</source>
        <translation>Подтвердить и к следующей границе</translation>
    </message>
    <message>
        <source>Confirm all that is proposed</source>
        <translation>Подтвердить всё предложенное</translation>
    </message>
    <message>
        <source>Take the bound away</source>
        <translation>Убрать границу или вернуть предложенную</translation>
    </message>
    <message>
        <source>ST of the lead into the list</source>
        <translation>ST отведения в список или из него</translation>
    </message>
    <message>
        <source>Next lead</source>
        <translation>Следующее отведение</translation>
    </message>
    <message>
        <source>Lead before</source>
        <translation>Предыдущее отведение</translation>
    </message>
    <message>
        <source>Close the averaged beat</source>
        <translation>Закрыть усреднённый комплекс</translation>
    </message>
    <message>
        <source>ECG on paper: open or close its desk</source>
        <translation>Бумажная ЭКГ: открыть или закрыть</translation>
    </message>
    <message>
        <source>Put a point, or take the usual</source>
        <translation>Поставить точку или принять обычное</translation>
    </message>
    <message>
        <source>Speed or gain {}</source>
        <translation>Скорость или усиление {}</translation>
    </message>
    <message>
        <source>Point to the left</source>
        <translation>Точку влево</translation>
    </message>
    <message>
        <source>Point to the right</source>
        <translation>Точку вправо</translation>
    </message>
    <message>
        <source>Point up</source>
        <translation>Точку вверх</translation>
    </message>
    <message>
        <source>Point down</source>
        <translation>Точку вниз</translation>
    </message>
    <message>
        <source>Point far to the left</source>
        <translation>Точку далеко влево</translation>
    </message>
    <message>
        <source>Point far to the right</source>
        <translation>Точку далеко вправо</translation>
    </message>
    <message>
        <source>Point far up</source>
        <translation>Точку далеко вверх</translation>
    </message>
    <message>
        <source>Point far down</source>
        <translation>Точку далеко вниз</translation>
    </message>
    <message>
        <source>Next point, enlarged</source>
        <translation>Следующая точка крупно</translation>
    </message>
    <message>
        <source>Mark along time shorter</source>
        <translation>Отрезок по времени короче</translation>
    </message>
    <message>
        <source>Mark along time longer</source>
        <translation>Отрезок по времени длиннее</translation>
    </message>
    <message>
        <source>Mark up shorter</source>
        <translation>Отрезок вверх короче</translation>
    </message>
    <message>
        <source>Mark up longer</source>
        <translation>Отрезок вверх длиннее</translation>
    </message>
    <message>
        <source>Calibrate the paper; again: the other way</source>
        <translation>Калибровать бумагу; ещё раз: другим способом</translation>
    </message>
    <message>
        <source>Time and amplitude at once</source>
        <translation>Время и амплитуда сразу</translation>
    </message>
    <message>
        <source>Take back what was marked last</source>
        <translation>Отменить последнюю отметку</translation>
    </message>
    <message>
        <source>Close the paper&apos;s desk</source>
        <translation>Закрыть бумажную ЭКГ</translation>
    </message>
    <message>
        <source>Next slice</source>
        <translation>Следующий срез</translation>
    </message>
    <message>
        <source>Slice before</source>
        <translation>Предыдущий срез</translation>
    </message>
    <message>
        <source>10 slices on</source>
        <translation>На 10 срезов вперёд</translation>
    </message>
    <message>
        <source>10 slices back</source>
        <translation>На 10 срезов назад</translation>
    </message>
    <message>
        <source>First slice</source>
        <translation>Первый срез</translation>
    </message>
    <message>
        <source>Last slice</source>
        <translation>Последний срез</translation>
    </message>
    <message>
        <source>Next series</source>
        <translation>Следующая серия</translation>
    </message>
    <message>
        <source>Series before</source>
        <translation>Предыдущая серия</translation>
    </message>
    <message>
        <source>Window {}</source>
        <translation>Окно {}</translation>
    </message>
    <message>
        <source>Black and white turned</source>
        <translation>Негатив</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Расстояние</translation>
    </message>
    <message>
        <source>Angle, by three clicks</source>
        <translation>Угол, тремя щелчками</translation>
    </message>
    <message>
        <source>Values in an ellipse</source>
        <translation>Значения в эллипсе</translation>
    </message>
    <message>
        <source>Values in a rectangle</source>
        <translation>Значения в прямоугольнике</translation>
    </message>
    <message>
        <source>Next figure on the slice</source>
        <translation>Следующая фигура на срезе</translation>
    </message>
    <message>
        <source>Remove the figure</source>
        <translation>Убрать фигуру</translation>
    </message>
    <message>
        <source>The photo is an ultrasound picture: measure on it</source>
        <translation>Фото — снимок УЗИ: измерять на нём</translation>
    </message>
    <message>
        <source>Distance; in M-mode time</source>
        <translation>Расстояние; в M-режиме и время</translation>
    </message>
    <message>
        <source>Angle on the picture</source>
        <translation>Угол на снимке</translation>
    </message>
    <message>
        <source>Area: ellipse</source>
        <translation>Площадь: эллипс</translation>
    </message>
    <message>
        <source>Area: contour</source>
        <translation>Площадь: контур</translation>
    </message>
    <message>
        <source>Doppler: velocity of a point</source>
        <translation>Допплер: скорость в точке</translation>
    </message>
    <message>
        <source>Doppler: envelope, VTI</source>
        <translation>Допплер: огибающая, VTI</translation>
    </message>
    <message>
        <source>Calibrate by a known length</source>
        <translation>Калибровка по известной длине</translation>
    </message>
    <message>
        <source>Calibrate by a known velocity</source>
        <translation>Калибровка по известной скорости</translation>
    </message>
    <message>
        <source>Calibrate a strip by a known time</source>
        <translation>Калибровка полосы по времени</translation>
    </message>
    <message>
        <source>Remove the calibration by hand</source>
        <translation>Убрать ручную калибровку</translation>
    </message>
    <message>
        <source>Height, weight, last period: for the formulas</source>
        <translation>Рост, вес, последняя менструация: для формул</translation>
    </message>
    <message>
        <source>Put a point of the figure</source>
        <translation>Поставить точку фигуры</translation>
    </message>
    <message>
        <source>End the contour</source>
        <translation>Завершить контур</translation>
    </message>
    <message>
        <source>A pixel to the left</source>
        <translation>На пиксель влево</translation>
    </message>
    <message>
        <source>A pixel to the right</source>
        <translation>На пиксель вправо</translation>
    </message>
    <message>
        <source>A pixel up</source>
        <translation>На пиксель вверх</translation>
    </message>
    <message>
        <source>A pixel down</source>
        <translation>На пиксель вниз</translation>
    </message>
    <message>
        <source>10 pixels to the left</source>
        <translation>На 10 пикселей влево</translation>
    </message>
    <message>
        <source>10 pixels to the right</source>
        <translation>На 10 пикселей вправо</translation>
    </message>
    <message>
        <source>10 pixels up</source>
        <translation>На 10 пикселей вверх</translation>
    </message>
    <message>
        <source>10 pixels down</source>
        <translation>На 10 пикселей вниз</translation>
    </message>
    <message>
        <source>Next frame, with a tool in hand</source>
        <translation>Следующий кадр, с инструментом в руке</translation>
    </message>
    <message>
        <source>Frame before, with a tool in hand</source>
        <translation>Предыдущий кадр, с инструментом в руке</translation>
    </message>
    <message>
        <source>Next point of the figure</source>
        <translation>Следующая точка фигуры</translation>
    </message>
    <message>
        <source>Next figure</source>
        <translation>Следующая фигура</translation>
    </message>
    <message>
        <source>Figure before</source>
        <translation>Предыдущая фигура</translation>
    </message>
    <message>
        <source>The figure is name {}</source>
        <translation>Фигура: название {}</translation>
    </message>
    <message>
        <source>Other names: echo, fetus, organ</source>
        <translation>Другие названия: эхо, плод, орган</translation>
    </message>
    <message>
        <source>Remove the measured figure</source>
        <translation>Удалить фигуру</translation>
    </message>
    <message>
        <source>Take the last point back</source>
        <translation>Убрать последнюю точку</translation>
    </message>
    <message>
        <source>Put the tool away</source>
        <translation>Убрать инструмент</translation>
    </message>
    <message>
        <source>Propose the chosen time</source>
        <translation>Предложить выбранное время</translation>
    </message>
    <message>
        <source>Suggested time {}</source>
        <translation>Предложенное время {}</translation>
    </message>
    <message>
        <source>A day back</source>
        <translation>На день раньше</translation>
    </message>
    <message>
        <source>A day on</source>
        <translation>На день позже</translation>
    </message>
    <message>
        <source>Earlier that day</source>
        <translation>Раньше в тот же день</translation>
    </message>
    <message>
        <source>Later that day</source>
        <translation>Позже в тот же день</translation>
    </message>
    <message>
        <source>Back without a time</source>
        <translation>Назад, не предлагать время</translation>
    </message>
    <message>
        <source>Earlier week</source>
        <translation>Предыдущая неделя</translation>
    </message>
    <message>
        <source>Later week</source>
        <translation>Следующая неделя</translation>
    </message>
    <message>
        <source>Call the patient</source>
        <translation>Позвонить пациенту</translation>
    </message>
    <message>
        <source>Copy the patient&apos;s link</source>
        <translation>Скопировать ссылку для пациента</translation>
    </message>
    <message>
        <source>Telephone: dial, log an attempt</source>
        <translation>Телефон: набрать, отметить попытку</translation>
    </message>
    <message>
        <source>More time for the consultation</source>
        <translation>Продлить консультацию</translation>
    </message>
    <message>
        <source>Write to the patient</source>
        <translation>Написать пациенту</translation>
    </message>
    <message>
        <source>Microphone on or off</source>
        <translation>Включить или выключить микрофон</translation>
    </message>
    <message>
        <source>Camera on or off</source>
        <translation>Включить или выключить камеру</translation>
    </message>
    <message>
        <source>Still picture of the patient into the documents</source>
        <translation>Снимок пациента в документы заявки</translation>
    </message>
    <message>
        <source>Open the newest file of the talk</source>
        <translation>Открыть последний файл разговора</translation>
    </message>
    <message>
        <source>Own picture to the next corner</source>
        <translation>Своё изображение в следующий угол</translation>
    </message>
    <message>
        <source>Call to the second screen, or back</source>
        <translation>Разговор на второй экран или обратно</translation>
    </message>
    <message>
        <source>Another camera, microphone or speaker</source>
        <translation>Другая камера, микрофон или динамик</translation>
    </message>
    <message>
        <source>Fold the call or unfold it</source>
        <translation>Свернуть разговор в полосу или развернуть</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Завершить разговор</translation>
    </message>
    <message>
        <source>Back from the call</source>
        <translation>Назад с экрана звонка</translation>
    </message>
    <message>
        <source>Open the file of the line</source>
        <translation>Открыть файл этой строки</translation>
    </message>
    <message>
        <source>Leave the message</source>
        <translation>Выйти из поля сообщения</translation>
    </message>
    <message>
        <source>Show where the number in the text comes from</source>
        <translation>Показать источник номера в тексте</translation>
    </message>
    <message>
        <source>Go to what is missing</source>
        <translation>К незаполненному</translation>
    </message>
    <message>
        <source>Next word in doubt</source>
        <translation>Следующее слово под сомнением</translation>
    </message>
    <message>
        <source>Find a diagnosis</source>
        <translation>Найти диагноз</translation>
    </message>
    <message>
        <source>Put a phrase in</source>
        <translation>Вставить фразу</translation>
    </message>
    <message>
        <source>Keep the selected text as a phrase</source>
        <translation>Сохранить выделенное как фразу</translation>
    </message>
    <message>
        <source>Earlier conclusions</source>
        <translation>Прежние заключения</translation>
    </message>
    <message>
        <source>All editions</source>
        <translation>Все редакции</translation>
    </message>
    <message>
        <source>Open a file not seen yet</source>
        <translation>Открыть неоткрытый файл</translation>
    </message>
    <message>
        <source>Sign what is shown</source>
        <translation>Подписать показанное</translation>
    </message>
    <message>
        <source>Back from the conclusion</source>
        <translation>Назад, закрыть заключение</translation>
    </message>
    <message>
        <source>Next conclusion</source>
        <translation>Следующее заключение</translation>
    </message>
    <message>
        <source>Previous conclusion</source>
        <translation>Предыдущее заключение</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Согласовать</translation>
    </message>
    <message>
        <source>Return to the doctor</source>
        <translation>Вернуть врачу</translation>
    </message>
    <message>
        <source>Pages of the conclusion</source>
        <translation>Страницы заключения</translation>
    </message>
    <message>
        <source>Request beside it</source>
        <translation>Заявка рядом с заключением</translation>
    </message>
    <message>
        <source>Files beside it</source>
        <translation>Файлы рядом с заключением</translation>
    </message>
    <message>
        <source>Difference to the version before</source>
        <translation>Отличия от прежней версии</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Назад к списку</translation>
    </message>
    <message>
        <source>Scroll the page on</source>
        <translation>Листать страницу вперёд</translation>
    </message>
    <message>
        <source>Scroll the page back</source>
        <translation>Листать страницу назад</translation>
    </message>
    <message>
        <source>Older edition</source>
        <translation>Более ранняя редакция</translation>
    </message>
    <message>
        <source>Newer edition</source>
        <translation>Более поздняя редакция</translation>
    </message>
    <message>
        <source>Pages of the edition</source>
        <translation>Страницы редакции</translation>
    </message>
    <message>
        <source>Difference of two editions</source>
        <translation>Отличия двух редакций</translation>
    </message>
    <message>
        <source>Back from the archive</source>
        <translation>Назад из архива</translation>
    </message>
    <message>
        <source>Open the case of the notice</source>
        <translation>Открыть дело из уведомления</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Выполнить</translation>
    </message>
    <message>
        <source>Next line</source>
        <translation>Следующая строка</translation>
    </message>
    <message>
        <source>Previous line</source>
        <translation>Предыдущая строка</translation>
    </message>
    <message>
        <source>Close the palette</source>
        <translation>Закрыть поиск действий</translation>
    </message>
    <message>
        <source>Close the page of keys</source>
        <translation>Закрыть список клавиш</translation>
    </message>
</context>
<context>
    <name>KeyRooms</name>
    <message>
        <source>Everywhere</source>
        <translation>Везде</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Filter of the queue</source>
        <translation>Фильтр очереди</translation>
    </message>
    <message>
        <source>Columns of the queue</source>
        <translation>Столбцы очереди</translation>
    </message>
    <message>
        <source>Request card</source>
        <translation>Карточка заявки</translation>
    </message>
    <message>
        <source>Decision on a request</source>
        <translation>Решение по заявке</translation>
    </message>
    <message>
        <source>Panel of a decision</source>
        <translation>Панель решения</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Дело</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Клип</translation>
    </message>
    <message>
        <source>ECG</source>
        <translation>ЭКГ</translation>
    </message>
    <message>
        <source>Calipers of the ECG</source>
        <translation>Циркуль ЭКГ</translation>
    </message>
    <message>
        <source>Averaged beat of the ECG</source>
        <translation>Усреднённый комплекс ЭКГ</translation>
    </message>
    <message>
        <source>ECG on paper</source>
        <translation>Бумажная ЭКГ</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Report of the device</source>
        <translation>Отчёт прибора</translation>
    </message>
    <message>
        <source>Patient&apos;s disc</source>
        <translation>Диск пациента</translation>
    </message>
    <message>
        <source>CT and MRI</source>
        <translation>КТ и МРТ</translation>
    </message>
    <message>
        <source>Measuring on pictures</source>
        <translation>Измерения на снимках</translation>
    </message>
    <message>
        <source>Time of the consultation</source>
        <translation>Время консультации</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Переписка</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Заключение</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Согласование</translation>
    </message>
    <message>
        <source>Archive of a conclusion</source>
        <translation>Архив заключения</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Поиск действий</translation>
    </message>
    <message>
        <source>Page of keys</source>
        <translation>Список клавиш</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
</context>
<context>
    <name>Mouse</name>
    <message>
        <source>wheel</source>
        <translation>колесо</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>тянуть</translation>
    </message>
    <message>
        <source>click</source>
        <translation>щелчок</translation>
    </message>
    <message>
        <source>right button</source>
        <translation>правая кнопка</translation>
    </message>
    <message>
        <source>middle button</source>
        <translation>средняя кнопка</translation>
    </message>
    <message>
        <source>right button, drag</source>
        <translation>правая кнопка, тянуть</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Масштаб под курсором</translation>
    </message>
    <message>
        <source>Move the enlarged picture</source>
        <translation>Двигать увеличенное изображение</translation>
    </message>
    <message>
        <source>Mouse on the ECG</source>
        <translation>Мышь на ЭКГ</translation>
    </message>
    <message>
        <source>Mouse on the averaged beat</source>
        <translation>Мышь на усреднённом комплексе</translation>
    </message>
    <message>
        <source>Mouse on a long recording</source>
        <translation>Мышь на длинной записи</translation>
    </message>
    <message>
        <source>Mouse on an ECG on paper</source>
        <translation>Мышь на бумажной ЭКГ</translation>
    </message>
    <message>
        <source>Mouse on a picture</source>
        <translation>Мышь на снимке</translation>
    </message>
    <message>
        <source>Mouse on a clip</source>
        <translation>Мышь на клипе</translation>
    </message>
    <message>
        <source>Mouse on a document</source>
        <translation>Мышь на документе</translation>
    </message>
    <message>
        <source>Later or earlier</source>
        <translation>Позже или раньше по записи</translation>
    </message>
    <message>
        <source>Rows up and down</source>
        <translation>Строки вверх и вниз</translation>
    </message>
    <message>
        <source>Move the paper</source>
        <translation>Двигать бумагу</translation>
    </message>
    <message>
        <source>Move the paper, calipers in hand or not</source>
        <translation>Двигать бумагу и с циркулем</translation>
    </message>
    <message>
        <source>After {}: measure; on a caliper: move it</source>
        <translation>После {}: измерить; за циркуль: двигать</translation>
    </message>
    <message>
        <source>Set the bound, or choose a lead</source>
        <translation>Поставить границу, выбрать отведение</translation>
    </message>
    <message>
        <source>On the strip: go there, or to a pause</source>
        <translation>По полосе: перейти туда или к паузе</translation>
    </message>
    <message>
        <source>On a caliper: say what it measures, remove</source>
        <translation>На циркуле: что измерено, удалить</translation>
    </message>
    <message>
        <source>On a word above: change what it names</source>
        <translation>По слову над записью: изменить названное</translation>
    </message>
    <message>
        <source>Move the bound of a wave</source>
        <translation>Двигать границу зубца</translation>
    </message>
    <message>
        <source>Move in time</source>
        <translation>Двигать по времени</translation>
    </message>
    <message>
        <source>Open the paper from that moment</source>
        <translation>Открыть бумагу с этого места</translation>
    </message>
    <message>
        <source>On the strip: take the frame along</source>
        <translation>По полосе: вести рамку</translation>
    </message>
    <message>
        <source>Put a point</source>
        <translation>Поставить точку</translation>
    </message>
    <message>
        <source>Draw a line; on a point: move it</source>
        <translation>Провести отрезок; за точку: двигать её</translation>
    </message>
    <message>
        <source>Slowly and exactly</source>
        <translation>Медленно и точно</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Двигать снимок</translation>
    </message>
    <message>
        <source>Larger or smaller</source>
        <translation>Крупнее или мельче</translation>
    </message>
    <message>
        <source>Next or previous frame</source>
        <translation>Следующий или предыдущий кадр</translation>
    </message>
    <message>
        <source>On the bar: to that moment of the clip</source>
        <translation>По шкале: к этому месту клипа</translation>
    </message>
    <message>
        <source>Up and down the pages</source>
        <translation>Листать страницы вверх и вниз</translation>
    </message>
</context>
</TS>
