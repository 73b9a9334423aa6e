import { showWhatApplies } from './conditions';

/** Adds and removes rows of a list without asking the server. The numbers in names need no order: the server takes them as they come. */
export function watchRows(form: HTMLFormElement): void {
  form.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>('[data-add-row], [data-remove-row]');
    if (!button || !form.contains(button)) return;
    event.preventDefault();
    if (button.dataset.addRow !== undefined) addRow(form, button.dataset.addRow)?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    else removeRow(form, button);
    showWhatApplies(form);
    form.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

function rowsOf(form: HTMLFormElement, name: string): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[data-rows="${CSS.escape(name)}"]`);
}

/** One more empty row at the end of this list; null where the form has no such list. */
export function addRow(form: HTMLFormElement, name: string): HTMLElement | null {
  const rows = rowsOf(form, name);
  const template = form.querySelector<HTMLTemplateElement>(`template[data-row-template="${CSS.escape(name)}"]`);
  const count = form.querySelector<HTMLInputElement>(`input[name="rows:${CSS.escape(name)}"]`);
  if (!rows || !template || !count) return null;
  const next = Number(count.value);
  const holder = document.createElement('template');
  holder.innerHTML = template.innerHTML.replaceAll('__row__', String(next)).replaceAll('__number__', String(next + 1));
  const row = holder.content.querySelector<HTMLElement>('[data-row]');
  rows.append(holder.content);
  count.value = String(next + 1);
  renumber(rows);
  return row;
}

function removeRow(form: HTMLFormElement, button: HTMLElement): void {
  const row = button.closest<HTMLElement>('[data-row]');
  const rows = row?.parentElement;
  if (!row || !rows) return;
  if (rows.children.length === 1) {
    for (const input of row.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = false;
      else input.value = '';
    }
  } else {
    row.remove();
  }
  renumber(rows);
  form.querySelector<HTMLElement>(`[data-add-row="${CSS.escape(rows.dataset.rows ?? '')}"]`)?.focus();
}

function renumber(rows: HTMLElement): void {
  Array.from(rows.querySelectorAll(':scope > [data-row] > legend [data-row-number]')).forEach((number, index) => {
    number.textContent = String(index + 1);
  });
}
