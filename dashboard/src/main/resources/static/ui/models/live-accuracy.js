// How often a version is right in service, as far as anybody said what its pictures show.

import { get, path } from '../api.js';
import { confusionMatrix } from '../report/confusion.js';
import { choice, el, empty, field, section } from '../dom.js';
import { figures } from '../figures.js';
import { count, percent } from '../format.js';
import { regularly } from '../poll.js';
import { offerVersions } from './versions.js';

const RANGES = [['43200', '30 days'], ['1440', '24 hours'], ['60', 'hour']];
const EVERY = 10_000;

/** { node, update(model), stop() } */
export function liveAccuracy(name, here) {
  const version = el('select');
  const range = choice(RANGES);
  const holder = el('div');
  const matrix = confusionMatrix('Confusion matrix of answers in service');
  const node = section('In service', { class: 'wide' },
    el('div', { class: 'toolbar' }, field('Version', version), field('Of the last', range)), holder, matrix.node);
  let model = null;
  let shown = null;

  const draw = async () => {
    const known = model?.versions.find((v) => v.version === version.value);
    if (!known) return;
    const live = await get(`${path('models', name, 'versions', known.version, 'live-accuracy')}?minutes=${range.value}`);
    const state = JSON.stringify([live, range.value]);
    if (!here.isCurrent() || state === shown || live.version !== version.value) return;
    shown = state;
    matrix.node.hidden = live.labelled === 0;
    holder.replaceChildren(live.labelled ? told(live, known) : unknown(name));
    if (live.labelled) matrix.update(...dense(live.confusion, known.labels));
  };
  const redraw = () => draw().catch((problem) => holder.replaceChildren(el('p', { class: 'error' }, problem.message)));
  [version, range].forEach((select) => select.addEventListener('change', redraw));
  const stop = regularly(EVERY, draw);
  return {
    node,
    stop,
    update(next) {
      // Who looks at the champion goes on to the next one.
      if (model && version.value === model.champion) version.replaceChildren();
      model = next;
      node.hidden = model.versions.length === 0;
      offerVersions(version, model, model.champion);
      redraw();
    },
  };
}

function told(live, version) {
  const { low, high } = live.interval;
  const heldOut = version.metrics.accuracy;
  return figures([
    ['Right in service', percent(live.accuracy), `between ${percent(low)} and ${percent(high)}, with 95 % confidence`],
    ['Known of', count(live.labelled, 'answer'), `${count(live.right, 'was', 'were')} right`],
    ['On held-out pictures', heldOut === undefined ? null : percent(heldOut), heldOut === undefined ? null : verdict(heldOut, low, high)],
  ]);
}

function verdict(heldOut, low, high) {
  if (heldOut > high) return 'more than in service: the pictures may have become others';
  return heldOut < low ? 'less than in service' : 'within what is known of service';
}

function unknown(name) {
  return empty('Nobody has said yet what its pictures show. ', el('a', { href: `#/predict/${encodeURIComponent(name)}` }, 'Send a picture'), ', and say there whether the answer was right.');
}

/** All labels of the version, and any others that people gave. */
function dense(confusion, known) {
  const labels = [...new Set([...known, ...confusion.flatMap(({ label, predicted }) => [label, predicted])])];
  const at = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => labels.map(() => 0));
  confusion.forEach(({ label, predicted, count: n }) => { counts[at.get(label)][at.get(predicted)] = n; });
  return [labels, counts];
}
