// What load tests measured, the newest first; of sweeps also how the fleet scales.

import { get } from '../api.js';
import { el, empty, liveTable } from '../dom.js';
import { between, count, duration, number, time } from '../format.js';
import { poll } from '../poll.js';

const EVERY = 10_000;
const ROUTES = { KAFKA: 'over Kafka', HTTP: 'over HTTP', BATCH: 'over HTTP in forms' };
const WRONG = [['lost', 'lost'], ['doubled', 'answered twice'], ['changed', 'answered in two ways'], ['failed', 'failed']];
const NONE = '–';

/** { node, hold(whether), stop() } */
export function loadTests() {
  const told = el('div', {}, empty('Looking …'));
  const figure = (text) => ({ text, number: true });
  const tests = liveTable('What load tests measured', ['Measured', { text: 'What', long: true }, figure('Asked, images/s'), figure('Reached, images/s'), ...['p50', 'p95', 'p99'].map((p) => figure(`${p}, ms`)), 'Lost or wrong', 'Machine'], { class: 'load-tests' });
  const scaling = el('div', { class: 'scaling' });
  const chart = chartOf(scaling);
  tests.node.hidden = true;

  const polling = poll(EVERY, () => get('dashboard/load-tests'), (all) => {
    told.replaceChildren(...(all.length ? [] : [nothing()]));
    tests.node.hidden = all.length === 0;
    tests.update(all.map(row));
    chart.update(all.filter(isSweep));
  }, (problem) => told.replaceChildren(el('p', { class: 'error' }, problem.message)));
  return {
    node: el('div', {}, told, tests.node, scaling),
    hold: polling.hold,
    stop() {
      polling.stop();
      chart.stop();
    },
  };
}

/** What draws comes when there is something to draw. */
function chartOf(holder) {
  let made = null;
  let wanted = [];
  let stopped = false;
  const draw = async () => {
    if (!made && !wanted.length) return;
    const { sweepChart } = await import('./sweep.js');
    if (stopped) return;
    if (!made) {
      made = sweepChart();
      holder.append(made.node);
    }
    made.update(wanted);
  };
  return {
    update(sweeps) {
      wanted = sweeps.filter((sweep) => sweep.cases.length);
      draw();
    },
    stop() {
      stopped = true;
      made?.dispose();
    },
  };
}

const isSweep = (test) => test.type === 'LoadSweepMeasured';

function nothing() {
  return empty('Nothing has been measured against this Sandpiper yet. ', el('code', {}, './sandpiper loadtest run normal-50-users'), ' sends pictures, and what it measured is shown here.');
}

function row(test) {
  const [what, asked, reached, wrong] = isSweep(test) ? sweepCells(test) : runCells(test);
  const latency = (p) => (test.latencyMillis ? number(test.latencyMillis[p]) : NONE);
  return [
    [time(test.endedAt), el('small', { class: 'note' }, `took ${duration(between(test.startedAt, test.endedAt))}`)],
    what, asked, reached, latency('p50'), latency('p95'), latency('p99'), wrong, test.machine,
  ];
}

const cell = (title, ...notes) => [el('strong', {}, title), el('small', { class: 'note' }, notes.filter(Boolean).join(', '))];

function runCells(test) {
  const { counts } = test;
  const unknown = counts.sent - counts.accepted - counts.refused - counts.cut;
  const what = cell(test.workload,
    test.model, `${test.side} px`, `${ROUTES[test.route] ?? test.route}${test.requestImages > 1 ? ` of ${number(test.requestImages)}` : ''}`,
    test.window && `${number(test.window)} under way at once`,
    `${number(counts.sent)} sent`, `${number(counts.answered)} answered`,
    counts.refused && `${number(counts.refused)} refused`,
    counts.cut + unknown > 0 && `of ${number(counts.cut + unknown)} nobody knows whether they were taken`);
  // What was sent on a connection that broke may have been answered under an id that nobody was told.
  const invented = Math.max(0, counts.invented - counts.cut);
  return [
    what,
    test.askedImagesPerSecond === undefined ? 'no limit' : number(test.askedImagesPerSecond),
    number(test.imagesPerSecond),
    wrongs([...WRONG.map(([key, name]) => [counts[key], name]), [invented, 'answered and never sent']]),
  ];
}

function sweepCells(test) {
  const most = Math.max(0, ...test.cases.map((one) => one.imagesPerSecond));
  const failures = test.cases.reduce((sum, one) => sum + one.failures, 0);
  return [
    cell(`Sweep of ${count(test.cases.length, 'fleet')}`,
      test.standInMillis === undefined ? test.model : `${test.model}, for whose network a wait of ${number(test.standInMillis)} ms stands in`,
      `${test.side} px`, ROUTES[test.route] ?? test.route, `batches of up to ${number(test.workerImages)}`),
    'no limit',
    `up to ${number(most)}`,
    wrongs([[failures, 'lost or wrong']]),
  ];
}

function wrongs(counted) {
  const some = counted.filter(([n]) => n > 0);
  return some.length ? el('span', { class: 'bad' }, some.map(([n, name]) => `${number(n)} ${name}`).join(', ')) : 'none';
}
