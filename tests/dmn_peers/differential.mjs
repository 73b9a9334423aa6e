// Compares bot/dmn with npm `feelin` on generated expressions. Every difference must be of a family in differences.json, which says who is
// right and why; each family's own example must still differ as it is written there.
//
//   node differential.mjs FEEL_LINES [--seed N] [--count N] [--show N] [--print]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluate } from 'feelin';
import { Generator, Random } from './generator.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '5000' }, show: { type: 'string', default: '40' }, print: { type: 'boolean', default: false } },
});
const families = JSON.parse(readFileSync(new URL('differences.json', import.meta.url), 'utf8'));

/** Numbers of 34 digits and doubles are the same to 12 digits; keys have no order. */
function canonical(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, canonical(value[key])]));
}

function text(value) {
  return JSON.stringify(canonical(value));
}

function theirs(expression) {
  try {
    return text(evaluate(expression, {}));
  } catch (error) {
    return `error: ${error.constructor.name}`;
  }
}

function ours(expressions) {
  const run = spawnSync(positionals[0], { input: expressions.map((line) => line + '\n').join(''), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${positionals[0]} ended with ${run.status}: ${run.stderr}`);
  return run.stdout.split('\n').slice(0, -1).map((line) => text(JSON.parse(line)));
}

let mistakes = 0;
function mistake(words) {
  mistakes += 1;
  if (mistakes <= Number(options.show)) console.error(words);
}

const examples = families.map((family) => family.example);
ours(examples).forEach((given, index) => {
  const family = families[index];
  if (given !== text(family.ours)) mistake(`${family.name}: ${family.example} gives ${given} here, not ${text(family.ours)}`);
  const other = theirs(family.example);
  if (other !== family.theirs) mistake(`${family.name}: ${family.example} gives ${other} there, not ${family.theirs}`);
});

const generator = new Generator(new Random(Number(options.seed)));
const expressions = Array.from({ length: Number(options.count) }, () => generator.expression());
const counts = new Map();
let equal = 0;
ours(expressions).forEach((given, index) => {
  const expression = expressions[index];
  const other = theirs(expression);
  if (given === other) {
    equal += 1;
    return;
  }
  const family = families.find((one) => one.matches && new RegExp(one.matches, 's').test(expression) && (!one.when || new RegExp(one.when, 's').test(`${given} ${other}`)));
  if (family) counts.set(family.name, (counts.get(family.name) ?? 0) + 1);
  else mistake(`unexplained: ${expression}\n  here  ${given}\n  there ${other}`);
  if (options.print && family) console.log(`${family.name}: ${expression}\n  here  ${given}\n  there ${other}`);
});

console.log(`${expressions.length} expressions: ${equal} equal, ${expressions.length - equal - mistakes} explained, ${mistakes} mistakes`);
for (const [name, count] of counts) console.log(`  ${count} ${name}`);
process.exit(mistakes === 0 ? 0 : 1);
