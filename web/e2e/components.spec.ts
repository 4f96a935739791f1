// The table by keyboard, the filter bar and its address, charts and dates.
import { expect, test } from './watched';

test('a cell is edited by keyboard, refused changes leave the old value', async ({ page }) => {
  await page.goto('/guide?scene=table');
  const cell = (row: number, column: number) =>
    page
      .getByRole('row')
      .and(page.locator(`[aria-rowindex="${row}"]`))
      .getByRole('gridcell')
      .nth(column - 1);
  await cell(2, 1).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Новая формулировка');
  await page.keyboard.press('Enter');
  await expect(cell(2, 1)).toHaveText('Новая формулировка');
  await expect(cell(3, 1)).toBeFocused();

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Название не может быть пустым.');
  await expect(cell(2, 1)).toHaveText('Новая формулировка');
});

test('the end of five thousand rows is one key away', async ({ page }) => {
  await page.goto('/guide?scene=table');
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Control+End');
  await expect(page.locator('[aria-rowindex="5001"] [role=gridcell]').last()).toBeFocused();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
});

test('rows are grouped and groups folded', async ({ page }) => {
  await page.goto('/guide?scene=table');
  await page.getByRole('button', { name: 'Группировка' }).click();
  await page.getByRole('option', { name: 'Подразделение' }).click();
  const group = page.getByRole('button', { name: /Свернуть группу/ }).first();
  await group.click();
  await expect(page.getByRole('button', { name: /Развернуть группу/ })).toBeVisible();
});

test('a filter is built, lives in the address and goes', async ({ page }) => {
  await page.goto('/guide?scene=filters');
  await page.getByRole('button', { name: 'Фильтр', exact: true }).click();
  await page.getByRole('option', { name: 'Канал' }).click();
  await page.getByRole('option', { name: 'звонок' }).click();
  await page.keyboard.press('Escape');
  const filters = () => new URL(page.url()).searchParams.get('filters');
  await expect.poll(filters).toBe('{"in":{"dimension":"channel","values":["call"]}}');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Изменить фильтр: Канал, звонок' })).toBeVisible();
  await page.getByRole('button', { name: 'Убрать: Канал' }).click();
  await expect.poll(filters).toBeNull();
});

test('a period of one’s own ends with the day that was picked', async ({ page }) => {
  await page.goto('/guide?scene=filters');
  await page.getByRole('button', { name: 'Период: 90 дней' }).click();
  await page.getByLabel('С какого дня', { exact: true }).fill('1.9.2026');
  await page.getByLabel('По какой день', { exact: true }).fill('30.09.2026');
  await page.getByLabel('По какой день', { exact: true }).press('Enter');
  await expect(page).toHaveURL(/from=2026-09-01&to=2026-10-01/);
});

test('a chart is read by arrows and as a table', async ({ page }) => {
  await page.goto('/guide?scene=charts');
  const chart = page.getByRole('figure').filter({ hasText: 'NPS по месяцам' });
  await chart.getByRole('link', { name: /ноябрь 2026/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chart.getByRole('link', { name: /октябрь 2026/ })).toBeFocused();
  await chart.getByRole('button', { name: 'Таблицей' }).click();
  await expect(chart.getByRole('row')).toHaveCount(25);
});
