# Слова отчётов: то, что стоит на бумаге и в таблицах рядом с числами.

report-company = Компания
report-unit = Подразделение
report-period = Период
report-made = Сделан
report-where = Условия
report-words = Слова
report-definition = Определение
report-every-day = за всё время
report-empty = На этой доске пока нет карточек.
report-page = Страница
report-of = из
report-sample = n { $n }
report-interval = от { $low } до { $high }
report-share-points = п. п.
report-change-real = разница настоящая
report-change-not-real = не отличить от случайности
report-change-too-few = данных мало, чтобы судить о разнице
report-change-none = сравнить не с чем
report-against = против { $period }
report-over-time = { $name } по времени
report-this-series = Сейчас
report-other-series = Предыдущий период
report-target = цель { $value } к { $day }
report-release = релиз: { $name }
report-all-items = Все отклики
report-no-value = не указано
report-no-topic = без темы
report-gone = удалено
report-more-rows = { $count ->
    [one] И ещё { $count } строка: в XLSX есть все.
    [few] И ещё { $count } строки: в XLSX есть все.
   *[other] И ещё { $count } строк: в XLSX есть все.
}
report-gaps = Пропуски: { $list }.
report-more-gaps = и ещё { $count }
report-small-rows = Бледные строки: ответов меньше { $n }.
report-dots = Точка вместо числа: данных мало.
report-no-rows = По этому разрезу откликов нет.
report-unknown-metric = Метрики этой карточки больше нет.
report-windows = Каждая точка посчитана за скользящее окно, поэтому у соседних точек есть общие отклики.
report-overlap = У отклика бывает несколько тем, поэтому строки пересекаются и в сумме больше целого.
report-carried = За некоторые месяцы клиентской базы нет: взято число одного из двух предыдущих месяцев.
report-anonymous = Отклики без ключа клиента среди клиентов не посчитаны.
report-periods-differ = Периоды разной длины: разница пересчитана на равную длину.
report-independent = Интервал посчитан так, будто метрики в формуле независимы.
report-bounded = Интервал взят с запасом: как связаны ответы на разные вопросы, здесь не посчитать.
report-many = Сравнений много, поэтому порог строже обычного (поправка Холма).

report-refused-no-data = За этот срез никто не ответил.
report-refused-too-few = Ответов меньше пяти: честной оценки по ним не получится.
report-refused-no-denominator = Нет клиентской базы за этот срез: делить не на что.
report-refused-denominator-too-small = Обратилось больше клиентов, чем есть в клиентской базе: в ней ошибка.
report-refused-undefined = У формулы здесь нет значения: деление на ноль.
report-refused-no-weights = Какая-то группа клиентской базы здесь не ответила: взвесить ответы не по чему.
report-short-no-data = нет ответов
report-short-too-few = мало данных
report-short-no-denominator = нет клиентской базы
report-short-denominator-too-small = база слишком мала
report-short-undefined = не определено
report-short-no-weights = не взвесить

report-warn-empty = Никто не ответил.
report-warn-small = Ответов всего { $answers }: опираться на оценку стоит от { $minimum }.
report-warn-low-response = Ответили { $share } приглашённых: остальные могут думать иначе.
report-warn-self-selected = Никого не спрашивали: сами пишут чаще те, кто недоволен или очень доволен.
report-warn-insiders = { $share } ответов от сотрудников и знакомых: они судят не как клиенты.
report-warn-burst = { $share } ответов пришли за один день: проверьте, что это не одна рассылка и не один человек.
report-warn-dropped = Ответов { $answers }, а за предыдущий период было { $before }: сравнивать нужно с осторожностью.
report-warn-lopsided = Состав ответивших не похож на клиентскую базу.
report-warn-lopsided-badly = Состав ответивших сильно не похож на клиентскую базу: взвешивание его не исправит.

report-unit-nps = от −100 до 100
report-unit-scale = от { $low } до { $high }
report-unit-rate-customers = на { $per } клиентов
report-unit-rate-transactions = на { $per } операций
report-unit-rate-contracts = на { $per } договоров
report-unit-rate-invitations = на { $per } приглашений
report-unit-rate-starts = на { $per } начатых анкет

report-column-value = Значение
report-column-sample = n
report-column-interval = Интервал 95 %
report-column-low = От
report-column-high = До
report-column-customers = Клиентов
report-column-before = Было
report-column-difference = Разница
report-column-p = p
report-column-verdict = Вывод
report-column-why = Почему нет значения
report-by = { $name }: { $by }

report-dimension-source = Источник
report-dimension-channel = Канал
report-dimension-unit = Подразделение
report-dimension-product = Продукт
report-dimension-touchpoint = Точка контакта
report-dimension-segment = Сегмент
report-dimension-region = Регион
report-dimension-language = Язык
report-dimension-topic = Тема
report-dimension-complaint = Жалоба
report-dimension-nps-group = Группа NPS
report-dimension-day = День
report-dimension-week = Неделя
report-dimension-month = Месяц
report-dimension-quarter = Квартал
report-dimension-year = Год

report-channel-survey = опрос
report-channel-call = звонок
report-channel-chat = чат
report-channel-chatbot = чат-бот
report-channel-complaint = претензия
report-channel-branch = отделение
report-channel-email = почта
report-channel-review = отзыв
report-channel-social = соцсети
report-channel-report = отчёт
report-channel-research = исследование
report-channel-employee = сотрудник
report-language-ru = русский
report-language-en = английский
report-nps-group-promoter = промоутеры
report-nps-group-passive = нейтралы
report-nps-group-detractor = критики
report-complaint-true = жалоба
report-complaint-false = не жалоба

report-filter-not = кроме: { $values }
report-filter-missing = не указано
report-filter-given = указано
report-filter-answered = есть ответ
report-filter-not-answered = нет ответа
report-filter-other = особое условие

report-incident-outage = сбой
report-incident-terms = условия
report-incident-campaign = акция
report-incident-outside = внешнее событие
report-incident-measurement = изменилось измерение
report-incident-other = событие

report-letter-subject = { $board }, { $period }
report-letter-text = Отчёт по доске «{ $board }» за период { $period } во вложении.
report-letter-open = Открыть доску
