<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>ColumnPanel</name>
    <message>
        <source>Order and width…</source>
        <translation>Порядок и ширина…</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Как обычно</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Столбцы</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Space shows or hides; {left} and {right} move; {wider} and {narrower}: width</source>
        <translation>Пробел: показать или скрыть; {left}, {right}: место; {wider}, {narrower}: ширина</translation>
    </message>
    <message>
        <source>Each row says the term, the patient and the state: this column stays</source>
        <translation>В строке всегда видны срок, пациент и состояние: этот столбец остаётся</translation>
    </message>
</context>
<context>
    <name>ConditionsForm</name>
    <message>
        <source>Hours until the term</source>
        <translation>Часов до срока</translation>
    </message>
    <message>
        <source>Age from, full years</source>
        <translation>Возраст от, полных лет</translation>
    </message>
    <message>
        <source>Age to, full years</source>
        <translation>Возраст до, полных лет</translation>
    </message>
    <message>
        <source>Beginnings of ICD-10 codes</source>
        <translation>Начала кодов МКБ-10 через пробел: I34 Q2</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Профиль</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>within</source>
        <translation>в ближайшие</translation>
    </message>
    <message>
        <source>h</source>
        <translation>ч</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Age, from</source>
        <translation>Возраст, от</translation>
    </message>
    <message>
        <source>to</source>
        <translation>до</translation>
    </message>
    <message>
        <source>ICD-10</source>
        <translation>МКБ-10</translation>
    </message>
</context>
<context>
    <name>FilterList</name>
    <message>
        <source>My filters</source>
        <translation>Мои фильтры</translation>
    </message>
    <message>
        <source>Change the filter</source>
        <translation>Изменить отбор</translation>
    </message>
    <message>
        <source>Filter: {}</source>
        <translation>Фильтр: {}</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>Сохранить отбор</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Фильтры</translation>
    </message>
    <message>
        <source>removed: {}</source>
        <translation>убран: {}</translation>
    </message>
    <message>
        <source>changed: {}</source>
        <translation>изменён: {}</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>No filters yet</source>
        <translation>Фильтров ещё нет</translation>
    </message>
    <message>
        <source>Save the filter…</source>
        <translation>Сохранить отбор…</translation>
    </message>
    <message>
        <source>Change “{}”…</source>
        <translation>Изменить «{}»…</translation>
    </message>
    <message>
        <source>New filter…</source>
        <translation>Новый фильтр…</translation>
    </message>
    <message>
        <source>Remove “{}”</source>
        <translation>Убрать «{}»</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Name of the filter</source>
        <translation>Название фильтра</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Holds: {}</source>
        <translation>В отборе: {}</translation>
    </message>
    <message>
        <source>New filter</source>
        <translation>Новый фильтр</translation>
    </message>
    <message>
        <source>Change the filter</source>
        <translation>Изменить фильтр</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Не сохранено</translation>
    </message>
    <message>
        <source>Changed in another window, it is now “{}”: {}. Save once more to replace it.</source>
        <translation>Изменён в другом окне, теперь это «{}»: {}. Сохраните ещё раз, чтобы заменить его.</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Дайте фильтру название.</translation>
    </message>
    <message>
        <source>Another filter has this name: choose another one.</source>
        <translation>Фильтр с таким названием уже есть: выберите другое.</translation>
    </message>
    <message numerus="yes">
        <source>No more than %n filter(s) are kept: remove one that is not needed.</source>
        <translation>
            <numerusform>Хранится не больше %n фильтра: уберите ненужный.</numerusform>
            <numerusform>Хранится не больше %n фильтров: уберите ненужный.</numerusform>
            <numerusform>Хранится не больше %n фильтров: уберите ненужный.</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed in another window. Save once more to keep it as a new one.</source>
        <translation>Убран в другом окне. Сохраните ещё раз, чтобы завести его заново.</translation>
    </message>
</context>
<context>
    <name>FilterWords</name>
    <message>
        <source>Overdue</source>
        <translation>Просрочено</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Скоро</translation>
    </message>
    <message>
        <source>Has time</source>
        <translation>Время есть</translation>
    </message>
    <message>
        <source>No term</source>
        <translation>Без срока</translation>
    </message>
    <message>
        <source>Lacks documents</source>
        <translation>Не хватает</translation>
    </message>
    <message>
        <source>Has documents</source>
        <translation>Все есть</translation>
    </message>
    <message>
        <source>search “{}”</source>
        <translation>поиск «{}»</translation>
    </message>
    <message>
        <source>term within {} h</source>
        <translation>срок в ближайшие {} ч</translation>
    </message>
    <message>
        <source>Documents lacking</source>
        <translation>документов не хватает</translation>
    </message>
    <message>
        <source>Documents complete</source>
        <translation>документы полны</translation>
    </message>
    <message>
        <source> or </source>
        <translation> или </translation>
    </message>
    <message numerus="yes">
        <source>{} and %n more</source>
        <translation>
            <numerusform>{} и ещё %n</numerusform>
            <numerusform>{} и ещё %n</numerusform>
            <numerusform>{} и ещё %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from %n year(s)</source>
        <translation>
            <numerusform>от %n года</numerusform>
            <numerusform>от %n лет</numerusform>
            <numerusform>от %n лет</numerusform>
        </translation>
    </message>
    <message>
        <source>under a year</source>
        <translation>до года</translation>
    </message>
    <message numerus="yes">
        <source>up to %n year(s)</source>
        <translation>
            <numerusform>до %n года</numerusform>
            <numerusform>до %n лет</numerusform>
            <numerusform>до %n лет</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from {} to %n year(s)</source>
        <translation>
            <numerusform>от {} до %n года</numerusform>
            <numerusform>от {} до %n лет</numerusform>
            <numerusform>от {} до %n лет</numerusform>
        </translation>
    </message>
    <message>
        <source>, from the end</source>
        <translation>, с конца</translation>
    </message>
    <message>
        <source>order: {}</source>
        <translation>порядок: {}</translation>
    </message>
</context>
<context>
    <name>GroupBar</name>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
</context>
<context>
    <name>ListArea</name>
    <message>
        <source>Nothing was found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>“{}” is in no request of this list</source>
        <translation>«{}» нет ни в одной заявке этого списка</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Очистить поиск</translation>
    </message>
    <message>
        <source>There are no unclaimed requests</source>
        <translation>Свободных заявок нет</translation>
    </message>
    <message>
        <source>You have no requests in work</source>
        <translation>У вас нет заявок в работе</translation>
    </message>
    <message>
        <source>No request awaits documents</source>
        <translation>Ни одна заявка не ждёт документов</translation>
    </message>
    <message>
        <source>You have laid nothing aside</source>
        <translation>Вы ничего не откладывали</translation>
    </message>
    <message>
        <source>There are no requests</source>
        <translation>Заявок нет</translation>
    </message>
    <message>
        <source>{} lays the chosen request aside till a moment</source>
        <translation>{} откладывает выбранную заявку до нужного времени</translation>
    </message>
    <message>
        <source>New ones appear here by themselves</source>
        <translation>Новые появятся здесь сами</translation>
    </message>
    <message>
        <source>No request fits the filter</source>
        <translation>Под фильтр не подходит ни одна заявка</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать все</translation>
    </message>
</context>
<context>
    <name>OneFilterMenu</name>
    <message>
        <source>Name and conditions…</source>
        <translation>Название и условия…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
</context>
<context>
    <name>QueueColumns</name>
    <message>
        <source>Answer due</source>
        <translation>Срок ответа</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>Diagnosis, profile</source>
        <translation>Диагноз, профиль</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>State, who</source>
        <translation>Состояние, кто</translation>
    </message>
    <message>
        <source>Order by this column</source>
        <translation>Упорядочить по этому столбцу</translation>
    </message>
</context>
<context>
    <name>QueueHead</name>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Take next</source>
        <translation>Взять следующее</translation>
    </message>
    <message>
        <source>State as of {}</source>
        <translation>Показано состояние на {}</translation>
    </message>
    <message>
        <source>Next: {}</source>
        <translation>Следующее: {}</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Requests</source>
        <translation>Заявки</translation>
    </message>
</context>
<context>
    <name>RemovedLine</name>
    <message>
        <source>Bring it back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Remove again</source>
        <translation>Убрать ещё раз</translation>
    </message>
    <message>
        <source>Removed: {}</source>
        <translation>Фильтр убран: {}</translation>
    </message>
    <message>
        <source>Not brought back: {}</source>
        <translation>Фильтр не возвращён: {}</translation>
    </message>
    <message>
        <source>Not removed: {}</source>
        <translation>Фильтр не убран: {}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Patient, diagnosis, complaints, number</source>
        <translation>Пациент, диагноз, жалобы, номер</translation>
    </message>
    <message>
        <source>Search: patient, diagnosis, complaints, number</source>
        <translation>Поиск: пациент, диагноз, жалобы, номер</translation>
    </message>
</context>
</TS>
