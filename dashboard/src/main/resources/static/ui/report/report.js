// How one version did on pictures it never saw, what it learned from, and where it came from.

import { get, path } from '../api.js';
import { confusionMatrix } from './confusion.js';
import { el, empty, section } from '../dom.js';
import { crumbs, facts, figures, hash } from '../figures.js';
import { number, percent, time } from '../format.js';
import { promote } from '../models/promotion.js';
import { calibration, classes, fitting, rocCurves } from './charts.js';
import { dataset } from './dataset.js';
import { embedded, mistakes } from './pictures.js';
import { jobAddress, modelAddress, reportOf, sentence, stateBadge, versionAddress } from '../models/versions.js';

/** @param evaluation the job, where it is not the report of the training that is wanted */
export async function showReport(root, { model: name, version, evaluation }, here) {
  const address = evaluation ? path('models', name, 'evaluations', evaluation, 'report') : path('models', name, 'versions', version, 'report');
  const [model, report] = await Promise.all([get(path('models', name)), reportOf(address)]);
  if (!here.isCurrent()) return null;
  const known = model.versions.find((v) => v.version === version);
  if (!known) throw new Error(`${name} has no version ${version}.`);
  const pictures = embedded();
  const parts = report ? sections(report, pictures) : [];
  root.append(
    where(name, version, evaluation),
    header(model, known, report, address, evaluation),
    ...(report ? parts.map((part) => part.node) : [missing(name, version)]),
    lineage(model, known, here));
  return () => {
    pictures.release();
    parts.forEach((part) => part.dispose?.());
  };
}

function where(name, version, evaluation) {
  return crumbs(['Models', '#/models'], [name, modelAddress(name)],
    [`version ${version}`, evaluation ? versionAddress(name, version) : null], ...(evaluation ? [['evaluated anew']] : []));
}

function header(model, version, report, address, evaluation) {
  const { reason, at } = model.decisions[version.version] ?? {};
  const name = `${model.name}-${version.version}${evaluation ? `-${evaluation}` : ''}-report.json`;
  return section(`Version ${version.version} of ${model.name}`, { class: 'wide' },
    el('p', {}, stateBadge(model, version.version), reason && !evaluation ? ` ${sentence(reason)} ${time(at)}` : null),
    report ? el('p', { class: 'quiet' }, `Evaluated ${time(report.evaluatedAt)}`) : null,
    report ? headline(report) : null,
    el('div', { class: 'actions' },
      // Reports from before calibration was in them have no page.
      report?.calibration ? el('a', { class: 'button plain', href: address, target: '_blank', rel: 'noopener' }, 'As a page to keep') : null,
      report ? el('button', { type: 'button', class: 'plain', onclick: () => download(report, name) }, 'Download as JSON') : null,
      version.version === model.champion || evaluation ? null : el('button', { type: 'button', onclick: () => promote(model, version.version).then((done) => { if (done) location.hash = modelAddress(model.name); }) }, 'Promote')));
}

function headline(report) {
  const { accuracyInterval: interval, calibration: sure } = report;
  return figures([
    ['Accuracy', percent(report.accuracy, 2), interval ? `between ${percent(interval.low, 2)} and ${percent(interval.high, 2)}, with 95 % confidence` : 'of the held-out pictures right'],
    ['Macro F1', report.macroF1.toFixed(4), 'mean of the classes'],
    ['Macro ROC AUC', report.macroRocAuc?.toFixed(4), 'each class against the rest'],
    ['Calibration error', sure?.expectedError.toFixed(4), sure ? `ECE of ${sure.bins.length} bins; Brier score ${sure.brier.toFixed(4)}` : null],
    ['Loss', report.loss.toFixed(4), 'mean cross-entropy, nats'],
    ['Held out', [number(report.images), el('small', {}, report.images === 1 ? ' picture' : ' pictures')], report.trainingImages ? `learned from ${number(report.trainingImages)}` : null],
    ['Speed', [number(Math.round(report.imagesPerSecond)), el('small', {}, ' images/s')], 'as it serves, on the trainer’s machine'],
  ]);
}

/** Those that the report has something for: { node, dispose() }. */
function sections(report, pictures) {
  return [
    confusion(report),
    classes(report),
    rocCurves(report),
    calibration(report),
    mistakes(report, pictures),
    ...dataset(report, pictures),
    fitting(report),
  ].filter(Boolean);
}

function confusion({ classes: all, confusion: counts, confusions = [] }) {
  const matrix = confusionMatrix('Confusion matrix of the held-out pictures');
  matrix.update(all.map((c) => c.label), counts);
  return { node: section('Confusion matrix', { class: 'wide' },
    el('div', { class: 'beside' }, matrix.node, confusions.length ? el('ol', {}, confusions.map((s) => el('li', {}, s))) : null)) };
}

function missing(name, version) {
  return section('No report', { class: 'wide' },
    empty(`Nobody evaluated version ${version} here, as when it was imported. `, el('a', { href: modelAddress(name) }, 'Evaluate it now'), ', which needs labelled pictures that are held out.'));
}

function download(report, name) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }));
  el('a', { href: url, download: name }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function lineage(model, version, here) {
  const holder = el('div', {}, facts(origin(model, version, {})));
  told(version).then((answer) => here.isCurrent() && answer && holder.replaceChildren(facts(origin(model, version, answer)))).catch(() => {});
  return section('Where it came from', { class: 'wide' }, holder);
}

/** Recipe and origin are told of answers only: one of its own that is still known. Null without. */
async function told({ model, version }) {
  const { predictions } = await get(`${path('predictions')}?${new URLSearchParams({ model, limit: 100 })}`);
  const own = predictions.find((p) => p.modelVersion === version);
  return own ? (await get(path('predictions', own.id, 'lineage'))).version : null;
}

function origin(model, version, { recipe, origin: from, signed }) {
  const { parent } = version;
  const hasParent = parent && model.versions.some((v) => v.version === parent);
  return [
    ['Made', time(version.createdAt)],
    ['Recipe', recipe],
    ['Weights', from],
    ['Meant to follow', hasParent ? el('a', { href: versionAddress(model.name, parent) }, `version ${parent}`) : parent],
    ['Training', version.jobId ? el('a', { href: jobAddress(model.name, version.jobId) }, version.jobId) : 'none here: it was imported'],
    ['Data set', version.datasetDigest ? el('code', {}, version.datasetDigest) : null],
    ['Classes', version.labels.length > 40 ? `${version.labels.slice(0, 40).join(', ')} and ${version.labels.length - 40} more` : version.labels.join(', ')],
    ['Manifest', el('span', {}, 'sha256 ', hash(version.manifestSha256))],
    ['Signature', version.signature ? el('span', {}, `Ed25519 `, hash(version.signature), signed ? ', by the trainer' : null) : 'none'],
  ];
}
