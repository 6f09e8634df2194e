// Puts a text on the clipboard.

import { el, notice } from './dom.js';

export function copyButton(text, label = 'Copy') {
  return el('button', { type: 'button', class: 'plain', onclick: (event) => copy(text, event.currentTarget) }, label);
}

async function copy(text, button) {
  try {
    // Only pages from localhost or by https have a clipboard.
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else if (!copyBySelection(text, button)) throw new Error('refused');
    notice('Copied.');
  } catch {
    notice('The browser did not let it be copied: select the text, and copy it by hand.', true);
  }
}

/** Beside the button: in a dialog, nothing outside can be selected. */
function copyBySelection(text, button) {
  const field = el('textarea', { class: 'unseen', readonly: true, value: text });
  button.after(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  button.focus();
  return copied;
}
