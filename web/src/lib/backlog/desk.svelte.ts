// One problem on its page: as it stands now, its history, and every change with what the reader is told about it.
import { messageOf } from '$lib/api/problem';
import { toasts } from '$lib/components/feedback/toasts.svelte';
import { t } from '$lib/i18n';
import { listEvents, loadProblem, type Assessed, type RecordedEvent } from './backlog';
import type { Company } from './company';
import { isStale } from './edits';

export type Rights = { contribute: boolean; manage: boolean };

export class Desk {
  assessed = $state.raw<Assessed>() as Assessed;
  events = $state.raw<RecordedEvent[]>([]);
  busy = $state(false);

  readonly problem = $derived(this.assessed.problem);
  readonly plans = $derived(this.assessed.solutions);
  readonly standing = $derived(this.plans.filter((plan) => plan.state !== 'dropped'));
  readonly isClosed = $derived(this.problem.state === 'solved' || this.problem.state === 'rejected');

  constructor(
    assessed: Assessed,
    events: RecordedEvent[],
    readonly company: Company,
    readonly rights: Rights,
    /** The company's day: «2026-11-22». */
    readonly today: string,
    /** Who is looking. */
    readonly person: string,
  ) {
    this.assessed = assessed;
    this.events = events;
  }

  /** True when it was done; a refusal is told, and when somebody was first, the newest version is shown. */
  async act(change: () => Promise<Assessed>, failed: string = t().backlog.actions.failed): Promise<boolean> {
    return this.attempt(async () => {
      this.assessed = await change();
      await this.#readHistory();
    }, failed);
  }

  /** The same for what answers something else than the problem. */
  async attempt(change: () => Promise<void>, failed: string): Promise<boolean> {
    this.busy = true;
    try {
      await change();
      return true;
    } catch (error) {
      await this.#tell(error, failed);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async reload(): Promise<void> {
    this.assessed = await loadProblem(this.problem.id);
    await this.#readHistory();
  }

  async #tell(error: unknown, failed: string): Promise<void> {
    if (!isStale(error)) {
      toasts.bad(failed, messageOf(error));
      return;
    }
    toasts.bad(t().backlog.stale.title, t().backlog.stale.page);
    await this.reload().catch(() => undefined);
  }

  async #readHistory(): Promise<void> {
    this.events = await listEvents(this.problem.id);
  }
}
