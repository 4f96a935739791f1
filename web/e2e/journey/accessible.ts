// Axe over every place of the product, and over what opens on it, with the data of the journey.
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { ru } from '../../src/lib/i18n/ru';
import { expect } from '../watched';

type Words = typeof ru;
type Opened = { name: string; place: string; open: (page: Page, words: Words) => Promise<void> };

/** What a law or a tender asks for; the rest of axe's rules judge whole pages, not what floats over them. */
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

export const places = [
  'today',
  'voice',
  'voice/import',
  'voice/imports',
  'backlog',
  'backlog/map',
  'backlog/new',
  'metrics',
  'metrics/boards',
  'metrics/drivers',
  'metrics/topics',
  // The day is given: the server's clock is not the browser's.
  'metrics/effect?on=2023-07-01',
  'metrics/anomalies',
  'metrics/targets',
  'metrics/definitions',
  'settings/company',
  'settings/units',
  'settings/topics',
  'settings/sources',
  'settings/base',
  'settings/templates',
  'settings/criteria',
  'settings/people',
  'settings/account',
  'settings/audit',
  'settings/erasure',
  'no-such-place',
];

function button(page: Page | Locator, name: string): Locator {
  return page.getByRole('button', { name, exact: true }).first();
}

/** Dialogs, drawers, popovers and menus of the places. */
const opened: Opened[] = [
  {
    name: 'commands',
    place: 'today',
    open: (page) => page.keyboard.press('Control+k'),
  },
  {
    name: 'keys',
    place: 'today',
    open: (page) => page.keyboard.press('?'),
  },
  {
    name: 'account',
    place: 'today',
    open: (page, { shell }) => page.getByRole('button', { name: shell.userMenu }).first().click(),
  },
  {
    name: 'item',
    place: 'voice',
    open: (page) => page.getByRole('article').first().getByRole('link').first().click(),
  },
  {
    name: 'filter',
    place: 'voice',
    open: async (page, { filters, domain }) => {
      await button(page, filters.add).click();
      await page.getByRole('option', { name: domain.dimensions.topic }).click();
    },
  },
  {
    name: 'period',
    place: 'voice',
    open: async (page, { filters, common }) => {
      await page.getByRole('button', { name: filters.period.label }).click();
      await page.getByRole('button', { name: common.date.open }).first().click();
    },
  },
  {
    name: 'columns',
    place: 'backlog',
    open: (page, { table }) => button(page, table.columns).click(),
  },
  {
    name: 'number',
    place: 'metrics?metric=count&sheet=[]',
    open: (page, { metrics }) => page.getByText(metrics.sheet.formula).waitFor(),
  },
  {
    name: 'unit',
    place: 'settings/units',
    open: (page, { settings }) => button(page, settings.units.addTo(settings.units.trees.product)).click(),
  },
  {
    name: 'topic',
    place: 'settings/topics',
    open: async (page, { settings }) => {
      await page
        .getByRole('button', { name: settings.editOf('') })
        .first()
        .click();
      await page.getByText(settings.topics.help).click();
    },
  },
  {
    name: 'source',
    place: 'settings/sources',
    open: (page, { settings }) => button(page, settings.sources.add).click(),
  },
  {
    name: 'push',
    place: 'settings/sources',
    open: (page, { settings }) =>
      page
        .getByRole('button', { name: settings.sources.pushOf('') })
        .first()
        .click(),
  },
  {
    name: 'customer base',
    place: 'settings/base',
    open: (page, { settings }) => button(page, settings.base.add).click(),
  },
  {
    name: 'template',
    place: 'settings/templates',
    open: (page, { backlogSettings }) => button(page, backlogSettings.templates.add).click(),
  },
  {
    name: 'person',
    place: 'settings/people',
    open: async (page, { people }) => {
      await button(page, people.add).click();
      await button(page, people.addRole).click();
    },
  },
  {
    name: 'token',
    place: 'settings/account',
    open: (page, { people }) => button(page, people.account.newToken).click(),
  },
];

/** The same on the page of a problem whose plan B is current. */
const openedOnProblem: Omit<Opened, 'place'>[] = [
  {
    name: 'actions',
    open: (page, { backlog }) => button(page, backlog.actions.label).click(),
  },
  {
    name: 'reject',
    open: async (page, { backlog }) => {
      await button(page, backlog.actions.label).click();
      await page.getByRole('menuitem', { name: backlog.actions.reject }).click();
    },
  },
  {
    name: 'evidence and criticality',
    open: async (page, { backlog, common }) => {
      for (const name of [backlog.evidence.title, backlog.page.criticality]) {
        const panel = page.getByRole('region', { name, exact: true });
        await button(panel, common.actions.change).click();
      }
    },
  },
  {
    name: 'plan',
    open: (page, { plans }) => button(page, plans.add).click(),
  },
  {
    name: 'hypothesis',
    open: (page, { plans }) => button(page, plans.hypothesis.write).click(),
  },
  {
    name: 'items',
    open: (page, { backlog }) => page.getByText(backlog.evidence.look).first().click(),
  },
];

export async function areAccessible(
  page: Page,
  words: Words,
  address: string,
  problem: string,
): Promise<void> {
  for (const place of places) {
    await open(page, `${address}/${place}`);
    await isAccessible(new AxeBuilder({ page }), place);
  }
  await open(page, problem);
  await isAccessible(new AxeBuilder({ page }), 'problem');
  const all = [
    ...opened.map((one) => ({ ...one, at: `${address}/${one.place}` })),
    ...openedOnProblem.map((one) => ({ ...one, at: problem })),
  ];
  for (const { name, at, open: act } of all) {
    await open(page, at);
    await act(page, words);
    await isAccessible(new AxeBuilder({ page }).withTags(LEVELS), name);
  }
}

/** A page with its data: the heading stands, nothing is on its way. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
}

async function isAccessible(axe: AxeBuilder, what: string): Promise<void> {
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
