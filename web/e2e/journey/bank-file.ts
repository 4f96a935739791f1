// The file of the journey: real bank reviews where they are at hand, else invented ones of the same shape.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const real = join(import.meta.dirname, '../../../../shared/data/ru_bank_reviews_domrf.csv.gz');

export interface BankFile {
  path: string;
  items: number;
}

/** The path of the file; an invented one is written into `folder`. */
export async function bankFile(folder: string): Promise<BankFile> {
  if (existsSync(real)) return { path: real, items: 2709 };
  const path = join(folder, 'bank_reviews.csv');
  const rows = [...invented()];
  await writeFile(path, ['id,bank,created_at,rating,status,title,text', ...rows].join('\n'));
  return { path, items: rows.length };
}

const SUBJECTS = ['Ипотека', 'Вклад', 'Карта', 'Приложение', 'Отделение', 'Кредит'];
const WORDS = [
  'долго рассматривают заявку по ипотеке и не отвечают',
  'сняли проценты по вкладу раньше срока',
  'карту заблокировали без объяснений',
  'приложение не открывается второй день',
  'в отделении очередь на два часа',
  'кредит закрыл, а справку не дают',
];

const REVIEWS_A_WEEK = 30;

/** As many reviews every week, before July 2023 and after it: no plan had an effect. */
function* invented(): Generator<string> {
  const day = 24 * 3_600_000;
  const start = Date.UTC(2022, 0, 3);
  let id = 0;
  for (let week = 0; week < 120; week++) {
    for (let n = 0; n < REVIEWS_A_WEEK; n++) {
      id += 1;
      const at = new Date(start + week * 7 * day + (n % 7) * day + ((n * 37) % 600) * 60_000);
      const subject = n % SUBJECTS.length;
      const rating = 1 + ((id * 7) % 5);
      yield `${id},Пример,${at.toISOString().slice(0, 16)},${rating},counted,${SUBJECTS[subject]},"Обращение ${id}: ${WORDS[subject]}"`;
    }
  }
}
