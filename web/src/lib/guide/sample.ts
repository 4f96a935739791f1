// Made-up numbers for the style guide; the same on every run.
import type { BarRow, HeatRow, ScatterPoint, TrendMark, TrendSeries } from '$lib/components/charts/types';
import { fmt } from '$lib/format';

export const channelOptions = [
  { value: 'call', label: 'звонок', note: '12 480' },
  { value: 'chat', label: 'чат', note: '9 112' },
  { value: 'survey', label: 'опрос', note: '7 204' },
  { value: 'review', label: 'отзыв', note: '2 709' },
];

export const topicOptions = [
  { value: 't1', label: 'Комиссии и списания' },
  { value: 't2', label: 'Доставка карты' },
  { value: 't3', label: 'Вход в приложение' },
  { value: 't4', label: 'Ожидание на линии' },
  { value: 't5', label: 'Банкоматы' },
];

export const criticalities = [
  { value: 1, label: 'можно жить' },
  { value: 2, label: 'раздражает' },
  { value: 3, label: 'мешает' },
  { value: 4, label: 'риск ухода' },
  { value: 5, label: 'отток неизбежен' },
];

export type SampleProblem = {
  id: string;
  title: string;
  customers: number;
  criticality: number;
  score: number;
  plan: string | null;
  unit: string;
  verdict: string | null;
};

const titles = [
  'Не понимаю, за что списана комиссия',
  'Карту везут дольше, чем обещали',
  'Приложение не пускает после обновления',
  'Дозвониться можно только с третьего раза',
  'Банкомат забрал карту, и никто не отвечает',
  'Справку приходится забирать в отделении',
  'В чате отвечают одно, по телефону другое',
  'После закрытия кредита продолжают звонить',
];
const units = ['Карты', 'Кредиты', 'Мобильный банк', 'Отделения', 'Малый бизнес'];

export function makeProblems(count: number): SampleProblem[] {
  const random = generator(7);
  return Array.from({ length: count }, (_, index) => ({
    id: `P-${index + 1}`,
    title:
      index < titles.length ? pick(titles, index) : `${pick(titles, index)} (${fmt().number(index + 1)})`,
    customers: Math.round(10 ** (1.5 + 3 * random())),
    criticality: 1 + Math.floor(5 * random()),
    score: Math.round(1000 * random()) / 10,
    plan:
      random() < 0.7
        ? `План ${pick(['А', 'Б', 'В'], Math.floor(3 * random()))}: проверить на сегменте`
        : null,
    unit: pick(units, Math.floor(units.length * random())),
    verdict: random() < 0.3 ? pick(['сработало', 'частично', 'нет эффекта'], Math.floor(3 * random())) : null,
  }));
}

export function trend(): TrendSeries[] {
  const random = generator(3);
  const points = Array.from({ length: 24 }, (_, index) => {
    const month = 11 + index;
    const key = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    const value = index === 9 ? null : 34 + index * 0.5 + 4 * random();
    const half = 2 + 2 * random();
    return {
      key,
      label: fmt().key('month', key),
      short: fmt().key('month', key, true),
      value,
      low: value === null ? undefined : value - half,
      high: value === null ? undefined : value + half,
      n: value === null ? 12 : Math.round(600 + 900 * random()),
      href: '/voice',
    };
  });
  const before = points.map((point) => ({
    ...point,
    low: undefined,
    high: undefined,
    value: point.value === null ? null : point.value - 5 + 3 * random(),
  }));
  return [
    { id: 'now', label: 'NPS', points },
    { id: 'before', label: 'Годом раньше', points: before, compare: true },
  ];
}

export const trendMarks: TrendMark[] = [
  { key: '2025-08', kind: 'release', label: 'План А: СМС о комиссии' },
  { key: '2026-03', kind: 'incident', label: 'Сбой переводов' },
];

export function bars(): BarRow[] {
  const random = generator(5);
  return [
    'Колл-центр',
    'Мобильное приложение',
    'Отделение',
    'Банкомат',
    'Доставка карты',
    'Чат',
    'Сайт',
    'СМС',
    'Касса',
  ].map((label, index) => {
    const value = 0.06 - index * 0.006 + 0.002 * random();
    const half = 0.002 + 0.004 * random();
    return {
      key: label,
      label,
      value,
      low: value - half,
      high: value + half * 1.2,
      n: Math.round(2000 * random()),
      href: '/voice',
    };
  });
}

export const heatColumns = ['звонок', 'чат', 'опрос', 'отзыв', 'почта'];

export function heat(isScore: boolean): HeatRow[] {
  const random = generator(11);
  return ['Доставка карты', 'Вход в приложение', 'Перевод', 'Кредитная заявка', 'Закрытие счёта'].map(
    (label) => ({
      key: label,
      label,
      cells: heatColumns.map(() => ({
        value: random() < 0.1 ? null : Math.round(isScore ? 10 + 60 * random() : 900 * random() ** 2),
        n: 120,
        href: '/voice',
      })),
    }),
  );
}

export function makeScatter(count: number): ScatterPoint[] {
  const random = generator(19);
  return makeProblems(count).map((problem, index) => ({
    id: `p${index}`,
    label: problem.title,
    x: problem.customers,
    level: problem.criticality,
    weight: problem.score,
    tone: random() < 0.12 ? 'wow' : random() < 0.15 ? 'solved' : 'problem',
    note: problem.unit,
    href: '/backlog',
  }));
}

/** A small linear congruential generator: the guide must look the same every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
