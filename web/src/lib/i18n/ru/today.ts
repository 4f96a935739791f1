// Today: what waits for me, what changed.
import { counted } from '../plural';

export const today = {
  greeting: {
    morning: (name: string) => `Доброе утро, ${name}`,
    day: (name: string) => `Добрый день, ${name}`,
    evening: (name: string) => `Добрый вечер, ${name}`,
  },
  waiting: {
    title: 'Ждёт вас',
    nothing: 'Ничего срочного: тревог нет, вердикты подписаны, чек-листы подтверждены.',
    verdict: (outcome: string) => `Подписать вердикт: предложено «${outcome}»`,
    gate: (line: string) => `Подтвердить: ${line}`,
    own: 'Ваши проблемы',
    openOwn: (count: number) =>
      `Всего открыто: ${counted.ru(count, { one: 'ваша проблема', few: 'ваши проблемы', many: 'ваших проблем', other: 'вашей проблемы' })}`,
  },
  changed: {
    title: 'Что изменилось',
    lead: (now: string, before: string) => `${now} по сравнению с ${before}`,
    allMetrics: 'Все метрики',
    topics: 'Темы, которые выросли или снизились',
    topicsLead: 'Показаны только настоящие изменения, по числу клиентов',
    noTopics: 'Ни одна тема не изменилась настолько, чтобы это не могло быть случайностью.',
    topicFromTo: (before: string, now: string) => `было ${before}, стало ${now}`,
    events: 'Бэклог за две недели',
    noEvents: 'За две недели в бэклоге ничего не произошло.',
    allEvents: 'Открыть бэклог',
    voices: 'Последние отклики',
    allVoices: 'Все отклики',
    silent: 'За последние четыре недели откликов не было.',
    silentAction: 'Загрузить новые',
  },
  start: {
    title: 'С чего начать',
    text: 'Три шага, и у вас есть первая проблема с доказательствами.',
    import: {
      title: 'Загрузите отклики',
      text: 'Отзывы, звонки или ответы на опрос: таблица или текстовый файл. Личные данные скроем до сохранения.',
      action: 'Загрузить файл',
    },
    topics: {
      title: 'Заведите темы',
      text: 'Тема находит отклики по словам и показывает, какие слова её вызвали.',
      action: 'К темам',
    },
    problem: {
      title: 'Запишите первую проблему',
      text: 'Словами клиента. Система посчитает, скольких клиентов она касается.',
      action: 'Новая проблема',
    },
    done: 'сделано',
  },
};
