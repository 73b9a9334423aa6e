/**
 * dmn-js shows a rule's description beside its table and knows no annotation columns. Where a table has one such column, its text goes through the
 * description: so the sentence for the resident is seen and edited where the rule is.
 */

function children(parent: Element, name: string): Element[] {
  return Array.from(parent.children).filter((child) => child.localName === name && child.namespaceURI === parent.namespaceURI);
}

function make(like: Element, name: string, text: string): Element {
  const element = like.ownerDocument.createElementNS(like.namespaceURI, like.prefix ? `${like.prefix}:${name}` : name);
  element.textContent = text;
  return element;
}

/** The XML with this done to every rule of a table that has one annotation column; as it is when that is not XML. */
function changeRules(xml: string, change: (rule: Element) => void): string {
  const parsed = new DOMParser().parseFromString(xml, 'application/xml');
  if (parsed.querySelector('parsererror')) return xml;
  const tables = Array.from(parsed.getElementsByTagNameNS(parsed.documentElement.namespaceURI, 'decisionTable'));
  for (const table of tables.filter((one) => children(one, 'annotation').length === 1)) children(table, 'rule').forEach(change);
  const text = new XMLSerializer().serializeToString(parsed);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text.replace(/^<\?xml[^>]*\?>\s*/, '')}`;
}

export function annotationsAsDescriptions(xml: string): string {
  return changeRules(xml, (rule) => {
    const [entry, more] = children(rule, 'annotationEntry');
    if (!entry || more || children(rule, 'description').length) return;
    rule.prepend(make(rule, 'description', entry.textContent?.trim() ?? ''));
    entry.remove();
  });
}

export function descriptionsAsAnnotations(xml: string): string {
  return changeRules(xml, (rule) => {
    if (children(rule, 'annotationEntry').length) return;
    const [description] = children(rule, 'description');
    const entry = make(rule, 'annotationEntry', '');
    entry.append(make(rule, 'text', description?.textContent ?? ''));
    rule.append(entry);
    if (description?.previousSibling?.nodeType === Node.TEXT_NODE) description.previousSibling.remove();
    description?.remove();
  });
}
