// The pages of the settings, and who sees them.
import { resolve } from '$app/paths';
import { t } from '$lib/i18n';
import { mayAdminister } from '$lib/rights';
import type { Session } from '$lib/session';

export type SettingsPage =
  | 'company'
  | 'units'
  | 'topics'
  | 'sources'
  | 'base'
  | 'templates'
  | 'criteria'
  | 'people'
  | 'account'
  | 'notifications'
  | 'messages'
  | 'audit'
  | 'erasure';

const everybody: readonly SettingsPage[] = [
  'company',
  'units',
  'topics',
  'sources',
  'base',
  'templates',
  'criteria',
  'people',
  'account',
  'notifications',
];
const administrators: readonly SettingsPage[] = ['messages', 'audit', 'erasure'];

/** What is only to be read is shown as well: a manager wants to see how topics are found. */
export function settingsTabs(session: Session): { value: SettingsPage; label: string; href: string }[] {
  const pages = mayAdminister(session) ? [...everybody, ...administrators] : everybody;
  return pages.map((page) => ({
    value: page,
    label: t().settings.tabs[page],
    href: `${resolve('/settings')}/${page}`,
  }));
}
