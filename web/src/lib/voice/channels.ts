// The channels to choose from.
import type { components } from '$lib/api/schema';
import type { Option } from '$lib/components/controls/option';
import { t } from '$lib/i18n';

export type Channel = components['schemas']['Channel'];

export function channelOptions(): Option[] {
  return Object.entries(t().domain.channels).map(([value, label]) => ({ value, label }));
}
