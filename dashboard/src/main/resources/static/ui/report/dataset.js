// What a version learned from: the part of a report on its data set.

import { barChart } from '../chart.js';
import { el, section, table } from '../dom.js';
import { count, number } from '../format.js';

/** Sections of { node, dispose() }; none where the report says nothing of it. */
export function dataset({ dataset: data }, pictures) {
  return data ? [classes(data, pictures), pixels(data)] : [];
}

function classes({ classes: all, readings }, pictures) {
  const chart = barChart('Pictures of each class', { unit: 'pictures' });
  chart.update({
    categories: all.map((c) => c.label),
    series: [['train', 'fitted to'], ['validation', 'validation'], ['test', 'held out']].map(([key, name]) => ({ name, values: all.map((c) => c[key]) })),
  });
  const sampled = all.filter((c) => c.samples.length);
  return {
    node: section('Data set', { class: 'wide' },
      reading(readings.classes), reading(readings.brightness),
      chart.node,
      sampled.length
        ? el('details', { class: 'samples' }, el('summary', {}, 'Some of the pictures that were fitted to'),
          table('Some of the pictures that were fitted to, by class', ['Class', { text: 'Brightness', number: true }, 'Pictures'], sampled.map((c) => [
            c.label,
            c.brightness ? `${c.brightness.mean.toFixed(0)} ± ${c.brightness.sd.toFixed(0)}` : '–',
            el('div', { class: 'strip' }, c.samples.map((s) => pictures.image(s, ''))),
          ])),
          el('p', { class: 'quiet' }, 'Chosen by their hash. Brightness: mean and standard deviation of the pictures’ mean luminance, 0 to 255.'))
        : null),
    dispose: chart.dispose,
  };
}

function pixels({ intensity, resolutions, otherResolutions, readings }) {
  const names = intensity.length === 1 ? ['grey'] : ['red', 'green', 'blue'];
  const steps = intensity[0].length;
  const chart = barChart('Intensity of the pixels', { asPercent: true, whole: false });
  chart.update({
    categories: intensity[0].map((_, i) => String(Math.round((256 * i) / steps))),
    series: intensity.map((values, c) => ({ name: names[c], values })),
  });
  return {
    node: section('Pixels of the data set', {},
      reading(readings.intensity), chart.node,
      el('h3', {}, 'Sizes of the stored pictures'),
      reading(readings.resolutions),
      el('ul', {},
        resolutions.map((r) => el('li', {}, `${r.width} × ${r.height} `, el('small', {}, count(r.images, 'picture')))),
        otherResolutions > 0 ? el('li', {}, 'other sizes ', el('small', {}, number(otherResolutions))) : null)),
    dispose: chart.dispose,
  };
}

const reading = (sentence) => (sentence ? el('p', {}, sentence) : null);
