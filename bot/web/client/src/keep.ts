import { addRow } from './rows';

/**
 * Keeps what somebody types in their own browser, so that a reload, the back button, a crash, the end of a session or a second tab loses nothing.
 *
 * Where: in the storage of the tab, which other tabs do not see and which goes with it. Only who says that the device is their own has it kept for a week,
 * over tabs. Both go when the form was received, at signing out, and when the visitor asks for it. What somebody typed while signed in is given back to that
 * same person alone. Contents of files never come here.
 */
interface Kept {
  saved: number;
  form: string;
  answers: [string, string][];
}

const prefix = 'softbot:typed:';
const ownDevice = 'softbot:own-device';
const toForget = 'softbot:forget';
const keptInTab = 12 * 3600_000;
const keptOnOwnDevice = 7 * 24 * 3600_000;
const notAnswers = new Set(['csrf', 'type', 'gemeente', 'action', 'pending']);
const ofThePage = new Set(['form', 'had-files']);

/** Both kinds of storage, as far as this browser has them: it may refuse either. */
function storages(): [Storage, number][] {
  const all: [Storage, number][] = [];
  try {
    all.push([window.sessionStorage, keptInTab]);
    all.push([window.localStorage, keptOnOwnDevice]);
  } catch {
    // Without storage the form works as it does without script.
  }
  return all;
}

function isOwnDevice(): boolean {
  return storages().some(([storage]) => storage.getItem(ownDevice) === 'yes');
}

function read(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Kept;
    return typeof kept.saved === 'number' && Array.isArray(kept.answers) ? kept : null;
  } catch {
    return null;
  }
}

/** Takes away all that this says, and whatever is too old. */
function forget(matches: (kept: Kept) => boolean): void {
  for (const [storage, length] of storages()) {
    for (const key of Object.keys(storage).filter((each) => each.startsWith(prefix))) {
      const kept = read(storage.getItem(key));
      if (!kept || Date.now() - kept.saved > length || matches(kept)) storage.removeItem(key);
    }
  }
}

function forgetAll(): void {
  forget(() => true);
  for (const [storage] of storages()) storage.removeItem(toForget);
}

function slot(form: HTMLFormElement, owner: string): string {
  return `${prefix}${owner}:${form.dataset.keep ?? ''}`;
}

function answersOf(form: HTMLFormElement): [string, string][] {
  const answers: [string, string][] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !notAnswers.has(name)) answers.push([name, value]);
  }
  return answers;
}

function typedIn(answers: [string, string][]): string {
  return JSON.stringify(answers.filter(([name]) => !ofThePage.has(name)));
}

function save(form: HTMLFormElement): void {
  const answers = answersOf(form);
  const key = answers.find(([name]) => name === 'form')?.[1] ?? '';
  const text = JSON.stringify({ saved: Date.now(), form: key, answers } satisfies Kept);
  const own = isOwnDevice();
  for (const [storage, length] of storages()) {
    if (length === keptOnOwnDevice && !own) continue;
    try {
      storage.setItem(slot(form, form.dataset.keepOwner ?? ''), text);
    } catch {
      // Full: what was kept before stays.
    }
  }
}

/**
 * The latest that may be put back here. What was typed before signing in belongs to nobody yet: whoever signs in gets it, unless it has another's citizen
 * number.
 */
function latest(form: HTMLFormElement): Kept | null {
  const owner = form.dataset.keepOwner ?? '';
  const number = form.querySelector<HTMLInputElement>('input[name="common.bsn"][readonly]')?.value ?? '';
  const isOfThisPerson = (kept: Kept): boolean => {
    const typed = kept.answers.find(([name]) => name === 'common.bsn')?.[1].replace(/\D/g, '') ?? '';
    return number === '' || typed === '' || typed === number;
  };
  const found: Kept[] = [];
  for (const [storage] of storages()) {
    for (const each of new Set([owner, ''])) {
      const kept = read(storage.getItem(slot(form, each)));
      if (kept && (each === owner || isOfThisPerson(kept))) found.push(kept);
    }
  }
  return found.sort((one, other) => other.saved - one.saved)[0] ?? null;
}

function putBack(form: HTMLFormElement, kept: Kept): void {
  for (const [name, count] of kept.answers) {
    if (!name.startsWith('rows:')) continue;
    const list = name.slice('rows:'.length);
    for (let tries = 0; tries < 100 && rowCount(form, name) < Number(count); tries += 1) addRow(form, list);
  }
  const values = new Map<string, string[]>();
  for (const [name, value] of kept.answers) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)) continue;
    if (control.name === '' || notAnswers.has(control.name) || control.type === 'file') continue;
    if (typedMeanwhile(form, control)) continue;
    const typed = values.get(control.name) ?? [];
    if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox')) control.checked = typed.includes(control.value);
    else if (typed.length > 0 && !(control instanceof HTMLInputElement && control.readOnly)) control.value = typed[0]!;
  }
  form.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Whether somebody was quicker than this script, on a slow line: the head of the page marks what they touch. Of boxes to tick each stands by itself. */
function typedMeanwhile(form: HTMLFormElement, control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean {
  if (control.type === 'checkbox') return control.dataset.typed !== undefined;
  return form.querySelector(`[data-typed][name="${CSS.escape(control.name)}"]`) !== null;
}

function rowCount(form: HTMLFormElement, name: string): number {
  return Number(form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`)?.value ?? Infinity);
}

function watchForm(form: HTMLFormElement): void {
  const kept = form.dataset.keepOpened !== undefined ? latest(form) : null;
  if (kept && typedIn(kept.answers) !== typedIn(answersOf(form))) {
    putBack(form, kept);
    for (const notice of form.querySelectorAll<HTMLElement>('[data-kept]')) notice.hidden = false;
  }
  if (form.dataset.keepOpened === undefined || form.querySelector('[data-typed]')) save(form);
  form.addEventListener('input', () => save(form));
  form.addEventListener('change', () => save(form));
  form.addEventListener('submit', (event) => {
    const pressed = (event as SubmitEvent).submitter;
    if (pressed instanceof HTMLButtonElement && pressed.value === 'start-over') forgetAll();
  });
  const own = form.querySelector<HTMLInputElement>('[data-own-device]');
  if (!own) return;
  own.checked = isOwnDevice();
  own.addEventListener('change', () => {
    if (own.checked) window.localStorage.setItem(ownDevice, 'yes');
    else for (const key of Object.keys(window.localStorage).filter((each) => each.startsWith('softbot:'))) window.localStorage.removeItem(key);
    save(form);
  });
}

/** Signing out in one tab takes away what the others hold too. */
function watchSignOut(): void {
  const others = 'BroadcastChannel' in window ? new BroadcastChannel('softbot:signed-out') : null;
  const signOut = (): void => {
    forgetAll();
    for (const [storage] of storages()) storage.removeItem(ownDevice);
    others?.postMessage('');
  };
  others?.addEventListener('message', forgetAll);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/uitloggen"]')) form.addEventListener('submit', signOut);
  // What was asked on the page before this one when its script was not there yet: the head of that page noted it.
  const asked = storages().map(([storage]) => storage.getItem(toForget));
  if (asked.includes('device')) signOut();
  else if (asked.includes('typed')) forgetAll();
}

export function keepWhatIsTyped(): void {
  // It is on its way already: the next page forgets what other tabs may keep meanwhile.
  if (document.documentElement.dataset.forget !== undefined) return forget(() => true);
  const received = document.querySelector<HTMLElement>('[data-received]')?.dataset.received;
  forget((kept) => received !== undefined && received !== '' && kept.form === received);
  watchSignOut();
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keep]')) watchForm(form);
}
