// What is taken for what, as a table with shades.

import { choice, el, field } from '../dom.js';
import { number } from '../format.js';

/** More rows would be a page of their own; the sentences and the download have all of it. */
const MOST = 100;

/** { node, update(labels, counts) }. Rows of counts are what pictures show, columns what was answered. */
export function confusionMatrix(caption) {
  const mode = choice([['shares', 'Percent of what a picture shows'], ['counts', 'Pictures']]);
  const holder = el('div');
  let labels = [];
  let counts = [];
  const draw = () => holder.replaceChildren(labels.length > MOST
    ? el('p', { class: 'quiet' }, `A table of ${labels.length} classes is too large to be shown. The download has it.`)
    : matrix(caption, labels, counts, mode.value === 'shares'));
  mode.addEventListener('change', draw);
  return {
    node: el('div', {},
      el('div', { class: 'toolbar' }, field('Show', mode)),
      el('p', { class: 'quiet' }, 'Rows are what pictures show, columns what was answered. A shade is the share of its row; those of mistakes are strengthened.'),
      holder),
    update(nextLabels, nextCounts) {
      labels = nextLabels;
      counts = nextCounts;
      draw();
    },
  };
}

function matrix(caption, labels, counts, asShares) {
  const short = labels.every((label) => label.length <= 3);
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', { class: short ? 'matrix' : 'matrix turned' },
      el('caption', { class: 'unseen' }, `${caption}, ${asShares ? 'in percent of a row' : 'in pictures'}`),
      el('thead', {}, el('tr', {}, el('td', {}), labels.map((label) => el('th', { scope: 'col', title: label }, el('span', {}, label))))),
      el('tbody', {}, counts.map((row, i) => {
        const all = row.reduce((a, b) => a + b, 0);
        return el('tr', {}, el('th', { scope: 'row', title: labels[i] }, labels[i]), row.map((n, j) => cell(n, all, i === j, asShares)));
      }))));
}

function cell(n, all, right, asShares) {
  if (n === 0) return el('td', { class: 'none' }, '0');
  const share = n / all;
  const td = el('td', { class: right ? 'right' : 'wrong' }, asShares ? shareOf(share) : number(n));
  td.style.setProperty('--share', right ? share : Math.sqrt(share));
  return td;
}

const shareOf = (share) => (share < 0.001 ? '<0.1' : (100 * share).toFixed(share === 1 ? 0 : 1));
