// The last predictions with their pictures. Asked for, not sent: at thousands a second a few of them are enough.

import { get, path, picture } from './api.js';
import { el, empty } from './dom.js';
import { between, duration, percent, time, words } from './format.js';

const EVERY = 2000;
const SHOWN = 12;

/** { node, stop() }. onPick(prediction), when given, is called for the one that is clicked. */
export function feed({ model, onPick } = {}) {
  const list = el('ul', { class: 'feed' });
  const nothing = empty('No picture has come by yet. ', el('a', { href: '#/predict' }, 'Send one'));
  nothing.hidden = true;
  const shown = new Map();
  let timer = null;
  let stopped = false;

  const refresh = async () => {
    if (!document.hidden) {
      try {
        const query = new URLSearchParams({ limit: SHOWN, ...(model ? { model } : {}) });
        const { predictions } = await get(`${path('predictions')}?${query}`);
        if (!stopped) draw(predictions);
      } catch {
        // What is shown stays; the state of the connection is told above.
      }
    }
    if (!stopped) timer = setTimeout(refresh, EVERY);
  };
  const draw = (predictions) => {
    nothing.hidden = predictions.length > 0;
    const ids = new Set(predictions.map((p) => p.id));
    for (const [id, item] of shown) {
      if (!ids.has(id)) {
        item.release();
        shown.delete(id);
      }
    }
    list.replaceChildren(...predictions.map((p) => {
      if (!shown.has(p.id)) shown.set(p.id, entry(p, onPick));
      return shown.get(p.id).node;
    }));
  };
  refresh();
  return {
    node: el('div', {}, list, nothing),
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
