// How much I have not read: asked now and then while the page is seen.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';

const EVERY_MS = 60_000;

const state = $state({ count: 0 });

export const unread = {
  get count(): number {
    return state.count;
  },

  set count(count: number) {
    state.count = count;
  },

  /** A bell that cannot ask stays as it is: the page itself says what is wrong with the server. */
  async refresh(): Promise<void> {
    if (document.hidden) return;
    try {
      state.count = dataOf(await api.GET('/api/notifications/unread')).unread;
    } catch {
      return;
    }
  },

  /** Asks until the returned function is called. */
  watch(): () => void {
    const ask = (): void => void unread.refresh();
    ask();
    const timer = setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  },
};
