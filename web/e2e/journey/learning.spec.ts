// A topic learns from ten answers on a real server: the items that it finds then come with reasons; sentiment and
// signals are seen and filtered by.
import AxeBuilder from '@axe-core/playwright';
import type { APIRequestContext, Page } from '@playwright/test';
import { en } from '../../src/lib/i18n/en';
import { ru } from '../../src/lib/i18n/ru';
import { expect, test } from '../watched';
import { Server } from './server';

const PASSWORD = 'a long enough password';
const languages = [
  { locale: 'ru-RU', words: ru, topic: 'Очереди' },
  { locale: 'en-GB', words: en, topic: 'Queues' },
];
const queues = [
  'Стоял в очереди целый час',
  'Огромная очередь, работает одно окно',
  'Талон взял, а очередь в отделении не двигается',
  'Очередь на улице, внутрь не пускают',
  'Ждала своей очереди полтора часа',
];
const others = [
  'Отличный банк, спасибо большое',
  'Приложение вылетает после обновления',
  'Ужас, закрою счёт и уйду в другой банк',
  'Перевод не дошёл до получателя',
  'Курьер привёз карту вовремя',
];

for (const { locale, words, topic } of languages) {
  test.describe(locale, () => {
    test.use({ locale });

    test('a topic learns, sentiment and signals are found', async ({ page }) => {
      test.setTimeout(240_000);
      const server = await Server.prepare();
      try {
        await fill(page, await server.start('2026-11-22'), server.address);
        await readSounds(page, server.address, words);
        await answerTen(page, server.address, words, topic);
        await switchOn(page, words);
        await findLearnt(page, server.address, words, topic);
      } finally {
        await server.remove();
      }
    });
  });
}

/** An administrator, sixty items every other of which is about queues, and a topic of that without a rule. */
async function fill(page: Page, start: string, address: string): Promise<void> {
  const { request } = page.context();
  await post(request, `${address}/api/start`, {
    token: start.split('/').at(-1),
    email: 'anna@bank.example',
    name: 'Anna Lugova',
    password: PASSWORD,
  });
  await post(request, `${address}/api/sources`, { name: 'push', channel: 'review', retention_days: null });
  const items = Array.from({ length: 60 }, (_, at) => ({
    external_id: String(at),
    occurred_at: new Date(Date.UTC(2026, 9, 1) + at * 43_200_000).toISOString(),
    text: `${(at % 2 ? queues : others)[Math.floor(at / 2) % 5]}, ${at}`,
  }));
  await post(request, `${address}/api/sources/push/feedback`, { items });
  const named = { code: 'queues', name_ru: 'Очереди', name_en: 'Queues' };
  await post(request, `${address}/api/topics`, named);
}

/** The words of a signal stand on its label; a filter of sentiment leaves what sounds so. */
async function readSounds(page: Page, address: string, words: typeof ru): Promise<void> {
  const { reading, domain, filters } = words;
  await page.goto(`${address}/voice`);
  await expect(page.getByText(reading.signals.kinds.leaving).first()).toBeVisible();
  await page.getByRole('button', { name: filters.add, exact: true }).click();
  await page.getByRole('option', { name: domain.dimensions.sentiment }).click();
  await page.getByRole('option', { name: reading.sentiment.tones.positive }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Ужас, закрою')).toHaveCount(0);
  await expect(page.getByText('Отличный банк').first()).toBeVisible();
  const signal = JSON.stringify({ in: { dimension: 'signal', values: ['leaving'] } });
  await page.goto(`${address}/voice?filters=${encodeURIComponent(signal)}`);
  await expect(page.getByRole('article')).toHaveCount(6);
}

/** One key an answer, whatever the keyboard's language. */
async function answerTen(page: Page, address: string, { learning }: typeof ru, topic: string): Promise<void> {
  await page.goto(`${address}/voice/labelling`);
  await page.getByRole('link', { name: topic }).click();
  for (let count = 0; count < 16; count += 1) {
    await expect(page.getByText(learning.answered(count))).toBeVisible();
    const question = page.getByRole('region', { name: learning.question(topic) });
    const text = await question.locator('.text').innerText();
    await page.keyboard.press(/очеред/i.test(text) ? 'y' : 'n');
  }
  await expect(page.getByText(learning.answered(16))).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** What would change is shown before it does. */
async function switchOn(page: Page, { learning }: typeof ru): Promise<void> {
  await page.reload();
  await page.getByRole('button', { name: learning.model.look }).click();
  await expect(page.getByRole('list', { name: learning.model.examples })).toContainText(/очеред/i);
  await page.getByRole('button', { name: learning.model.switchOn }).click();
  await expect(page.getByText(learning.model.done)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(learning.model.on)).toBeVisible();
}

/** Items that nobody labelled have the topic now, and say by whom and why. */
async function findLearnt(page: Page, address: string, words: typeof ru, topic: string): Promise<void> {
  await page.goto(`${address}/voice`);
  const learnt = page.getByRole('button', { name: topic }).and(page.getByTitle(words.voice.byModelChip));
  await expect(learnt.first()).toBeVisible();
  await page.getByRole('article').filter({ has: learnt }).first().getByRole('link').first().click();
  const origin = words.learning.byModel('').trim();
  await expect(page.getByRole('dialog').getByText(origin)).toBeVisible();
}

async function post(request: APIRequestContext, url: string, data: unknown): Promise<void> {
  const answer = await request.post(url, { data, headers: { 'x-otklik-csrf': '1' } });
  expect(answer.ok(), await answer.text()).toBe(true);
}
