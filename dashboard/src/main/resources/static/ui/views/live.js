// What happens now: throughput, latency, what waits, who works, and the last answers.

import { barChart, timeChart } from '../chart.js';
import { choice, el, empty, field, section } from '../dom.js';
import { laneList, workerTable } from '../fleet.js';
import { duration, number, percent, words } from '../format.js';
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
  const unasked = empty('No picture of it was classified in the last minute.');
  const figures = el('dl', { class: 'figures-row' });
  const waiting = laneList();
  const workers = workerTable();
  const trainings = el('ul', { class: 'cards' });
  const noTraining = empty('Nothing is being trained. ', el('a', { href: '#/train' }, 'Train a model'));
  const recent = feed();
  let last = null;

  const draw = (view) => {
    last = view;
    drawFigures(figures, view);
    drawTimes(view[range.value], range.value === 'seconds' ? 1 : 60, by.value, { throughput, latency, outcomes });
    drawClasses(view, model, classes, unasked);
    waiting.update(view.lanes);
    workers.update(view.workers);
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
    section('Waiting', {}, waiting.node),
    section('Workers', {}, workers.node),
    section('Classes', {}, el('div', { class: 'toolbar' }, field('Model', model)), unasked, classes.node),
    section('Training', {}, trainings, noTraining),
    section('Last predictions', { class: 'wide' }, recent.node));

  const stop = follow(draw);
  return () => {
    stop();
    recent.stop();
    charts.forEach((chart) => chart.dispose());
  };
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

function drawClasses(view, select, classes, nothing) {
  const names = view.models.map((m) => m.model);
  if (names.join() !== [...select.options].map((o) => o.value).join()) {
    const chosen = select.value;
    select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    // At first the one that is asked for most.
    const most = view.models.reduce((a, b) => (b.answers > a.answers ? b : a), view.models[0]);
    select.value = names.includes(chosen) ? chosen : most?.model;
  }
  const model = view.models.find((m) => m.model === select.value);
  const labels = Object.entries(model?.labels ?? {}).sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }));
  nothing.hidden = labels.length > 0;
  classes.node.hidden = labels.length === 0;
  classes.update({ categories: labels.map(([label]) => label), series: [{ name: 'images', values: labels.map(([, n]) => n) }] });
}
