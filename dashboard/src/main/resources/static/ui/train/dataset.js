// What a model learns from, in figures and samples.

import { get, path, picture } from '../api.js';
import { barChart } from '../chart.js';
import { el, empty } from '../dom.js';
import { count, number } from '../format.js';

const STEP = 16;

/** { node, refresh(), stop() } */
export function datasetFigures(model) {
  const summary = el('p', {});
  const classes = barChart('Pictures of each class', { unit: 'pictures' });
  const brightness = barChart('Mean brightness of a picture, 0 black to 255 white', { unit: 'pictures' });
  const intensity = barChart('Pixel values, 0 black to 255 white', { unit: '‰ of pixels' });
  const resolutions = barChart('Sizes, in pixels', { unit: 'pictures', lying: true });
  const charts = el('div', { class: 'chart-grid', hidden: true }, [classes, brightness, intensity, resolutions].map((c) => c.node));
  const samples = el('dl', { class: 'samples' });
  const nothing = empty('No labelled pictures yet. Send some above, or from a terminal: ', el('code', {}, `./sandpiper data import ${model} FOLDER`));
  const urls = [];
  let stopped = false;

  const refresh = async () => {
    const dataset = await known(model);
    if (stopped) return;
    const any = Boolean(dataset?.images);
    nothing.hidden = any;
    charts.hidden = samples.hidden = !any;
    if (!any) return;
    summary.textContent = `${count(dataset.images, 'picture')} of ${count(dataset.classes.length, 'class', 'classes')}`;
    classes.update({ categories: dataset.classes.map((c) => c.label), series: series(dataset.classes) });
    const steps = dataset.intensity.map((_, i) => `${i * STEP}–${i * STEP + STEP - 1}`);
    brightness.update({ categories: steps, series: [{ name: 'pictures', values: dataset.brightness.histogram }] });
    intensity.update({ categories: steps, series: [{ name: 'pixels', values: dataset.intensity }] });
    resolutions.update({ categories: dataset.resolutions.map((r) => `${number(r.width)} × ${number(r.height)}`), series: [{ name: 'pictures', values: dataset.resolutions.map((r) => r.images) }] });
    samples.replaceChildren(...dataset.classes.flatMap((c) => [el('dt', {}, c.label), el('dd', {}, c.samples.map((sha) => sample(model, c.label, sha, urls)))]));
  };
  return {
    node: el('div', {}, summary, nothing, charts, samples),
    refresh,
    stop() {
      stopped = true;
      urls.forEach((url) => URL.revokeObjectURL(url));
      [classes, brightness, intensity, resolutions].forEach((c) => c.dispose());
    },
  };
}

/** Null before anybody has sent a picture. */
async function known(model) {
  try {
    return await get(path('models', model, 'dataset'));
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

/** Apart by the side that their senders want them on, where any does. */
function series(classes) {
  const split = classes.some((c) => c.train + c.test > 0);
  if (!split) return [{ name: 'pictures', values: classes.map((c) => c.images) }];
  const free = classes.map((c) => c.images - c.train - c.test);
  return [
    { name: 'for training', values: classes.map((c) => c.train) },
    { name: 'for the test', values: classes.map((c) => c.test) },
    ...(free.some((n) => n > 0) ? [{ name: 'as their hash decides', values: free }] : []),
  ];
}

function sample(model, label, sha, urls) {
  const image = el('img', { class: 'picture thumb', alt: `a picture of ${label}`, width: 48, height: 48 });
  picture(path('models', model, 'training-images', sha)).then((url) => {
    if (!url) return;
    urls.push(url);
    image.src = url;
  }, () => {});
  return image;
}
