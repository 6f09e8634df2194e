// How a training is asked for. What is left empty is the recipe's choice.

import { path, post } from '../api.js';
import { choice, el, field } from '../dom.js';

/** Those that come with Sandpiper; a worker may have others. */
export const RECIPES = ['cifar10-cnn', 'mnist-cnn', 'mobilenet-v2'];

/** { node }. onStarted(job) when it was accepted. */
export function trainForm(model, { hasChampion, onStarted }) {
  const recipes = el('datalist', { id: 'recipes' }, RECIPES.map((value) => el('option', { value })));
  const inputs = {
    recipe: el('input', { list: 'recipes', autocomplete: 'off', placeholder: hasChampion ? 'as before' : RECIPES[1] }),
    epochs: figure(1, 10000, 1),
    learningRate: figure(0, 1, 'any'),
    batchSize: figure(1, 4096, 1),
    from: choice([['', 'the recipe’s choice'], ['scratch', 'scratch'], ...(hasChampion ? [['champion', 'the version that serves']] : [])]),
    patience: figure(0, 10000, 1),
    classWeights: choice([['', 'the recipe’s choice'], ['none', 'every picture alike'], ['balanced', 'every class alike']]),
    unfrozenLayers: figure(0, 1000, 1),
    inputSize: figure(16, 512, 1),
    seed: figure(null, null, 1),
  };
  const augmentation = {
    flip: figure(0, 1, 'any'), shift: figure(0, 255, 1), rotation: figure(0, 180, 'any'), zoom: figure(0, 0.9, 'any'), brightness: figure(0, 1, 'any'), invert: figure(0, 1, 'any'),
  };
  const error = el('p', { class: 'error', role: 'alert' });
  const button = el('button', {}, 'Start training');
  const node = el('form', {
    onsubmit: async (event) => {
      event.preventDefault();
      error.textContent = '';
      button.disabled = true;
      try {
        onStarted(await post(path('models', model, 'training-jobs'), asked(inputs, augmentation)));
      } catch (problem) {
        error.textContent = problem.message;
      } finally {
        button.disabled = false;
      }
    },
  },
  recipes,
  el('div', { class: 'fields' },
    field('Recipe', inputs.recipe, 'The architecture and how it is trained.'),
    field('Epochs', inputs.epochs, 'Passes over the pictures.'),
    field('Learning rate', inputs.learningRate),
    field('Begin with the weights of', inputs.from)),
  el('details', {}, el('summary', {}, 'More'),
    el('div', { class: 'fields' },
      field('Batch size', inputs.batchSize, 'Pictures a step.'),
      field('Patience', inputs.patience, 'Epochs without a better validation loss after which it ends.'),
      field('Class weights', inputs.classWeights),
      field('Unfrozen layers', inputs.unfrozenLayers, 'Of pre-trained networks: how many of the last ones learn.'),
      field('Input size', inputs.inputSize, 'Pixels a side.'),
      field('Seed', inputs.seed, 'The same seed, the same weights.')),
    el('fieldset', {}, el('legend', {}, 'Augmentation: how pictures are changed before they are learned from'),
      el('div', { class: 'fields' },
        field('Flip', augmentation.flip, 'Probability, 0 to 1.'),
        field('Shift', augmentation.shift, 'Largest, in pixels.'),
        field('Rotation', augmentation.rotation, 'Largest, in degrees.'),
        field('Zoom', augmentation.zoom, 'Largest, as a fraction.'),
        field('Brightness', augmentation.brightness, 'Largest, as a fraction.'),
        field('Invert', augmentation.invert, 'Probability, 0 to 1.')))),
  error,
  el('div', { class: 'actions' }, button));
  return { node };
}

const figure = (min, max, step) => el('input', { type: 'number', inputmode: 'decimal', min, 'max': max === null ? '' : String(max), step });

function asked(inputs, augmentation) {
  const request = filled(inputs);
  const changes = filled(augmentation);
  return Object.keys(changes).length ? { ...request, augmentation: changes } : request;
}

function filled(inputs) {
  return Object.fromEntries(Object.entries(inputs)
    .filter(([, input]) => input.value.trim() !== '')
    .map(([name, input]) => [name, input.type === 'number' ? Number(input.value) : input.value.trim()]));
}
