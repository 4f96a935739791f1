// Being told: a rule on NPS, a bad week imported, the round of the day, the bell, the letter, the page behind it.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { en } from '../../src/lib/i18n/en';
import { ru } from '../../src/lib/i18n/ru';
import { expect, test } from '../watched';
import { MailSink } from './mail-sink';
import { Server } from './server';

const PASSWORD = 'a long enough password';
/** A Monday, and the day after it. */
const TODAY = '2026-03-02';
const TOMORROW = '2026-03-03';
const DAY_MS = 86_400_000;

const languages = [
  { locale: 'ru-RU', colorScheme: 'light', words: ru, title: 'NPS ниже 20' },
  { locale: 'en-GB', colorScheme: 'dark', words: en, title: 'NPS is below 20' },
] as const;

/** Two good weeks, then one in which half of the customers are unhappy: a hundred answers each. */
function answers(): {
  external_id: string;
  occurred_at: string;
  channel: string;
  nps: number;
  text: string;
}[] {
  const monday = Date.parse(`${TODAY}T09:00:00Z`);
  return [3, 2, 1].flatMap((weeksAgo) =>
    Array.from({ length: 100 }, (_, place) => ({
      external_id: `${weeksAgo}-${place}`,
      occurred_at: new Date(monday - weeksAgo * 7 * DAY_MS + (place % 7) * DAY_MS).toISOString(),
      channel: 'survey',
      nps: place < (weeksAgo === 1 ? 45 : 80) ? 10 : 3,
      text: 'Оценка',
    })),
  );
}

/** Once the page stands with its data. */
async function isAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

for (const { locale, colorScheme, words, title } of languages) {
  test.describe(locale, () => {
    test.use({ locale, colorScheme });

    test('a metric below its limit is told by the bell and by a letter, once', async ({ page }) => {
      test.setTimeout(240_000);
      const [server, sink] = [await Server.prepare(), await MailSink.start()];
      const mail = {
        OTKLIK_MAIL__HOST: '127.0.0.1',
        OTKLIK_MAIL__PORT: String(sink.port),
        OTKLIK_MAIL__SECURITY: 'none',
        OTKLIK_MAIL__FROM: 'otklik@bank.example',
      };
      const { rules, ways, bell } = words.notifications;
      try {
        await page.goto(await server.start(TODAY, mail));
        const { start } = words.entry;
        await page.getByLabel(start.name).fill('Anna Lugova');
        await page.getByLabel(start.email).fill('anna@bank.example');
        await page.getByLabel(start.password, { exact: true }).fill(PASSWORD);
        await page.getByLabel(start.repeat).fill(PASSWORD);
        await page.getByRole('button', { name: start.submit }).click();
        await page.waitForURL('**/today');

        await page.goto(`${server.address}/settings/notifications`);
        await isAccessible(page);
        await page.getByRole('button', { name: rules.add }).click();
        await page.getByLabel(rules.value, { exact: true }).fill('20');
        await page.getByRole('dialog').getByRole('button', { name: words.common.actions.save }).click();
        await expect(page.getByRole('list', { name: rules.title })).toContainText(rules.below('NPS', '20'));
        await page.getByLabel(ways.rhythm, { exact: true }).click();
        await page.getByRole('option', { name: ways.rhythms.at_once }).click();
        await page.getByRole('button', { name: words.common.actions.save }).click();
        await expect(page.getByText(ways.saved)).toBeVisible();

        await page.evaluate(async (items) => {
          const send = async (path: string, body: unknown): Promise<void> => {
            const headers = { 'content-type': 'application/json', 'x-otklik-csrf': '1' };
            const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
            if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
          };
          await send('/api/sources', { name: 'Survey', channel: 'survey' });
          await send('/api/sources/Survey/feedback', { items });
        }, answers());

        await page.goto('about:blank');
        await server.stop();
        await server.start(TOMORROW, mail);
        const { signIn } = words.entry;
        await page.goto(`${server.address}/sign-in`);
        await page.getByLabel(signIn.email).fill('anna@bank.example');
        await page.getByLabel(signIn.password, { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: signIn.submit }).click();
        await page.waitForURL('**/today');
        const told = page.getByRole('link', { name: bell(1), exact: true });
        await expect(async () => {
          await page.reload();
          await expect(told).toBeVisible({ timeout: 3_000 });
        }).toPass({ timeout: 60_000 });
        await expect.poll(() => sink.letters.length, { timeout: 30_000 }).toBe(1);
        expect(sink.letters[0]).toContain('To: anna@bank.example');

        await told.click();
        await isAccessible(page);
        await page.getByRole('link', { name: title }).click();
        await page.waitForURL('**/metrics?metric=nps**');
        await expect(page.getByRole('link', { name: bell(0), exact: true })).toBeVisible();

        await page.goto(`${server.address}/settings/messages`);
        await expect(page.getByRole('list', { name: words.messages.log.listLabel })).toContainText(
          words.messages.log.states.sent,
        );
        await isAccessible(page);
      } finally {
        sink.stop();
        await server.remove();
      }
    });
  });
}
