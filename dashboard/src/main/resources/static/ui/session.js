// Who is looking. Where there are keys, one is given once; the server keeps it in a cookie that no script can read.

import { get, post, remove } from './api.js';
import { el, field, section } from './dom.js';

const SESSION = 'v1/session';

/** { keysRequired, signedIn, scopes } */
export const session = () => get(SESSION);

export async function signOut() {
  await remove(SESSION);
  location.reload();
}

/** The form that asks for a key. Resolves when it was a good one. */
export function signIn(root) {
  return new Promise((resolve) => {
    const key = el('input', { type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false', placeholder: 'pk_…' });
    const error = el('p', { class: 'error', role: 'alert' });
    const form = el('form', {
      class: 'narrow',
      onsubmit: async (event) => {
        event.preventDefault();
        error.textContent = '';
        try {
          await post(SESSION, { key: key.value.trim() });
          window.dispatchEvent(new Event('signed-in'));
          resolve();
        } catch (problem) {
          error.textContent = problem.message;
          key.select();
        }
      },
    },
    field('API key', key, 'Whoever runs this Sandpiper makes one: ./sandpiper key create'),
    error,
    el('div', { class: 'actions' }, el('button', {}, 'Sign in')));
    root.replaceChildren(section('Sign in', { class: 'wide' }, form));
    key.focus();
  });
}
