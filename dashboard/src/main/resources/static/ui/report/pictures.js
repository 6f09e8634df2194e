// The pictures of a report. They come as data: addresses, which the page's own policy does not let through: they become blobs.

import { el, section } from '../dom.js';
import { percent } from '../format.js';

const PREFIX = 'data:image/png;base64,';

/** { image(data, alt), release() }: what was made is given back when the view is left. */
export function embedded() {
  const urls = [];
  return {
    image(data, alt) {
      const image = el('img', { class: 'picture', alt });
      const blob = decoded(data);
      if (blob) {
        urls.push(URL.createObjectURL(blob));
        image.src = urls.at(-1);
      }
      return image;
    },
    release: () => urls.forEach((url) => URL.revokeObjectURL(url)),
  };
}

/** Null for what is no picture of that kind. */
function decoded(data) {
  if (!data.startsWith(PREFIX)) return null;
  try {
    return new Blob([Uint8Array.from(atob(data.slice(PREFIX.length)), (c) => c.charCodeAt(0))], { type: 'image/png' });
  } catch {
    return null;
  }
}

export function mistakes({ worstMistakes: worst }, pictures) {
  if (!worst) return null;
  const content = worst.length
    ? [
      el('p', { class: 'quiet' }, 'As the network saw them, the surest first. Some are mistakes of the network, some of whoever labelled them.'),
      el('ul', { class: 'gallery' }, worst.map((m) => el('li', {},
        pictures.image(m.thumbnail, ''),
        el('span', {}, el('strong', { class: 'label' }, m.label), ' taken for ', el('strong', { class: 'bad' }, m.predicted),
          el('small', {}, `${percent(m.probability)} sure, ${percent(m.labelProbability)} for ${m.label}`),
          m.sha256 ? el('small', {}, el('code', { title: `sha256 of the stored picture: ${m.sha256}` }, m.sha256.slice(0, 12))) : null)))),
    ]
    : el('p', { class: 'quiet' }, 'No held-out picture was wrong.');
  return { node: section('Worst mistakes', { class: 'wide' }, content) };
}
