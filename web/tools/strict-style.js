// Replaces style attributes in the markup of libraries by classes of ours, so that `style-src 'self'` holds.
const STYLE = /\sstyle="([^"]*)"/g;

/** What libraries write, and our class that does the same. */
const classes = [
  { style: /^display:\s*contents;?$/, name: 'contents' },
  { style: /^position: absolute; left: 0; top: 0; clip: rect/, name: 'visually-hidden' },
];

/** @returns {import('vite').Plugin} */
export function strictStyle() {
  return {
    name: 'strict-style',
    enforce: 'pre',
    transform(code, id) {
      const isForeign = id.includes('/node_modules/') || id.endsWith('/generated/root.svelte');
      if (!isForeign || !/\.svelte(\?|$)/.test(id) || !code.includes(' style="')) return null;
      const strict = code.replace(STYLE, (attribute, style) => {
        const known = classes.find((one) => one.style.test(style));
        return known ? ` class="${known.name}"` : this.error(`${id}: no class does the same as${attribute}`);
      });
      return { code: strict, map: null };
    },
  };
}
