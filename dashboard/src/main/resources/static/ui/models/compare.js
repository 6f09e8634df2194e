// Two versions of a model beside each other.

import { barChart } from '../chart.js';
import { choice, el, field, section, table } from '../dom.js';
import { FIGURES, championOf, figuresOf, judgement, newestFirst, offerVersions } from './versions.js';

const BY_CLASS = [['f1', 'F1'], ['recall', 'Recall: of those that show it, how many are found'], ['precision', 'Precision: of those that are called so, how many are']];

/** { node, update(model), stop() } */
export function comparison() {
  const one = el('select');
  const other = el('select');
  const measure = choice(BY_CLASS);
  const holder = el('div', { 'aria-live': 'polite' });
  const chart = barChart('By class', { asPercent: true });
  const node = section('Compare two versions', { class: 'wide' },
    el('div', { class: 'toolbar' }, field('Version', one), field('With', other), field('Classes by', measure)), holder, chart.node);
  let model = null;
  let turn = 0;

  const draw = async () => {
    turn += 1;
    const mine = turn;
    const pair = [one, other].map((select) => model.versions.find((v) => v.version === select.value));
    const judged = await Promise.all(pair.map(judgement));
    if (mine !== turn) return;
    holder.replaceChildren(...differences(pair, judged));
    byClass(chart, pair, judged, measure.value);
  };
  [one, other, measure].forEach((select) => select.addEventListener('change', draw));
  return {
    node,
    update(next) {
      model = next;
      node.hidden = model.versions.length < 2;
      if (node.hidden) return;
      const newest = newestFirst(model);
      const champion = championOf(model) ?? newest.at(-1);
      offerVersions(one, model, champion.version);
      offerVersions(other, model, newest.find((v) => v !== champion).version);
      draw();
    },
    stop() {
      turn = -1;
      chart.dispose();
    },
  };
}

function differences(pair, judged) {
  const [a, b] = pair.map((version, i) => figuresOf(version, judged[i]));
  const rows = FIGURES.filter(({ key }) => a[key] !== undefined || b[key] !== undefined).map((f) => [
    f.unit ? `${f.name}, ${f.unit}` : f.name,
    a[f.key] === undefined ? '–' : f.text(a[f.key]),
    b[f.key] === undefined ? '–' : f.text(b[f.key]),
    ...difference(f, b[f.key] - a[f.key]),
  ]);
  const heads = pair.map(({ version }) => ({ text: `Version ${version}`, number: true }));
  return [
    table('Figures of both versions', ['Figure', ...heads, { text: 'Difference', number: true }, 'Which is'], rows),
    el('p', { class: 'quiet' }, basis(pair, judged)),
  ];
}

function difference(figure, by) {
  if (Number.isNaN(by)) return ['–', ''];
  const sign = by > 0 ? '+' : by < 0 ? '−' : '±';
  const better = Math.sign(by) * figure.better;
  return [`${sign}${(figure.difference ?? figure.text)(Math.abs(by))}`, better === 0 ? 'the same' : el('span', { class: better > 0 ? 'good' : 'bad' }, better > 0 ? 'better' : 'worse')];
}

/** What a difference is worth. */
function basis(pair, judged) {
  const [a, b] = judged.map((j) => j?.interval);
  const parts = [];
  if (pair[0].datasetDigest !== pair[1].datasetDigest) parts.push('They were made of different data sets, and judged on different held-out pictures.');
  if (a && b) {
    parts.push(a.low <= b.high && b.low <= a.high
      ? 'The 95 % intervals of their accuracies overlap: this difference alone does not show that one is better.'
      : 'The 95 % intervals of their accuracies do not overlap.');
  }
  return parts.join(' ');
}

function byClass(chart, pair, judged, measure) {
  const known = judged.filter(Boolean);
  chart.node.hidden = known.length === 0;
  const labels = [...new Set(known.flatMap((j) => j.classes.map((c) => c.label)))];
  chart.update({
    categories: labels,
    series: pair.map(({ version }, i) => ({ name: `version ${version}`, values: labels.map((label) => judged[i]?.classes.find((c) => c.label === label)?.[measure] ?? null) })),
  });
}
