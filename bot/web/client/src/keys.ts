/**
 * One key does what a link does: to the next case, the one before, down the list. None works where somebody types, and all can be
 * switched off on the page that tells them (WCAG 2.1.4). Without this script the links do the same.
 */
const switchedOff = 'softbot-toetsen-uit';

export function watchKeys(): void {
  const help = document.querySelector<HTMLElement>('[data-keys]');
  const box = help?.querySelector<HTMLInputElement>('[data-keys-switch]');
  if (!help || !box) return;
  box.checked = !readSwitchedOff();
  const show = (): void => {
    document.documentElement.classList.toggle('softbot-keys-off', !box.checked);
    for (const link of linksWithKeys()) {
      if (box.checked) link.setAttribute('aria-keyshortcuts', link.dataset.key ?? '');
      else link.removeAttribute('aria-keyshortcuts');
    }
  };
  box.addEventListener('change', () => {
    keepSwitchedOff(!box.checked);
    show();
  });
  show();

  const unsent = watchUnsent();
  document.addEventListener('keydown', (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.isComposing) return;
    if (event.defaultPrevented || isField(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'j' || key === 'k') {
      if (moveInList(key === 'j' ? 1 : -1)) event.preventDefault();
      return;
    }
    if (key === 'x') {
      boxOfRow()?.click();
      return;
    }
    const link = linksWithKeys().find((each) => each.dataset.key === key);
    if (!link) return;
    event.preventDefault();
    if (unsent.mayLeave(key)) link.click();
  });
}

function linksWithKeys(): HTMLAnchorElement[] {
  return Array.from(document.querySelectorAll<HTMLAnchorElement>('a[data-key]'));
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** The focus goes to the case below or above; false when this page has no list. */
function moveInList(step: 1 | -1): boolean {
  const rows = Array.from(document.querySelectorAll<HTMLAnchorElement>('a[data-row]'));
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.closest('tr')?.contains(document.activeElement));
  const to = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[to].focus();
  return true;
}

/** What chooses the case that has the focus. */
function boxOfRow(): HTMLInputElement | null | undefined {
  return document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[type="checkbox"]');
}

/** A key is pressed sooner by mistake than a link is: what was typed and not sent is not left by one press. */
function watchUnsent(): { mayLeave: (key: string) => boolean } {
  let typed = document.querySelector('form[method="post"] [data-typed]') !== null; // before this script was there
  let warnedFor = '';
  document.addEventListener('input', (event) => {
    const field = event.target as HTMLInputElement;
    if (field.form?.method === 'post') typed = true;
  });
  return {
    mayLeave(key) {
      if (!typed || warnedFor === key) return true;
      warnedFor = key;
      const say = document.querySelector<HTMLElement>('[data-keys-say]');
      if (!say) return true;
      say.className = 'utrecht-alert utrecht-alert--warning softbot-say';
      say.textContent = `U hebt iets ingevuld dat nog niet is verstuurd. Druk nog een keer op ${key} om toch verder te gaan.`;
      return false;
    },
  };
}

function readSwitchedOff(): boolean {
  try {
    return window.localStorage.getItem(switchedOff) === 'ja';
  } catch {
    return false; // a browser that keeps nothing
  }
}

function keepSwitchedOff(off: boolean): void {
  try {
    if (off) window.localStorage.setItem(switchedOff, 'ja');
    else window.localStorage.removeItem(switchedOff);
  } catch {
    // then the choice holds for this page
  }
}
