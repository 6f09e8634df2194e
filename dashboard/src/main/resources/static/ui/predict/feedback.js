// What a picture really shows, as whoever looks at it says.

import { get, path, post } from '../api.js';
import { el, field } from '../dom.js';

/** A form for a prediction that has a label. */
export function feedback(prediction) {
  const label = el('select', {}, el('option', { value: '' }, 'choose …'));
  const retain = el('input', { type: 'checkbox' });
  const answer = el('div', { role: 'status' });
  const right = el('button', { type: 'button', class: 'plain', onclick: () => give(prediction.label) }, 'Right');
  const wrong = el('button', { disabled: true }, 'Correct it');
  label.addEventListener('change', () => { wrong.disabled = !label.value; });

  const give = async (said) => {
    right.disabled = wrong.disabled = true;
    try {
      answer.replaceChildren(...thanks(await post(path('predictions', prediction.id, 'feedback'), { label: said, retain: retain.checked }), retain.checked));
    } catch (problem) {
      answer.replaceChildren(el('p', { class: 'error' }, problem.message));
    } finally {
      right.disabled = false;
      wrong.disabled = !label.value;
    }
  };
  labelsOf(prediction).then((labels) => label.append(...labels.filter((l) => l !== prediction.label).map((l) => el('option', { value: l }, l))));

  return el('form', {
    class: 'feedback',
    onsubmit: (event) => {
      event.preventDefault();
      if (label.value) give(label.value);
    },
  },
  el('h3', {}, 'Is that so?'),
  el('div', { class: 'toolbar' }, right, field('This is wrong, it is', label), wrong),
  el('label', { class: 'check' }, retain, ' Keep the picture for training'),
  answer);
}

function thanks(stored, wished) {
  const said = stored.right ? `Thank you. Stored: ${stored.predicted} was right.` : `Thank you. Stored: it is ${stored.label}, where ${stored.predicted} was answered.`;
  const kept = stored.trainingImage
    ? ['The picture is one that ', stored.model, ' learns from now: ', el('code', {}, stored.trainingImage.slice(0, 12)), '.']
    : wished ? ['The picture could not be kept.'] : ['The picture was not kept.'];
  return [el('p', { class: 'good' }, said), el('p', { class: 'quiet' }, ...kept, ' Said again, the last word counts.')];
}

/** Of the version that answered; what it thought of, where the registry does not know it any more. */
async function labelsOf({ model, modelVersion, top }) {
  try {
    const { versions } = await get(path('models', model));
    const version = versions.find((v) => v.version === modelVersion);
    if (version) return version.labels;
  } catch {
    // It may still be said which of these it is.
  }
  return top.map((t) => t.label);
}
