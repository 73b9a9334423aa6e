import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-codes.css';
import './dmn.css';
import DmnModeler, { type View } from 'dmn-js/lib/Modeler';
import { annotationsAsDescriptions, descriptionsAsAnnotations } from './dmn_annotations';
import { hasComments, isOtherVersion, losses } from './dmn_losses';

/**
 * The page of a DMN file: its tables to edit with dmn-js, above the text that the page works with by itself. What is drawn becomes the text when
 * somebody looks at the text, and when the form is sent; so whatever is refused comes back drawn as it was. A file of which the drawing would lose
 * something is not drawn.
 */

/** Style elements that dmn-js makes carry the nonce of this page; the content security policy asks for it. */
function giveStylesTheNonce(): void {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (name === 'style') element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}

const names: Record<string, string> = { drd: 'Overzicht', decisionTable: 'Tabel', literalExpression: 'Uitdrukking', boxedExpression: 'Uitdrukking' };

function label(view: View): string {
  return `${names[view.type] ?? view.type}: ${view.type === 'drd' ? 'hoe alles samenhangt' : (view.element.name ?? view.element.id)}`;
}

/** Why a file is not drawn, in Dutch; `detail` is what dmn-js says of it itself, in English. */
class NotDrawn extends Error {
  constructor(message: string, readonly detail = '') {
    super(message);
  }
}

function asNotDrawn(error: unknown, message: string): NotDrawn {
  if (error instanceof NotDrawn) return error;
  return new NotDrawn(message, error instanceof Error ? error.message : String(error));
}

class Drawing {
  private readonly modeler: DmnModeler;
  private readonly views: HTMLSelectElement;
  private drawn = ''; // the text that the drawing gave when nothing was changed yet

  constructor(private readonly text: HTMLTextAreaElement, private readonly fromDrawing: HTMLInputElement, place: HTMLElement, views: HTMLSelectElement) {
    // What is typed counts at once: dmn-js would wait a moment, in which somebody may save or look at another part.
    this.modeler = new DmnModeler({ container: place, keyboard: { bindTo: place }, common: { debounceInput: false } });
    this.views = views;
    views.addEventListener('change', () => {
      const view = this.modeler.getViews()[Number(views.value)];
      if (view) void this.modeler.open(view);
    });
    this.modeler.on('views.changed', () => this.list());
  }

  /** Draws what the text says. Rejects with a NotDrawn when dmn-js cannot take it, or would lose some of it. */
  async draw(): Promise<void> {
    const file = this.text.value;
    if (isOtherVersion(file)) throw new NotDrawn('Het volgt een andere versie van DMN dan 1.3, en alleen die is hier te tekenen.');
    const { warnings } = await this.modeler.importXML(annotationsAsDescriptions(file));
    this.drawn = await this.xml();
    const lost = losses(file, this.drawn);
    if (lost.length || warnings.length) {
      const what = lost.length ? `: ${lost.join(', ')}` : '';
      throw new NotDrawn(`De tekening zou er iets van kwijtraken${what}.`, warnings.map((one) => (typeof one === 'string' ? one : one.message)).join(' '));
    }
    const table = this.modeler.getViews().find((view) => view.type === 'decisionTable');
    if (table) await this.modeler.open(table);
    this.drawn = await this.xml();
  }

  /** Puts the drawing into the text, unless nobody changed it: an untouched file keeps its own layout. Rejects when dmn-js cannot write it. */
  async write(): Promise<void> {
    const now = await this.xml();
    if (now === this.drawn) return;
    this.text.value = now;
    this.drawn = now;
    this.fromDrawing.value = 'yes';
  }

  private async xml(): Promise<string> {
    return descriptionsAsAnnotations((await this.modeler.saveXML({ format: true })).xml);
  }

  private list(): void {
    const active = this.modeler.getActiveView();
    const options = this.modeler.getViews().map((view, index) => {
      const option = new Option(label(view), String(index));
      option.selected = view.element === active?.element && view.type === active?.type;
      return option;
    });
    this.views.replaceChildren(...options);
  }
}

async function start(form: HTMLFormElement): Promise<void> {
  const find = <Kind extends HTMLElement>(name: string) => form.querySelector<Kind>(`[data-dmn="${name}"]`) as Kind;
  const [text, source, drawing, place, refused] = [find<HTMLTextAreaElement>('text'), find('source'), find('drawing'), find('place'), find('refused')];
  const [toText, toDrawing] = [find<HTMLButtonElement>('to-text'), find<HTMLButtonElement>('to-drawing')];
  const model = new Drawing(text, find<HTMLInputElement>('from-drawing'), place, find<HTMLSelectElement>('views'));
  let drawn = false;

  function say(problem: NotDrawn): void {
    find('why').textContent = problem.message;
    find('detail').textContent = problem.detail;
    refused.hidden = false;
  }

  async function show(): Promise<void> {
    drawing.hidden = false;
    refused.hidden = true; // what was said of an earlier try
    const file = text.value;
    try {
      await model.draw();
      drawn = text.value === file; // who goes on typing while it is drawn keeps the text
      find('comments').hidden = !hasComments(text.value);
    } catch (error) {
      drawn = false;
      say(asNotDrawn(error, 'De tekensoftware kan het niet lezen.'));
    }
    drawing.hidden = !drawn;
    source.hidden = drawn;
    toDrawing.hidden = false;
  }

  /** Whether the text now says what is drawn; when not, the drawing stays and the page says so. */
  async function written(): Promise<boolean> {
    try {
      await model.write();
      return true;
    } catch (error) {
      say(asNotDrawn(error, 'De tekensoftware kan de tekening niet als bestand schrijven. Er is niets bewaard. Maak uw laatste verandering ongedaan en probeer het opnieuw.'));
      refused.focus();
      return false;
    }
  }

  toText.addEventListener('click', async () => {
    if (!(await written())) return;
    drawn = false;
    drawing.hidden = true;
    source.hidden = false;
    toDrawing.focus();
  });
  toDrawing.addEventListener('click', async () => {
    await show();
    if (drawn) toText.focus();
  });
  form.addEventListener('submit', async (event) => {
    if (!drawn) return;
    event.preventDefault();
    if (await written()) form.submit();
  });
  if (text.dataset.typed === undefined) await show();
  else toDrawing.hidden = false; // somebody was quicker than this script
}

giveStylesTheNonce();
const form = document.querySelector<HTMLFormElement>('form[data-dmn="form"]');
if (form) void start(form);
