// Pictures in, answers out: one, many, or an archive; and the answers that there were.

import { get, path } from '../api.js';
import { bulkJobs } from '../predict/bulk.js';
import { el, empty, field, section } from '../dom.js';
import { dropZone, isArchive } from '../predict/drop.js';
import { feed } from '../feed.js';
import { number } from '../format.js';
import { championOf } from '../models/versions.js';
import { cancelled, outcomes } from '../predict/outcomes.js';
import { resultPlace } from '../predict/result.js';
import { settled } from '../predict/submit.js';

const MANY_LABELS = 12;

export async function show(root, [wanted, id], here) {
  const [models, asked] = await Promise.all([get(path('models')).then((all) => all.filter((m) => m.champion)), lastAsked()]);
  if (!here.isCurrent()) return null;
  const leave = new AbortController();
  const place = resultPlace();
  const result = section('Result', { class: 'answer' }, place.node);
  /** Whose steps are shown as the result. Of many, the first, until the reader picks another. */
  let watched = null;

  const watch = (item) => {
    watched = item;
    changed(item);
  };
  const changed = (item) => {
    if (item !== watched || leave.signal.aborted) return;
    if (item.prediction) {
      place.final(item.prediction, item);
      address(item.prediction.model, item.prediction.id);
    } else if (item.problem) place.refused(item.problem, item.file);
    else if (item.pending) place.pending(item.pending, item.file, () => cancelled(item.pending));
    else place.sending(item.file, item.step || 'It is sent when its turn comes.');
  };
  const pick = (item) => {
    watch(item);
    lookAt(result);
  };

  const many = outcomes({ onChange: changed, onPick: pick });
  const together = section('Sent together', { class: 'wide', hidden: true }, many.node);
  const archives = section('Archives', { class: 'wide', hidden: true });
  const jobs = bulkJobs({ onChange: (number) => { archives.hidden = number === 0; } });
  archives.append(jobs.node);

  const model = el('select', {}, models.map((m) => el('option', { value: m.name }, `${m.name}, version ${m.champion}`)));
  const isServed = (name) => models.some((m) => m.name === name);
  const serves = isServed(wanted);
  if (serves || isServed(asked)) model.value = serves ? wanted : asked;
  const knows = el('span');
  const tellLabels = () => { knows.textContent = labelsOf(models.find((m) => m.name === model.value)); };
  tellLabels();
  const unknown = el('p', { class: 'error', hidden: !wanted || serves }, `No model called ${wanted} serves.`);
  const zone = dropZone((files) => {
    if (!model.value) return;
    files.filter(isArchive).forEach((file) => jobs.send(file, model.value));
    const pictures = files.filter((file) => !isArchive(file));
    if (pictures.length === 0) return;
    watch(many.add(pictures, model.value)[0]);
    together.hidden = many.size() < 2;
  });

  const past = section('Last answers', { class: 'wide' });
  let history = null;
  const showHistory = () => {
    history?.stop();
    history?.node.remove();
    history = feed({ model: model.value, paged: true, onPick: (prediction) => pick({ prediction }) });
    past.append(history.node);
  };
  model.addEventListener('change', () => {
    unknown.hidden = true;
    tellLabels();
    address(model.value);
    showHistory();
  });

  root.append(
    section('Send pictures', {},
      unknown,
      models.length ? [field('Model', model, knows), zone.node] : empty('No model serves yet. ', el('a', { href: '#/train' }, 'Train one'))),
    result, together, archives, past);
  showHistory();
  if (id) {
    const opened = { step: 'It is looked up …' };
    watch(opened);
    lookUp(id, opened, changed, leave.signal);
  }

  return () => {
    leave.abort();
    [zone, many, jobs, history, place].forEach((part) => part.stop());
  };
}

/** The model of the last picture that came by: whoever opens the page has most likely another one for it. */
const lastAsked = () => get(`${path('predictions')}?limit=1`).then((page) => page.predictions[0]?.model, () => undefined);

/** What a model can tell apart; another picture is taken for one of these, too. */
function labelsOf(model) {
  const labels = (model && championOf(model))?.labels ?? [];
  const more = labels.length - MANY_LABELS;
  return labels.length ? `Knows ${labels.slice(0, MANY_LABELS).join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}.` : '';
}

/** An answer whose address was opened. */
async function lookUp(id, item, changed, signal) {
  try {
    const onPending = (pending) => {
      item.pending = pending;
      changed(item);
    };
    item.prediction = await settled(await get(path('predictions', id), { signal }), { signal, onPending });
  } catch (problem) {
    item.problem = problem;
  }
  changed(item);
}

/** What is shown has an address, and going there by it changes nothing of the view. */
function address(...parts) {
  history.replaceState(null, '', `#/predict/${parts.map(encodeURIComponent).join('/')}`);
}

/** To where the answer is, for eyes, keyboards and readers of screens alike. */
function lookAt(part) {
  const heading = part.querySelector('h2');
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  const { top } = part.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) part.scrollIntoView();
}
