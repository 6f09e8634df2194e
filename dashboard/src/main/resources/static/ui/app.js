// Which view is shown: the part of the address behind #, as #/models/mnist/2. A view is a module with
// show(root, parts, here), which fills the root and may return how to leave it; here.isCurrent() tells late answers whether anybody still waits.

import { el, notice, section } from './dom.js';
import { duration } from './format.js';
import { session, signIn, signOut } from './session.js';
import { connect } from './stream.js';

const VIEWS = [
  ['live', 'Live', () => import('./views/live.js')],
  ['predict', 'Predict', () => import('./views/predict.js')],
  ['train', 'Train', () => import('./views/train.js')],
  ['models', 'Models', () => import('./views/models.js')],
  ['drift', 'Drift & triggers', () => import('./views/drift.js')],
  ['system', 'System', () => import('./views/system.js')],
];
const STATES = {
  live: () => 'live',
  behind: (millis) => `figures are ${duration(millis)} behind`,
  starting: () => 'streams are starting …',
  lost: () => 'connection lost, trying again …',
};

const main = document.getElementById('main');
const nav = document.getElementById('views');
const connection = document.getElementById('connection');
let leave = null;
let turn = 0;

function parts() {
  const [view, ...rest] = location.hash.replace(/^#\//, '').split('/').map(decodeURIComponent);
  return VIEWS.some(([name]) => name === view) ? [view, ...rest] : ['live'];
}

async function route(event) {
  const [name, ...rest] = parts();
  const [, title, load] = VIEWS.find(([view]) => view === name);
  turn += 1;
  const mine = turn;
  const isCurrent = () => mine === turn;
  leave?.();
  leave = null;
  nav.replaceChildren(...VIEWS.map(([view, text]) => el('a', { href: `#/${view}`, 'aria-current': view === name ? 'page' : null }, text)));
  nav.querySelector('[aria-current]').scrollIntoView({ block: 'nearest', inline: 'nearest' });
  document.title = `${title} · Sandpiper`;
  const root = el('div', { class: `view ${name}` });
  try {
    const view = await load();
    if (!isCurrent()) return;
    main.replaceChildren(el('h1', { class: 'unseen', tabindex: '-1' }, title), root);
    const left = await view.show(root, rest, { isCurrent });
    if (isCurrent()) leave = left;
    else left?.();
  } catch (problem) {
    if (isCurrent()) main.replaceChildren(section('This could not be shown', { class: 'wide' }, el('p', { class: 'error' }, problem.message), el('div', { class: 'actions' }, el('button', { type: 'button', onclick: () => route() }, 'Try again'))));
  }
  // A reader of screens is told where it is now; on the first view the page itself is that.
  if (event && isCurrent()) main.querySelector('h1')?.focus();
}

async function begin() {
  const me = await session();
  if (me.keysRequired && !me.signedIn) await signIn(main);
  const out = document.getElementById('sign-out');
  out.hidden = !me.keysRequired;
  out.onclick = () => signOut();
  connect((state, millis) => {
    const text = STATES[state](millis);
    // Set anew it would be read out anew.
    if (connection.textContent !== text) connection.textContent = text;
    connection.className = state;
  });
  window.addEventListener('hashchange', route);
  await route();
}

window.addEventListener('signed-out', () => location.reload());
window.addEventListener('unhandledrejection', (event) => notice(event.reason?.message ?? String(event.reason), true));
begin().catch((problem) => {
  main.replaceChildren(section('Sandpiper cannot be reached', { class: 'wide' }, el('p', { class: 'error' }, problem.message), el('div', { class: 'actions' }, el('button', { type: 'button', onclick: () => location.reload() }, 'Try again'))));
});
