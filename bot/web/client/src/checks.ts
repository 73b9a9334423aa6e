/**
 * Checking paper by hand: a digit chooses an answer, the field's place is marked on the page beside it, and a mark leads to its field.
 * Without this script the links to places and the radio buttons do the same.
 */
export function watchChecks(): void {
  for (const check of document.querySelectorAll<HTMLElement>('[data-check]')) {
    check.addEventListener('focusin', () => show(check.dataset.check ?? '', 'nearest'));
    check.addEventListener('keydown', (event) => chooseByKey(check, event));
    check.querySelector('[data-other-input]')?.addEventListener('input', () => {
      const other = check.querySelector<HTMLInputElement>('input[data-other]');
      if (other) other.checked = true;
    });
  }
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-show-place]');
    if (link) {
      event.preventDefault();
      show(link.dataset.showPlace ?? '', 'start');
    }
    const place = (event.target as Element).closest<HTMLElement>('[data-place]');
    if (place) goTo(place.dataset.place ?? '');
  });
}

/** Digits count inside a field only, and never where somebody types. */
function chooseByKey(check: HTMLElement, event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
  if ((event.target as HTMLElement).matches('input:not([type="radio"]), textarea, select')) return;
  const choices = check.querySelectorAll<HTMLInputElement>('input[type="radio"]');
  const chosen = choices[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.focus();
  if ('other' in chosen.dataset) check.querySelector<HTMLElement>('[data-other-input] input, [data-other-input] textarea')?.focus();
}

function show(id: string, where: 'start' | 'nearest'): void {
  for (const place of document.querySelectorAll('.softbot-place--current')) place.classList.remove('softbot-place--current');
  const place = document.querySelector<SVGGElement>(`[data-place="${CSS.escape(id)}"]`);
  const scroll = place?.closest<HTMLElement>('[data-sheets-scroll]');
  if (!place || !scroll) return;
  place.classList.add('softbot-place--current');
  // Only the picture scrolls, so that nobody loses the field; on a narrow screen a link leads to the picture.
  const box = place.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  scroll.scrollBy({ top: box.top + box.height / 2 - frame.top - frame.height / 2, left: box.left + box.width / 2 - frame.left - frame.width / 2 });
  if (where === 'start') scroll.scrollIntoView({ block: 'nearest' });
}

function goTo(id: string): void {
  const check = document.querySelector<HTMLElement>(`[data-check="${CSS.escape(id)}"]`);
  const details = check?.closest('details');
  if (details) details.open = true;
  check?.scrollIntoView({ block: 'center' });
  check?.querySelector<HTMLElement>('input, button, a')?.focus({ preventScroll: true });
}
