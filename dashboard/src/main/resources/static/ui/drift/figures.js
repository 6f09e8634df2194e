// What was measured of the champion's drift: the last figures against their limits, how they went, and its classes then and now.

import { get, path } from '../api.js';
import { barChart, timeChart } from '../chart.js';
import { el, empty, section } from '../dom.js';
import { figures, gauge } from '../figures.js';
import { count, number, percent, time } from '../format.js';
import { reportOf } from '../models/versions.js';

const MEASURES = {
  CLASSES: ['Answered classes', 'how often each class is the answer (population stability index)'],
  PROBABILITIES: ['Probabilities', 'how sure it is of its answers (population stability index)'],
  FEATURES: ['Features', 'what its last layer but one sees (squared maximum mean discrepancy, in units of the features’ variance)'],
};
/** The API has 240 measurements; while the page is open, older ones stay. */
const KEPT = 2000;
const MOST_ANSWERS = 1000;
/** Asking for hundreds of answers each time something was measured would be more than it is worth. */
const CLASSES_EVERY = 20_000;

/** { now, charts, update(model), dispose() } */
export function driftParts(name, here) {
  const holder = el('div');
  const course = timeChart('Measures over time, 1 is the limit', { tall: true });
  const sureness = timeChart('Mean probability of the answers', { asPercent: true, whole: false, tall: true });
  const classes = barChart('Share of the answers, by class', { asPercent: true, whole: false });
  const basis = el('p', { class: 'quiet' });
  const parts = [section('How it went', {}, course.node), section('How sure it is', {}, sureness.node), section('Classes then and now', { class: 'wide' }, classes.node, basis)];
  let version = null;
  let kept = [];
  let asked = 0;
  let judged = null;

  const begin = (champion) => {
    version = champion;
    kept = [];
    asked = 0;
    judged = champion ? reportOf(path('models', name, 'versions', champion, 'report')).catch(() => null) : null;
  };
  const measured = (answer) => {
    const known = new Set(kept.map((m) => m.at));
    kept = [...kept, ...answer.measured.filter((m) => !known.has(m.at)).reverse()].sort((a, b) => new Date(a.at) - new Date(b.at)).slice(-KEPT);
  };
  const thenAndNow = async (last) => {
    if (Date.now() - asked < CLASSES_EVERY) return;
    asked = Date.now();
    const of = version;
    const [report, { predictions }] = await Promise.all([judged,
      get(`${path('predictions')}?${new URLSearchParams({ model: name, limit: Math.min(MOST_ANSWERS, last.images) })}`)]);
    const answers = predictions.filter((p) => p.modelVersion === of && p.label !== undefined);
    if (here.isCurrent() && of === version) drawClasses(classes, basis, report, answers);
  };
  return {
    now: section('Drift', { class: 'wide' }, holder),
    charts: parts,
    async update(model) {
      if ((model.champion ?? null) !== version || judged === null) begin(model.champion ?? null);
      const answer = version ? await get(path('models', name, 'versions', version, 'drift')) : null;
      if (!here.isCurrent()) return;
      if (answer) measured(answer);
      const last = kept.at(-1);
      parts.forEach((part) => { part.hidden = !last; });
      holder.replaceChildren(...(last ? verdict(last, answer.drifted) : [nothing(name, version)]));
      if (!last) return;
      drawCourse(course, sureness, kept);
      await thenAndNow(last);
    },
    dispose: () => [course, sureness, classes].forEach((chart) => chart.dispose()),
  };
}

function nothing(name, version) {
  return version
    ? empty(`Nothing has been measured of version ${version} yet: that takes some hundred answers. `, el('a', { href: `#/predict/${encodeURIComponent(name)}` }, 'Send pictures'), ', an archive of them at best.')
    : empty('No version serves, so there is nothing to measure.');
}

function verdict(last, drifted) {
  return [
    el('p', {}, el('span', { class: drifted ? 'badge bad' : 'badge good' }, drifted ? 'drift' : 'no drift'), ` ${last.sentence}`),
    figures([
      ['Looked at', count(last.images, 'answer'), `of version ${last.version}, until ${time(last.at)}`],
      ['Held against', number(last.referenceImages), last.reference === 'HELD_OUT' ? 'held-out pictures' : 'answers that it gave first, as nobody evaluated it'],
      ['It is sure to', percent(last.meanProbability), `on average; there it was to ${percent(last.referenceMeanProbability)}`],
    ]),
    el('ul', { class: 'measures' }, last.figures.map(measure)),
  ];
}

function measure({ measure: key, value, limit }) {
  const [name, what] = MEASURES[key] ?? [key, ''];
  const above = value > limit;
  const text = `${value.toFixed(3).replace('-', '−')}, ${above ? 'above' : 'below'} its limit of ${limit.toFixed(3)}`;
  return el('li', {},
    el('strong', {}, name), el('span', { class: above ? 'bad' : null }, text),
    gauge(name, value, limit, Math.max(2 * limit, value), above, text),
    el('small', {}, what));
}

/** In units of their limits, so that one axis serves all. A discrepancy that is estimated below zero is none. */
function drawCourse(course, sureness, kept) {
  const times = kept.map((m) => new Date(m.at));
  const ofLimit = (m, key) => {
    const figure = m.figures.find((f) => f.measure === key);
    return figure ? Math.max(0, figure.value / figure.limit) : null;
  };
  const known = Object.keys(MEASURES).filter((key) => kept.some((m) => m.figures.some((f) => f.measure === key)));
  course.update({ times, series: [
    ...known.map((key) => ({ name: MEASURES[key][0], values: kept.map((m) => ofLimit(m, key)) })),
    { name: 'limit', values: kept.map(() => 1), reference: true },
  ] });
  sureness.update({ times, series: [
    { name: 'in service', values: kept.map((m) => m.meanProbability) },
    { name: 'of the pictures it is held against', values: kept.map((m) => m.referenceMeanProbability), reference: true },
  ] });
}

function drawClasses(chart, basis, report, answers) {
  const then = heldOut(report);
  const now = tally(answers.map((p) => p.label));
  const labels = [...new Set([...then.keys(), ...now.keys()])];
  const share = (counts) => {
    const all = [...counts.values()].reduce((a, b) => a + b, 0);
    return labels.map((label) => (all ? (counts.get(label) ?? 0) / all : null));
  };
  chart.update({ categories: labels, series: [
    ...(then.size ? [{ name: 'held-out pictures', values: share(then) }] : []),
    { name: 'last answers', values: share(now) },
  ] });
  basis.textContent = `${count(answers.length, 'answer')} of those that you may see${then.size ? ', and what it answered to the held-out pictures of its report' : '; there is no report with its answers to held-out pictures'}.`;
}

/** What it answered there: the columns of the confusion matrix. */
function heldOut(report) {
  return new Map((report?.classes ?? []).map(({ label }, i) => [label, report.confusion.reduce((sum, row) => sum + row[i], 0)]));
}

function tally(labels) {
  const counts = new Map();
  labels.forEach((label) => counts.set(label, (counts.get(label) ?? 0) + 1));
  return counts;
}
