// The jobs that re-classify items after a rule has changed, watched until they end.
import { onDestroy } from 'svelte';
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';

export type Job = components['schemas']['JobOut'];
type Watched = Job & { name: string };

const EVERY_MS = 800;
/** The newest jobs are looked at when the page opens: older ones have ended long ago. */
const RECENT = 50;

export class Reclassifying {
  running = $state.raw<Watched[]>([]);

  #names = new Map<string, string>();
  #kind: string;
  #onended: (job: Job, name: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Of one kind of jobs: a changed rule's unless told otherwise. */
  constructor(onended: (job: Job, name: string) => void, kind = 'reclassify_topic') {
    this.#onended = onended;
    this.#kind = kind;
    onDestroy(() => clearTimeout(this.#timer));
  }

  /** Finds the jobs that others have started. */
  async find(): Promise<void> {
    const { items } = dataOf(await api.GET('/api/jobs', { params: { query: { limit: RECENT } } }));
    this.#show(items.filter((job) => job.kind === this.#kind && isActive(job)));
  }

  async follow(id: string, name: string): Promise<void> {
    this.#names.set(id, name);
    this.#take(await this.#load(id));
  }

  async #ask(): Promise<void> {
    for (const { id } of this.running) {
      const job = await this.#load(id).catch(() => null);
      if (job) this.#take(job);
    }
    this.#plan();
  }

  #take(job: Job): void {
    const others = this.running.filter((known) => known.id !== job.id);
    if (isActive(job)) this.#show([...others, job]);
    else {
      this.#show(others);
      this.#onended(job, this.#names.get(job.id) ?? '');
    }
  }

  #show(jobs: readonly Job[]): void {
    this.running = jobs.map((job) => ({ ...job, name: this.#names.get(job.id) ?? '' }));
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.running.length > 0) this.#timer = setTimeout(() => void this.#ask(), EVERY_MS);
  }

  async #load(id: string): Promise<Job> {
    return dataOf(await api.GET('/api/jobs/{id}', { params: { path: { id } } }));
  }
}

function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running' || job.state === 'cancelling';
}
