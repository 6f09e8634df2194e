// Why a model should be trained again, what came of it, and what is set about that.

import { get, path, post } from '../api.js';
import { confirm, el, empty, notice, section } from '../dom.js';
import { facts, gauge } from '../figures.js';
import { count, duration, number, percent, time } from '../format.js';
import { seconds } from '../models/settings.js';
import { jobAddress, modelAddress } from '../models/versions.js';

const KINDS = { ACCURACY: 'Accuracy below the floor', DRIFT: 'Drift', NEW_IMAGES: 'New labelled pictures', SCHEDULE: 'Time has passed' };

/** { fired, rest, update(model) } */
export function triggerParts(name, here) {
  const fired = el('div');
  const settings = el('div');
  const accuracy = el('div');
  let shown = null;
  return {
    fired: section('Triggers', { class: 'wide' }, fired),
    rest: [
      section('Accuracy in service', {}, accuracy),
      section('When it is trained again', {}, settings, el('div', { class: 'actions' }, el('a', { class: 'button plain', href: modelAddress(name) }, 'Change the settings'))),
    ],
    async update(model) {
      const [triggers, live] = await Promise.all([
        get(path('models', name, 'triggers')),
        model.champion ? get(path('models', name, 'versions', model.champion, 'live-accuracy')) : null,
      ]);
      const state = JSON.stringify([triggers, live, model]);
      if (!here.isCurrent() || state === shown) return;
      shown = state;
      fired.replaceChildren(...list(model, triggers.fired));
      accuracy.replaceChildren(...againstFloor(model, live));
      settings.replaceChildren(...set(model.settings?.triggers));
    },
  };
}

function list(model, all) {
  if (!all.length) return [empty('None has fired. A training is suggested, or begins, when there is a reason: see below which ones count.')];
  // What was suggested before is answered by what came after it.
  const [newest] = all;
  const open = newest.action === 'SUGGESTED' && newest.version === model.champion;
  return [el('ul', { class: 'cards' }, all.map((trigger) => card(model, trigger, open && trigger === newest)))];
}

function card(model, trigger, open) {
  const { kind, action, jobId, reason, version, at } = trigger;
  return el('li', {},
    el('strong', {}, KINDS[kind] ?? kind), ' ',
    el('span', { class: action === 'STARTED' ? 'badge good' : 'badge label' }, action === 'STARTED' ? 'training started' : 'training suggested'),
    el('p', {}, reason),
    el('small', {}, [version ? `version ${version} served` : null, time(at)].filter(Boolean).join(' · ')),
    jobId ? el('p', {}, el('a', { href: jobAddress(model.name, jobId) }, 'The training that it started')) : null,
    open ? el('div', { class: 'actions' }, el('button', { type: 'button', onclick: (event) => train(model, event.currentTarget) }, 'Start this training')) : null);
}

async function train(model, button) {
  const recipe = model.settings?.recipe ? `the recipe ${model.settings.recipe}` : 'the recipe of the champion';
  if (!await confirm(`Train ${model.name} now?`, `It learns anew from its labelled pictures, by ${recipe}. That takes a training worker’s processors for as long as it lasts. The version is judged as any other before it serves.`, 'Train')) return;
  button.disabled = true;
  try {
    const { jobId } = await post(path('models', model.name, 'training-jobs'), {});
    notice(`A training of ${model.name} was asked for.`);
    location.hash = jobAddress(model.name, jobId);
  } catch (problem) {
    notice(problem.message, true);
    button.disabled = false;
  }
}

function againstFloor(model, live) {
  if (!live) return [empty('No version serves.')];
  const floor = model.settings?.triggers?.accuracyFloor;
  const limit = floor === undefined ? 'No floor is set: it is the training worker’s own.' : floor === 0 ? 'The floor is 0: accuracy is no reason.' : `The floor is ${percent(floor)}.`;
  if (!live.labelled) return [el('p', {}, limit), empty('Nobody has said yet what the pictures of its answers show. ', el('a', { href: `#/predict/${encodeURIComponent(model.name)}` }, 'Say it of some'), '.')];
  const below = floor !== undefined && live.accuracy < floor;
  const text = `${percent(live.accuracy)} of ${count(live.labelled, 'answer')} right, between ${percent(live.interval.low)} and ${percent(live.interval.high)} with 95 % confidence`;
  return [
    el('p', { class: below ? 'bad' : null }, `${text}.`),
    gauge('Accuracy in service', live.accuracy, floor || undefined, 1, below, text),
    el('p', { class: 'quiet' }, `${limit} Triggers look at the latest of these answers only.`),
  ];
}

function set(triggers = {}) {
  const words = {
    action: ['What follows', (a) => (a === 'ACT' ? 'a training begins' : 'it is suggested')],
    accuracyFloor: ['Accuracy floor', (f) => (f === 0 ? 'none' : percent(f))],
    drift: ['Drift', (d) => (d ? 'is a reason' : 'is no reason')],
    newImages: ['New pictures', (n) => (n === 0 ? 'are no reason' : `${number(n)} with labels are a reason`)],
    every: ['Every', (e) => (seconds(e) === 0 ? 'never' : duration(1000 * seconds(e)))],
    cooldown: ['Cooldown', (c) => duration(1000 * seconds(c))],
    budget: ['Started a day, at most', number],
  };
  const rows = Object.entries(words).filter(([key]) => triggers[key] !== undefined).map(([key, [name, told]]) => [name, told(triggers[key])]);
  return [facts(rows), el('p', { class: 'quiet' }, rows.length ? 'What is not set is the training worker’s own choice.' : 'Nothing is set for this model: all is the training worker’s own choice.')];
}
