// The pages before the product: no accessibility violation in either theme.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './watched';

const session = {
  person: 'p1',
  name: 'Анна Петрова',
  email: 'anna@bank.example',
  language: null,
  grants: [],
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const address of ['/sign-in', '/start/one-time', '/invitation/one-time']) {
      test(address, async ({ page }) => {
        await page.route('**/api/start', (route) => route.fulfill({ json: { needs_administrator: true } }));
        await page.route('**/api/session', (route) => route.fulfill({ json: session }));
        await page.route('**/api/company', (route) =>
          route.fulfill({ json: { name: '', time_zone: 'UTC' } }),
        );
        await page.route('**/api/invitations/*', (route) =>
          route.fulfill({ json: { name: 'Пётр', email: 'petr@bank.example' } }),
        );
        await page.goto(address);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`)).toEqual(
          [],
        );
      });
    }
  });
}
