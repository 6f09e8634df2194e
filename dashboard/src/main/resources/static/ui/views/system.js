// Whether it works, and how well: health, statistics, workers, what waits, what load tests measured, what could not be read, and who may do what.

import { get, path } from '../api.js';
import { deadLetters } from '../system/dead-letters.js';
import { el, empty, field, section, table } from '../dom.js';
import { laneList, workerTable } from '../fleet.js';
import { duration, number, percent, words } from '../format.js';
import { apiKeys } from '../system/keys.js';
import { loadTests } from '../system/load-tests.js';
import { poll } from '../poll.js';
import { follow } from '../stream.js';

const HEALTH_EVERY = 5000;
const STATISTICS_EVERY = 10_000;
const RANGES = [[60, 'Last hour'], [1440, 'Last 24 hours']];
const STATES = ['PREDICTED', 'REJECTED', 'FAILED', 'EXPIRED', 'CANCELLED'];

export function show(root) {
  const healthOf = health();
  const figures = statistics();
  const workers = workerTable();
  const lanes = laneList({ open: true });
  const tests = loadTests();
  const letters = deadLetters();
  const asking = [healthOf, figures, tests, letters];
  const keys = apiKeys({ holdAll: (whether) => asking.forEach((part) => part.hold(whether)) });
  asking.push(keys);

  root.append(
    section('Health', { class: 'wide' }, healthOf.node),
    section('Answers', { class: 'wide' }, figures.node),
    section('Workers', { class: 'wide' }, workers.node),
    section('Waiting', { class: 'wide' }, lanes.node),
    section('Load tests', { class: 'wide' }, tests.node),
    section('Dead letters', { class: 'wide' }, el('p', { class: 'quiet' }, 'Records from other systems that no worker could read, so that nobody could be answered.'), letters.node),
    section('API keys', { class: 'wide' }, keys.node),
    section('For programs', { class: 'wide' }, el('p', {}, el('a', { href: 'docs' }, 'API documentation'), ' · ', el('a', { href: 'v1/openapi.yaml' }, 'OpenAPI document'))));

  const stop = follow((view) => {
    workers.update(view.workers);
    lanes.update(view.lanes);
  });
  return () => {
    stop();
    asking.forEach((part) => part.stop());
  };
}

function health() {
  const node = el('dl', { class: 'figures-row' });
  const figure = (name, value, good) => el('div', {}, el('dt', {}, name), el('dd', { class: good === undefined ? null : good ? 'good' : 'bad' }, value));
  const polling = poll(HEALTH_EVERY, askHealth, (said) => node.replaceChildren(
    figure('Status', words(said.status), said.status === 'UP'),
    figure('Models', said.registryRead ? 'ready' : 'being read', said.registryRead),
    figure('Answers', said.resultsReady ? 'ready' : 'being restored', said.resultsReady),
    figure('Up for', duration(1000 * said.uptimeSeconds))), (problem) => node.replaceChildren(figure('Status', problem.message, false)));
  return { node, hold: polling.hold, stop: polling.stop };
}

/** While it starts, it says so with 503. */
async function askHealth() {
  try {
    return await get(path('health'));
  } catch (problem) {
    if (problem.answer?.uptimeSeconds === undefined) throw problem;
    return problem.answer;
  }
}

function statistics() {
  const range = el('select', { onchange: () => polling.now() }, RANGES.map(([minutes, text]) => el('option', { value: minutes }, text)));
  const content = el('div', {}, empty('Looking …'));
  const polling = poll(STATISTICS_EVERY, () => get(`${path('statistics')}?minutes=${range.value}`),
    (told) => content.replaceChildren(told.models.length ? statisticsTable(told) : empty('No picture was answered in that time. ', el('a', { href: '#/predict' }, 'Send one'))),
    (problem) => content.replaceChildren(el('p', { class: 'error' }, problem.message)));
  return { node: el('div', {}, el('div', { class: 'toolbar' }, field('Range', range)), content), hold: polling.hold, stop: polling.stop };
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function statisticsTable({ models }) {
  const figure = (text) => ({ text, number: true });
  const states = STATES.filter((state) => state === 'PREDICTED' || models.some((m) => m.counts[state]));
  return table('Answers by model', ['Model', figure('Answers'), figure('images/s'), ...states.map((state) => figure(capital(words(state)))), figure('Mean probability'), ...['p50', 'p95', 'p99', 'max'].map((p) => figure(`Latency ${p}`))],
    models.map((m) => [
      el('a', { href: `#/models/${encodeURIComponent(m.model)}` }, m.model),
      number(m.answers),
      number(m.perSecond),
      ...states.map((state) => number(m.counts[state] ?? 0)),
      m.meanProbability === undefined ? '–' : percent(m.meanProbability),
      ...['p50', 'p95', 'p99', 'max'].map((p) => duration(m.latencyMillis[p])),
    ]));
}
