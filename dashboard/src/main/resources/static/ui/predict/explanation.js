// The picture of a prediction, and over it what speaks for a label.

import { fetched, patiently, path } from '../api.js';
import { el, field, progress } from '../dom.js';

/** Pixels a side up to which single pixels are told apart. */
const SMALL = 128;
const METHODS = { cam: 'class activation map', 'grad-cam': 'Grad-CAM', occlusion: 'occlusion' };

/** Small pictures keep their pixels, others are scaled smoothly. */
export function fitPixels(image) {
  image.addEventListener('load', () => image.classList.toggle('smooth', Math.max(image.naturalWidth, image.naturalHeight) > SMALL));
  return image;
}

/**
 * { node, explain(prediction), stop() }; "Why?" is offered as soon as there is something to explain.
 * @param file the picture itself, where it was sent from here; else the API is asked for that of the id
 */
export function explainedPicture({ file, id }) {
  const leave = new AbortController();
  const urls = [];
  const plain = fitPixels(el('img', { class: 'picture large', alt: file?.name ?? `The picture of ${id}`, hidden: true }));
  const heat = fitPixels(el('img', { class: 'picture large', hidden: true }));
  const caption = el('figcaption', { class: 'quiet' });
  const reasons = el('div');
  const keep = (url) => {
    urls.push(url);
    return url;
  };
  plain.addEventListener('error', () => {
    plain.hidden = true;
    caption.textContent = 'The browser cannot show this file.';
  });
  plain.addEventListener('load', () => { plain.hidden = !heat.hidden; });
  if (file) plain.src = keep(URL.createObjectURL(file));
  else {
    image(`${path('predictions', id, 'picture')}?size=640`, { signal: leave.signal, keep }).then(({ url }) => { plain.src = url; }, (problem) => {
      if (problem.name !== 'AbortError') caption.textContent = problem.message;
    });
  }
  return {
    node: el('figure', { class: 'explained' }, plain, heat, caption, reasons),
    explain: (prediction) => reasons.replaceChildren(why({ prediction, plain, heat, keep, signal: leave.signal })),
    stop() {
      leave.abort();
      urls.forEach((url) => URL.revokeObjectURL(url));
    },
  };
}

function why({ prediction, plain, heat, keep, signal }) {
  const maps = new Map();
  const said = el('p', { role: 'status', class: 'quiet' });
  const error = el('p', { class: 'error', role: 'alert' });
  const bar = progress('The worker looks at the picture again');
  const label = el('select', { onchange: () => draw() }, prediction.top.map((t) => el('option', { value: t.label }, t.label)));
  const choice = field('What speaks for', label);
  const button = el('button', { type: 'button', class: 'plain', 'aria-pressed': 'false', onclick: () => toggle() }, 'Why?');
  bar.hidden = choice.hidden = true;

  const toggle = () => {
    const on = button.getAttribute('aria-pressed') === 'false';
    button.setAttribute('aria-pressed', String(on));
    choice.hidden = !on;
    error.textContent = said.textContent = '';
    if (on) draw();
    else {
      heat.hidden = true;
      plain.hidden = !plain.complete || plain.naturalWidth === 0;
    }
  };
  const draw = async () => {
    const wanted = label.value;
    error.textContent = said.textContent = '';
    bar.hidden = maps.has(wanted);
    try {
      if (!maps.has(wanted)) maps.set(wanted, await explained(prediction.id, wanted, { signal, keep, onBusy: (seconds) => { said.textContent = `That takes longer; asked again in ${seconds} s.`; } }));
      if (label.value !== wanted || choice.hidden) return;
      const { url, method } = maps.get(wanted);
      heat.src = url;
      heat.alt = `The picture in grey, and over it what speaks for ${wanted}`;
      heat.hidden = false;
      plain.hidden = true;
      said.textContent = `Yellow speaks most for ${wanted}, violet little (${method}).`;
    } catch (problem) {
      if (problem.name !== 'AbortError' && label.value === wanted) {
        said.textContent = '';
        error.textContent = problem.message;
      }
    } finally {
      if (label.value === wanted) bar.hidden = true;
    }
  };
  return el('div', {}, bar, said, error, el('div', { class: 'toolbar' }, button, choice));
}

async function explained(id, label, { signal, keep, onBusy }) {
  const { url, headers } = await image(`${path('predictions', id, 'explanation')}?${new URLSearchParams({ label })}`, { signal, keep, onBusy });
  const method = headers.get('Sandpiper-Explanation-Method');
  return { url, method: METHODS[method] ?? method };
}

async function image(address, { signal, keep, onBusy }) {
  const response = await patiently(() => fetched(address, { signal }), { signal, onBusy });
  const blob = await response.blob();
  signal.throwIfAborted();
  return { url: keep(URL.createObjectURL(blob)), headers: response.headers };
}
