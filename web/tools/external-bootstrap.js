// Moves SvelteKit's inline start script of index.html into a file of its own, named by its content.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/**
 * Wraps an adapter: what it wrote stays, but for scripts inside index.html.
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} output the folder it writes to
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function externalBootstrap(adapter, output) {
  return {
    ...adapter,
    name: 'external-bootstrap',
    async adapt(builder) {
      await adapter.adapt(builder);
      const page = path.join(output, 'index.html');
      const html = await readFile(page, 'utf8');
      const scripts = [...html.matchAll(INLINE_SCRIPT)];
      if (scripts.length !== 1) {
        throw new Error(`index.html has ${scripts.length} inline scripts, expected the start script alone`);
      }
      const [element, code] = scripts[0];
      const body = code.trim();
      const name = `_app/immutable/start.${createHash('sha256').update(body).digest('hex').slice(0, 12)}.js`;
      await writeFile(path.join(output, name), body + '\n');
      await writeFile(page, html.replace(element, `<script src="/${name}"></script>`));
    },
  };
}
