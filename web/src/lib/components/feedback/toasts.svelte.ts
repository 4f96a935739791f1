// Messages that appear over the page: what happened, what was kept, what to do.

export type Toast = {
  id: number;
  tone: 'note' | 'good' | 'bad';
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
};

/** Good news goes by itself; an error stays until it is read. */
const LIFETIME_MS = { note: 6000, good: 4000, bad: null } as const;
const MOST = 4;

let nextId = 1;
const shown = $state<{ list: Toast[] }>({ list: [] });
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export const toasts = {
  get list(): readonly Toast[] {
    return shown.list;
  },

  add(toast: Omit<Toast, 'id'>): number {
    const id = nextId++;
    shown.list = [...shown.list, { ...toast, id }].slice(-MOST);
    this.resume(id);
    return id;
  },

  good: (title: string, action?: Toast['action']) => toasts.add({ tone: 'good', title, action }),
  note: (title: string, text?: string) => toasts.add({ tone: 'note', title, text }),
  bad: (title: string, text?: string, action?: Toast['action']) =>
    toasts.add({ tone: 'bad', title, text, action }),

  dismiss(id: number): void {
    this.pause(id);
    shown.list = shown.list.filter((toast) => toast.id !== id);
  },

  /** While the reader points at a message, it stays. */
  pause(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  },

  resume(id: number): void {
    const toast = shown.list.find((known) => known.id === id);
    const lifetime = toast && LIFETIME_MS[toast.tone];
    if (lifetime)
      timers.set(
        id,
        setTimeout(() => toasts.dismiss(id), lifetime),
      );
  },
};
