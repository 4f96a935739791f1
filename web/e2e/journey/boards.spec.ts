// What people keep about metrics, on a real server: a board composed by keyboard, a definition with its preview, a
// target and an event on the trend, tables and pictures taken along.
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { APIRequestContext, Page } from '@playwright/test';
import { en } from '../../src/lib/i18n/en';
import { ru } from '../../src/lib/i18n/ru';
import { expect, test } from '../watched';
import { Server } from './server';

const PASSWORD = 'a long enough password';
const ITEMS = 900;
const languages = [
  { locale: 'ru-RU', words: ru },
  { locale: 'en-GB', words: en },
];

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale });

    test('boards, definitions and targets', async ({ page }) => {
      test.setTimeout(240_000);
      const server = await Server.prepare();
      try {
        await fill(page, await server.start('2026-11-22'), server.address);
        const keeper = new Keeper(page, server.address, words);
        await keeper.setTarget();
        await keeper.writeEvent();
        await keeper.takeReadyBoard();
        await keeper.moveByKeyboard();
        await keeper.takeAlong();
        await keeper.download();
        await keeper.sendByItself();
        await keeper.changeDefinition();
        await keeper.isAccessible(['boards', 'targets', 'definitions', 'definitions/csat/edit']);
      } finally {
        await server.remove();
      }
    });
  });
}

/** An administrator, and a year of answers whose satisfaction is known. */
async function fill(page: Page, start: string, address: string): Promise<void> {
  const { request } = page.context();
  await post(request, `${address}/api/start`, {
    token: start.split('/').at(-1),
    email: 'anna@bank.example',
    name: 'Anna Lugova',
    password: PASSWORD,
  });
  await post(request, `${address}/api/sources`, { name: 'push', channel: 'review', retention_days: null });
  const items = Array.from({ length: ITEMS }, (_, at) => ({
    external_id: String(at),
    occurred_at: new Date(Date.UTC(2025, 11, 1) + (at * 355 * 86_400_000) / ITEMS).toISOString(),
    text: 'Перевод не пришёл',
    customer: `c${at % 300}`,
    segment: ['mass', 'premium', 'private'][at % 3],
    nps: at % 11,
    csat: (at % 5) + 1,
  }));
  await post(request, `${address}/api/sources/push/feedback`, { items });
}

async function post(request: APIRequestContext, url: string, data: object): Promise<void> {
  const answer = await request.post(url, { data, headers: { 'x-otklik-csrf': '1' } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

class Keeper {
  private readonly place: string;

  constructor(
    private readonly page: Page,
    address: string,
    private readonly words: typeof ru | typeof en,
  ) {
    this.place = `${address}/metrics`;
  }

  async setTarget(): Promise<void> {
    const { page } = this;
    const words = this.words.targets;
    await page.goto(`${this.place}/targets`);
    await page.getByRole('button', { name: words.add }).click();
    await page.getByRole('textbox', { name: words.value }).fill('20');
    const due = page.getByRole('textbox', { name: words.due });
    await due.fill(this.words === ru ? '31.12.2026' : '31/12/2026');
    await due.press('Tab');
    await this.save();
    await expect(page.getByText(words.unclear)).toBeVisible();
  }

  async writeEvent(): Promise<void> {
    const { page } = this;
    const words = this.words.targets;
    await page.getByRole('button', { name: words.addEvent }).click();
    await page.getByLabel(words.eventName).fill('Сбой переводов');
    await this.save();
    await expect(page.getByText('Сбой переводов')).toBeVisible();
  }

  async takeReadyBoard(): Promise<void> {
    const { page } = this;
    const words = this.words.boards;
    await page.goto(`${this.place}/boards`);
    await page.getByRole('button', { name: words.empty.action }).click();
    const began = Date.now();
    await page.getByRole('menuitem', { name: words.templates.executive }).click();
    await page.waitForURL(/boards\/.+/);
    await expect(page.getByText(words.templates.titles.segments)).toBeVisible();
    test.info().annotations.push({ type: 'board drawn, ms', description: String(Date.now() - began) });
    await expect(page.locator('[data-card]')).toHaveCount(8);
    await expect(page.locator('[data-card] .target').first()).toContainText(
      this.words === ru ? '20,0' : '20.0',
    );
    await expect(page.getByRole('img', { name: /Сбой переводов/ }).first()).toBeAttached();
  }

  /** The first card goes one place on; so it stays after a reload. */
  async moveByKeyboard(): Promise<void> {
    const { page } = this;
    const words = this.words.boards;
    const first = (): Promise<string | null> => page.locator('[data-card]').first().getAttribute('data-card');
    const before = await first();
    await page.getByRole('button', { name: words.edit, exact: true }).click();
    await page.locator('[data-card] .handle').first().press('ArrowRight');
    await expect(page.getByText(words.card.place(2, 8))).toBeAttached();
    expect(await first()).not.toBe(before);
    await page.getByRole('button', { name: words.save }).click();
    await expect(page.getByText(words.saved)).toBeVisible();
    const kept = await first();
    await page.reload();
    await expect(page.locator('[data-card]')).toHaveCount(8);
    expect(await first()).toBe(kept);
  }

  async takeAlong(): Promise<void> {
    const { page } = this;
    const words = this.words.charts.export;
    for (const [item, kind] of [
      [words.svg, /\.svg$/],
      [words.png, /\.png$/],
      [words.csv, /\.csv$/],
      [words.xlsx, /\.xlsx$/],
    ] as const) {
      await page.getByRole('button', { name: words.label, exact: true }).first().click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item }).click();
      expect((await downloading).suggestedFilename()).toMatch(kind);
    }
  }

  /** The whole board as a page and as a workbook: files that programs open. */
  async download(): Promise<void> {
    const { page } = this;
    const words = this.words.reports;
    for (const [item, name, head] of [
      [words.pdf, /\.pdf$/, '%PDF-'],
      [words.xlsx, /\.xlsx$/, 'PK'],
    ] as const) {
      await page.getByRole('button', { name: words.download, exact: true }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item, exact: true }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(name);
      expect((await readFile(await download.path())).subarray(0, head.length).toString()).toBe(head);
    }
  }

  /** A schedule with oneself as its reader, sent at once: the run and its file are there. */
  async sendByItself(): Promise<void> {
    const { page } = this;
    const words = this.words.reports;
    await page.getByRole('button', { name: words.download, exact: true }).click();
    await page.getByRole('menuitem', { name: words.schedule }).click();
    await expect(page.getByText(words.empty)).toBeVisible();
    await page.getByRole('button', { name: words.add }).click();
    await page.getByLabel(words.time, { exact: true }).fill('08:30');
    await page.getByRole('button', { name: this.words.common.actions.save, exact: true }).click();
    await expect(page.getByText(words.noRuns)).toBeVisible();
    await page.getByRole('button', { name: words.sendNow }).click();
    await expect(async () => {
      await page.getByRole('button', { name: this.words.common.actions.close }).click();
      await page.getByRole('button', { name: words.download, exact: true }).click();
      await page.getByRole('menuitem', { name: words.schedule }).click();
      await expect(page.getByRole('link', { name: 'PDF' })).toBeVisible({ timeout: 2_000 });
    }).toPass();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'PDF' }).click();
    expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);
    await page.getByRole('button', { name: this.words.common.actions.close }).click();
  }

  /** Satisfied from 3 on are three fifths of all: the preview knows before anything is saved. */
  async changeDefinition(): Promise<void> {
    const { page } = this;
    const words = this.words.definitions;
    await page.goto(`${this.place}/definitions/csat/edit`);
    await expect(page.getByText(/^40[.,]0/).first()).toBeVisible();
    await page.getByLabel(words.form.from).fill('3');
    await expect(page.getByText(/^60[.,]0/).first()).toBeVisible();
    await page.getByRole('button', { name: words.form.save }).click();
    await expect(page.getByText(words.saved(2))).toBeVisible();
    await expect(page.getByText(words.version(2), { exact: true })).toBeVisible();
    await expect(page.getByText(words.history.fields.formula, { exact: false }).last()).toBeVisible();
  }

  async isAccessible(pages: string[]): Promise<void> {
    for (const path of pages) {
      await this.page.goto(`${this.place}/${path}`);
      await this.page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page: this.page }).analyze();
      expect(
        violations.map((violation) => `${path}: ${violation.id}: ${violation.nodes[0]?.html ?? ''}`),
      ).toEqual([]);
    }
  }

  private async save(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.common.actions.save }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }
}
