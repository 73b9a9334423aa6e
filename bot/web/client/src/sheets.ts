const steps = [1, 1.5, 2, 3, 4];

/** Makes the pictures of pages larger and smaller. Without this script a page opens large in a tab of its own. */
export function watchSheets(): void {
  for (const sheets of document.querySelectorAll<HTMLElement>('[data-sheets]')) {
    const scroll = sheets.querySelector<HTMLElement>('[data-sheets-scroll]');
    const level = sheets.querySelector<HTMLElement>('[data-zoom-level]');
    if (!scroll || !level) continue;
    let at = 0;
    const zoom = (to: number): void => {
      at = Math.min(Math.max(to, 0), steps.length - 1);
      const before = centreOf(scroll);
      scroll.style.setProperty('--softbot-zoom', String(steps[at]));
      level.textContent = `${steps[at] * 100}%`;
      scroll.scrollTo({ left: before.x * scroll.scrollWidth - scroll.clientWidth / 2, top: before.y * scroll.scrollHeight - scroll.clientHeight / 2 });
    };
    sheets.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLElement>('[data-zoom]');
      if (button) zoom(at + (button.dataset.zoom === 'in' ? 1 : -1));
    });
    scroll.addEventListener('keydown', (event) => {
      if (event.key === '+' || event.key === '=') zoom(at + 1);
      else if (event.key === '-') zoom(at - 1);
    });
  }
}

/** What stands in the middle, as shares of the whole: it stays there when the size changes. */
function centreOf(scroll: HTMLElement): { x: number; y: number } {
  return {
    x: (scroll.scrollLeft + scroll.clientWidth / 2) / scroll.scrollWidth,
    y: (scroll.scrollTop + scroll.clientHeight / 2) / scroll.scrollHeight,
  };
}
