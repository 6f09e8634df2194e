// Where pictures come in: dropped anywhere on the page, chosen, taken with the camera, or pasted.

import { el } from './dom.js';

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz|ndjson)$/i;

export const isArchive = (file) => ARCHIVE.test(file.name) || file.type === 'application/zip';

/** { node, stop() }; onFiles([File]) */
export function dropZone(onFiles) {
  const give = (files) => files.length > 0 && onFiles(files);
  const input = (attributes) => el('input', {
    type: 'file',
    hidden: true,
    ...attributes,
    onchange: (event) => {
      give([...event.target.files]);
      // The same file once more is a change, too.
      event.target.value = '';
    },
  });
  const any = input({ accept: 'image/*,.zip,.tar,.tgz,.gz,.ndjson', multiple: true });
  const camera = input({ accept: 'image/*', capture: 'environment' });
  const node = el('div', { class: 'drop' },
    el('p', { class: 'fine-pointer' }, 'Drop pictures here, a folder of them, or an archive (zip, tar, tar.gz, NDJSON). Or paste one.'),
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => any.click() }, 'Choose pictures …'),
      el('button', { type: 'button', class: 'plain coarse-pointer', onclick: () => camera.click() }, 'Take a picture')),
    any, camera);

  const listeners = {
    dragover: (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      node.classList.add('over');
    },
    dragleave: (event) => {
      if (!event.relatedTarget) node.classList.remove('over');
    },
    drop: async (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      node.classList.remove('over');
      give(await dropped(event.dataTransfer));
    },
    paste: (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) event.preventDefault();
      give(files);
    },
  };
  Object.entries(listeners).forEach(([type, listener]) => document.addEventListener(type, listener));
  return {
    node,
    stop: () => Object.entries(listeners).forEach(([type, listener]) => document.removeEventListener(type, listener)),
  };
}

/** Files, and those in folders; what hides (.DS_Store) is left out. */
async function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry) {
  if (entry instanceof File) return [entry];
  if (entry.isFile) return entry.name.startsWith('.') ? [] : [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  // A folder is read a hundred entries at a time.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...(await Promise.all(some.map(filesOf))).flat());
  }
}
