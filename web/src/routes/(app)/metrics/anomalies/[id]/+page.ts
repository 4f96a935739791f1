// One anomaly with its series, and the names that it speaks in.
import { loadAnomaly } from '$lib/anomalies/anomalies';
import { loadCompany } from '$lib/backlog/company';
import { todayIn } from '$lib/filters/period';
import { fmt } from '$lib/format';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  const [{ session }, company, found] = await Promise.all([parent(), loadCompany(), loadAnomaly(params.id)]);
  return { session, company, found, today: todayIn(fmt().timeZone, Date.now()) };
};
