// Evaluations of versions on the held-out pictures that there are now: asking for one, following it, and what came of them.

import { get, path, post } from '../api.js';
import { el, empty, field, progress, section, table } from '../dom.js';
import { hash } from '../figures.js';
import { count, number, percent, time, words } from '../format.js';
import { isRunning } from '../jobs.js';
import { offerVersions, versionAddress } from './versions.js';

const EVERY = 1000;

/** Those that were asked for here, by job with its model: who comes back sees how they get on. */
const ASKED = new Map();

/** { node, update(model), stop() } */
export function evaluations(name, here) {
  const version = el('select');
  const button = el('button', { type: 'button', onclick: () => evaluate() }, 'Evaluate now');
  const running = el('ul', { class: 'cards' });
  const said = el('p', { role: 'status' });
  const holder = el('div');
  const node = section('Evaluations', { class: 'wide' },
    el('p', { class: 'quiet' }, 'A version is judged as it serves, on the held-out pictures that there are now. Nothing is promoted.'),
    el('div', { class: 'toolbar' }, field('Version', version), button), running, said, holder);
  const timers = new Set();

  const list = async () => {
    const ended = await get(path('models', name, 'evaluations'));
    if (here.isCurrent()) holder.replaceChildren(ended.length ? results(name, ended) : empty('None yet.'));
  };
  const evaluate = async () => {
    button.disabled = true;
    said.className = '';
    said.textContent = '';
    try {
      const { jobId } = await post(path('models', name, 'evaluations'), { version: version.value });
      ASKED.set(jobId, name);
      begin(jobId);
    } catch (problem) {
      tell(problem.message, true);
    } finally {
      button.disabled = false;
    }
  };
  const begin = (jobId) => {
    const card = el('li');
    running.append(card);
    watch(jobId, card);
  };
  const tell = (text, failed) => {
    said.className = failed ? 'error' : '';
    said.textContent = text;
  };
  /** Until it has ended. A cut of the connection is no end. */
  const watch = async (jobId, card) => {
    const { last } = await get(path('models', name, 'training-jobs', jobId)).catch(() => ({}));
    if (!here.isCurrent()) return;
    if (last && !isRunning(last)) {
      card.remove();
      ASKED.delete(jobId);
      tell(...outcome(last));
      list().catch(() => {});
      return;
    }
    card.replaceChildren(...going(last));
    const timer = setTimeout(() => {
      timers.delete(timer);
      watch(jobId, card);
    }, EVERY);
    timers.add(timer);
  };
  ASKED.forEach((model, jobId) => model === name && begin(jobId));
  return {
    node,
    update(model) {
      node.hidden = model.versions.length === 0;
      offerVersions(version, model, model.champion);
      list().catch((problem) => holder.replaceChildren(el('p', { class: 'error' }, problem.message)));
    },
    stop: () => timers.forEach(clearTimeout),
  };
}

function going(last) {
  const done = last?.steps > 0 ? last.step / last.steps : null;
  return [
    el('strong', {}, 'A version is being evaluated'),
    el('small', {}, last ? [words(last.phase), last.imagesPerSecond > 0 ? `${number(Math.round(last.imagesPerSecond))} images/s` : null].filter(Boolean).join(' · ') : 'waiting for a training worker'),
    progress('Evaluation', done),
  ];
}

/** [sentence, whether it failed] */
function outcome(last) {
  return last.type === 'EvaluationCompleted'
    ? [[`Version ${last.version}: ${percent(last.accuracy, 2)} of ${count(last.images, 'held-out picture')} right.`, ...(last.warnings ?? [])].join(' '), false]
    : [last.reason?.detail ?? 'It ended without a report.', true];
}

function results(name, ended) {
  return table('Evaluations, the latest first',
    ['Version', { text: 'Accuracy', number: true }, { text: 'Held-out pictures', number: true }, 'Of', 'When', 'What came of it', { text: 'Left out', long: true }],
    ended.map((e) => [
      e.version, percent(e.accuracy, 2), number(e.images), hash(e.datasetDigest), time(e.at),
      el('a', { href: `${versionAddress(name, e.version)}/${encodeURIComponent(e.jobId)}`, 'aria-label': `Report of the evaluation of version ${e.version}, ${time(e.at)}` }, 'Report'),
      (e.warnings ?? []).join(' ') || 'nothing',
    ]));
}
