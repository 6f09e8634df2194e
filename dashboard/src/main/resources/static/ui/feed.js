// The last predictions with their pictures. Asked for, not sent: at thousands a second a few of them are enough.

import { get, path, picture } from './api.js';
import { el, empty } from './dom.js';
import { between, duration, percent, time, words } from './format.js';

/** Each picture that is shown is read from Kafka again: more of them would be felt by the pictures that come. */
const EVERY = 4000;
const SHOWN = 10;

/**
 * { node, stop() }. onPick(prediction), when given, is called for the one that is clicked.
 * paged: with buttons for older ones. An older page stands still; only the first is drawn anew.
 */
export function feed({ model, onPick, paged = false } = {}) {
  const list = el('ul', { class: 'feed' });
  const nothing = empty('No picture has come by yet. ', onPick ? null : el('a', { href: '#/predict' }, 'Send one'));
  const end = empty('None is older.');
  nothing.hidden = end.hidden = true;
  const shown = new Map();
  const pages = [];
  const error = el('p', { class: 'error', role: 'alert' });
  const newer = el('button', { type: 'button', class: 'plain', disabled: true, onclick: () => turn(() => pages.pop()) }, 'Newer');
  const older = el('button', { type: 'button', class: 'plain', disabled: true, onclick: () => turn(() => pages.push(next)) }, 'Older');
  let next = null;
  let turning = false;
  let timer = null;
  let stopped = false;

  const load = async () => {
    const before = pages.at(-1);
    const query = new URLSearchParams({ limit: SHOWN, ...(model ? { model } : {}), ...(before ? { before } : {}) });
    const page = await get(`${path('predictions')}?${query}`);
    if (stopped || before !== pages.at(-1)) return;
    next = page.next ?? null;
    error.textContent = '';
    newer.disabled = pages.length === 0;
    older.disabled = next === null;
    draw(page.predictions);
  };
  const refresh = async () => {
    // What is shown stays when this fails; the state of the connection is told above.
    if (!document.hidden && pages.length === 0) await load().catch(() => {});
    if (!stopped) timer = setTimeout(refresh, EVERY);
  };
  const turn = async (step) => {
    if (turning) return;
    turning = true;
    const was = [...pages];
    step();
    try {
      await load();
      if (older.disabled || newer.disabled) (older.disabled ? newer : older).focus();
    } catch (problem) {
      pages.splice(0, pages.length, ...was);
      error.textContent = problem.message;
    } finally {
      turning = false;
    }
  };
  const draw = (predictions) => {
    nothing.hidden = predictions.length > 0 || pages.length > 0;
    end.hidden = predictions.length > 0 || pages.length === 0;
    const ids = new Set(predictions.map((p) => p.id));
    for (const [id, item] of shown) {
      if (!ids.has(id)) {
        item.release();
        item.node.remove();
        shown.delete(id);
      }
    }
    // Those that stay are not moved: one of them may have the focus.
    predictions.forEach((p, i) => {
      if (!shown.has(p.id)) shown.set(p.id, entry(p, onPick));
      const { node } = shown.get(p.id);
      if (list.children[i] !== node) list.insertBefore(node, list.children[i] ?? null);
    });
  };
  refresh();
  return {
    node: el('div', {}, list, nothing, end, paged ? [error, el('div', { class: 'actions' }, newer, older)] : null),
    stop() {
      stopped = true;
      clearTimeout(timer);
      shown.forEach((item) => item.release());
    },
  };
}

/** A picture that was asked for, small; nothing where it is not kept any more. */
export function thumbnail(id, alt, className = 'picture thumb') {
  const image = el('img', { class: className, alt, width: 48, height: 48 });
  let source = null;
  let released = false;
  picture(`${path('predictions', id, 'picture')}?size=96`).then((url) => {
    if (released && url) URL.revokeObjectURL(url);
    else if (url) image.src = source = url;
  }, () => {});
  return {
    node: image,
    release() {
      released = true;
      if (source) URL.revokeObjectURL(source);
    },
  };
}

function entry(prediction, onPick) {
  const thumb = thumbnail(prediction.id, '');
  const predicted = prediction.state === 'PREDICTED';
  const content = [
    thumb.node,
    el('span', {},
      el('strong', { class: predicted ? 'label' : 'bad' }, predicted ? prediction.label : words(prediction.state)),
      predicted ? ` ${percent(prediction.probability)}` : ` ${prediction.reason?.code ?? ''}`,
      el('small', {}, `${prediction.model}${prediction.modelVersion ? ` ${prediction.modelVersion}` : ''} · ${duration(between(prediction.submittedAt, prediction.completedAt))} · ${time(prediction.completedAt)}`)),
  ];
  const node = el('li', {}, onPick
    ? el('button', { type: 'button', class: 'plain', onclick: () => onPick(prediction) }, content)
    : el('a', { href: `#/predict/${encodeURIComponent(prediction.model)}/${encodeURIComponent(prediction.id)}` }, content));
  return { node, release: thumb.release };
}
