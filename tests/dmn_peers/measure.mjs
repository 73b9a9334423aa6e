// measure.mjs MODEL.dmn INPUTS.json OURS.json SECONDS: evaluates a model for every input with the other engines, asserts that all give what
// bot/dmn gave, and prints {engine: {single, batch}} in evaluations a second.
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { evaluate, unaryTest } from 'feelin';
import { jdm, steps } from './translate.mjs';

const [model, inputsFile, oursFile, seconds] = process.argv.slice(2);
const inputs = JSON.parse(readFileSync(inputsFile, 'utf8'));
const ours = JSON.parse(readFileSync(oursFile, 'utf8'));
const program = steps(model);
const dated = new Set(['today', 'from', 'until']);

/** Dates as feelin has them, once, before anything is measured. */
function forFeelin(value, name) {
  if (Array.isArray(value)) return value.map((item) => forFeelin(item, ''));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, forFeelin(member, key)]));
  return typeof value === 'string' && dated.has(name) ? evaluate(`date("${value}")`, {}) : value;
}

function feelinTable(table, context) {
  const values = table.inputs.map((text) => evaluate(text, context));
  const results = [];
  for (const rule of table.rules) {
    const met = rule.cells.every((cell, column) => cell === '-' || unaryTest(cell, { ...context, '?': values[column] }) === true);
    if (!met) continue;
    const outputs = rule.results.map((text) => evaluate(text, context));
    results.push(table.outputs[0] === '' ? outputs[0] : Object.fromEntries(outputs.map((output, column) => [table.outputs[column], output])));
    if (!table.collects) break;
  }
  return table.collects ? results : results[0] ?? null;
}

function feelin(input) {
  const context = { ...input };
  for (const { name, expression, table } of program) context[name] = expression !== undefined ? evaluate(expression, context) : feelinTable(table, context);
  return context;
}

const decision = new ZenEngine().createDecision(new ZenDecisionContent(jdm(model))); // compiled once, its fastest way

/** Of an engine's result only the decisions, as JSON; dates as text; nothing is null, as here. */
function decided(result, nameOf) {
  const plain = (value) => {
    if (value === undefined || value === null) return null;
    if (typeof value?.toISODate === 'function') return value.toISODate();
    if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain);
    if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
    return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
  };
  return Object.fromEntries(program.map((step) => [step.name, plain(result[nameOf(step)])]));
}

const zenName = ({ name, id }) => (/^\w+$/.test(name) ? name : id.replaceAll('-', '_'));
const feelinInputs = inputs.map((input) => forFeelin(input, ''));
for (const [index, input] of inputs.entries()) {
  const wanted = decided(ours[index], ({ name }) => name);
  deepStrictEqual(decided(feelin(feelinInputs[index]), ({ name }) => name), wanted, `feelin differs on input ${index}`);
  deepStrictEqual(decided((await decision.evaluate(input)).result, zenName), wanted, `zen differs on input ${index}`);
}

/** Evaluations a second, the best of several stretches; `work` does `size` of them. */
async function rate(size, work) {
  let best = 0;
  const end = performance.now() + 1000 * Number(seconds);
  do {
    const begin = performance.now();
    let done = 0;
    do {
      await work();
      done += size;
    } while (performance.now() - begin < 100);
    best = Math.max(best, (1000 * done) / (performance.now() - begin));
  } while (performance.now() < end);
  return best;
}

let turn = 0;
const next = (list) => list[(turn += 1) % list.length];
const many = Array.from({ length: 500 }, (_, index) => inputs[index % inputs.length]);
console.log(JSON.stringify({
  'zen-engine': { single: await rate(1, () => decision.evaluate(next(inputs))), batch: await rate(many.length, () => Promise.all(many.map((input) => decision.evaluate(input)))) },
  feelin: { single: await rate(1, () => feelin(next(feelinInputs))), batch: await rate(inputs.length, () => feelinInputs.forEach((input) => feelin(input))) },
}));
