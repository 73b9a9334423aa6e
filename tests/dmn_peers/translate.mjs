// Translates a DMN model of ours (literal expressions and decision tables, in the order of requirement) for the other engines: to steps whose
// FEEL npm `feelin` evaluates, and to a JDM graph for `@gorules/zen-engine`, whose expression language is another one.
import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';

const lists = ['inputData', 'decision', 'informationRequirement', 'input', 'output', 'rule', 'inputEntry', 'outputEntry'];
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name) => lists.includes(name), parseTagValue: false, htmlEntities: true });

/** [{name, id, expression} or {name, id, table: {inputs, outputs, rules: [{cells, results}], collects}}] */
export function steps(file) {
  const model = parser.parse(readFileSync(file, 'utf8')).definitions;
  const waiting = new Map(model.decision.map((decision) => [decision.id, decision]));
  const ordered = [];
  const visit = (decision) => {
    if (!waiting.delete(decision.id)) return;
    for (const { requiredDecision } of decision.informationRequirement ?? []) {
      const other = requiredDecision && waiting.get(requiredDecision.href.slice(1));
      if (other) visit(other);
    }
    ordered.push(step(decision));
  };
  for (const decision of model.decision) visit(decision);
  return ordered;
}

function step({ name, id, literalExpression, decisionTable: table }) {
  if (literalExpression) return { name, id, expression: literalExpression.text };
  return {
    name,
    id,
    table: {
      inputs: table.input.map((input) => input.inputExpression.text),
      outputs: table.output.map((output) => output.name ?? ''),
      rules: (table.rule ?? []).map((rule) => ({ cells: rule.inputEntry.map((cell) => cell.text), results: rule.outputEntry.map((entry) => entry.text) })),
      collects: table.hitPolicy === 'COLLECT',
    },
  };
}

// What our policies use of FEEL, as zen says it. Order counts.
const rewrites = [
  [/^if (.+?) then (.+?) else (.+)$/s, (_, condition, yes, no) => `(${zen(condition)}) ? (${zen(yes)}) : (${zen(no)})`],
  [/^(\w+) \+ duration\("P" \+ string\((.+?)\) \+ "D"\)$/, (_, day, days) => `d(${day}).add(${days}, "d").format("%Y-%m-%d")`],
  [/^(\w+) \+ duration\("P" \+ string\((.+?)\) \+ "Y"\) - duration\("P1D"\)$/, (_, day, years) => `d(${day}).add(${years}, "y").sub(1, "d").format("%Y-%m-%d")`],
  [/^(.+?) or \((some .+)\)$/s, (_, left, right) => `(${zen(left)}) or (${zen(right)})`],
  [/^(some|every) (\w+) in ([\w.]+) satisfies (.+)$/s, (_, kind, name, list, condition) => `${kind === 'some' ? 'some' : 'all'}(${list}, ${zen(condition.replace(new RegExp(`\\b${name}\\b`, 'g'), '#'))})`],
  [/^([\w.]+)\[lower case\(item\) = (.+)\]\[1\]$/, (_, list, wanted) => `filter(${list}, lower(#) == ${zen(wanted)})[0]`],
];

export function zen(feel) {
  const text = feel.trim();
  for (const [pattern, write] of rewrites) if (pattern.test(text)) return text.replace(pattern, write);
  return text
    .replace(/list contains\(([^,()]+), ([^()]+)\)/g, '($2 in $1)')
    .replace(/lower case\(/g, 'lower(')
    .replace(/\bceiling\(/g, 'ceil(')
    .replace(/\bcount\(/g, 'len(')
    .replace(/([\w.#]+) >= today/g, 'd($1).isSameOrAfter(d(today))')
    .replace(/\[1\]$/, '[0]')
    .replace(/([^<>!=])=([^=])/g, '$1==$2');
}

/** The model as a chain of nodes, each of which hands on what it was given and adds its own result under the decision's id. */
export function jdm(file) {
  const chain = steps(file).map(({ name, id, expression, table }, index) => {
    const key = /^\w+$/.test(name) ? name : id.replaceAll('-', '_');
    const node = { id: `step${index}`, name: key, position: { x: 0, y: 0 } };
    if (expression !== undefined) return { ...node, type: 'expressionNode', content: { expressions: [{ id: 'e', key, value: zen(expression) }], passThrough: true } };
    const field = (output) => (output === '' ? key : `${key}.${output}`);
    const content = {
      hitPolicy: table.collects ? 'collect' : 'first',
      passThrough: true,
      executionMode: 'single',
      inputs: table.inputs.map((text, column) => ({ id: `i${column}`, name: text, field: zen(text) })),
      outputs: table.outputs.map((output, column) => ({ id: `o${column}`, name: output, field: table.collects ? output : field(output) })),
      rules: table.rules.map(({ cells, results }, row) => Object.fromEntries([
        ['_id', `r${row}`],
        ...cells.map((cell, column) => [`i${column}`, cell === '-' ? '' : cell]),
        ...results.map((result, column) => [`o${column}`, zen(result)]),
      ])),
    };
    if (table.collects) Object.assign(content, { passThrough: true, outputPath: key });
    return { ...node, type: 'decisionTableNode', content };
  });
  const nodes = [{ id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } }, ...chain, { id: 'out', name: 'out', type: 'outputNode', position: { x: 0, y: 0 } }];
  const edges = nodes.slice(1).map((node, index) => ({ id: `edge${index}`, type: 'edge', sourceId: nodes[index].id, targetId: node.id }));
  return { nodes, edges };
}
