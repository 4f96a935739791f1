// The arithmetic of scale and of client debt, in sentences.
import { counted } from '../plural';

export const scale = {
  title: 'Масштаб',
  none: 'Масштаб не посчитан: у проблемы нет доказательств.',
  noneAction: 'Выбрать доказательства',
  about: (customers: string) => `около ${customers}`,
  between: (low: string, high: string) => `от ${low} до ${high}`,
  atLeast: (customers: string) => `не меньше ${customers}`,
  interval: (range: string) => `95 % интервал: ${range}`,
  window: (days: string) => `Считаем за ${days}`,
  bases: {
    answers: 'Основа: ответы на опросы, это выборка клиентской базы.',
    items: 'Основа: сами отклики. Клиенты в них не названы, поэтому известна только доля откликов.',
    contacts: 'Основа: обращения. Кто обратился, тот выбрал себя сам, поэтому только границы.',
  },
  share: (share: string) => `Доля: ${share}`,
  trend: (change: string, days: number) =>
    `${change} к предыдущим ${counted.ru(days, { one: 'дню', few: 'дням', many: 'дням', other: 'дня' })}`,
  linesTitle: 'Как мы это посчитали',
  inItems: (count: number) =>
    counted.ru(count, { one: 'отклике', few: 'откликах', many: 'откликах', other: 'отклика' }),
  customersOf: (count: number) =>
    counted.ru(count, { one: 'клиента', few: 'клиентов', many: 'клиентов', other: 'клиента' }),
  lines: {
    seen: (customers: string, items: string) => `Сказали нам сами: ${customers} в ${items}.`,
    anonymous: (items: string) => `Из них без ключа клиента: ${items}. В клиентах их не считаем.`,
    shareOfAnswers: (part: string, whole: string, share: string) =>
      `Из ${whole} ответов на опросы проблему упоминают ${part}: ${share}.`,
    shareOfItems: (part: string, whole: string, share: string) =>
      `Из ${whole} откликов о ней говорят ${part}: ${share}. Клиенты в откликах не названы.`,
    shareOfHeard: (part: string, whole: string, share: string) =>
      `Из ${whole} услышанных клиентов о ней сказали ${part}: ${share}.`,
    base: (customers: string) => `Клиентская база в среднем за месяц окна: ${customers}.`,
    estimate: (customers: string, range: string) => `Доля × база: ${customers} (${range}).`,
    raisedToSeen: (customers: string, range: string) =>
      `Меньше, чем уже увидели, быть не может: поднимаем до ${customers} (${range}).`,
    atLeast: (customers: string, share: string) =>
      `Не меньше тех, кто сказал сам: ${customers}, это ${share} базы.`,
    atMost: (customers: string) =>
      `Не больше, если молчащие страдают не чаще говорящих: верхняя граница доли × база, ${customers}.`,
  },
  caveatsTitle: 'Что важно помнить',
  caveats: {
    self_selected: 'Обратившиеся выбрали себя сами: по ним видны границы, а не оценка базы.',
    few_answers: 'Ответов на опросы меньше тридцати: по ним о базе судить рано.',
    unprompted: 'Об этой проблеме не спрашивали прямо: кто не упомянул её, тот мог с ней столкнуться.',
    anonymous_not_counted: 'Часть откликов без ключа клиента: клиентов может быть больше.',
    no_base: 'Клиентская база не загружена: оценки для всей базы нет.',
    base_too_small: 'Услышанных клиентов больше, чем в базе: база не подходит к этим откликам.',
    raised_to_seen: 'Оценка по опросам ниже увиденного: отвечавшие могут отличаться от базы.',
    nothing_seen: 'За это окно никто об этом не сказал.',
  },
  items: {
    seen: 'Отклики о проблеме',
    seen_ever: 'Отклики о проблеме за всё время',
    anonymous: 'Отклики без ключа клиента',
    heard: 'Все отклики этого окна',
    answers_with: 'Ответы, где проблема упомянута',
    answers_all: 'Все ответы на опросы',
    none: 'Откликов нет.',
    ever: 'За всё время',
    more: (shown: string, total: string) => `Показано ${shown} из ${total}`,
    pin: 'Закрепить',
    pinOf: (number: string) => `Закрепить отклик № ${number}`,
    pinned: 'закреплён',
    exclude: 'Исключить',
    excludeOf: (number: string) => `Исключить отклик № ${number}`,
    excluded: 'исключён',
    restore: 'Как по вопросу',
    restoreOf: (number: string) => `Оставить вопросу отклик № ${number}`,
    markFailed: 'Отметка не сохранилась',
    all: 'Открыть в «Голосе»',
  },
  trendTitle: 'Клиентов с этой проблемой по месяцам',
  trendLead: 'По темам, фильтру и словам доказательств, без ручных отметок.',
  trendSeries: 'Клиентов',
  debt: {
    title: 'Клиентский долг',
    lead: 'Цена месяца без решения.',
    amount: (amount: string) => `${amount} в месяц`,
    atLeast: (amount: string) => `не меньше ${amount} в месяц`,
    unknown: 'Пока не посчитан',
    churn: (customers: string, share: string, value: string, amount: string) =>
      `Уход: ${customers} в месяц × ${share} × ${value} с клиента = ${amount}`,
    complaints: (complaints: string, cost: string, amount: string) =>
      `Жалобы: ${complaints} в месяц × ${cost} за жалобу = ${amount}`,
    missingTitle: 'Не хватает',
    missing: {
      customers: 'масштаба проблемы',
      churn_share: 'доли уходящих',
      customer_value: 'ценности клиента',
      complaints: 'числа жалоб',
      claim_cost: 'цены жалобы',
    },
    churnShare: 'Уходят из-за проблемы',
    customerValue: 'Приносит один клиент',
    claimCost: 'Стоит одна жалоба',
    percent: '%',
    save: 'Сохранить',
  },
};
