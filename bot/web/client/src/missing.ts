interface Missing {
  words: string;
  items: { id: string; text: string; missing: boolean }[];
}

const pauseAfterTyping = 700;

/**
 * Keeps the list of what is missing up to date. The server says what is missing, from the same definition that judges the form when it is
 * sent; here it is only shown. Contents of files stay in the browser: only that there is one is told.
 */
export function watchMissing(form: HTMLFormElement): void {
  const box = document.querySelector<HTMLElement>('[data-missing]');
  const list = box?.querySelector<HTMLElement>('[data-missing-list]');
  const count = box?.querySelector<HTMLElement>('[data-missing-count]');
  const address = box?.dataset.address;
  if (!box || !list || !count || !address) return;
  let timer = 0;
  let latest = 0;

  const ask = async (): Promise<void> => {
    const mine = ++latest;
    try {
      const answer = await fetch(address, { method: 'POST', body: answersOf(form), credentials: 'same-origin' });
      if (!answer.ok || mine !== latest) return;
      show((await answer.json()) as Missing, list, count);
    } catch {
      // No connection: the list stays as it is, and the server checks when the form is sent.
    }
  };
  const later = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), pauseAfterTyping);
  };
  form.addEventListener('change', later);
  later();
}

function answersOf(form: HTMLFormElement): URLSearchParams {
  const answers = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') answers.append(name, value);
    else if (value.size > 0) answers.append('pending', name.replace(/^file:/, ''));
  }
  return answers;
}

function show(missing: Missing, list: HTMLElement, count: HTMLElement): void {
  if (count.textContent !== missing.words) count.textContent = missing.words;
  list.replaceChildren(
    ...missing.items.map(({ id, text }) => {
      const link = document.createElement('a');
      link.className = 'utrecht-link';
      link.href = `#${id}`;
      link.textContent = text;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
}
