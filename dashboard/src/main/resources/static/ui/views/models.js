// What serves: all models, one of them, one version of it, one evaluation of that.

import { get, path } from '../api.js';
import { el, empty, section } from '../dom.js';
import { figures } from '../figures.js';
import { count, percent } from '../format.js';
import { showModel } from '../models/model.js';
import { regularly } from '../poll.js';
import { showReport } from '../report/report.js';
import { championOf, modelAddress, versionAddress } from '../models/versions.js';

const EVERY = 10_000;

export function show(root, [model, version, evaluation], here) {
  if (version) return showReport(root, { model, version, evaluation }, here);
  return model ? showModel(root, model, here) : showModels(root, here);
}

async function showModels(root, here) {
  let shown = null;
  const draw = async () => {
    const models = await get(path('models'));
    const live = await Promise.all(models.map(inService));
    const state = JSON.stringify([models, live]);
    if (!here.isCurrent() || state === shown) return;
    shown = state;
    root.replaceChildren(...(models.length ? models.map((model, i) => card(model, live[i])) : [noModels()]));
  };
  await draw();
  return regularly(EVERY, draw);
}

/** How often the champion is right in service; null when nothing can be said. */
async function inService({ name, champion }) {
  if (!champion) return null;
  const live = await get(path('models', name, 'versions', champion, 'live-accuracy')).catch(() => null);
  return live?.labelled ? live : null;
}

function card(model, live) {
  const champion = championOf(model);
  const { accuracy, testImages } = champion?.metrics ?? {};
  return section(el('a', { href: modelAddress(model.name) }, model.name), {},
    figures([
      ['Champion', champion ? el('a', { href: versionAddress(model.name, model.champion) }, `version ${model.champion}`) : 'none', champion ? null : 'nothing serves'],
      ['Accuracy', accuracy === undefined ? null : percent(accuracy, 2), testImages ? `of ${count(testImages, 'held-out picture')}` : null],
      ['Versions', String(model.versions.length)],
      ['In service', live ? percent(live.accuracy) : null, live ? `of ${count(live.labelled, 'answer')} with a label` : null],
    ]),
    el('p', { class: 'quiet' }, settled(model, champion)));
}

function settled({ settings = {} }, champion) {
  return [
    champion ? count(champion.labels.length, 'class', 'classes') : null,
    settings.recipe ? `recipe ${settings.recipe}` : 'recipe of the champion',
    { AUTO: 'promoted by the gate', MANUAL: 'promoted by people only' }[settings.policy] ?? 'promoted as the training worker is set',
  ].filter(Boolean).join(' · ');
}

function noModels() {
  return section('No model yet', { class: 'wide' },
    empty('Train one of labelled pictures under ', el('a', { href: '#/train' }, 'Train'), ', or bring in a network that was trained elsewhere:'),
    el('p', {}, el('code', {}, './sandpiper model import FILE.onnx --name MODEL --labels A,B,C')));
}
