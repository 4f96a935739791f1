// The whole way, on a real server: from a file of reviews to a signed verdict, in Russian and in English.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { en } from '../../src/lib/i18n/en';
import { ru } from '../../src/lib/i18n/ru';
import { expect, test } from '../watched';
import { type BankFile, bankFile } from './bank-file';
import { Server } from './server';

/** The day of the release lies in the middle of the reviews, the check half a year later. */
const RELEASE = '2023-07-01';
const CHECK = '2024-01-10';
const PASSWORD = 'a long enough password';

const languages = [
  { locale: 'ru-RU', words: ru, title: 'Заявку на ипотеку рассматривают месяцами', topic: 'Ипотека' },
  { locale: 'en-GB', words: en, title: 'My mortgage takes months to be approved', topic: 'Mortgage' },
];

for (const { locale, words, title, topic } of languages) {
  test.describe(locale, () => {
    test.use({ locale });

    test('from a file of reviews to a signed verdict and plan B', async ({ page }) => {
      test.setTimeout(240_000);
      const folder = await mkdtemp(join(tmpdir(), 'otklik-file-'));
      const file = await bankFile(folder);
      const server = await Server.prepare();
      const journey = new Journey(page, server, words);
      try {
        await journey.createAdministrator(await server.start());
        await journey.importFile(file);
        await journey.restart(RELEASE);
        await journey.signIn();
        await journey.createTopic(topic);
        await journey.createProblem(title, topic);
        await journey.readScale();
        await journey.setCriticality();
        await journey.findOnMap(title);
        await journey.addPlans();
        await journey.fixHypothesis();
        await journey.passGate();
        await journey.release();
        await journey.restart(CHECK);
        await journey.signVerdict(title);
        await journey.readHistory();
        await journey.isAccessible([
          'today',
          'voice',
          'backlog',
          'metrics',
          'metrics/drivers',
          'metrics/topics',
          'metrics/effect',
          'settings/topics',
        ]);
      } finally {
        await server.remove();
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
}

class Journey {
  private problem = '';

  constructor(
    private readonly page: Page,
    private readonly server: Server,
    private readonly words: typeof ru | typeof en,
  ) {}

  async createAdministrator(address: string): Promise<void> {
    const { page } = this;
    const { start } = this.words.entry;
    await page.goto(address);
    await page.getByLabel(start.name).fill('Anna Lugova');
    await page.getByLabel(start.email).fill('anna@bank.example');
    await page.getByLabel(start.password, { exact: true }).fill(PASSWORD);
    await page.getByLabel(start.repeat).fill(PASSWORD);
    await page.getByRole('button', { name: start.submit }).click();
    await page.waitForURL('**/today');
  }

  /** Another day begins; no page asks the server while it is away. */
  async restart(today: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.server.stop();
    await this.server.start(today);
  }

  async signIn(): Promise<void> {
    const { page } = this;
    const { signIn } = this.words.entry;
    await page.goto(`${this.server.address}/sign-in`);
    await page.getByLabel(signIn.email).fill('anna@bank.example');
    await page.getByLabel(signIn.password, { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: signIn.submit }).click();
    await page.waitForURL('**/today');
  }

  async importFile(file: BankFile): Promise<void> {
    const { page } = this;
    const words = this.words.imports;
    await page.goto(`${this.server.address}/voice/import`);
    await page.locator('input[type=file]').setInputFiles(file.path);
    await page.getByRole('button', { name: this.words.common.actions.next }).click();
    await this.choose(words.channel, this.words.domain.channels.review);
    await page.getByRole('button', { name: words.start }).click();
    await expect(page.getByText(words.states.done).first()).toBeVisible({ timeout: 60_000 });
    const read = page.locator('dl div', { hasText: words.counts.new }).locator('dd').first();
    await expect(read).toHaveText(new RegExp(String(file.items).replace(/(\d)(\d{3})$/, '$1\\D?$2')));
  }

  async createTopic(name: string): Promise<void> {
    const { page } = this;
    const { settings } = this.words;
    await page.goto(`${this.server.address}/settings/topics`);
    await page.getByRole('button', { name: settings.topics.add }).first().click();
    await page.getByLabel(settings.nameRu).fill(name);
    await page.getByLabel(settings.nameEn).fill(name);
    await page.getByLabel(settings.code).fill('mortgage');
    await page.getByLabel(settings.topics.rule, { exact: true }).fill('ипотек*');
    await page.getByRole('button', { name: settings.topics.saveAndCount }).click();
    await expect(page.getByText(settings.topics.jobDone(name))).toBeVisible({ timeout: 60_000 });
  }

  async createProblem(title: string, topic: string): Promise<void> {
    const { page } = this;
    const { backlog } = this.words;
    await page.goto(`${this.server.address}/settings/topics`);
    const id = await page.evaluate(async () => {
      const topics = (await (await fetch('/api/topics')).json()) as { id: string }[];
      return topics[0]?.id ?? '';
    });
    await page.goto(`${this.server.address}/backlog/new?topic=${id}`);
    await expect(page.getByLabel(backlog.form.name)).toHaveValue(topic);
    await page.getByLabel(backlog.form.name).fill(title);
    await page.getByRole('button', { name: backlog.form.create }).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    this.problem = page.url();
  }

  /** The arithmetic is spelled out, and its numbers lead to the words of the customers. */
  async readScale(): Promise<void> {
    const { page } = this;
    const { scale } = this.words;
    await expect(page.getByText(scale.linesTitle)).toBeVisible();
    await expect(page.getByText(scale.caveats.anonymous_not_counted)).toBeVisible();
    const line = page.getByRole('listitem').filter({ hasText: scale.lines.seen('', '').split(':')[0] ?? '' });
    await line.getByRole('button').last().click();
    const drawer = page.getByRole('dialog', { name: scale.items.seen });
    await expect(drawer.getByText(/ипотек/i).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
  }

  async setCriticality(): Promise<void> {
    const { page } = this;
    const { backlog, common } = this.words;
    const panel = page.getByRole('region', { name: backlog.page.criticality, exact: true });
    await panel.getByRole('radio', { name: new RegExp(backlog.criticality.churn_likely.name) }).check();
    await panel.getByLabel(backlog.page.criticalityReason).fill('Отказываются от сделки / They walk away');
    await panel.getByRole('button', { name: common.actions.save }).click();
    await expect(panel.getByRole('radiogroup')).toBeHidden();
    await expect(panel.getByText(backlog.criticality.churn_likely.name)).toBeVisible();
  }

  async findOnMap(title: string): Promise<void> {
    const { page } = this;
    await page.goto(`${this.server.address}/backlog/map`);
    await expect(page.getByLabel(title).first()).toBeVisible();
    await page.goto(this.problem);
  }

  async addPlans(): Promise<void> {
    const { page } = this;
    const { plans } = this.words;
    for (const plan of [
      'Новый скоринг / New scoring',
      'Личный менеджер / A manager',
      'Онлайн-сделка / Online deal',
    ]) {
      await page.getByRole('button', { name: plans.add, exact: true }).first().click();
      const dialog = page.getByRole('dialog', { name: plans.addTitle });
      await dialog.getByLabel(plans.form.title).fill(plan);
      await dialog.getByRole('button', { name: plans.add }).click();
      await expect(dialog).toBeHidden();
    }
    await expect(this.plan('A').getByText(plans.current)).toBeVisible();
  }

  async fixHypothesis(): Promise<void> {
    const { page } = this;
    const words = this.words.plans.hypothesis;
    await this.plan('A').getByRole('button', { name: words.write }).click();
    const dialog = page.getByRole('dialog', { name: words.dialog });
    await dialog.getByLabel(words.change).fill('Новый скоринг отвечает за день / Answers within a day');
    await dialog.getByLabel(words.smallest).fill('30');
    await dialog.getByLabel(words.before).fill('180');
    await dialog.getByLabel(words.settle).fill('0');
    await dialog.getByLabel(words.after).fill('180');
    await dialog.getByRole('textbox', { name: words.checkOn }).fill(CHECK);
    await dialog.getByRole('textbox', { name: words.checkOn }).press('Tab');
    await dialog.getByRole('button', { name: words.save }).click();
    await expect(dialog).toBeHidden();
    await this.plan('A').getByRole('button', { name: words.fix }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: words.fix })
      .click();
    await expect(this.plan('A').getByRole('button', { name: words.unfix })).toBeVisible();
  }

  async passGate(): Promise<void> {
    const { page } = this;
    const { gate } = this.words.plans;
    await this.plan('A').getByRole('button', { name: gate.start }).click();
    const lines = this.plan('A').getByRole('list', { name: gate.title }).getByRole('listitem');
    await expect(lines.first()).toBeVisible();
    for (let open = await lines.count(); open > 0; open--) {
      await this.plan('A')
        .getByRole('button', { name: gate.confirmOf('') })
        .first()
        .click();
      const dialog = page.getByRole('dialog', { name: gate.confirmTitle });
      await dialog.getByLabel(gate.proof).fill('https://wiki.example/42');
      await dialog.getByRole('button', { name: gate.confirm }).click();
      await expect(dialog).toBeHidden();
    }
  }

  async release(): Promise<void> {
    const { page } = this;
    const { release, states } = this.words.plans;
    await this.plan('A').getByRole('button', { name: release.action }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: release.action })
      .click();
    await expect(this.plan('A').getByText(states.released).first()).toBeVisible();
  }

  /** The server measured on the check date; a person signs, and plan B is current. */
  async signVerdict(title: string): Promise<void> {
    const { page } = this;
    const { verdicts, plans, backlog } = this.words;
    await this.signIn();
    await expect(page.getByText(title).first()).toBeVisible({ timeout: 30_000 });
    await page.goto(this.problem);
    await expect(this.plan('A').getByText(verdicts.because.no_effect)).toBeVisible();
    await this.plan('A').getByRole('button', { name: verdicts.sign }).click();
    const dialog = page.getByRole('dialog', { name: verdicts.signTitle(this.nameOf('A')) });
    await dialog.getByRole('button', { name: verdicts.sign }).click();
    await expect(dialog).toBeHidden();
    await expect(this.plan('A').getByText(backlog.outcomes.no_effect).first()).toBeVisible();
    await expect(this.plan('B').getByText(plans.current)).toBeVisible();
  }

  async readHistory(): Promise<void> {
    const { page } = this;
    const history = page.getByRole('region', { name: this.words.history.title });
    await expect(history.getByText(/no effect|без эффекта/i).first()).toBeVisible();
    await expect(history.getByText('Anna Lugova').first()).toBeVisible();
  }

  /** The places of the product, with their data, have no accessibility violation. */
  async isAccessible(places: string[]): Promise<void> {
    for (const place of places) {
      await this.page.goto(`${this.server.address}/${place}`);
      await this.page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page: this.page }).analyze();
      expect(
        violations.map((violation) => `${place}: ${violation.id}: ${violation.nodes[0]?.html ?? ''}`),
      ).toEqual([]);
    }
  }

  /** The card of a plan. */
  private plan(letter: 'A' | 'B') {
    return this.page.getByRole('article', { name: new RegExp(`^${this.nameOf(letter)}`) });
  }

  /** «План Б» or “Plan B”. */
  private nameOf(letter: 'A' | 'B'): string {
    const russian = { A: 'А', B: 'Б' }[letter];
    return this.words.plans.plan(this.words === ru ? russian : letter);
  }

  private async choose(label: string, option: string): Promise<void> {
    await this.page.getByLabel(label).first().click();
    await this.page.getByRole('option', { name: option }).click();
  }
}
