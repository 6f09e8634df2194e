// What happens now: throughput, latency, what waits, who works, and the last answers.

import { barChart, timeChart } from '../chart.js';
import { el, empty, field, section, table } from '../dom.js';
import { count, duration, number, percent, time, words } from '../format.js';
import { trainingCard } from '../jobs.js';
import { feed } from '../feed.js';
import { follow } from '../stream.js';

const STATES = ['PREDICTED', 'REJECTED', 'FAILED', 'EXPIRED', 'CANCELLED'];

export function show(root) {
  const throughput = timeChart('Throughput', { unit: 'images/s', area: true });
  const latency = timeChart('Latency, from submission to answer', { unit: 'ms' });
  const outcomes = timeChart('Outcomes', { unit: 'images/s', stacked: true });
  const classes = barChart('Predicted classes in the last minute', { unit: 'images' });
  const charts = [throughput, latency, outcomes, classes];
  const range = choice([['seconds', 'Last minute'], ['minutes', 'Last hour']]);
  const by = choice([['model', 'Model'], ['lane', 'Lane']]);
  const model = el('select');
  const figures = el('dl', { class: 'figures-row' });
  const waiting = el('div');
  const workers = el('div');
  const trainings = el('ul', { class: 'cards' });
  const noTraining = empty('Nothing is being trained. ', el('a', { href: '#/train' }, 'Train a model'));
  const recent = feed();
  let last = null;

  const draw = (view) => {
    last = view;
    drawFigures(figures, view);
    drawTimes(view[range.value], range.value === 'seconds' ? 1 : 60, by.value, { throughput, latency, outcomes });
    drawClasses(view, model, classes);
    waiting.replaceChildren(...lanes(view.lanes));
    workers.replaceChildren(workerTable(view));
    const running = view.trainings.filter((job) => job.type === 'TrainingProgressed');
    trainings.replaceChildren(...running.map((job) => trainingCard(job)));
    noTraining.hidden = running.length > 0;
  };
  [range, by, model].forEach((select) => select.addEventListener('change', () => last && draw(last)));

  root.append(
    section('Now', { class: 'wide' }, figures),
    section('Throughput', { class: 'wide' },
      el('div', { class: 'toolbar' }, field('Range', range), field('Apart by', by)), throughput.node),
    section('Latency', {}, latency.node),
    section('Outcomes', {}, outcomes.node),
    section('Waiting', {}, waiting),
    section('Workers', {}, workers),
    section('Classes', {}, el('div', { class: 'toolbar' }, field('Model', model)), classes.node),
    section('Training', {}, trainings, noTraining),
    section('Last predictions', { class: 'wide' }, recent.node));

  const stop = follow(draw);
  return () => {
    stop();
    recent.stop();
    charts.forEach((chart) => chart.dispose());
  };
}

function choice(options) {
  return el('select', {}, options.map(([value, text]) => el('option', { value }, text)));
}

const sum = (values) => Object.values(values).reduce((a, b) => a + b, 0);

function drawFigures(list, view) {
  // The last whole second may still be filling: the one before it is told.
  const now = view.seconds.at(-2);
  const total = view.models.reduce((all, m) => all + m.answers, 0);
  const predicted = view.models.reduce((all, m) => all + (m.states.PREDICTED ?? 0), 0);
  const waiting = view.lanes.reduce((all, lane) => all + lane.waiting, 0);
  const latest = [...view.seconds].reverse().find((s) => s.latencyMillis)?.latencyMillis;
  list.replaceChildren(
    figure('Throughput', number(now ? sum(now.states) : 0), 'images/s'),
    figure('Latency, half of them', latest ? duration(latest.p50) : '–'),
    figure('Latency, 99 of 100', latest ? duration(latest.p99) : '–'),
    figure('Waiting', number(waiting), waiting === 1 ? 'image' : 'images'),
    figure('Predicted in the last minute', total ? percent(predicted / total) : '–', total ? `of ${number(total)}` : ''),
    figure('Workers at work', number(view.workers.length)));
}

function figure(name, value, unit = '') {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value, unit ? el('small', {}, ` ${unit}`) : null));
}

function drawTimes(slots, seconds, by, { throughput, latency, outcomes }) {
  const times = slots.map((slot) => new Date(slot.at));
  const parts = slots.map((slot) => (by === 'model'
    ? Object.fromEntries(Object.entries(slot.answers).map(([name, lanes]) => [name, sum(lanes)]))
    : Object.values(slot.answers).reduce((all, lanes) => {
      Object.entries(lanes).forEach(([lane, n]) => { all[lane] = (all[lane] ?? 0) + n; });
      return all;
    }, {})));
  const names = [...new Set(parts.flatMap(Object.keys))].sort();
  throughput.update({ times, series: (names.length ? names : ['images']).map((name) => ({ name, values: parts.map((p) => (p[name] ?? 0) / seconds) })) });
  latency.update({ times, series: ['p50', 'p95', 'p99'].map((p) => ({ name: p, values: slots.map((slot) => slot.latencyMillis?.[p] ?? null) })) });
  const states = STATES.filter((state) => state === 'PREDICTED' || slots.some((slot) => slot.states[state]));
  outcomes.update({ times, series: states.map((state) => ({ name: words(state), values: slots.map((slot) => (slot.states[state] ?? 0) / seconds) })) });
}

function drawClasses(view, select, classes) {
  const names = view.models.map((m) => m.model);
  if (names.join() !== [...select.options].map((o) => o.value).join()) {
    const chosen = select.value;
    select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    if (names.includes(chosen)) select.value = chosen;
  }
  const model = view.models.find((m) => m.model === select.value);
  const labels = Object.entries(model?.labels ?? {}).sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }));
  classes.update({ categories: labels.map(([label]) => label), series: [{ name: 'images', values: labels.map(([, n]) => n) }] });
}

function lanes(all) {
  return all.map((lane) => el('div', {},
    el('h3', {}, lane.lane),
    el('p', {}, lane.waiting === 0 ? 'Nothing waits.' : `${count(lane.waiting, 'image')} in front of the workers`),
    el('details', {}, el('summary', { class: 'quiet' }, `By partition of ${lane.topic}`),
      table(`Waiting in ${lane.topic}`, ['Partition', { text: 'Waiting', number: true }, { text: 'Read to', number: true }, { text: 'End', number: true }],
        lane.partitions.map((p) => [String(p.partition), number(p.waiting), number(p.position), number(p.end)])))));
}

function workerTable(view) {
  if (!view.workers.length) return empty('No worker has answered in the last minute. ', el('a', { href: '#/predict' }, 'Send a picture'));
  return table('Workers and what they serve', ['Worker', { text: 'images/s', number: true }, 'Serves', 'Last answer'],
    view.workers.map((w) => [w.worker, number(w.perSecond), Object.entries(w.versions).map(([m, v]) => `${m} ${v}`).join(', '), time(w.lastAnswer)]));
}
