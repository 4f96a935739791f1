// The form of a word after a number, by the rules of the language.

export type Locale = 'ru' | 'en';

/** Russian: 1 отклик, 2 отклика, 5 откликов, 1,5 отклика. */
export type RussianForms = { one: string; few: string; many: string; other: string };
/** English: 1 item, 2 items. */
export type EnglishForms = { one: string; other: string };

const rules: Record<Locale, Intl.PluralRules> = {
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
};

const numbers: Record<Locale, Intl.NumberFormat> = {
  ru: new Intl.NumberFormat('ru'),
  en: new Intl.NumberFormat('en'),
};

/** The word alone: `word.ru(5, forms)` → «откликов». */
export const word = {
  ru: (count: number, forms: RussianForms): string => forms[rules.ru.select(count) as keyof RussianForms],
  en: (count: number, forms: EnglishForms): string =>
    rules.en.select(count) === 'one' ? forms.one : forms.other,
};

/** The number with its word: `counted.ru(5, forms)` → «5 откликов», with a no-break space between. */
export const counted = {
  ru: (count: number, forms: RussianForms): string =>
    `${numbers.ru.format(count)}\u00a0${word.ru(count, forms)}`,
  en: (count: number, forms: EnglishForms): string =>
    `${numbers.en.format(count)}\u00a0${word.en(count, forms)}`,
};
