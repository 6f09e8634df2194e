// Where an answer came from, as a list to read. Asked for when it is opened: it counts as a picture against the key's rate.

import { get, path } from '../api.js';
import { el, progress } from '../dom.js';
import { bytes, count, number, percent, time, words } from '../format.js';

const PARTS = { picture: 'Picture', 'picture.sha256': 'Hash of the picture', version: 'Version', dataset: 'Data set', 'dataset.objectKey': 'List of the data set', training: 'Training', evaluation: 'Evaluation', promotion: 'Decision' };

export function lineage(id) {
  const content = el('div');
  const details = el('details', { ontoggle: () => details.open && !content.hasChildNodes() && load() }, el('summary', {}, 'Where this answer came from'), content);
  const load = async () => {
    content.replaceChildren(progress('Looking it up'));
    try {
      content.replaceChildren(told(await get(path('predictions', id, 'lineage'))));
    } catch (problem) {
      content.replaceChildren(el('p', { class: 'error', role: 'alert' }, problem.message),
        el('div', { class: 'actions' }, el('button', { type: 'button', class: 'plain', onclick: load }, 'Try again')));
    }
  };
  return details;
}

const code = (text) => el('code', {}, text);

function told({ worker, picture, version, dataset, training, evaluation, promotion, unknown }) {
  const { bulk } = picture;
  return el('dl', { class: 'facts' },
    fact('Picture',
      `${picture.topic}, partition ${picture.partition}, offset ${number(picture.offset)}${picture.bytes === undefined ? '' : ` · ${bytes(picture.bytes)}`}`,
      bulk ? `entry ${number(bulk.index)} of bulk job ${bulk.jobId}: ${bulk.name}` : null,
      picture.sha256 ? ['SHA-256 ', code(picture.sha256)] : null),
    fact('Worker', worker),
    version ? fact('Version',
      [el('a', { href: `#/models/${encodeURIComponent(version.model)}/${encodeURIComponent(version.version)}` }, `${version.model}, version ${version.version}`), ` · made ${time(version.createdAt)} · ${version.signed ? 'signed by the trainer' : 'not signed'}`],
      [version.recipe ? `recipe ${version.recipe}` : null, version.previous ? `meant to follow version ${version.previous}` : null].filter(Boolean).join(' · '),
      version.origin,
      ['manifest, SHA-256 ', code(version.manifestSha256)]) : null,
    dataset ? fact('Data set', ['digest ', code(dataset.digest)], dataset.objectKey ? ['listed in ', code(dataset.objectKey)] : null) : null,
    training ? fact('Training', ['job ', code(training.jobId), training.completedAt ? ` · ended ${time(training.completedAt)}` : ''], training.decision) : null,
    evaluation ? fact('Evaluation', `${percent(evaluation.accuracy, 2)} of ${count(evaluation.images, 'held-out picture')} right · macro F1 ${percent(evaluation.macroF1, 2)} · ${time(evaluation.evaluatedAt)}`) : null,
    promotion ? fact('Decision', `${words(promotion.outcome)} · ${time(promotion.at)}`, promotion.reason) : null,
    unknown.length ? fact('Not known', ...unknown.map(({ part, detail }) => `${PARTS[part] ?? part}: ${detail}`)) : null);
}

function fact(name, ...lines) {
  return el('div', {}, el('dt', {}, name), lines.filter(Boolean).map((line) => el('dd', {}, line)));
}
