// One picture and what came of it.

import { copyButton } from '../copy.js';
import { el, empty, progress } from '../dom.js';
import { explainedPicture } from './explanation.js';
import { feedback } from './feedback.js';
import { between, count, duration, percent, time, words } from '../format.js';
import { lineage } from './lineage.js';

/** What an answer comes to, in a few words. */
function inShort(prediction) {
  return prediction.state === 'PREDICTED' ? `${prediction.label}, ${percent(prediction.probability, 2)}` : `${words(prediction.state)}: ${prediction.reason.detail}`;
}

/** A picture that did not get through may have been taken all the same: it only is not known. */
export const refusal = (problem, file) => (problem.status > 0 && file ? 'not accepted' : 'no answer');

/** What is known of an answer that is not there yet. */
export function waitingText({ position, etaMillis }) {
  const parts = ['It waits'];
  if (position !== undefined) parts.push(position === 0 ? 'it is the next' : `${count(position, 'picture')} in front of it when it was sent`);
  if (etaMillis !== undefined) parts.push(`about ${duration(etaMillis)} then`);
  return `${parts[0]}${parts.length > 1 ? `: ${parts.slice(1).join(', ')}` : ''}.`;
}

/** The place for it: { node, sending, pending, refused, final, stop }. Each shows something else in the place of what was there. */
export function resultPlace() {
  const about = el('div', { class: 'about' }, empty('What the model says of a picture is shown here.'));
  const content = el('div', { class: 'result' }, about);
  const said = el('p', { class: 'unseen', role: 'status' });
  let picture = null;
  let shown = null;

  /** The picture stays while it is only the words about it that change. */
  const show = ({ file, id }, ...words) => {
    if (!picture || shown !== (file ?? id)) {
      picture?.stop();
      shown = file ?? id;
      picture = shown ? explainedPicture({ file, id }) : null;
    }
    about.replaceChildren(...words.flat().filter(Boolean));
    content.replaceChildren(...[picture?.node, about].filter(Boolean));
  };
  return {
    node: el('div', {}, content, said),
    sending(file, text) {
      show({ file }, el('p', {}, text), progress(text));
      said.textContent = text;
    },
    pending(answer, file, onCancel) {
      const cancel = el('button', {
        type: 'button',
        class: 'plain',
        onclick: () => {
          cancel.disabled = true;
          onCancel();
        },
      }, 'Cancel');
      show({ file }, el('p', {}, waitingText(answer)), progress('Waiting for the answer'),
        el('p', { class: 'quiet' }, `Sent ${time(answer.submittedAt)}.`), el('div', { class: 'actions' }, cancel));
      said.textContent = waitingText(answer);
    },
    refused(problem, file) {
      show({ file }, el('p', { class: 'headline bad' }, refusal(problem, file)),
        el('p', {}, problem.message), problem.code ? el('p', { class: 'quiet' }, el('code', {}, problem.code)) : null);
      said.textContent = problem.message;
    },
    final(prediction, { file, roundTripMillis } = {}) {
      show({ file, id: prediction.id }, answered(prediction, file, roundTripMillis));
      content.append(lineage(prediction.id));
      if (prediction.state === 'PREDICTED') picture.explain(prediction);
      said.textContent = inShort(prediction);
    },
    stop: () => picture?.stop(),
  };
}

function answered(prediction, file, roundTripMillis) {
  const predicted = prediction.state === 'PREDICTED';
  return [
    predicted
      ? el('p', { class: 'headline' }, el('span', { class: 'label' }, prediction.label), el('small', {}, ` ${percent(prediction.probability, 2)}`))
      : el('div', {}, el('p', { class: 'headline bad' }, words(prediction.state)), el('p', {}, prediction.reason.detail), el('p', { class: 'quiet' }, el('code', {}, prediction.reason.code))),
    predicted ? bars(prediction.top) : null,
    facts(prediction, file, roundTripMillis),
    address(prediction),
    predicted ? feedback(prediction) : null,
  ];
}

function bars(top) {
  return el('div', { class: 'bars' }, top.flatMap((t) => {
    const fill = el('span');
    fill.style.width = `${100 * t.probability}%`;
    return [el('span', {}, t.label), el('span', { class: 'bar', 'aria-hidden': 'true' }, fill), el('span', {}, percent(t.probability, 2))];
  }));
}

function facts(prediction, file, roundTripMillis) {
  const { model, modelVersion, submittedAt, startedAt, completedAt } = prediction;
  const service = between(submittedAt, completedAt);
  const rows = [
    ['Model', modelVersion ? el('a', { href: `#/models/${encodeURIComponent(model)}/${encodeURIComponent(modelVersion)}` }, `${model}, version ${modelVersion}`) : `${model}; no network saw it`],
    file ? ['File', file.name] : null,
    ['Sent', time(submittedAt)],
  ];
  if (startedAt) rows.push(['Waiting', duration(between(submittedAt, startedAt))], ['Decoding and network', duration(between(startedAt, completedAt))]);
  else rows.push(['Waiting, decoding and network', duration(service)]);
  if (roundTripMillis !== undefined) rows.push(['On the way, there and back', duration(Math.max(0, roundTripMillis - service))]);
  return el('dl', { class: 'facts' }, rows.filter(Boolean).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

function address({ model, id }) {
  const hash = `#/predict/${encodeURIComponent(model)}/${encodeURIComponent(id)}`;
  return el('div', { class: 'actions' },
    el('a', { href: hash }, 'Address of this answer'),
    copyButton(new URL(hash, document.baseURI).href, 'Copy it'));
}
