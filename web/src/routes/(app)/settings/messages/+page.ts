// Whether mail is set up, and the addresses of other programs.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:messages');
  const [, webhooks, settings] = await Promise.all([
    parent(),
    api.GET('/api/webhooks'),
    api.GET('/api/notification-settings'),
  ]);
  return { webhooks: dataOf(webhooks), hasMail: dataOf(settings).has_mail };
};
