// A training or an evaluation, as one card: what goes on, how far it is, and how it ended.

import { el, progress } from './dom.js';
import { count, duration, number, percent, time, words } from './format.js';

export const isRunning = (job) => job.type === 'TrainingProgressed';

/** @param actions buttons, where there is something to do about it */
export function trainingCard(job, ...actions) {
  const { title, detail, failed } = told(job);
  return el('li', { class: failed ? 'failed' : null },
    el('strong', {}, title),
    el('small', {}, detail),
    (job.warnings ?? []).map((warning) => el('small', {}, warning)),
    isRunning(job) ? progress(`Training of ${job.model}`, fraction(job)) : null,
    actions.length ? el('div', { class: 'actions' }, ...actions) : null);
}

/** Passes over the pictures, and which part of one: 1.5 is in the middle of the second. */
export const epochsDone = (job) => Math.max(0, job.epoch - 1) + job.step / job.steps;

/** How much of the fitting is done, 0 to 1; null while nothing can be said. */
export function fraction(job) {
  return job.epochs > 0 && job.steps > 0 ? epochsDone(job) / job.epochs : null;
}

function told(job) {
  switch (job.type) {
    case 'TrainingCompleted':
      return { title: `${job.model}, version ${job.version} ${job.promoted ? 'serves' : 'was kept back'}`, detail: `${job.decision} · ${time(job.at)}` };
    case 'EvaluationCompleted':
      return { title: `${job.model}, version ${job.version} was evaluated`, detail: `${percent(job.accuracy, 2)} of ${count(job.images, 'held-out picture')} right · ${time(job.at)}` };
    case 'TrainingFailed':
      return { title: `${job.model}: ${job.reason.code === 'cancelled' ? 'cancelled' : 'failed'}`, detail: `${job.reason.detail} · ${time(job.at)}`, failed: job.reason.code !== 'cancelled' };
    default:
      return { title: `${job.model} is being trained`, detail: progressed(job).join(' · ') };
  }
}

function progressed(job) {
  const parts = [words(job.phase)];
  if (job.epoch > 0) parts.push(`epoch ${job.epoch} of ${job.epochs}`);
  if (job.loss !== undefined) parts.push(`loss ${job.loss.toFixed(4)}`);
  if (job.accuracy !== undefined) parts.push(`${percent(job.accuracy)} of the validation pictures right`);
  if (job.imagesPerSecond > 0) parts.push(`${number(Math.round(job.imagesPerSecond))} images/s`);
  if (job.etaMillis !== undefined) parts.push(`${duration(job.etaMillis)} left`);
  return parts;
}
