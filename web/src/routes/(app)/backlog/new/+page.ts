// A new problem begins with what the address asks of the feedback: topics, filter, words, period.
import { loadCompany } from '$lib/backlog/company';
import { evidenceOf } from '$lib/backlog/evidence';
import { readView } from '$lib/filters/address';
import { todayIn } from '$lib/filters/period';
import { fmt } from '$lib/format';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, url }) => {
  const [{ session }, company] = await Promise.all([parent(), loadCompany()]);
  const today = todayIn(fmt().timeZone, Date.now());
  const evidence = evidenceOf(readView(url.searchParams), today);
  const topics = [...new Set([...evidence.topics, ...url.searchParams.getAll('topic')])];
  const anomaly = url.searchParams.get('anomaly');
  return { session, company, today, anomaly, evidence: { ...evidence, topics } };
};
