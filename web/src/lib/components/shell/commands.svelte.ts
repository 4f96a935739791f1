// Commands of the palette: those of every page, and those that the current page adds.
import { untrack } from 'svelte';
import type { IconName } from '../icons';

export type Command = {
  id: string;
  label: string;
  icon?: IconName;
  keys?: string;
  /** It leads to a page, instead of doing something. */
  leads?: boolean;
  run: () => void;
};

let sources = $state.raw<(() => Command[])[]>([]);

/** The commands of the current page. Reactive. */
export function pageCommands(): Command[] {
  return sources.flatMap((commands) => commands());
}

/** Called by a page while it is being created: its commands live as long as the page does. */
export function offerCommands(commands: () => Command[]): void {
  $effect(() => {
    sources = [...untrack(() => sources), commands];
    return () => {
      sources = sources.filter((known) => known !== commands);
    };
  });
}
