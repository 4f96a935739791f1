// The frame: palette, keys, language, theme, and the way in.
import { expect, test } from './watched';

const session = {
  person: 'p1',
  name: 'Анна Петрова',
  email: 'anna@bank.example',
  language: null,
  grants: [],
};
const company = { name: 'Банк', time_zone: 'Europe/Moscow' };

test('the palette goes where one types', async ({ page }) => {
  await page.goto('/guide');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Команды' });
  await expect(dialog).toBeVisible();
  await page.keyboard.type('toast');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').getByText('Saved')).toBeVisible();
});

test('keys: help, search, skip link', async ({ page }) => {
  await page.goto('/guide?scene=filters');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'К содержанию' })).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('?');
  await expect(page.getByRole('searchbox')).toHaveValue('?');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('language and theme are chosen once and stay', async ({ page }) => {
  await page.goto('/guide');
  await page.getByRole('button', { name: /Профиль и вид/ }).click();
  await page.getByRole('menuitemradio', { name: 'Тёмная' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.getByRole('link', { name: 'Backlog' }).first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('nobody gets in without signing in, and then lands where they wanted', async ({ page }) => {
  let signedIn = false;
  await page.route('**/api/**', (route) => route.fulfill({ json: [] }));
  await page.route('**/api/start', (route) => route.fulfill({ json: { needs_administrator: false } }));
  await page.route('**/api/company', (route) => route.fulfill({ json: company }));
  await page.route('**/api/session', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') {
      expect(request.headers()['x-otklik-csrf']).toBe('1');
      expect(request.headers()['x-otklik-language']).toBe('ru');
      signedIn = request.postDataJSON().password === 'right password';
    }
    if (signedIn) return route.fulfill({ json: session });
    const error = { code: 'credentials_wrong', message: 'Почта или пароль не подходят.' };
    return route.fulfill({ status: 401, json: { error } });
  });
  await page.goto('/backlog?q=card');
  await expect(page).toHaveURL('/sign-in?then=%2Fbacklog%3Fq%3Dcard');
  await page.getByLabel('Почта').fill('anna@bank.example');
  await page.getByLabel('Пароль', { exact: true }).fill('wrong password');
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('alert')).toHaveText('Почта или пароль не подходят.');
  await page.getByLabel('Пароль', { exact: true }).fill('right password');
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page).toHaveURL('/backlog?q=card');
});

test('the first start checks before it asks the server', async ({ page }) => {
  await page.goto('/start/one-time');
  await page.getByRole('button', { name: 'Создать администратора' }).click();
  await expect(page.getByRole('alert')).toHaveCount(3);
  await expect(page.getByLabel('Имя и фамилия')).toHaveAttribute('aria-invalid', 'true');
});

test('an invitation that has run out says what to do', async ({ page }) => {
  await page.route('**/api/invitations/*', (route) =>
    route.fulfill({ status: 404, json: { error: { code: 'not_found' } } }),
  );
  await page.goto('/invitation/old');
  await expect(page.getByText('Попросите администратора прислать новую.')).toBeVisible();
});

test('a server that is silent is told in words', async ({ page }) => {
  await page.route('**/api/session', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/today');
  await expect(page.getByText('Сервер не отвечает.')).toBeVisible();
});

test('an unknown address says so', async ({ page }) => {
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'Такой страницы нет' })).toBeVisible();
});
