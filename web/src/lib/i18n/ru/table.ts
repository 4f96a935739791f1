// Tables: sorting, columns, groups, editing, export.
import { counted } from '../plural';

export const table = {
  columns: 'Столбцы',
  export: 'Экспорт CSV',
  groupBy: 'Группировка',
  noGroup: 'Без группировки',
  sortAscending: 'По возрастанию',
  sortDescending: 'По убыванию',
  sortNone: 'Без сортировки',
  empty: 'Строк нет',
  editCell: (column: string) => `Изменить: ${column}`,
  expand: 'Развернуть группу',
  collapse: 'Свернуть группу',
  saving: 'Сохраняется',
  notSaved: 'Не сохранилось. Прежнее значение на месте, введённое можно повторить.',
  rowCount: (count: number) =>
    counted.ru(count, { one: 'строка', few: 'строки', many: 'строк', other: 'строки' }),
};
