// The places of the product, in the order that both languages share.
import type { ResolvedPathname } from '$app/types';
import { resolve } from '$app/paths';
import type { IconName } from '../icons';

export type PlaceName = 'today' | 'voice' | 'backlog' | 'metrics' | 'settings';
export type Place = { name: PlaceName; href: ResolvedPathname; icon: IconName; key: string };

export const places: readonly Place[] = [
  { name: 'today', href: resolve('/today'), icon: 'today', key: 'T' },
  { name: 'voice', href: resolve('/voice'), icon: 'voice', key: 'V' },
  { name: 'backlog', href: resolve('/backlog'), icon: 'backlog', key: 'B' },
  { name: 'metrics', href: resolve('/metrics'), icon: 'metrics', key: 'M' },
  { name: 'settings', href: resolve('/settings'), icon: 'settings', key: 'S' },
];

export function isInside(place: Place, pathname: string): boolean {
  return pathname === place.href || pathname.startsWith(`${place.href}/`);
}
