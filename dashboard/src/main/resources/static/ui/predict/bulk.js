// Archives of pictures: sent, followed, and what came of their entries. An upload goes on while the reader looks at another view.

import { get, path, upload } from '../api.js';
import { el, progress, table } from '../dom.js';
import { bytes, count, number, percent, time, words } from '../format.js';

const EVERY = 1000;
const FAILURES = 100;
const REFUSALS = ['REJECTED', 'FAILED', 'EXPIRED', 'CANCELLED'];
const ENDED = new Set(['FINISHED', 'INCOMPLETE']);

/** Latest first: { name, bytes, model, sent: fraction, job, failures, refused, lost, tell }. */
const sent = [];

/** { node, send(file, model), stop() } */
export function bulkJobs({ onChange }) {
  const list = el('ul', { class: 'cards' });
  const timers = new Map();
  let stopped = false;

  const attach = (entry) => {
    const card = cardOf(entry);
    list.prepend(card.node);
    entry.tell = () => {
      card.update();
      if (entry.job && !entry.failures && !entry.lost && !stopped && !timers.has(entry)) timers.set(entry, setTimeout(() => poll(entry), EVERY));
    };
    entry.tell();
    onChange(sent.length);
  };
  const poll = async (entry) => {
    try {
      entry.job = await get(path('bulk', entry.job.id));
      if (ENDED.has(entry.job.state)) entry.failures = await failuresOf(entry.job);
    } catch (problem) {
      // Cut or busy: it goes on by itself, and is asked for again.
      if (problem.status !== 0 && problem.retryAfter === null) entry.lost = problem.message;
    }
    timers.delete(entry);
    if (!stopped) entry.tell();
  };
  [...sent].reverse().forEach(attach);
  return {
    node: list,
    send(file, model) {
      const entry = { name: file.name, bytes: file.size, model, sent: 0, job: null, failures: null, refused: null, lost: null, tell: () => {} };
      sent.unshift(entry);
      attach(entry);
      receive(file, entry);
    },
    stop() {
      stopped = true;
      timers.forEach(clearTimeout);
      sent.forEach((entry) => { entry.tell = () => {}; });
    },
  };
}

async function receive(file, entry) {
  try {
    entry.job = await upload(`${path('bulk')}?${new URLSearchParams({ model: entry.model })}`, file, (fraction) => {
      entry.sent = fraction;
      entry.tell();
    }, 'application/octet-stream');
  } catch (problem) {
    entry.refused = problem.message;
    // What came before the fault stands.
    if (problem.answer.bulkId) entry.job = await get(path('bulk', problem.answer.bulkId)).catch(() => null);
  }
  entry.tell();
}

/** The first of each kind that got no label. */
async function failuresOf(job) {
  const states = REFUSALS.filter((state) => job.counts[state]);
  const pages = await Promise.all(states.map((state) => get(`${path('bulk', job.id, 'entries')}?${new URLSearchParams({ state, limit: FAILURES })}`)));
  return pages.flat();
}

function cardOf(entry) {
  const detail = el('small');
  const said = el('p', { class: 'unseen', role: 'status' });
  const counts = el('p');
  const error = el('p', { class: 'error', role: 'alert' });
  const failures = el('div');
  const bar = progress(`Bulk job ${entry.name}`);
  const node = el('li', {}, el('strong', {}, entry.name), detail, bar, counts, said, error, failures);
  return {
    node,
    update() {
      const { job } = entry;
      const total = job?.entries ?? 0;
      const done = total - (job?.counts.PENDING ?? 0);
      const ended = entry.lost || (job ? ENDED.has(job.state) : entry.refused);
      node.classList.toggle('failed', Boolean(entry.refused || entry.lost));
      bar.hidden = Boolean(ended);
      if (job?.entries) bar.value = done / total;
      else bar.value = entry.sent;
      detail.textContent = `${bytes(entry.bytes)} for ${entry.model} · ${phase(entry, done, total)}`;
      counts.textContent = job ? Object.entries(job.counts).filter(([, n]) => n).map(([state, n]) => `${number(n)} ${words(state)}`).join(' · ') : '';
      say(said, ended && job ? `${entry.name}: ${counts.textContent}` : '');
      say(error, [entry.refused, entry.refused ? null : job?.reason?.detail, entry.lost].filter(Boolean).join(' '));
      if (entry.failures?.length && !failures.hasChildNodes()) failures.append(failureTable(entry));
    },
  };
}

/** What is read out is read out once. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function phase({ job, refused, sent: fraction }, done, total) {
  if (job) return `${words(job.state)}, ${number(done)} of ${count(total, 'entry', 'entries')} done · began ${time(job.startedAt)}`;
  if (refused) return 'not taken';
  return fraction < 1 ? `sending, ${percent(fraction, 0)} gone` : 'all sent, being read …';
}

function failureTable({ name, job, failures }) {
  const all = REFUSALS.reduce((sum, state) => sum + (job.counts[state] ?? 0), 0);
  return el('details', { open: failures.length <= 10 }, el('summary', {}, `${count(all, 'entry', 'entries')} without a label${all > failures.length ? `, ${number(failures.length)} of them` : ''}`),
    table(`Entries of ${name} without a label`, [{ text: 'Entry', long: true }, 'State', { text: 'Reason', long: true }],
      failures.map((f) => [f.name, words(f.state), f.reason ? `${f.reason.detail} (${f.reason.code})` : ''])));
}
