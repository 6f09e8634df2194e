// How the fleet scales, as a sweep measured it: throughput against workers, a line for each way of sharing.

import { curveChart } from '../chart.js';
import { el, field } from '../dom.js';
import { count, number, time } from '../format.js';

const MODES = { partition: 'sharing partitions', share: 'sharing records' };
const COLUMNS = ['Mode', 'Partitions', 'Workers', 'images/s', 'CPU, ms an image', 'Lost or wrong', ...['p50', 'p95', 'p99'].map((p) => `${p} at half of that, ms`)];

/** { node, update(sweeps), dispose() }, the newest first: that one is shown, or the one that is chosen. */
export function sweepChart() {
  let sweeps = [];
  const chosen = () => sweeps.find((sweep) => sweep.id === pick.value) ?? sweeps[0];
  const pick = el('select', { onchange: () => draw() });
  const chart = curveChart('Throughput of a fleet', {
    x: 'workers',
    y: 'images/s',
    counted: true,
    figures: () => ({ columns: COLUMNS.map((text, i) => (i ? { text, number: true } : text)), rows: chosen()?.cases.map(row) ?? [] }),
  });
  const node = el('div', {}, el('div', { class: 'toolbar narrow' }, field('Sweep', pick)), chart.node);
  const draw = () => chart.update(lines(chosen()?.cases ?? []));
  return {
    node,
    update(next) {
      sweeps = next;
      node.hidden = sweeps.length === 0;
      const before = pick.value;
      pick.replaceChildren(...sweeps.map((sweep) => el('option', { value: sweep.id }, `${time(sweep.endedAt)}, ${sweep.model}`)));
      if (sweeps.some((sweep) => sweep.id === before)) pick.value = before;
      draw();
    },
    dispose: chart.dispose,
  };
}

const wayOf = (one) => MODES[one.mode] ?? one.mode;

function lines(cases) {
  const byWay = new Map();
  for (const one of cases) {
    const name = `${wayOf(one)}, ${count(one.partitions, 'partition')}`;
    if (!byWay.has(name)) byWay.set(name, { name, points: [] });
    byWay.get(name).points.push([one.workers, one.imagesPerSecond]);
  }
  return [...byWay.values()];
}

function row(one) {
  const { p50, p95, p99 } = one.latencyMillis;
  return [wayOf(one), ...[one.partitions, one.workers, one.imagesPerSecond, one.cpuMillisPerImage, one.failures, p50, p95, p99].map((n) => number(n))];
}
