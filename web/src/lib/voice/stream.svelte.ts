// The list of items on the screen: its pages, its total, what went wrong.
import { queryFeedback, type Feedback, type FeedbackHit } from './feedback';
import type { FeedbackQuery } from './query';

const PAGE = 50;

export class Stream {
  items = $state.raw<FeedbackHit[]>([]);
  /** Null until the first page is here. */
  total = $state<number | null>(null);
  loading = $state(false);
  /** What is shown still answers the earlier question. */
  stale = $state(false);
  error = $state.raw<unknown>(null);

  #query: FeedbackQuery = {};
  /** Rows asked for so far: items that arrive meanwhile may come twice and are shown once. */
  #loaded = $state(0);
  #asking: AbortController | null = null;

  readonly hasMore = $derived(this.total !== null && this.#loaded < this.total);

  /** Begins a new list; an answer to the earlier question is thrown away. */
  async ask(query: FeedbackQuery): Promise<void> {
    this.#query = query;
    this.#loaded = 0;
    await this.#load(true);
  }

  async more(): Promise<void> {
    if (!this.loading) await this.#load(false);
  }

  async retry(): Promise<void> {
    await this.#load(this.total === null);
  }

  /** Puts a changed item in the place of the one that is shown. */
  replace(changed: Feedback): void {
    this.items = this.items.map((item) => (item.id === changed.id ? { ...item, ...changed } : item));
  }

  stop(): void {
    this.#asking?.abort();
  }

  async #load(fresh: boolean): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.loading = true;
    this.stale = fresh;
    this.error = null;
    try {
      const page = { limit: PAGE, offset: fresh ? 0 : this.#loaded };
      const answer = await queryFeedback(this.#query, page, asking.signal);
      if (asking.signal.aborted) return;
      const known = new Set(fresh ? [] : this.items.map((item) => item.id));
      const unseen = answer.items.filter((item) => !known.has(item.id));
      this.#loaded = page.offset + answer.items.length;
      this.items = fresh ? unseen : [...this.items, ...unseen];
      this.total = answer.items.length === 0 ? this.#loaded : answer.total;
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error, fresh);
    } finally {
      if (!asking.signal.aborted) {
        this.loading = false;
        this.stale = false;
      }
    }
  }

  #fail(error: unknown, fresh: boolean): void {
    this.error = error;
    if (!fresh) return;
    this.items = [];
    this.total = null;
  }
}
