// One month of the customer base, the months that it has, and the units that its rows name.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

/** The server gives no more at once; a month that has more is narrowed to a unit. */
const ROWS = 1000;

export const load: PageLoad = async ({ parent, depends, url }) => {
  depends('settings:base');
  const chosen = { month: url.searchParams.get('month'), unit: url.searchParams.get('unit') };
  await parent();
  const [outline, units] = await Promise.all([api.GET('/api/base/outline'), api.GET('/api/units')]);
  const { months, gaps, gaps_total } = dataOf(outline);
  const month = months.find((known) => known.month === chosen.month)?.month ?? months[0]?.month;
  const query = { month, unit_id: chosen.unit ?? undefined, limit: ROWS };
  const base = dataOf(await api.GET('/api/base', { params: { query } }));
  return { base, month, unit: chosen.unit, months, gaps, gapsTotal: gaps_total, units: dataOf(units) };
};
