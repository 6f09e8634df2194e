// The charts of a report. Each part is { node, dispose() }, or null where the report has nothing for it.

import { barChart, curveChart } from '../chart.js';
import { choice, el, field, section, table } from '../dom.js';
import { number, percent } from '../format.js';

/** More curves than that hide each other. */
const CURVES = 8;

export function classes({ classes: all }) {
  const chart = barChart('Precision, recall and F1 of each class', { asPercent: true });
  const weakest = [...all].sort((a, b) => a.f1 - b.f1);
  const shown = weakest.slice(0, 60);
  chart.update({
    categories: shown.map((c) => c.label),
    series: [['precision', 'Precision'], ['recall', 'Recall'], ['f1', 'F1']].map(([key, name]) => ({ name, values: shown.map((c) => c[key]) })),
  });
  const few = all.some((c) => c.support < 20);
  return {
    node: section('Classes', { class: 'wide' },
      el('p', { class: 'quiet' }, `The weakest first${weakest.length > shown.length ? `, ${shown.length} of ${weakest.length}` : ''}. Precision: of those that are called so, how many are. Recall: of those that show it, how many are found. F1: their harmonic mean.${few ? ' Of classes with fewer than 20 held-out pictures one more mistake is 5 points or more.' : ''}`),
      chart.node,
      el('details', {}, el('summary', { class: 'quiet' }, 'With support and ROC AUC'),
        table('Figures of each class, the weakest first', ['Class', ...['Held out', 'Precision', 'Recall', 'F1', 'ROC AUC'].map((name) => ({ text: name, number: true }))],
          weakest.map((c) => [c.label, number(c.support), percent(c.precision, 2), percent(c.recall, 2), percent(c.f1, 2), c.rocAuc?.toFixed(4) ?? '–'])))),
    dispose: chart.dispose,
  };
}

export function rocCurves({ classes: all }) {
  const curves = all.filter((c) => c.roc);
  if (!curves.length) return null;
  const weakest = [...curves].sort((a, b) => (a.rocAuc ?? 0) - (b.rocAuc ?? 0));
  const pick = choice([
    ...(curves.length > CURVES ? [['weakest', `the ${CURVES} weakest`]] : []),
    ['all', 'all'],
    ...curves.map((c, i) => [String(i), c.label]),
  ]);
  const chart = curveChart('ROC curves, each class against the rest', { x: 'False positive rate', y: 'True positive rate', asPercent: true });
  const draw = () => {
    const shown = { weakest: weakest.slice(0, CURVES), all: curves }[pick.value] ?? [curves[Number(pick.value)]];
    chart.update([
      ...shown.map((c) => ({ name: `${c.label}, AUC ${c.rocAuc?.toFixed(4) ?? '–'}`, points: c.roc.falsePositiveRate.map((x, i) => [x, c.roc.truePositiveRate[i]]) })),
      { name: 'chance', points: [[0, 0], [1, 1]], reference: true },
    ]);
  };
  pick.addEventListener('change', draw);
  draw();
  return { node: section('ROC curves', {}, el('div', { class: 'toolbar' }, field('Classes', pick)), chart.node), dispose: chart.dispose };
}

export function calibration({ calibration: sure }) {
  if (!sure) return null;
  const bins = sure.bins.filter((b) => b.images > 0 && b.confidence !== undefined);
  const all = bins.reduce((sum, b) => sum + b.images, 0);
  const chart = curveChart('Accuracy by confidence', { x: 'Confidence', y: 'Accuracy', asPercent: true });
  chart.update([
    { name: 'as measured', points: bins.map((b) => [b.confidence, b.accuracy]) },
    { name: 'as sure as right', points: [[0, 0], [1, 1]], reference: true },
  ]);
  const spread = barChart('Pictures by confidence', { asPercent: true, whole: false });
  spread.update({ categories: bins.map((b) => `${(100 * b.from).toFixed(0)} – ${percent(b.to, 0)}`), series: [{ name: 'share of the pictures', values: bins.map((b) => b.images / all) }] });
  return {
    node: section('Calibration', {},
      el('p', {}, sure.reading ?? 'It is about as sure as it is right.', ` The probabilities are ${(100 * sure.expectedError).toFixed(2)} points off on average (ECE).`),
      chart.node, spread.node,
      el('p', { class: 'quiet' }, 'Ranges with few pictures say little: the second chart has their shares.')),
    dispose() {
      chart.dispose();
      spread.dispose();
    },
  };
}

export function fitting({ epochs }) {
  if (!epochs?.length) return null;
  const loss = curveChart('Loss by epoch', { x: 'Epoch', y: 'Loss', tall: false });
  const line = (name, key) => ({ name, points: epochs.filter((e) => e[key] !== undefined).map((e) => [e.epoch, e[key]]) });
  loss.update([line('training', 'loss'), line('validation', 'validationLoss')].filter((s) => s.points.length));
  const right = line('validation pictures right', 'validationAccuracy');
  const best = Math.max(...right.points.map(([, accuracy]) => accuracy));
  return {
    node: section('Fitting', {}, loss.node,
      right.points.length ? el('p', { class: 'quiet' }, `${percent(right.points.at(-1)[1], 2)} of the validation pictures right after the last epoch, ${percent(best, 2)} after the best.`) : null),
    dispose: loss.dispose,
  };
}
