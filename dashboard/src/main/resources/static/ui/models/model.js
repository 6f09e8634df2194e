// One model: what serves, its versions, how they compare, how the champion does in service, and what is set.

import { get, path } from '../api.js';
import { comparison } from './compare.js';
import { el, empty, section, table } from '../dom.js';
import { evaluations } from './evaluations.js';
import { crumbs, figures, hash } from '../figures.js';
import { count, time } from '../format.js';
import { liveAccuracy } from './live-accuracy.js';
import { modelSettings } from './settings.js';
import { regularly } from '../poll.js';
import { promote, rollBack } from './promotion.js';
import { follow } from '../stream.js';
import { FIGURES, championOf, figuresOf, jobAddress, judgement, newestFirst, sentence, stateBadge, versionAddress } from './versions.js';

const EVERY = 5000;
/** Older ones are judged when somebody compares or opens them: a report may have half a megabyte. */
const JUDGED = 12;

export async function showModel(root, name, here) {
  let shown = null;
  const update = (model) => {
    const state = JSON.stringify(model);
    if (!here.isCurrent() || state === shown) return;
    shown = state;
    parts.forEach((part) => part.update(model));
  };
  // Null when it was left as it was. The button is gone with what was shown before: whoever uses the keyboard begins anew.
  const changed = (model) => {
    if (!model) return;
    update(model);
    document.getElementById('main').focus();
  };
  const first = await get(path('models', name));
  if (!here.isCurrent()) return null;
  const parts = [champion(changed), versions(changed), comparison(), liveAccuracy(name, here), evaluations(name, here), modelSettings(name, update)];
  root.append(crumbs(['Models', '#/models'], [name]), ...parts.map((part) => part.node));
  update(first);
  const stop = regularly(EVERY, async () => {
    const before = shown;
    const model = await get(path('models', name));
    // What was done meanwhile is newer than this answer.
    if (shown === before) update(model);
  });
  return () => {
    stop();
    parts.forEach((part) => part.stop?.());
  };
}

function champion(changed) {
  const holder = el('div');
  const workers = el('p', { class: 'quiet' });
  const node = section('Champion', { class: 'wide' }, holder);
  let model = null;
  let lastView = null;

  const tellWorkers = (view) => {
    lastView = view;
    if (model?.champion) workers.textContent = served(view, model);
  };
  const stop = follow(tellWorkers);
  const draw = (version, judged) => {
    const known = figuresOf(version, judged);
    const { reason, at } = model.decisions[version.version] ?? {};
    holder.replaceChildren(
      figures([
        ['Version', el('a', { href: versionAddress(model.name, version.version) }, version.version), at ? `promoted ${time(at)}` : null],
        ...FIGURES.map((f) => [f.name, known[f.key] === undefined ? null : f.text(known[f.key]), f.key === 'accuracy' && version.metrics.testImages ? `of ${count(version.metrics.testImages, 'held-out picture')} right` : f.note]),
      ]),
      reason ? el('p', {}, sentence(reason)) : '',
      ...refused(model.refusals[version.version]),
      workers,
      actions());
    if (lastView) tellWorkers(lastView);
  };
  const actions = () => {
    const before = model.previous[0];
    return el('div', { class: 'actions' },
      el('a', { class: 'button plain', href: versionAddress(model.name, model.champion) }, 'Its report'),
      before ? el('button', { type: 'button', class: 'plain', onclick: () => rollBack(model).then(changed) }, `Roll back to version ${before}`) : null);
  };
  return {
    node,
    stop,
    update(next) {
      model = next;
      const version = championOf(model);
      if (!version) {
        holder.replaceChildren(model.versions.length
          ? empty('No version serves. Promote one of those below.')
          : empty(`${model.name} has no version yet. `, el('a', { href: '#/train' }, 'Train it')));
        return;
      }
      draw(version);
      judgement(version).then((judged) => model === next && draw(version, judged));
    },
  };
}

/** Who does not serve a version, and why. One that does by now has said so before. */
function refused(refusals = []) {
  return refusals.map(({ worker, reason, at }) => el('p', { class: 'bad' }, `Refused by ${worker}, ${time(at)}: ${sentence(reason.detail)}`));
}

/** Which workers answer with it, and with what else. */
function served(view, { name, champion: version }) {
  const serving = view.workers.filter((w) => w.versions[name] !== undefined);
  if (!serving.length) return 'No worker has answered for it in the last minute.';
  const others = serving.filter((w) => w.versions[name] !== version);
  const names = others.map((w) => `${w.worker} with ${w.versions[name]}`).join(', ');
  return others.length
    ? `${count(serving.length - others.length, 'worker')} of ${serving.length} answered with it last; ${names}.`
    : `${count(serving.length, 'worker')} answered with it in the last minute.`;
}

function versions(changed) {
  const holder = el('div');
  const node = section('Versions', { class: 'wide' }, holder);
  return {
    node,
    update(model) {
      const all = newestFirst(model);
      holder.replaceChildren(...(all.length ? [judged(model, all, changed), el('h3', {}, 'Where they came from, and what was decided'), decided(model, all)] : [empty('None yet. ', el('a', { href: '#/train' }, 'Train one'))]));
    },
  };
}

function judged(model, all, changed) {
  const others = all.some(({ version }) => version !== model.champion);
  const columns = ['Version', 'State', ...FIGURES.map(({ name, unit }) => ({ text: unit ?? name, number: true })), ...(others ? ['Promotion'] : [])];
  return table(`Figures of the versions of ${model.name}, the newest first`, columns, all.map((version, i) => [
    el('a', { href: versionAddress(model.name, version.version) }, version.version),
    stateBadge(model, version.version),
    ...cells(version, i < JUDGED),
    ...(others ? [promotion(model, version.version, changed)] : []),
  ]));
}

/** What only the report has comes later. */
function cells(version, fromReport) {
  const known = figuresOf(version);
  const texts = FIGURES.map(({ key, text }) => el('span', {}, known[key] === undefined ? '–' : text(known[key])));
  if (fromReport) {
    judgement(version).then((told) => {
      const all = figuresOf(version, told);
      FIGURES.forEach(({ key, text }, i) => {
        if (all[key] !== undefined) texts[i].textContent = text(all[key]);
      });
    });
  }
  return texts;
}

function promotion(model, version, changed) {
  return version === model.champion
    ? ''
    : el('button', { type: 'button', class: 'plain small', 'aria-label': `Promote version ${version}`, onclick: () => promote(model, version).then(changed) }, 'Promote');
}

function decided(model, all) {
  return table(`Where the versions of ${model.name} came from, and what was decided`,
    ['Version', { text: 'Decision', long: true }, 'Decided', 'Made', 'After', 'Data set', 'Training'],
    all.map(({ version, parent, datasetDigest, jobId, createdAt }) => {
      const { reason, at } = model.decisions[version] ?? {};
      return [
        version,
        [reason ? sentence(reason) : '–', ...refused(model.refusals[version])],
        at ? time(at) : '–',
        time(createdAt),
        parent ? `version ${parent}` : '–',
        datasetDigest ? hash(datasetDigest) : '–',
        jobId ? el('a', { href: jobAddress(model.name, jobId) }, hash(jobId)) : 'imported',
      ];
    }));
}
