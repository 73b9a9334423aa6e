/**
 * dmn-js knows DMN 1.3 and leaves out, without a word, what it does not know. So the file and what comes back of it are held against each other
 * before anything may be saved: elements, attributes and texts, whatever their order and layout.
 */

const later: Record<string, string> = {
  conditional: 'een keuze als-dan-anders (conditional)',
  filter: 'een filter over een lijst (filter)',
  for: 'een herhaling over een lijst (for)',
  some: 'een toets of iets voor een deel van een lijst geldt (some)',
  every: 'een toets of iets voor een hele lijst geldt (every)',
  typeConstraint: 'een beperking van een soort waarde (typeConstraint)',
};

/** What an attribute says when it is absent: leaving it out loses nothing. */
const absent = ['hitPolicy=UNIQUE', 'isCollection=false', 'preferredOrientation=Rule-as-Row', 'kind=FEEL', 'associationDirection=None', 'textFormat=text/plain'];
const drawnNamespace = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const isLayout = (namespace: string | null) => /\/(DMNDI|DC|DI)\/$/.test(namespace ?? '');
const isOfXml = (namespace: string | null) => /www\.w3\.org/.test(namespace ?? '');

function parsed(xml: string): Document | undefined {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return document.querySelector('parsererror') ? undefined : document;
}

/** How often each thing stands in it, with the name of the element that it stands in. Of the layout the elements alone: numbers are written otherwise. */
function contentOf(document: Document): Map<string, { element: string; times: number }> {
  const content = new Map<string, { element: string; times: number }>();
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    const count = (what: string) => {
      const key = `${element.localName} ${what}`;
      content.set(key, { element: element.localName, times: (content.get(key)?.times ?? 0) + 1 });
    };
    count('');
    if (isLayout(element.namespaceURI)) continue;
    const text = Array.from(element.childNodes).filter((node) => node instanceof Text).map((node) => node.textContent).join('');
    if (text.trim()) count(`# ${text.trim().replace(/\s+/g, ' ')}`);
    for (const attribute of Array.from(element.attributes)) {
      const what = `${attribute.localName}=${attribute.value}`;
      if (!isOfXml(attribute.namespaceURI) && !absent.includes(what)) count(what);
    }
  }
  return content;
}

/** What of this file would be gone after drawing and saving it, in words; nothing for what is no XML, of which dmn-js itself complains. */
export function losses(file: string, afterDrawing: string): string[] {
  const [before, after] = [parsed(file), parsed(afterDrawing)];
  if (!before || !after) return [];
  const kept = contentOf(after);
  const lost = new Set<string>();
  contentOf(before).forEach(({ element, times }, key) => {
    if ((kept.get(key)?.times ?? 0) < times) lost.add(element);
  });
  const known = Object.keys(later).filter((name) => lost.has(name));
  return known.length ? known.map((name) => later[name] as string) : Array.from(lost).sort().map((name) => `iets in "${name}"`);
}

/** Whether it follows another version of DMN than the one that is drawn. */
export function isOtherVersion(file: string): boolean {
  const namespace = parsed(file)?.documentElement.namespaceURI ?? drawnNamespace;
  return namespace !== drawnNamespace;
}

/** Whether it has comments, which a drawing has no place for. */
export function hasComments(file: string): boolean {
  const document = parsed(file);
  return Boolean(document?.createNodeIterator(document, NodeFilter.SHOW_COMMENT).nextNode());
}
