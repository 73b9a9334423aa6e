import './styles';
import { watchChecks } from './checks';
import { watchConditions } from './conditions';
import { keepWhatIsTyped } from './keep';
import { watchKeys } from './keys';
import { watchMissing } from './missing';
import { watchRows } from './rows';
import { watchSheets } from './sheets';
import { watchUploads } from './upload';

/** Everything here only improves pages that work without it. */
function focusSummary(): void {
  // Whoever began already, on a slow line, is not taken away from where they are.
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Printing is the browser's; the button only saves looking for it. */
function watchPrint(): void {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.addEventListener('click', () => window.print());
  }
}

/** A second press on a button that sends does nothing while the first is under way. The server would notice it too. */
function watchDoubleSend(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post') return;
    if (form.dataset.sending === 'yes') {
      event.preventDefault();
      return;
    }
    form.dataset.sending = 'yes';
    window.setTimeout(() => delete form.dataset.sending, 4000);
  });
  // Coming back with the browser's button, the form can be sent again.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sending;
  });
}

focusSummary();
watchPrint();
watchDoubleSend();
watchSheets();
watchChecks();
watchKeys();
watchUploads();
for (const form of document.querySelectorAll<HTMLFormElement>('form')) {
  watchConditions(form);
  watchRows(form);
}
keepWhatIsTyped();
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-application]')) {
  watchMissing(form);
}
