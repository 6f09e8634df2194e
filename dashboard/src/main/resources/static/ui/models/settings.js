// What is set for a model: how it is trained, who lets its versions serve, and when it is trained again by itself.

import { get, path, put } from '../api.js';
import { choice, el, field, notice, section } from '../dom.js';
import { time } from '../format.js';

const OWN = 'not set';
const HOUR = 3600;

/** { node, update(model) }. onSaved(model) with what the API made of it. */
export function modelSettings(name, onSaved) {
  const controls = fields();
  const by = el('p', { class: 'quiet' });
  const error = el('p', { class: 'error', role: 'alert' });
  const save = el('button', { disabled: true }, 'Save');
  const undo = el('button', { type: 'button', class: 'plain', disabled: true, onclick: () => fill(shown) }, 'Undo');
  const form = el('form', { onsubmit: (event) => submit(event), oninput: () => changed() },
    el('div', { class: 'fields' }, ['recipe', 'inputSize', 'policy'].map((key) => controls[key].node)),
    el('fieldset', {}, el('legend', {}, 'Triggers: when it is trained again by itself'),
      el('div', { class: 'fields' }, ['action', 'accuracyFloor', 'drift', 'newImages', 'every', 'cooldown', 'budget'].map((key) => controls[key].node))),
    error, el('div', { class: 'actions' }, save, undo));
  const node = section('Settings', { class: 'wide' }, by, form);
  let shown = {};

  const fill = (settings) => {
    shown = settings ?? {};
    const values = { ...shown, ...shown.triggers };
    Object.entries(controls).forEach(([key, c]) => { c.control.value = values[key] === undefined ? '' : c.show(values[key]); });
    Object.values(controls).forEach((c) => { c.before = c.control.value; });
    by.textContent = settings ? `Set by ${settings.by}, ${time(settings.at)}. What is not set is the training worker’s own choice.` : 'Nobody has set any. What is not set is the training worker’s own choice.';
    error.textContent = '';
    changed();
  };
  const isChanged = (c) => c.control.value !== c.before;
  const changed = () => {
    const none = !Object.values(controls).some(isChanged);
    save.disabled = none;
    undo.disabled = none;
  };
  const submit = async (event) => {
    event.preventDefault();
    error.textContent = '';
    save.disabled = true;
    try {
      // The whole is put; what somebody else has set meanwhile, and what this form does not know, stays.
      const { settings: now } = await get(path('models', name));
      const model = await put(path('models', name), wanted(now, controls, isChanged));
      fill(model.settings);
      onSaved(model);
      notice(`The settings of ${name} are saved.`);
    } catch (problem) {
      error.textContent = problem.message;
      changed();
    }
  };
  return {
    node,
    update(model) {
      // What is being written is not overwritten.
      if (!Object.values(controls).some(isChanged)) fill(model.settings);
    },
  };
}

function wanted(now, controls, isChanged) {
  const { by, at, triggers = {}, ...rest } = now ?? {};
  const body = { ...rest, triggers: { ...triggers } };
  Object.entries(controls).filter(([, c]) => isChanged(c)).forEach(([key, c]) => {
    const value = c.control.value.trim();
    const target = c.isTrigger ? body.triggers : body;
    if (value === '') delete target[key];
    else target[key] = c.read(value);
  });
  return body;
}

/** By the name that the API has for each: { node, control, before: as it is saved, show(value), read(text), isTrigger }. */
function fields() {
  const own = ['', OWN];
  return {
    recipe: made('Recipe', el('input', { pattern: '[a-z0-9][a-z0-9\\-]{0,62}', placeholder: 'that of the champion', spellcheck: 'false', autocomplete: 'off' }),
      'Of trainings that name none. It is looked up when a training begins.', text),
    inputSize: made('Input size, pixels a side', amount(16, 512, 1), 'What pictures are scaled to, of trainings by that recipe that name none.', whole),
    policy: made('Promotion', choice([own, ['AUTO', 'by the gate'], ['MANUAL', 'by people only']]), 'Who lets a new version serve when it has been judged.', text),
    action: trigger('Action', choice([own, ['SUGGEST', 'it is suggested'], ['ACT', 'a training begins']]), 'What follows from one of these reasons.', text),
    accuracyFloor: trigger('Accuracy floor, %', amount(0, 100, 'any'), 'Being right less often, as far as people gave labels, is a reason. 0: never.', { show: (v) => String(+(100 * v).toFixed(6)), read: (v) => Number(v) / 100 }),
    drift: trigger('Drift', choice([own, ['true', 'is a reason'], ['false', 'is none']]), 'Whether pictures that no longer look like the held-out ones are a reason.', { show: String, read: (v) => v === 'true' }),
    newImages: trigger('New pictures', amount(0, null, 1), 'So many labelled ones that it has not learned from are a reason. 0: no number is.', whole),
    every: trigger('Every so many hours', amount(0, null, 'any'), 'So long after its last training there is a reason. 0: never.', hours),
    cooldown: trigger('Cooldown, hours', amount(0, null, 'any'), 'At least so long after the last training before a trigger starts one.', hours),
    budget: trigger('Trainings a day, at most', amount(1, 1000, 1), 'So many may triggers start in 24 hours.', whole),
  };
}

const text = { show: String, read: String };
const whole = { show: String, read: Number };
const hours = { show: (v) => String(+(seconds(v) / HOUR).toFixed(4)), read: (v) => `PT${Math.round(Number(v) * HOUR)}S` };

const amount = (min, max, step) => el('input', { type: 'number', min, max: max ?? undefined, step, placeholder: OWN });

function made(name, control, hint, convert) {
  return { node: field(name, control, hint), control, before: control.value, ...convert };
}

function trigger(...parts) {
  return { ...made(...parts), isTrigger: true };
}

/** Of an ISO 8601 duration, as P1DT2H or PT90M. */
export function seconds(duration) {
  const [, days = 0, h = 0, minutes = 0, s = 0] = /^P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(duration) ?? [];
  return 86_400 * days + HOUR * h + 60 * minutes + Number(s);
}
