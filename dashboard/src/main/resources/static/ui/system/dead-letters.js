// Records that no worker could read, and sending them back.

import { get, path, post } from '../api.js';
import { confirm, el, empty, notice, table } from '../dom.js';
import { bytes, number, time } from '../format.js';
import { poll } from '../poll.js';

const EVERY = 10_000;
const FEW = 50;
const MANY = 1000;

/** { node, hold(whether), stop() } */
export function deadLetters() {
  const content = el('div', {}, empty('Looking …'));
  let limit = FEW;
  const polling = poll(EVERY, () => get(`${path('dead-letters')}?limit=${limit}`), (letters) => content.replaceChildren(...shown(letters)), (problem) => {
    content.replaceChildren(problem.status === 403
      ? empty('Your key may not see these: that needs one with the scope ADMIN.')
      : el('p', { class: 'error' }, problem.message));
  });
  const shown = (letters) => {
    if (!letters.length) return [empty('None: every record could be read.')];
    return [
      table('Records that were given up', [{ text: 'Given up' }, 'From', { text: 'Reason', long: true }, 'Key', { text: 'Size', number: true }, 'Again'], letters.map(row)),
      letters.length === FEW && limit === FEW ? el('div', { class: 'actions' }, el('button', {
        type: 'button',
        class: 'plain',
        onclick: () => {
          limit = MANY;
          polling.now();
        },
      }, `Show up to ${number(MANY)}`)) : null,
    ].filter(Boolean);
  };
  return { node: content, hold: polling.hold, stop: polling.stop };
}

function row(letter) {
  const from = letter.topic ? `${letter.topic}, partition ${letter.partition ?? '?'}, offset ${letter.offset ?? '?'}` : 'not known';
  const button = el('button', { type: 'button', class: 'plain', 'aria-label': `Replay record ${letter.id}`, onclick: () => replay(letter, button) }, 'Replay');
  return [time(letter.at), from, letter.reason ?? 'none given', letter.key ? el('code', {}, letter.key) : '', bytes(letter.bytes), letter.topic ? button : ''];
}

async function replay(letter, button) {
  const yes = await confirm(`Replay record ${letter.id}?`, `It is written to ${letter.topic} again, and read by whoever reads that. Where the fault is not mended, it comes back here.`, 'Replay it');
  if (!yes) return;
  button.disabled = true;
  try {
    const { topic } = await post(path('dead-letters', letter.id, 'replay'));
    notice(`Record ${letter.id} is in ${topic ?? letter.topic} again.`);
  } catch (problem) {
    notice(problem.message, true);
  } finally {
    button.disabled = false;
  }
}
