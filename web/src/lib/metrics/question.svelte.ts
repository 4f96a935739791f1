// A question whose answer is on the screen: the latest one wins, the earlier answer stays until then.

export class Question<Asked, Given> {
  answer = $state.raw<Given | null>(null);
  loading = $state(false);
  error = $state.raw<unknown>(null);

  #asked: Asked | null = null;
  #asking: AbortController | null = null;

  constructor(private readonly put: (asked: Asked, signal: AbortSignal) => Promise<Given>) {}

  async ask(asked: Asked): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#asked = asked;
    this.loading = true;
    this.error = null;
    try {
      const answer = await this.put(asked, asking.signal);
      if (!asking.signal.aborted) this.answer = answer;
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error);
    } finally {
      if (!asking.signal.aborted) this.loading = false;
    }
  }

  async retry(): Promise<void> {
    if (this.#asked !== null) await this.ask(this.#asked);
  }

  /** Nothing is asked any more: nothing is shown either. */
  clear(): void {
    this.stop();
    this.answer = null;
    this.error = null;
    this.loading = false;
  }

  stop(): void {
    this.#asking?.abort();
  }

  #fail(error: unknown): void {
    this.error = error;
    this.answer = null;
  }
}
