// API keys: who has one, a new one, and the end of one.

import { get, path, post, remove } from '../api.js';
import { copyButton } from '../copy.js';
import { confirm, el, empty, field, freshId, notice, table } from '../dom.js';
import { number, time } from '../format.js';
import { poll } from '../poll.js';

const EVERY = 15_000;
const SCOPES = [
  ['PREDICT', 'send pictures, read answers, models and statistics'],
  ['LABEL', 'say what pictures show, send labelled ones'],
  ['TRAIN', 'start and cancel trainings and evaluations'],
  ['ADMIN', 'all of that, and promote, configure, make keys'],
];

/** { node, hold(whether), stop() }. holdAll(whether): nobody is to ask for anything while a key is shown that the page does not have yet. */
export function apiKeys({ holdAll }) {
  const list = el('div', {}, empty('Looking …'));
  const form = el('div');
  let known = [];
  const polling = poll(EVERY, () => get(path('keys')), (keys) => {
    const wasEmpty = known.length === 0;
    known = keys;
    list.replaceChildren(keys.length ? keyTable(keys, revoke) : empty('There are no keys: whoever is on this machine may do everything, and nobody else gets in.'));
    if (!form.hasChildNodes() || wasEmpty !== (keys.length === 0)) form.replaceChildren(newKeyForm(keys.length === 0, make));
  }, (problem) => {
    form.replaceChildren();
    list.replaceChildren(problem.status === 403
      ? empty('Your key may not see the keys: that needs one with the scope ADMIN.')
      : el('p', { class: 'error' }, problem.message));
  });

  const make = async (wish) => {
    const isFirst = known.length === 0;
    holdAll(true);
    try {
      const made = await post(path('keys'), wish);
      await showSecret(made, isFirst);
      if (isFirst) await signInWith(made.key);
    } finally {
      holdAll(false);
    }
  };
  const revoke = async (key) => {
    const others = known.some((k) => k.keyId !== key.keyId && isValid(k) && k.scopes.includes('ADMIN'));
    const consequence = `Whoever uses it is refused from then on; it cannot be taken back.${key.scopes.includes('ADMIN') && !others ? ' It is the last valid key with the scope ADMIN: after that, this page can make no other.' : ''}`;
    if (!await confirm(`Revoke the key of ${key.holder}?`, consequence, 'Revoke it')) return;
    try {
      await remove(path('keys', key.keyId));
      notice(`The key of ${key.holder} is revoked.`);
    } catch (problem) {
      notice(problem.message, true);
    }
    polling.now();
  };
  return { node: el('div', {}, list, form), hold: polling.hold, stop: polling.stop };
}

const isValid = (key) => !key.revokedAt && new Date(key.expiresAt) > new Date();

function keyTable(keys, revoke) {
  return table('Who has a key', ['Holder', 'Key', 'Scopes', { text: 'Images/s', number: true }, 'Made', 'Valid', 'Revoke'], keys.map((key) => [
    key.holder,
    el('code', {}, `pk_${key.keyId}_…`),
    key.scopes.join(', '),
    key.imagesPerSecond ? number(key.imagesPerSecond) : 'as configured',
    time(key.createdAt),
    key.revokedAt ? el('span', { class: 'bad' }, `revoked ${time(key.revokedAt)}`) : isValid(key) ? `until ${time(key.expiresAt)}` : el('span', { class: 'bad' }, `expired ${time(key.expiresAt)}`),
    isValid(key) ? el('button', { type: 'button', class: 'plain', 'aria-label': `Revoke the key of ${key.holder}`, onclick: () => revoke(key) }, 'Revoke') : '',
  ]));
}

function newKeyForm(isFirst, make) {
  const holder = el('input', { required: true, maxlength: 63, pattern: '[A-Za-z0-9][A-Za-z0-9._@\\-]{0,62}', autocomplete: 'off', spellcheck: 'false' });
  const days = el('input', { type: 'number', min: 1, max: 3650, step: 1, inputmode: 'numeric' });
  const rate = el('input', { type: 'number', min: 1, step: 1, inputmode: 'numeric' });
  const scopes = SCOPES.map(([scope, what]) => {
    const box = el('input', { type: 'checkbox', value: scope, checked: isFirst ? scope === 'ADMIN' : scope === 'PREDICT', disabled: isFirst && scope === 'ADMIN' });
    box.defaultChecked = box.checked;
    return { box, node: el('label', { class: 'check' }, box, el('span', {}, scope, el('small', {}, ` ${what}`))) };
  });
  const error = el('p', { class: 'error', role: 'alert' });
  const button = el('button', {}, 'Make a key');
  const submitted = async (event) => {
    event.preventDefault();
    const wish = {
      holder: holder.value.trim(),
      scopes: scopes.filter(({ box }) => box.checked).map(({ box }) => box.value),
      ...(days.value ? { days: Number(days.value) } : {}),
      ...(rate.value ? { imagesPerSecond: Number(rate.value) } : {}),
    };
    error.textContent = wish.scopes.length ? '' : 'Choose one scope or more.';
    if (error.textContent) return;
    button.disabled = true;
    try {
      await make(wish);
      event.target.reset();
    } catch (problem) {
      error.textContent = problem.message;
    } finally {
      button.disabled = false;
    }
  };
  return el('form', { class: 'new-key', onsubmit: submitted },
    el('h3', {}, 'Make a key'),
    isFirst ? el('p', {}, 'The first key has the scope ADMIN. From then on nobody gets in without one, from this machine neither; this page signs in with it.') : null,
    el('div', { class: 'fields' },
      field('Holder', holder, 'Whose it is: letters, digits and . _ @ -'),
      field('Days it may be used', days, 'Left out: as configured.'),
      field('Images a second', rate, 'Left out: as configured.')),
    el('fieldset', {}, el('legend', {}, 'Scopes'), el('div', { class: 'checks' }, scopes.map(({ node }) => node))),
    error,
    el('div', { class: 'actions' }, button));
}

/** It is told this once: only a click on the button puts it away. */
function showSecret({ key, holder, scopes, expiresAt }, isFirst) {
  return new Promise((resolve) => {
    const title = freshId('secret');
    const secret = el('input', { readonly: true, value: key, class: 'secret', spellcheck: 'false', onfocus: () => secret.select() });
    const dialog = el('dialog', { 'aria-labelledby': title },
      el('h2', { id: title }, `The key of ${holder}`),
      el('p', { class: 'error' }, 'It is shown this once. Store it where only its holder gets at it.'),
      field('Key', secret),
      el('p', { class: 'quiet' }, `${scopes.join(', ')} · until ${time(expiresAt)}`),
      isFirst ? el('p', {}, 'From now on every call needs a key; this page signs in with this one.') : null,
      el('div', { class: 'actions' }, copyButton(key, 'Copy it'), el('button', { type: 'button', onclick: () => dialog.close() }, 'It is stored')));
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Where there were no keys, nobody was signed in. The page begins anew, so that all of it knows. */
async function signInWith(key) {
  await post('v1/session', { key }).catch(() => {});
  location.reload();
}
