// Webhooks and deliveries, as the API speaks of them, in words.
import type { components } from '$lib/api/schema';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';

export type Webhook = components['schemas']['Webhook'];
export type EventKind = components['schemas']['EventKind'];
export type Delivery = components['schemas']['MessageOut'];

/** What an address can ask for; a trial reaches every address. */
export const eventKinds: readonly EventKind[] = [
  'anomaly.began',
  'anomaly.ended',
  'metric.crossed',
  'metric.recovered',
  'problem.returned',
  'problem.settled',
  'verdict.proposed',
  'verdict.signed',
];

/** «не доставлено · 3 попытки · ответ 500 · следующая 21 ноября, 14:05». */
export function deliveryNote(delivery: Delivery): string {
  const words = t().messages.log;
  const parts = [words.tries(delivery.attempts)];
  const reasons: Record<string, string> = words.reasons;
  if (delivery.reason)
    parts.push(
      `${reasons[delivery.reason] ?? delivery.reason}${delivery.status ? ` ${delivery.status}` : ''}`,
    );
  if (delivery.due_at && delivery.attempts > 0) parts.push(words.next(fmt().dateTime(delivery.due_at)));
  return parts.join(' · ');
}

/** To whom: addresses, or the name of a webhook. */
export function receiverOf(delivery: Delivery): string {
  return delivery.to.length > 0 ? fmt().list(delivery.to) : t().messages.log.removed;
}
