// What stands out: a day of too many complaints is found overnight, shown on Today, explained and turned into a problem.
import AxeBuilder from '@axe-core/playwright';
import { en } from '../../src/lib/i18n/en';
import { ru } from '../../src/lib/i18n/ru';
import { expect, test } from '../watched';
import { Server } from './server';

const PASSWORD = 'a long enough password';
const TODAY = '2026-03-02';
const DAYS = 100;
const INCIDENT_DAY = 5;
const regions = ['Урал', 'Центр', 'Юг', 'Север'];
const channels = ['call', 'chat', 'email'];

const languages = [
  { locale: 'ru-RU', words: ru },
  { locale: 'en-GB', words: en },
];

type Item = { external_id: string; occurred_at: string; channel: string; region: string; text: string };

/** About twelve items a day over all channels and regions, and forty more of one day by chat from the Urals. */
function items(): Item[] {
  const noon = Date.parse(`${TODAY}T12:00:00Z`);
  const item = (day: number, id: string, at: number, text: string): Item => ({
    external_id: `${day}-${id}`,
    occurred_at: new Date(noon - day * 86_400_000).toISOString(),
    channel: channels[at % 3] ?? '',
    region: regions[Math.floor(at / 3) % 4] ?? '',
    text,
  });
  const calm = Array.from({ length: DAYS }, (_, index) => index + 1).flatMap((day) =>
    Array.from({ length: 10 + ([3, 0, 4, 1, 2, 5, 2][day % 7] ?? 0) + (day % 3) }, (_, place) =>
      item(day, String(place), day * 5 + place, 'Вопрос по карте'),
    ),
  );
  const incident = Array.from({ length: 40 }, (_, place) =>
    item(INCIDENT_DAY, `incident-${place}`, 1, 'Приложение не открывается'),
  );
  return [...calm, ...incident];
}

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale });

    test('an incident is found overnight, explained and linked', async ({ page }) => {
      test.setTimeout(180_000);
      const server = await Server.prepare();
      try {
        await page.goto(await server.start('2026-03-01'));
        const { start, signIn } = words.entry;
        await page.getByLabel(start.name).fill('Anna Lugova');
        await page.getByLabel(start.email).fill('anna@bank.example');
        await page.getByLabel(start.password, { exact: true }).fill(PASSWORD);
        await page.getByLabel(start.repeat).fill(PASSWORD);
        await page.getByRole('button', { name: start.submit }).click();
        await page.waitForURL('**/today');
        await page.evaluate(async (feedback) => {
          const send = async (path: string, body: unknown): Promise<void> => {
            const headers = { 'content-type': 'application/json', 'x-otklik-csrf': '1' };
            const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
            if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
          };
          await send('/api/sources', { name: 'Reviews', channel: 'review' });
          for (let from = 0; from < feedback.length; from += 500) {
            await send('/api/sources/Reviews/feedback', { items: feedback.slice(from, from + 500) });
          }
        }, items());

        await page.goto('about:blank');
        await server.stop();
        await server.start(TODAY);
        await page.goto(`${server.address}/sign-in`);
        await page.getByLabel(signIn.email).fill('anna@bank.example');
        await page.getByLabel(signIn.password, { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: signIn.submit }).click();
        await page.waitForURL('**/today');

        const { anomalies } = words;
        const news = page.getByRole('region', { name: anomalies.today.title });
        await expect(async () => {
          await page.reload();
          await expect(news).toBeVisible({ timeout: 3_000 });
        }).toPass({ timeout: 60_000 });
        await news.getByRole('listitem').getByRole('link').first().click();
        await expect(page.getByText(anomalies.kinds.spikeUp).first()).toBeVisible();
        await expect(page.getByText('Урал').first()).toBeVisible();
        await expect(page.getByText('Приложение не открывается').first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

        const decision = page.getByRole('region', { name: anomalies.decision.title });
        await expect(decision.getByRole('button', { name: anomalies.decision.explain })).toBeDisabled();
        await decision.getByLabel(anomalies.decision.note).fill('Обновление 5.2 / Release 5.2');
        await decision.getByRole('button', { name: anomalies.decision.explain }).click();
        await expect(decision.getByText(anomalies.states.explained)).toBeVisible();

        await page.getByRole('link', { name: anomalies.problem.create }).click();
        await page.getByLabel(words.backlog.form.name).fill('Приложение не открывается');
        await page.getByRole('button', { name: words.backlog.form.create }).click();
        await expect(
          page.getByRole('heading', { level: 1, name: 'Приложение не открывается' }),
        ).toBeVisible();
        await page.goto(`${server.address}/metrics/anomalies?state=explained`);
        await page.getByRole('listitem').getByRole('link', { name: anomalies.kinds.spikeUp }).first().click();
        const problem = page.getByRole('region', { name: anomalies.problem.title });
        await expect(problem.getByRole('link', { name: /Приложение не открывается/ })).toBeVisible();
        await page.goto(`${server.address}/metrics/anomalies?state=new`);
        await expect(page.getByText(anomalies.empty.filtered)).toBeVisible();
      } finally {
        await server.remove();
      }
    });
  });
}
