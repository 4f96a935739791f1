// Moving a plan among the others: what was released keeps its place.
import type { Plan } from './backlog';
import { isOpenPlan } from './words';

/** The new order of all ids, or null where the plan cannot go there. */
export function moved(plans: readonly Plan[], id: string, to: number): string[] | null {
  const from = plans.findIndex((plan) => plan.id === id);
  const target = plans[to];
  if (from < 0 || from === to || !target) return null;
  const [low, high] = from < to ? [from, to] : [to, from];
  if (!plans.slice(low, high + 1).every((plan) => isOpenPlan(plan.state))) return null;
  const order = plans.map((plan) => plan.id);
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}
