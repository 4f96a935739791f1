// Analyses: what moves a score, what topics take from it.
import { counted } from '../plural';

export const analyses = {
  quoted: (name: string) => `«${name}»`,
  uncertain: 'не отличить от случайности',
  drivers: {
    by: { label: 'Чем объясняем', topics: 'Темы', answers: 'Другие оценки' },
    driver: 'Что влияет',
    importance: 'Важность',
    importanceRange: 'Интервал 95 %',
    way: 'Куда тянет',
    lowers: 'тянет вниз',
    raises: 'тянет вверх',
    uncertain: 'не отличить от случайности',
    performance: 'Как сейчас',
    ofScale: 'Средняя оценка, % шкалы',
    ofHundred: (value: string) => `${value} из 100`,
    scoreOf: (name: string) => `${name} у таких ответов`,
    table: 'Что двигает оценку',
    map: (name: string) => `Что двигает ${name}: важность и нынешний уровень`,
    mapLead: 'Пунктир — средние значения. Полый кружок: влияние не отличить от случайности.',
    corners: {
      fix: 'важно и плохо',
      keep: 'важно и хорошо',
      low: 'неважно и плохо',
      spare: 'неважно и хорошо',
    },
    down: (names: string, one: boolean) =>
      one ? `Сильнее всего оценку тянет вниз ${names}.` : `Сильнее всего оценку тянут вниз ${names}.`,
    up: (names: string, one: boolean) =>
      one ? `Вверх сильнее всего тянет ${names}.` : `Вверх сильнее всего тянут ${names}.`,
    together: (names: string) => `Сильнее всего с оценкой связано: ${names}.`,
    none: 'Ничто из этого не двигает оценку заметнее случайности.',
    explained: (share: string, n: string) =>
      `Всё вместе объясняет ${share} разброса оценок (R²). Посчитано по ответам: ${n}.`,
    cause: 'Это связь, а не причина: помогло ли изменение, покажет измерение эффекта.',
    uncertainNote: 'Серые строки объясняют не больше, чем столбец случайных чисел.',
    leftOut: (names: string) => `Не вошло, потому что целиком следует из остального: ${names}.`,
    tooFew: (answers: string, minimum: string) =>
      `Подходящих ответов ${answers}, а нужно хотя бы ${minimum}. Возьмите период пошире или уберите фильтры.`,
    refusals: {
      no_candidates: {
        title: 'Объяснять пока нечем',
        text: 'Ни одна тема, оценка или значение не встречается достаточно часто. Возьмите период пошире или другой признак.',
      },
      too_few: { title: 'Ответов мало', text: '' },
      constant: {
        title: 'Сравнивать нечего',
        text: 'Все ответы одинаковы или признаки не меняются от ответа к ответу.',
      },
    },
  },
  topics: {
    base: 'Без этих тем',
    rest: 'Остальные темы',
    points: 'Вклад в оценку',
    with: (name: string) => `${name} с темой`,
    withoutColumn: (name: string) => `${name} без темы`,
    impact: 'Влияние темы',
    table: 'Вклад тем в оценку',
    chart: (name: string) => `Из чего складывается ${name}`,
    chartLead:
      'Красное тема отнимает, зелёное даёт; ответ с двумя темами учтён один раз. Усы: интервал 95 %.',
    without: (topic: string, name: string, without: string, value: string) =>
      `Без темы «${topic}» ${name} был бы ${without}, а не ${value}.`,
    withoutScore: (topic: string, without: string, value: string) =>
      `Без темы «${topic}» оценка была бы ${without}, а не ${value}.`,
    more: (n: number) => `Ещё ${counted.ru(n, { one: 'тема', few: 'темы', many: 'тем', other: 'темы' })}`,
    zoomed: 'Показан отрезок шкалы',
    whole: 'Вся шкала',
    zoom: 'Крупнее',
    items: (n: number) => counted.ru(n, { one: 'ответ', few: 'ответа', many: 'ответов', other: 'ответа' }),
    none: 'Ни одна тема не меняет оценку заметнее случайности.',
    explained: (share: string, n: string) =>
      `Темы объясняют ${share} разброса оценок. Посчитано по ответам: ${n}.`,
    notes:
      'Вклад — сколько пунктов тема отнимает или даёт при прочих равных; вклады складываются в оценку.\n«Без темы» — оценка тех, кто её не упомянул. Эти числа между собой не складываются: темы пересекаются.',
    tooFew: 'Ответов мало',
    tooFewText: (n: string) => `Ответов ${n}: разложить оценку на темы можно от 30. Возьмите период пошире.`,
  },
};
