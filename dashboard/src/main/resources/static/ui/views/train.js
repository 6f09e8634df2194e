// What a model learns from, and how it learns.

import { get, path, remove } from '../api.js';
import { trainingCurve } from '../train/curve.js';
import { datasetFigures } from '../train/dataset.js';
import { confirm, el, empty, field, notice, section } from '../dom.js';
import { isRunning, trainingCard } from '../jobs.js';
import { labelledUpload } from '../train/labelled.js';
import { follow } from '../stream.js';
import { trainForm } from '../train/form.js';

const NAME = '[a-z0-9][a-z0-9\\-]{0,62}';
const EVERY = 5000;

export async function show(root, [model], here) {
  const models = await get(path('models'));
  root.append(section('Model', { class: 'wide' }, chooser(models, model)));
  if (!model) {
    root.append(section('Train a model', { class: 'wide' }, empty('Choose a model above, or give a new one a name. Then send pictures of each class, and start.')));
    return null;
  }
  const known = models.find((m) => m.name === model);
  const dataset = datasetFigures(model);
  const jobs = jobList(model, () => here.isCurrent());
  const upload = labelledUpload({
    model: () => model,
    onDone: () => dataset.refresh().catch((problem) => notice(problem.message, true)),
  });
  const form = trainForm(model, {
    hasChampion: Boolean(known?.champion),
    onStarted: () => {
      notice('The training is on its way.');
      jobs.refresh();
    },
  });
  root.append(
    section('Labelled pictures', {}, upload.node),
    section('Start a training', {}, form.node),
    section('Progress', { class: 'wide' }, jobs.running),
    section('Data set', { class: 'wide' }, dataset.node),
    section('Jobs', { class: 'wide' }, jobs.ended));
  dataset.refresh().catch((problem) => notice(problem.message, true));
  jobs.refresh();
  return () => {
    dataset.stop();
    jobs.stop();
  };
}

function chooser(models, chosen) {
  const name = el('input', { list: 'model-names', pattern: NAME, required: true, value: chosen ?? '', autocomplete: 'off', spellcheck: 'false' });
  return el('form', {
    onsubmit: (event) => {
      event.preventDefault();
      location.hash = `#/train/${encodeURIComponent(name.value)}`;
    },
  },
  el('datalist', { id: 'model-names' }, models.map((m) => el('option', { value: m.name }))),
  el('div', { class: 'toolbar' },
    field('Name', name),
    el('button', {}, 'Show'),
    models.slice(0, 6).map((m) => el('a', { class: 'button plain', href: `#/train/${encodeURIComponent(m.name)}`, 'aria-current': m.name === chosen ? 'true' : null }, m.name))),
  el('small', {}, 'One that is there, or a new one: small letters, digits and hyphens.'));
}

/** Running jobs with their curves, and those that ended: { running, ended, refresh(), stop() } */
function jobList(model, isCurrent) {
  const nothing = empty('Nothing is being trained.');
  const running = el('div', {}, nothing);
  const ended = el('div');
  const entries = new Map();
  const last = new Map();
  let timer = null;

  const cancel = (job) => el('button', {
    type: 'button',
    class: 'plain',
    onclick: async () => {
      if (!await confirm('Cancel this training?', 'It stops within ten seconds, and makes no version.', 'Cancel it')) return;
      await remove(path('models', model, 'training-jobs', job.jobId));
      notice('It will stop.');
      refresh();
    },
  }, 'Cancel');
  const draw = () => {
    const all = [...last.values()].sort((a, b) => new Date(b.at) - new Date(a.at));
    const now = all.filter(isRunning);
    for (const [id, entry] of entries) {
      if (!now.some((job) => job.jobId === id)) {
        entry.stop();
        entries.delete(id);
      }
    }
    now.forEach((job) => {
      if (!entries.has(job.jobId)) entries.set(job.jobId, runningJob(job, cancel(job)));
      entries.get(job.jobId).tell(job);
    });
    const nodes = now.map((job) => entries.get(job.jobId).node);
    // Only when they are others: what is put in its place again loses the focus.
    const shown = nodes.length ? nodes : [nothing];
    if (shown.length !== running.children.length || shown.some((node, i) => node !== running.children[i])) {
      running.replaceChildren(...shown);
    }
    const over = all.filter((job) => !isRunning(job));
    ended.replaceChildren(over.length
      ? el('ul', { class: 'cards' }, over.map((job) => trainingCard(job, ...links(job))))
      : empty('No job has ended yet.'));
  };
  const refresh = async () => {
    clearTimeout(timer);
    const jobs = await get(path('models', model, 'training-jobs'));
    if (!isCurrent()) return;
    jobs.forEach((job) => last.set(job.jobId, job));
    draw();
    timer = setTimeout(() => refresh().catch(() => {}), EVERY);
  };
  // Between two questions, the stream tells: a curve is to move.
  const stop = follow((view) => {
    const mine = view.trainings.filter((job) => job.model === model && !(last.get(job.jobId) && new Date(last.get(job.jobId).at) >= new Date(job.at)));
    mine.forEach((job) => last.set(job.jobId, job));
    if (mine.length) draw();
  });
  return {
    running,
    ended,
    refresh: () => refresh().catch((problem) => notice(problem.message, true)),
    stop() {
      stop();
      clearTimeout(timer);
      entries.forEach((entry) => entry.stop());
    },
  };
}

/** One that runs: its card is drawn anew with each sign of life, its button and its curve stay. */
function runningJob(job, button) {
  const cards = el('ul', { class: 'cards' });
  const curve = trainingCurve(job.jobId);
  return {
    node: el('div', { class: 'running' }, cards, el('div', { class: 'actions' }, button), curve.node),
    tell(news) {
      cards.replaceChildren(trainingCard(news));
      curve.add(news);
    },
    stop: curve.stop,
  };
}

function links(job) {
  return job.version ? [el('a', { class: 'button plain', href: `#/models/${encodeURIComponent(job.model)}/${encodeURIComponent(job.version)}` }, 'Report')] : [];
}
