// Verdicts: how the effect was measured, what is proposed, signing.
import { counted } from '../plural';

const weeks = { one: 'неделю', few: 'недели', many: 'недель', other: 'недели' };

export const verdicts = {
  title: 'Вердикт',
  waiting: (date: string) =>
    `Эффект измерится ${date}. Раньше не смотрим: кто смотрит каждый день, находит то, чего нет.`,
  due: 'Дата проверки настала: вердикт будет предложен при ближайшем ежедневном измерении.',
  proposed: (outcome: string) => `Предложено: ${outcome}`,
  signedBy: (outcome: string, person: string, date: string) => `Подписано: ${outcome}. ${person}, ${date}`,
  check: (date: string) => `Проверка ${date}`,
  before: 'До',
  after: 'После',
  controlBefore: 'Контроль до',
  controlAfter: 'Контроль после',
  chart: 'Метрика по неделям до и после',
  sample: (n: string) => `n = ${n}`,
  methods: {
    before_after: 'Сравнили после с до.',
    difference_in_differences: 'Сравнили изменение с изменением контрольной группы.',
    segmented: 'Сравнили с тем, что обещал прежний ход метрики.',
  },
  exposures: {
    answers: 'Считаем по ответам.',
    days: 'Считаем на 30 дней.',
    customer_base: 'Считаем на 30 дней и на клиентскую базу.',
  },
  effect: (figure: string) => `Эффект: ${figure}.`,
  noEffectFigure: 'Эффект посчитать не из чего.',
  wantedUp: (amount: string) => `Обещали рост не меньше чем на ${amount}.`,
  wantedDown: (amount: string) => `Обещали снижение не меньше чем на ${amount}.`,
  because: {
    worked: 'Интервал целиком по нужную сторону от нуля, и сдвиг не меньше обещанного.',
    partly: 'Сдвиг в нужную сторону есть, но он меньше обещанного.',
    no_effect: 'Интервал исключает эффект, ради которого стоило делать.',
    worse: 'Интервал целиком по другую сторону от нуля: стало хуже.',
    cannot_tell: 'Данные не отличают эффект от его отсутствия.',
  },
  obstacles: {
    no_data: 'В одной из групп данных нет совсем.',
    too_few: 'В одной из групп слишком мало данных, чтобы судить.',
    too_wide: 'В интервал помещаются и «ничего не изменилось», и «стоило делать».',
    no_percent: 'Процент от нуля или отрицательного числа не посчитать.',
    bad_hypothesis: 'Обещание нельзя измерить: эффект не больше нуля или снижение на 100 % и больше.',
  },
  more: (answers: number) =>
    `Нужно ещё ${counted.ru(answers, { one: 'ответ', few: 'ответа', many: 'ответов', other: 'ответа' })}.`,
  moreWeeks: (answers: number, count: number) =>
    `Нужно ещё ${counted.ru(answers, { one: 'ответ', few: 'ответа', many: 'ответов', other: 'ответа' })}: при нынешнем потоке ждать около ${counted.ru(count, weeks)}.`,
  caveats: {
    no_control: 'Контрольной группы нет: всё, что изменилось в это же время, вошло в эффект.',
    few_weeks: 'Недель мало, разброс между ними не виден: настоящий интервал шире.',
    overdispersed: 'Недели разнятся сильнее случайного, интервал расширен.',
    trend_before: 'Метрика менялась ещё до внедрения.',
  },
  sign: 'Подписать вердикт',
  signTitle: (plan: string) => `Вердикт: ${plan}`,
  outcome: 'Исход',
  asProposed: 'как предложено',
  comment: 'Комментарий',
  commentNeeded: 'Исход не тот, что предложен: объясните почему.',
  commentEmpty: 'Без объяснения другой исход подписать нельзя.',
  nextCheck: 'Следующая проверка',
  nextCheckEmpty: 'Назначьте день, когда посмотрим снова.',
  follows: {
    worked: 'Проблема станет решённой.',
    failed: (plan: string) => `Текущим станет ${plan}.`,
    exhausted: 'Планов больше нет: проблема вернётся в анализ.',
    cannot_tell: 'План останется внедрённым до следующей проверки.',
  },
  final: 'Подпись окончательна.',
  failed: 'Вердикт не подписан',
  signed: 'Вердикт подписан',
  noRight: 'Подписывает руководитель: у вашей роли нет этого права.',
  none: 'Вердиктов пока нет.',
};
