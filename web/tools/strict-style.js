// Replaces the style attribute of SvelteKit's route announcer by a class, so that `style-src 'self'` holds.
const ANNOUNCER_STYLE = /(id="svelte-announcer"[^>]*?) style="[^"]*"/;

/** @returns {import('vite').Plugin} */
export function strictStyle() {
  return {
    name: 'strict-style',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/generated/root.svelte')) return null;
      if (!ANNOUNCER_STYLE.test(code)) {
        this.error('the route announcer has changed: look again whether it still carries a style attribute');
      }
      return { code: code.replace(ANNOUNCER_STYLE, '$1 class="visually-hidden"'), map: null };
    },
  };
}
