// Versions of a model: what is known of each, and what became of it.

import { get, path } from '../api.js';
import { el } from '../dom.js';
import { number, percent } from '../format.js';

export const modelAddress = (model) => `#/models/${encodeURIComponent(model)}`;
export const versionAddress = (model, version) => `${modelAddress(model)}/${encodeURIComponent(version)}`;
export const jobAddress = (model, job) => `#/train/${encodeURIComponent(model)}/${encodeURIComponent(job)}`;

export const newestFirst = (model) => [...model.versions].sort((a, b) => new Date(b.createdAt) - new Date(a.createdAt));

export const championOf = (model) => model.versions.find((v) => v.version === model.champion);

/** A reason of the API, which begins and ends like a part of a sentence. */
export const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const four = (value) => value.toFixed(4);

/** What versions are compared by. better: 1 where more is better, -1 where less is. */
export const FIGURES = [
  { key: 'accuracy', name: 'Accuracy', better: 1, text: (v) => percent(v, 2), difference: (d) => `${(100 * d).toFixed(2)} points`, note: 'of the held-out pictures right' },
  { key: 'macroF1', name: 'Macro F1', better: 1, text: four, note: 'mean of the classes' },
  { key: 'loss', name: 'Loss', better: -1, text: four, note: 'mean cross-entropy, nats' },
  { key: 'ece', name: 'ECE', better: -1, text: four, note: 'expected calibration error' },
  { key: 'macroRocAuc', name: 'ROC AUC', better: 1, text: four, note: 'each class against the rest' },
  { key: 'imagesPerSecond', name: 'Speed', unit: 'images/s', better: 1, text: (v) => number(Math.round(v)), note: 'images/s, on the trainer’s machine' },
];

/** The figures of a version by key. judged: what judgement() resolved to, as soon as it is there. */
export function figuresOf(version, judged) {
  return { ...version.metrics, ece: judged?.ece, imagesPerSecond: judged?.imagesPerSecond };
}

const JUDGEMENTS = new Map();

/** What only the report of a version has, without its pictures: { ece, imagesPerSecond, interval, classes }; null without a report. */
export function judgement({ model, version, manifestSha256 }) {
  if (!JUDGEMENTS.has(manifestSha256)) {
    JUDGEMENTS.set(manifestSha256, judge(model, version).catch(() => {
      // It could not be asked for now; that says nothing of the next time.
      JUDGEMENTS.delete(manifestSha256);
      return null;
    }));
  }
  return JUDGEMENTS.get(manifestSha256);
}

async function judge(model, version) {
  const report = await reportOf(path('models', model, 'versions', version, 'report'));
  return report && {
    ece: report.calibration?.expectedError,
    imagesPerSecond: report.imagesPerSecond,
    interval: report.accuracyInterval,
    classes: report.classes.map(({ roc, ...figures }) => figures),
  };
}

/** Null where nobody evaluated it. */
export async function reportOf(address) {
  try {
    return await get(address, { headers: { Accept: 'application/json' } });
  } catch (problem) {
    if (problem.code === 'no-report') return null;
    throw problem;
  }
}

/** [words, class] */
function state(model, version) {
  if (version === model.champion) return ['champion', 'good'];
  if (model.decisions[version]?.outcome === 'RETIRED') return ['retired', 'quiet'];
  return model.previous.includes(version) ? ['served before', 'quiet'] : ['candidate', 'label'];
}

export function stateBadge(model, version) {
  const [text, kind] = state(model, version);
  return el('span', { class: `badge ${kind}` }, text);
}

/** Fills a select with the versions of a model. What was chosen stays chosen; where nothing was, it is first. */
export function offerVersions(select, model, first) {
  const chosen = select.value || first;
  select.replaceChildren(...newestFirst(model).map(({ version }) => el('option', { value: version }, version === model.champion ? `${version}, champion` : version)));
  if (chosen) select.value = chosen;
}
