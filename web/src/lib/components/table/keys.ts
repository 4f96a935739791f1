// The keys of a table: arrows between cells, Enter or typing to edit.
import type { TableModel } from './model.svelte';

type Actions = {
  focus: () => Promise<void>;
  activate: () => void;
  exit: () => void;
};

/** Makes the listener of the grid; an editor inside a cell stops the keys that are its own. */
export function tableKeys<Row>(
  model: () => TableModel<Row>,
  actions: Actions,
): (event: KeyboardEvent) => void {
  return (event) => {
    const table = model();
    const isCell = event.target instanceof HTMLElement && event.target.dataset.cell !== undefined;
    if (table.editing || !isCell || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      actions.activate();
      return;
    }
    const step = stepOf(event, table);
    if (!step) {
      if (isPrintable(event) && canEdit(table)) table.editing = true;
      return;
    }
    event.preventDefault();
    table.move(...step);
    void actions.focus();
  };
}

function stepOf<Row>(event: KeyboardEvent, table: TableModel<Row>): [lines: number, columns: number] | null {
  const all = Number.MAX_SAFE_INTEGER / 2;
  switch (event.key) {
    case 'ArrowUp':
      return [-1, 0];
    case 'ArrowDown':
      return [1, 0];
    case 'ArrowLeft':
      return [0, -1];
    case 'ArrowRight':
      return [0, 1];
    case 'Home':
      return event.ctrlKey ? [-all, -all] : [0, -all];
    case 'End':
      return event.ctrlKey ? [all, all] : [0, all];
    case 'PageUp':
      return [-table.pageLines(), 0];
    case 'PageDown':
      return [table.pageLines(), 0];
    default:
      return null;
  }
}

/** `/` and `?` belong to the page. */
function isPrintable(event: KeyboardEvent): boolean {
  return (
    event.key.length === 1 && !event.ctrlKey && event.key !== '/' && event.key !== '?' && event.key !== ' '
  );
}

function canEdit<Row>(table: TableModel<Row>): boolean {
  const line = table.lines[table.active.line];
  const edit = table.columns[table.active.column]?.edit;
  return line?.kind === 'row' && edit !== undefined && edit.kind !== 'select';
}
