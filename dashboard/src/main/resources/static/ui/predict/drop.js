// Where pictures come in: dropped anywhere on the page, chosen, taken with the camera, or pasted.

import { el } from '../dom.js';

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
      give((await dropped(event.dataTransfer)).map(({ file }) => file));
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

/** What was dropped, folders opened however deep: [{ file, folder }], with the name of the folder that a file lies in. What hides (.DS_Store) is left out. */
export async function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  const found = [];
  for (const entry of entries) await walk(entry, null, found);
  return found;
}

async function walk(entry, folder, found) {
  if (entry.name.startsWith('.')) return;
  if (entry instanceof File) found.push({ file: entry, folder });
  else if (entry.isFile) found.push({ file: await new Promise((resolve, reject) => { entry.file(resolve, reject); }), folder });
  else {
    const reader = entry.createReader();
    // A folder is read a hundred entries at a time.
    for (;;) {
      const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
      if (!some.length) return;
      for (const inside of some) await walk(inside, entry.name, found);
    }
  }
}
