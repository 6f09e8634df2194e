// Who works, and what waits in front of them, as the stream tells it once a second.

import { el, empty, freshId, liveTable } from './dom.js';
import { count, number, time } from './format.js';

/** { node, update(workers) } */
export function workerTable() {
  const nobody = empty('No worker has answered in the last minute. ', el('a', { href: '#/predict' }, 'Send a picture'));
  const workers = liveTable('Workers and what they serve', ['Worker', { text: 'images/s', number: true }, 'Serves', 'Last answer']);
  nobody.hidden = workers.node.hidden = true;
  return {
    node: el('div', {}, nobody, workers.node),
    update(all) {
      nobody.hidden = all.length > 0;
      workers.node.hidden = all.length === 0;
      workers.update(all.map((w) => [w.worker, number(w.perSecond), Object.entries(w.versions).map(([m, v]) => `${m} ${v}`).join(', '), time(w.lastAnswer)]));
    },
  };
}

/** What waits in each lane, and in its partitions: { node, update(lanes) }. @param open whether partitions are shown from the beginning */
export function laneList({ open = false } = {}) {
  const node = el('div', { class: 'lanes' });
  const shown = new Map();
  return {
    node,
    update(lanes) {
      for (const lane of lanes) {
        if (!shown.has(lane.lane)) {
          shown.set(lane.lane, laneOf(lane, open));
          node.append(shown.get(lane.lane).node);
        }
        shown.get(lane.lane).update(lane);
      }
    },
  };
}

function laneOf({ lane, topic }, open) {
  const waiting = el('p');
  const members = el('p', { class: 'quiet' });
  const id = freshId('lane');
  const partitions = liveTable(`Waiting in ${topic}`, ['Partition', { text: 'Waiting', number: true }, { text: 'Read to', number: true }, { text: 'End', number: true }]);
  return {
    node: el('div', { role: 'group', 'aria-labelledby': id },
      el('h3', { id }, lane), waiting, members,
      el('details', { open }, el('summary', { class: 'quiet' }, `By partition of ${topic}`), partitions.node)),
    update(now) {
      waiting.textContent = now.waiting === 0 ? 'Nothing waits.' : `${count(now.waiting, 'image')} in front of the workers`;
      members.textContent = now.members.length ? `Read by ${now.members.join(', ')}` : 'No worker reads it: start one.';
      partitions.update(now.partitions.map((p) => [String(p.partition), number(p.waiting), number(p.position), number(p.end)]));
    },
  };
}
