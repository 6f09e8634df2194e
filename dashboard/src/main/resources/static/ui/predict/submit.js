// One picture, from the file to its final state.

import { get, patiently, path, pause, post } from '../api.js';

/** Long enough for most answers. Who waits longer is told for what, and may cancel. */
const FIRST_WAIT = 2;
const WAIT = 10;

/**
 * Resolves to { prediction, roundTripMillis }; rejects with what the API said.
 * onPending(pending): it is accepted, and not answered yet. onBusy(seconds, problem): it is sent again after so long.
 */
export async function submit(file, model, { signal, onPending, onBusy } = {}) {
  let begun = 0;
  const headers = { 'Content-Type': file.type.startsWith('image/') ? file.type : 'application/octet-stream', Prefer: `wait=${FIRST_WAIT}` };
  const send = () => {
    begun = performance.now();
    return post(`${path('predictions')}?${new URLSearchParams({ model })}`, file, { headers, signal });
  };
  const prediction = await settled(await patiently(send, { signal, onBusy }), { signal, onPending, onBusy });
  return { prediction, roundTripMillis: performance.now() - begun };
}

/** The final state of what may be pending. Where it is in the queue is told once, when it was accepted. */
export async function settled(answer, { signal, onPending = () => {}, onBusy } = {}) {
  if (answer.state === 'PENDING') onPending(answer);
  let now = answer;
  while (now.state === 'PENDING') {
    const asked = performance.now();
    now = await patiently(() => get(`${path('predictions', answer.id)}?wait=${WAIT}`, { signal }), { signal, onBusy });
    if (now.state === 'PENDING' && performance.now() - asked < 1000) await pause(1000, signal);
  }
  return now;
}
