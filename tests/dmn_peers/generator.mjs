// Makes FEEL expressions at random, but the same ones for the same seed. Each has a type, so that most of them mean something; some
// arguments are null or of another type on purpose. Durations are only added: what else feelin does with them stands in differences.json.

export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 up to, not including, `bound` (mulberry32). */
  below(bound) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  pick(choices) {
    return choices[this.below(choices.length)];
  }
}

const texts = ['', 'a', 'foo', 'foobar', 'Hello World', 'ab,c', 'é', '😀b', 'bar', '12'];
const dates = ['2026-01-31', '2024-02-29', '1999-12-31', '2026-03-01'];
const dayDurations = ['P1D', 'P2DT2H', 'PT6M', 'PT2H', 'P3D'];
const monthDurations = ['P1M', 'P1Y', 'P1Y1M', 'P20Y'];

export class Generator {
  constructor(random) {
    this.random = random;
  }

  /** An expression whose value is JSON: dates, times and durations come as text. */
  expression() {
    const kind = this.random.pick(['number', 'text', 'truth', 'numbers', 'textList', 'context', 'date', 'days', 'months']);
    const made = this[kind](3);
    return ['date', 'days', 'months'].includes(kind) ? `string(${made})` : made;
  }

  one(depth, leaves, nodes) {
    if (depth <= 0 || this.random.below(5) === 0) return this.random.pick(leaves)();
    return this.random.pick(nodes)();
  }

  /** Rarely something that does not belong there. */
  odd(made) {
    const chance = this.random.below(60);
    return chance === 0 ? 'null' : chance === 1 ? '"x"' : chance === 2 ? '7' : made;
  }

  number(depth) {
    const n = () => this.odd(this.number(depth - 1));
    const list = () => this.numbers(depth - 1);
    const text = () => this.text(depth - 1);
    return this.one(depth, [
      () => String(this.random.below(20)),
      () => `-${1 + this.random.below(9)}`,
      () => `${this.random.below(100)}.${this.random.pick(['5', '25', '125'])}`,
    ], [
      () => `(${n()} ${this.random.pick(['+', '-', '*'])} ${n()})`,
      () => `(${n()} / ${this.random.pick(['2', '4', '8', '0', '-5'])})`,
      () => `(${n()} ** ${this.random.below(4)})`,
      () => `(if ${this.truth(depth - 1)} then ${n()} else ${n()})`,
      () => `${this.random.pick(['floor', 'ceiling', 'abs'])}(${n()})`,
      () => `${this.random.pick(['round up', 'round down', 'round half up', 'round half down', 'decimal'])}(${n()}, ${this.random.below(3)})`,
      () => `modulo(${n()}, ${this.random.pick(['3', '-4', '2.5'])})`,
      () => `${this.random.pick(['count', 'sum', 'min', 'max', 'mean', 'median', 'product'])}(${list()})`,
      () => `string length(${text()})`,
      () => `${list()}[${this.random.pick(['1', '2', '-1', '9'])}]`,
      () => `number(${this.random.pick(['"12"', '"1.5"', '"x"', '"-3"'])})`,
      () => `{a: ${n()}, b: a + 1}.b`,
      () => `(function(x, y) x - y)(${n()}, ${n()})`,
      () => `${this.date(depth - 1)}.${this.random.pick(['year', 'month', 'day', 'weekday'])}`,
      () => `day of year(${this.date(depth - 1)})`,
      () => `week of year(${this.date(depth - 1)})`,
      () => `${this.days(depth - 1)}.${this.random.pick(['days', 'hours', 'minutes', 'seconds'])}`,
      () => `${this.months(depth - 1)}.${this.random.pick(['years', 'months'])}`,
    ]);
  }

  text(depth) {
    const t = () => this.odd(this.text(depth - 1));
    return this.one(depth, [() => `"${this.random.pick(texts)}"`], [
      () => `(${t()} + ${t()})`,
      () => `${this.random.pick(['upper case', 'lower case'])}(${t()})`,
      () => `substring(${t()}, ${this.random.pick(['1', '2', '-1', '-2', '5'])})`,
      () => `substring(${t()}, ${this.random.pick(['1', '2', '-2'])}, ${this.random.pick(['1', '2'])})`,
      () => `${this.random.pick(['substring before', 'substring after'])}(${t()}, ${t()})`,
      () => `replace(${t()}, ${this.random.pick(['"o+"', '"[a-f]"', '"(b)(a)"'])}, ${this.random.pick(['"_"', '"$1"', '""'])})`,
      () => `string(${this.random.pick([() => this.number(depth - 1), () => this.truth(depth - 1)])()})`,
      () => `string join(${this.textList(depth - 1)}, ${this.random.pick(['"-"', '""', 'null'])})`,
      () => `(if ${this.truth(depth - 1)} then ${t()} else ${t()})`,
      () => `${this.textList(depth - 1)}[1]`,
      () => `day of week(${this.date(depth - 1)})`,
      () => `month of year(${this.date(depth - 1)})`,
    ]);
  }

  truth(depth) {
    const n = () => this.odd(this.number(depth - 1));
    const t = () => this.odd(this.text(depth - 1));
    const b = () => this.odd(this.truth(depth - 1));
    return this.one(depth, [() => 'true', () => 'false', () => 'null'], [
      () => `(${n()} ${this.random.pick(['<', '<=', '>', '>=', '=', '!='])} ${n()})`,
      () => `(${t()} ${this.random.pick(['=', '!=', '<', '>='])} ${t()})`,
      () => `(${b()} ${this.random.pick(['and', 'or'])} ${b()})`,
      () => `not(${b()})`,
      () => `(${n()} in [${this.random.below(5)}..${5 + this.random.below(9)}])`,
      () => `(${n()} between ${n()} and ${n()})`,
      () => `${this.random.pick(['contains', 'starts with', 'ends with'])}(${t()}, ${t()})`,
      () => `matches(${t()}, ${this.random.pick(['"^f"', '"o{2}"', '"[A-Z]"'])})`,
      () => `list contains(${this.numbers(depth - 1)}, ${n()})`,
      () => `${this.random.pick(['all', 'any'])}([${b()}, ${b()}])`,
      () => `(${this.random.pick(['some', 'every'])} x in ${this.numbers(depth - 1)} satisfies x > ${n()})`,
      () => `${this.random.pick(['odd', 'even'])}(${n()})`,
      () => `(${this.date(depth - 1)} ${this.random.pick(['<', '=', '>='])} ${this.date(depth - 1)})`,
      () => `(${this.random.pick([n, t, b])()} instance of ${this.random.pick(['number', 'string', 'boolean'])})`,
      () => `(${this.numbers(depth - 1)} = ${this.numbers(depth - 1)})`,
      () => `before([1..${1 + this.random.below(5)}], [${this.random.below(9)}..9])`,
      () => `overlaps([1..${2 + this.random.below(5)}], [${this.random.below(9)}..9])`,
    ]);
  }

  numbers(depth) {
    const n = () => this.odd(this.number(depth - 1));
    const list = () => this.numbers(depth - 1);
    return this.one(depth, [() => '[]', () => '[1, 2, 3]', () => `[${this.random.below(9)}, ${this.random.below(9)}]`], [
      () => `[${n()}, ${n()}, ${n()}]`,
      () => `(for x in ${list()} return x * ${n()})`,
      () => `(for i in 1..${1 + this.random.below(4)} return i + ${n()})`,
      () => `${list()}[item > ${n()}]`,
      () => `append(${list()}, ${n()})`,
      () => `concatenate(${list()}, ${list()})`,
      () => `${this.random.pick(['reverse', 'distinct values', 'sort'])}(${list()}${''})`.replace(/^sort\((.*)\)$/s, 'sort($1, function(a, b) a < b)'),
      () => `remove(${list()}, ${this.random.pick(['1', '-1', '2'])})`,
      () => `insert before(${list()}, 1, ${n()})`,
      () => `sublist(${list()}, ${this.random.pick(['1', '2', '-1'])})`,
      () => `union(${list()}, ${list()})`,
      () => `flatten([${list()}, [${list()}]])`,
      () => `index of(${list()}, ${n()})`,
    ]);
  }

  textList(depth) {
    const t = () => this.odd(this.text(depth - 1));
    return this.one(depth, [() => '["a", "b"]', () => '[]'], [
      () => `[${t()}, ${t()}]`,
      () => `split(${t()}, ${this.random.pick(['","', '"o"', '"b"'])})`,
      () => `(for x in ${this.textList(depth - 1)} return upper case(x))`,
    ]);
  }

  context(depth) {
    const c = () => this.context(depth - 1);
    return this.one(depth, [() => '{}', () => '{a: 1}'], [
      () => `{a: ${this.number(depth - 1)}, "b c": ${this.text(depth - 1)}}`,
      () => `context put(${c()}, "z", ${this.number(depth - 1)})`,
      () => `context merge([${c()}, ${c()}])`,
      () => `{l: ${this.numbers(depth - 1)}, n: count(l)}`,
    ]);
  }

  date(depth) {
    return this.one(depth, [() => `date("${this.random.pick(dates)}")`], [
      () => `(${this.date(depth - 1)} + ${this.months(depth - 1)})`,
      () => `(${this.date(depth - 1)} - ${this.months(depth - 1)})`,
      () => `(${this.date(depth - 1)} + duration("P${1 + this.random.below(40)}D"))`,
      () => `date(${2000 + this.random.below(30)}, ${1 + this.random.below(12)}, ${1 + this.random.below(28)})`,
    ]);
  }

  days(depth) {
    return this.one(depth, [() => `duration("${this.random.pick(dayDurations)}")`], [() => `(${this.days(depth - 1)} + ${this.days(depth - 1)})`]);
  }

  months(depth) {
    return this.one(depth, [() => `duration("${this.random.pick(monthDurations)}")`], [() => `(${this.months(depth - 1)} + ${this.months(depth - 1)})`]);
  }
}
