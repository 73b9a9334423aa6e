/** When a question applies, as the page says it in data-show-if; names are those of inputs. */
interface Condition {
  is: 'always' | 'equals' | 'in' | 'includes' | 'present' | 'greaterThan' | 'lessThan' | 'all' | 'any' | 'not';
  name?: string;
  other?: string;
  values?: unknown[];
  parts?: Condition[];
}

/** Unknown is not the same as no. */
type Truth = 'yes' | 'no' | 'unknown';

/** What is answered under a name: the values of ticked options, the text of a box, or three boxes of a date as one. */
export function answersTo(form: HTMLFormElement, name: string): string[] {
  const data = new FormData(form);
  const values = data.getAll(name).map(String).map((text) => text.trim()).filter((text) => text !== '');
  if (values.length > 0) return values;
  const [day, month, year] = ['day', 'month', 'year'].map((part) => String(data.get(`${name}.${part}`) ?? '').trim());
  if (day && month && year) return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`];
  return [];
}

function hasAnswer(form: HTMLFormElement, name: string): boolean {
  if (answersTo(form, name).length > 0) return true;
  for (const [each, value] of new FormData(form)) {
    if (each.startsWith(`${name}.`) && String(value).trim() !== '') return true;
  }
  return false;
}

function asText(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return String(value);
}

/** Numbers as the Dutch write them ("1.234,50"), dates as ISO text. */
function comparable(text: string): number | string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const plain = text.includes(',') ? text.replace(/\./g, '').replace(',', '.') : text;
  const number = Number(plain.replace(/[€\s]/g, ''));
  return Number.isNaN(number) ? text : number;
}

function not(truth: Truth): Truth {
  if (truth === 'unknown') return truth;
  return truth === 'yes' ? 'no' : 'yes';
}

export function evaluate(condition: Condition, form: HTMLFormElement): Truth {
  const parts = () => (condition.parts ?? []).map((part) => evaluate(part, form));
  switch (condition.is) {
    case 'always':
      return 'yes';
    case 'all': {
      const truths = parts();
      if (truths.includes('no')) return 'no';
      return truths.includes('unknown') ? 'unknown' : 'yes';
    }
    case 'any': {
      const truths = parts();
      if (truths.includes('yes')) return 'yes';
      return truths.includes('unknown') ? 'unknown' : 'no';
    }
    case 'not':
      return not(parts()[0] ?? 'unknown');
    case 'present':
      return hasAnswer(form, condition.name ?? '') ? 'yes' : 'no';
    default:
      return compare(condition, form);
  }
}

function compare(condition: Condition, form: HTMLFormElement): Truth {
  const answers = condition.name === 'types' ? new FormData(form).getAll('type').map(String) : answersTo(form, condition.name ?? '');
  if (answers.length === 0) return 'unknown';
  const wanted = condition.other ? answersTo(form, condition.other) : (condition.values ?? []).map(asText);
  if (wanted.length === 0) return 'unknown';
  if (condition.is === 'greaterThan' || condition.is === 'lessThan') {
    const [left, right] = [comparable(answers[0]!), comparable(wanted[0]!)];
    if (typeof left !== typeof right) return 'unknown';
    return (condition.is === 'greaterThan' ? left > right : left < right) ? 'yes' : 'no';
  }
  return wanted.some((value) => answers.includes(value)) ? 'yes' : 'no';
}

/** Shows the questions that apply, and hides the others; what was typed in them stays. */
export function showWhatApplies(form: HTMLFormElement): void {
  for (const block of form.querySelectorAll<HTMLElement>('[data-show-if]')) {
    const truth = evaluate(JSON.parse(block.dataset.showIf!) as Condition, form);
    if (block.dataset.applies !== truth) block.dataset.applies = truth;
  }
}

export function watchConditions(form: HTMLFormElement): void {
  if (!form.querySelector('[data-show-if]')) return;
  showWhatApplies(form);
  form.addEventListener('input', () => showWhatApplies(form));
  form.addEventListener('change', () => showWhatApplies(form));
}
