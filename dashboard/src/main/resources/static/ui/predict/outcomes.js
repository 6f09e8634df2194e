// Pictures that were sent together: a few at a time, and what came of each. One that is bad does not touch the others.

import { path, remove } from '../api.js';
import { el, notice, progress } from '../dom.js';
import { fitPixels } from './explanation.js';
import { count, number, percent, words } from '../format.js';
import { refusal, waitingText } from './result.js';
import { submit } from './submit.js';

/** A browser opens six connections to a server; one is the stream's, and one stays free for what the reader clicks. */
const AT_ONCE = 4;

/** What may well go better the next time. */
const MAY_HELP = new Set([0, 429, 503]);

/** { node, add(files, model), size(), stop() }. onChange(item) tells each step of a picture, onPick(item) which one is wanted. */
export function outcomes({ onChange, onPick }) {
  const leave = new AbortController();
  const bar = progress('Pictures answered', 0);
  const text = el('p');
  const said = el('p', { class: 'unseen', role: 'status' });
  const list = el('ul', { class: 'feed outcomes' });
  const halt = el('button', { type: 'button', class: 'plain', onclick: () => drop() }, 'Send no more');
  const again = el('button', { type: 'button', class: 'plain', onclick: () => retry() });
  const node = el('div', {}, bar, text, said, el('div', { class: 'actions' }, halt, again), list);
  let items = [];
  let queue = [];
  let running = 0;

  const tell = () => {
    const done = items.filter((item) => item.isDone());
    const predicted = done.filter((item) => item.prediction?.state === 'PREDICTED').length;
    const failed = done.length - predicted;
    bar.value = items.length ? done.length / items.length : 0;
    text.textContent = [
      `${number(done.length)} of ${count(items.length, 'picture')} done: ${number(predicted)} predicted${failed ? `, ${number(failed)} not` : ''}.`,
      queue.length ? `${number(queue.length)} not sent yet: that goes on as long as this view is open.` : '',
    ].join(' ').trim();
    const repeatable = items.filter((item) => item.mayGoBetter());
    bar.hidden = running + queue.length === 0;
    halt.hidden = queue.length === 0;
    again.hidden = running + queue.length > 0 || repeatable.length === 0;
    again.textContent = `Send ${repeatable.length === 1 ? 'the one' : `the ${number(repeatable.length)}`} that did not get through again`;
    if (items.length > 1 && running + queue.length === 0) said.textContent = text.textContent;
  };
  const work = async () => {
    running += 1;
    while (queue.length && !leave.signal.aborted) await send(queue.shift());
    running -= 1;
    if (!leave.signal.aborted) tell();
  };
  const send = async (item) => {
    const changed = () => {
      if (leave.signal.aborted) return;
      item.draw();
      tell();
      onChange(item);
    };
    item.step = 'sending …';
    changed();
    try {
      Object.assign(item, await submit(item.file, item.model, {
        signal: leave.signal,
        onPending: (pending) => {
          item.pending = pending;
          item.step = waitingText(pending);
          changed();
        },
        onBusy: (seconds, problem) => {
          item.step = `${problem.message} Sent again in ${seconds} s.`;
          changed();
        },
      }));
    } catch (problem) {
      item.problem = problem;
    }
    item.pending = null;
    changed();
  };
  const start = (more) => {
    queue.push(...more);
    for (let free = Math.min(AT_ONCE - running, queue.length); free > 0; free -= 1) work();
    tell();
  };
  const drop = () => {
    const unsent = new Set(queue);
    queue = [];
    items = items.filter((item) => !unsent.has(item));
    unsent.forEach((item) => item.release());
    tell();
  };
  const retry = () => {
    const failed = items.filter((item) => item.mayGoBetter());
    failed.forEach((item) => { item.problem = null; });
    start(failed);
  };
  return {
    node,
    /** Returns an item for each file. What was sent before makes room, unless it is still under way. */
    add(files, model) {
      if (running + queue.length === 0) {
        items.forEach((item) => item.release());
        items = [];
      }
      const more = files.map((file) => outcome(file, model, onPick));
      items.push(...more);
      list.append(...more.map((item) => item.node));
      start(more);
      return more;
    },
    size: () => items.length,
    stop() {
      leave.abort();
      items.forEach((item) => item.release());
    },
  };
}

/** One of them: { file, model, node, pending, prediction, problem, … } */
function outcome(file, model, onPick) {
  const url = URL.createObjectURL(file);
  const thumb = fitPixels(el('img', { class: 'picture thumb', alt: '', width: 48, height: 48, loading: 'lazy', decoding: 'async', src: url, onerror: () => thumb.removeAttribute('src') }));
  const head = el('span');
  const detail = el('small', {}, 'not sent yet');
  const pick = el('button', { type: 'button', class: 'plain', onclick: () => onPick(item) }, thumb, el('span', {}, head, detail, el('small', {}, file.name)));
  const cancel = el('button', { type: 'button', class: 'plain', hidden: true, onclick: () => cancelled(item.pending) }, 'Cancel');
  const item = {
    file,
    model,
    node: el('li', {}, pick, cancel),
    step: '',
    pending: null,
    prediction: null,
    problem: null,
    isDone: () => Boolean(item.prediction || item.problem),
    mayGoBetter: () => Boolean(item.problem && MAY_HELP.has(item.problem.status)),
    draw() {
      cancel.hidden = !item.pending;
      const { prediction, problem } = item;
      if (prediction?.state === 'PREDICTED') head.replaceChildren(el('strong', { class: 'label' }, prediction.label), ` ${percent(prediction.probability, 2)}`);
      else if (prediction) head.replaceChildren(el('strong', { class: 'bad' }, words(prediction.state)));
      else if (problem) head.replaceChildren(el('strong', { class: 'bad' }, refusal(problem, file)));
      else head.replaceChildren();
      detail.textContent = problem ? problem.message : prediction ? prediction.reason?.detail ?? '' : item.step;
    },
    release() {
      URL.revokeObjectURL(url);
      item.node.remove();
    },
  };
  return item;
}

/** Whether that was in time is told by the answer itself. */
export async function cancelled(pending) {
  try {
    await remove(path('predictions', pending.id));
  } catch (problem) {
    if (problem.code !== 'already-answered') notice(problem.message, true);
  }
}
