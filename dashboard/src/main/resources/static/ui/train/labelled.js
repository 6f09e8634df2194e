// Sending labelled pictures: from a folder with a folder a class, as single files under one label, or as an archive.

import { path, upload } from '../api.js';
import { el, field, progress, table } from '../dom.js';
import { dropped, isArchive } from '../predict/drop.js';
import { count, words } from '../format.js';

const AT_ONCE = 64;
const MOST_BYTES = 8_000_000;
const TELLING = ['accepted', 'duplicates', 'relabelled', 'rejected'];

/** The form: { node }. model(): the model's name. onDone(totals) when pictures were sent. */
export function labelledUpload({ model, onDone }) {
  const folder = el('input', { type: 'file', webkitdirectory: true, multiple: true });
  const files = el('input', { type: 'file', multiple: true, accept: 'image/*,.zip,.tar,.tgz,.gz,.ndjson' });
  const label = el('input', { maxlength: '255', autocomplete: 'off' });
  const outcome = el('div', { 'aria-live': 'polite' });
  const drop = el('div', { class: 'drop' },
    el('p', {}, 'Drop a folder with a folder for each class, a zip of one, or pictures of one class.'),
    el('small', {}, 'PNG, JPEG, GIF, BMP or WebP'));
  const fieldset = el('fieldset', { class: 'bare' }, el('legend', { class: 'unseen' }, 'Send labelled pictures'), drop,
    el('div', { class: 'fields' },
      field('A folder with a folder a class', folder),
      field('Pictures, or an archive', files),
      field('Label of single pictures', label, 'Folders and archives have their own.')));

  const send = async (all) => {
    const pictures = all.filter((f) => !f.name.startsWith('.'));
    if (!pictures.length) return;
    fieldset.disabled = true;
    try {
      onDone(await sendAll(model(), pictures, label.value.trim(), outcome));
    } catch (problem) {
      outcome.append(el('p', { class: 'error' }, problem.message));
    } finally {
      fieldset.disabled = false;
      folder.value = '';
      files.value = '';
    }
  };
  folder.addEventListener('change', () => send([...folder.files].map((file) => ({ file, name: file.name, label: parent(file.webkitRelativePath) }))));
  files.addEventListener('change', () => send([...files.files].map((file) => ({ file, name: file.name, label: null }))));
  drop.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', async (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    if (!fieldset.disabled) await send((await dropped(event.dataTransfer)).map(({ file, folder }) => ({ file, name: file.name, label: folder })));
  });
  return { node: el('div', {}, fieldset, outcome) };
}

const parent = (way) => way.split('/').at(-2) ?? null;

/** One request for each archive, and for each few pictures of one label. */
async function sendAll(model, pictures, given, outcome) {
  const url = path('models', model, 'training-images');
  const requests = batches(pictures, given);
  const totals = { accepted: 0, duplicates: 0, relabelled: 0, rejected: 0 };
  const refused = [];
  const bytes = pictures.reduce((all, p) => all + p.file.size, 0);
  const bar = progress('Sending labelled pictures', 0);
  const state = el('p', { class: 'quiet' });
  outcome.replaceChildren(bar, state);
  let sent = 0;
  for (const request of requests) {
    const size = request.files.reduce((all, f) => all + f.size, 0);
    const onProgress = (fraction) => { bar.value = bytes ? (sent + fraction * size) / bytes : 1; };
    const answer = await (request.isArchive
      ? upload(url, request.files[0], onProgress, 'application/octet-stream')
      : upload(`${url}?${new URLSearchParams({ label: request.label })}`, form(request.files), onProgress));
    sent += size;
    TELLING.forEach((kind) => { totals[kind] += answer[kind]; });
    refused.push(...answer.files.filter((f) => f.outcome === 'REJECTED'));
    state.textContent = TELLING.map((kind) => `${totals[kind]} ${kind}`).join(' · ');
  }
  bar.value = 1;
  if (refused.length) outcome.append(refusals(refused));
  return totals;
}

function batches(pictures, given) {
  const requests = [];
  const open = new Map();
  for (const { file, name, label } of pictures) {
    if (isArchive(file)) {
      requests.push({ isArchive: true, files: [file] });
      continue;
    }
    const its = label ?? given;
    if (!its) throw new Error(`Which class does ${name} show? Give the label, or choose a folder with a folder for each class.`);
    let batch = open.get(its);
    if (!batch || batch.files.length >= AT_ONCE || batch.bytes + file.size > MOST_BYTES) {
      batch = { label: its, files: [], bytes: 0 };
      open.set(its, batch);
      requests.push(batch);
    }
    batch.files.push(file);
    batch.bytes += file.size;
  }
  return requests;
}

function form(files) {
  const data = new FormData();
  files.forEach((file) => data.append('file', file));
  return data;
}

function refusals(files) {
  return el('details', { open: files.length <= 10 }, el('summary', {}, `${count(files.length, 'file was', 'files were')} not taken`),
    table('Files that were not taken', ['File', 'Outcome', 'Why'], files.map((f) => [f.file, words(f.outcome), f.reason?.detail ?? ''])));
}
