// Whether what a champion is given is still what it was judged on, and what follows from it.

import { get, path } from '../api.js';
import { choice, el, empty, field, section } from '../dom.js';
import { driftParts } from '../drift/figures.js';
import { regularly } from '../poll.js';
import { triggerParts } from '../drift/triggers.js';
import { modelAddress } from '../models/versions.js';

const EVERY = 5000;

export async function show(root, [wanted], here) {
  const models = await get(path('models'));
  if (!here.isCurrent()) return null;
  if (!models.length) {
    root.append(section('No model yet', { class: 'wide' }, empty('Drift is measured of a model that serves. ', el('a', { href: '#/train' }, 'Train one'))));
    return null;
  }
  const first = wanted ?? (models.find((m) => m.champion) ?? models[0]).name;
  const select = choice(models.map((m) => [m.name, m.name]), first);
  const known = models.some((m) => m.name === first);
  const link = el('a', { hidden: !known }, 'Its versions and settings');
  const content = el('div', { class: 'contents' });
  root.append(el('div', { class: 'toolbar wide' }, field('Model', select), link), content);
  let turn = 0;
  let leave = null;
  const open = async (name) => {
    turn += 1;
    const mine = turn;
    leave?.();
    leave = null;
    link.href = modelAddress(name);
    link.hidden = false;
    content.replaceChildren();
    const left = await showOf(content, name, { isCurrent: () => here.isCurrent() && mine === turn });
    if (mine === turn) leave = left;
    else left();
  };
  // Not by way of the address, which would take the focus away from the select.
  select.addEventListener('change', () => {
    history.replaceState(null, '', `#/drift/${encodeURIComponent(select.value)}`);
    open(select.value).catch((problem) => content.replaceChildren(section('This could not be shown', { class: 'wide' }, el('p', { class: 'error' }, problem.message))));
  });
  if (known) await open(first);
  else content.append(section('No such model', { class: 'wide' }, empty(`There is no model ${first}. Choose one above.`)));
  return () => {
    turn += 1;
    leave?.();
  };
}

async function showOf(content, name, here) {
  const drift = driftParts(name, here);
  const triggers = triggerParts(name, here);
  content.append(drift.now, triggers.fired, ...drift.charts, ...triggers.rest);
  const look = async () => {
    const model = await get(path('models', name));
    if (here.isCurrent()) await Promise.all([drift.update(model), triggers.update(model)]);
  };
  try {
    await look();
  } catch (problem) {
    drift.dispose();
    throw problem;
  }
  const stop = regularly(EVERY, look);
  return () => {
    stop();
    drift.dispose();
  };
}
