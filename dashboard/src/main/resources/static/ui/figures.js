// Figures with their names, as lists.

import { el } from './dom.js';

const known = ([, value]) => value !== null && value !== undefined;

/** Large ones, to be compared. rows: [name, value, note]; those without a value are left out. */
export function figures(rows) {
  return el('dl', { class: 'figures-row' }, rows.filter(known).map(([name, value, note]) => el('div', {},
    el('dt', {}, name),
    el('dd', {}, value, note ? el('small', { class: 'note' }, note) : null))));
}

/** Small ones, to be looked up. rows: [name, value]; those without a value are left out. */
export function facts(rows) {
  return el('dl', { class: 'facts' }, rows.filter(known).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

/** A hash: its beginning, and all of it for whoever points at it or copies it. */
export const hash = (text) => el('code', { title: text }, text.slice(0, 12));

/**
 * A bar with a mark at its limit, if it has one.
 * @param bad whether the value is on the wrong side of it
 */
export function gauge(label, value, limit, most, bad, text) {
  const bar = el('div', { class: `gauge${bad ? ' over' : ''}${limit === undefined ? ' free' : ''}`, role: 'meter', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': most, 'aria-valuenow': Math.min(most, Math.max(0, value)), 'aria-valuetext': text });
  const part = (x) => `${100 * Math.min(1, Math.max(0, x / most))}%`;
  bar.style.setProperty('--value', part(value));
  if (limit !== undefined) bar.style.setProperty('--limit', part(limit));
  return bar;
}

/** Where in the models a view is. rows: [text, address]; the last one is where it is. */
export function crumbs(...rows) {
  return el('p', { class: 'crumbs wide' }, rows.map(([text, address], i) => [i > 0 ? ' / ' : null, address ? el('a', { href: address }, text) : el('strong', {}, text)]));
}
