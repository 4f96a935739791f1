// Every scene of the guide: no accessibility violation, no error, no sideways scrolling, in both themes and languages.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './watched';

const scenes = ['controls', 'feedback', 'filters', 'table', 'charts'];
const views = [
  {
    name: 'desktop, light, Russian',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: 'ru',
  },
  { name: 'phone, dark, English', viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'en' },
] as const;

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    for (const scene of scenes) {
      test(scene, async ({ page }) => {
        await page.goto(`/guide?scene=${scene}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const found = violations.map(
          (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }
  });
}
