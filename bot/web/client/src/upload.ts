/** Files may be dropped anywhere on the field; what was chosen is listed. The input alone does it too. */
export function watchUploads(): void {
  for (const field of document.querySelectorAll<HTMLElement>('[data-drop]')) {
    const input = field.querySelector<HTMLInputElement>('input[type="file"]');
    const list = field.querySelector<HTMLElement>('[data-chosen]');
    if (!input || !list) continue;
    const over = (shown: boolean): void => void field.classList.toggle('softbot-drop--over', shown);
    field.addEventListener('dragover', (event) => {
      event.preventDefault();
      over(true);
    });
    field.addEventListener('dragleave', () => over(false));
    field.addEventListener('drop', (event) => {
      event.preventDefault();
      over(false);
      const dropped = event.dataTransfer?.files;
      if (!dropped?.length) return;
      input.files = dropped;
      show(dropped, list);
    });
    input.addEventListener('change', () => show(input.files, list));
  }
}

function show(files: FileList | null, list: HTMLElement): void {
  const chosen = Array.from(files ?? []);
  list.hidden = chosen.length < 2;
  list.replaceChildren(
    ...chosen.map((file) => {
      const item = document.createElement('li');
      item.textContent = file.name;
      return item;
    }),
  );
}
