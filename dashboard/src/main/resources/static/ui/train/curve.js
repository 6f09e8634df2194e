// How a training gets on: what is known of it from before, and each sign of life that comes.

import { get } from '../api.js';
import { curveChart } from '../chart.js';
import { el } from '../dom.js';
import { epochsDone } from '../jobs.js';

/** { node, add(job), stop() } of one job. */
export function trainingCurve(jobId) {
  const loss = curveChart('Loss', { x: 'epoch', y: 'loss', tall: false });
  const accuracy = curveChart('Accuracy on the validation pictures', { x: 'epoch', y: 'accuracy', share: true, tall: false });
  let points = [];

  const draw = () => {
    loss.update([{ name: 'loss', points: points.filter((p) => p.loss !== undefined).map((p) => [p.epoch, p.loss]) }]);
    // It is measured after each whole epoch, and told until the next.
    const measured = new Map(points.filter((p) => p.accuracy !== undefined).map((p) => [Math.floor(p.epoch), p.accuracy]));
    accuracy.update([{ name: 'accuracy', points: [...measured] }]);
  };
  const add = (job) => {
    if (job.loss === undefined || job.steps === 0) return;
    const epoch = epochsDone(job);
    points = [...points.filter((p) => p.epoch < epoch), { epoch, loss: job.loss, accuracy: job.accuracy }];
    draw();
  };
  get(`dashboard/trainings/${encodeURIComponent(jobId)}`).then((known) => {
    const since = points;
    points = known.points.filter((p) => !since.length || p.epoch < since[0].epoch).concat(since);
    draw();
  }, () => {});
  return {
    node: el('div', { class: 'chart-grid' }, loss.node, accuracy.node),
    add,
    stop() {
      loss.dispose();
      accuracy.dispose();
    },
  };
}
