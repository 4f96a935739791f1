// What texts say: sentiment and signals.
import { counted } from '../plural';

export const reading = {
  sentiment: {
    title: 'Тональность',
    tones: { negative: 'негатив', neutral: 'нейтрально', positive: 'позитив' },
    byModel: 'определила модель',
    byHand: 'исправлено вручную',
    none: 'Не определена: текста нет или он не на русском и не на английском.',
    because: (words: string) => `слова: ${words}`,
    correct: 'Исправить',
    correctTitle: 'Как это звучит на самом деле',
    toModel: 'Вернуть модели',
    notSaved: 'Тональность не изменилась',
    toward: { negative: 'о ней плохо', neutral: 'о ней нейтрально', positive: 'о ней хорошо' },
  },
  signals: {
    title: 'Сигналы',
    kinds: {
      leaving: 'Хочет уйти',
      escalation: 'Суд, регулятор или пресса',
      safety: 'Опасность для людей',
      vulnerable: 'Уязвимый клиент',
    },
    because: (words: string) => `«${words}»`,
    dismiss: 'Это не сигнал',
    dismissOf: (name: string) => `Это не сигнал: ${name}`,
    restore: 'Всё-таки сигнал',
    restoreOf: (name: string) => `Всё-таки сигнал: ${name}`,
    dismissed: 'отклонён вручную',
    notSaved: 'Сигнал не изменился',
  },
  today: {
    title: 'Требуют внимания',
    sinceVisit: (when: string) => `Новые сигналы с ${when}`,
    sinceWeeks: 'Сигналы за последние две недели',
    all: (count: number) =>
      `Показать ${counted.ru(count, { one: 'отклик', few: 'отклика', many: 'откликов', other: 'отклика' })}`,
    seen: 'Просмотрено',
    nothing: 'Новых сигналов нет.',
    everything: 'Все отклики с сигналами',
  },
};
