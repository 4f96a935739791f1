// Keys that work on every page.

const LEAD_MS = 1200;

export type GlobalKeys = {
  onpalette: () => void;
  onhelp: () => void;
  /** `G`, then a letter. */
  ongo: (key: string) => boolean;
};

/** Makes the listener; it keeps silent while somebody types, and leaves the browser its own keys. */
export function globalKeys({ onpalette, onhelp, ongo }: GlobalKeys): (event: KeyboardEvent) => void {
  let leadUntil = 0;
  return (event) => {
    if (event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
      event.preventDefault();
      onpalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || hasDialog()) return;
    const letter = letterOf(event);
    if (event.timeStamp < leadUntil && ongo(letter)) {
      event.preventDefault();
      leadUntil = 0;
    } else if (event.key === '?') {
      event.preventDefault();
      onhelp();
    } else if (event.key === '/' || (event.code === 'Slash' && !event.shiftKey)) {
      if (focusSearch()) event.preventDefault();
    } else {
      leadUntil = letter === 'G' ? event.timeStamp + LEAD_MS : 0;
    }
  };
}

/** The Latin letter of the key, whatever the keyboard's language: «П» on a Russian one is G. */
function letterOf(event: KeyboardEvent): string {
  return event.code.startsWith('Key') ? event.code.slice(3) : event.key.toUpperCase();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable=true]') !== null
  );
}

function hasDialog(): boolean {
  return document.querySelector('[role=dialog][data-state=open]') !== null;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-search-focus]');
  field?.focus();
  field?.select();
  return field !== null;
}
