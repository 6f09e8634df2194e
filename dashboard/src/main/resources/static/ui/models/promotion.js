// Which version serves: asks, does it, and says so.

import { path, post } from '../api.js';
import { confirm, el, field, notice } from '../dom.js';

/** Resolves to the model as it is then; null when it was left, or refused. */
export function promote(model, version) {
  const serving = model.champion
    ? `It serves in the place of version ${model.champion}, which is kept and is what a rollback goes to.`
    : 'It is the first one that serves.';
  return ask(`Let version ${version} of ${model.name} serve?`, `Whatever the gate said of it. Workers check it and swap between two batches. ${serving}`, 'Promote',
    path('models', model.name, 'versions', version, 'promotion'));
}

/** As promote, to the version that served before. */
export function rollBack(model) {
  return ask(`Roll ${model.name} back to version ${model.previous[0]}?`, `Version ${model.champion} is retired: it is kept, and may be promoted again. Workers swap between two batches.`, 'Roll back',
    path('models', model.name, 'rollback'));
}

async function ask(question, consequence, action, url) {
  const reason = el('input', { maxlength: 500, autocomplete: 'off' });
  if (!await confirm(question, consequence, action, field('Reason', reason, 'For whoever asks later why this version serves. May be left out.'))) return null;
  try {
    const text = reason.value.trim();
    const model = await post(url, text ? { reason: text } : {});
    notice(`Version ${model.champion} of ${model.name} serves.`);
    return model;
  } catch (problem) {
    notice(problem.message, true);
    return null;
  }
}
