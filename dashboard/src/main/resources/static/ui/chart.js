// Charts by ECharts, each with its figures as a table behind it. Drawn on canvas: nothing here needs styles in the page.

import { el, freshId, table } from './dom.js';
import { number, percent } from './format.js';

const LIBRARY = '../webjars/echarts/echarts.esm.min.js';
const DARK = matchMedia('(prefers-color-scheme: dark)');
const CALM = matchMedia('(prefers-reduced-motion: reduce)');

let library = null;

/** ECharts is a third of a megabyte: it comes when the first chart is drawn, after the figures. */
const echarts = () => (library ??= import(LIBRARY));

let turn = Promise.resolve();
/** A first drawing takes long: between two of them the page answers. */
const inTurn = () => (turn = turn.then(() => new Promise((done) => { setTimeout(done); })));

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * A chart: { node, redraw(), dispose() }.
 * option(theme): what ECharts is to draw. figures(): { columns, rows } of the table behind it.
 */
export function chart(title, { option, figures, tall = false }) {
  const canvas = el('div', { class: tall ? 'canvas tall' : 'canvas', role: 'img', 'aria-label': title });
  const holder = el('div');
  const details = el('details', { class: 'figures', ontoggle: () => tabulate() }, el('summary', {}, 'As a table'), holder);
  const node = el('figure', { class: 'chart' }, el('figcaption', { id: freshId('chart') }, title), canvas, details);
  let drawn = null;
  let wanted = false;
  let disposed = false;

  const tabulate = () => {
    if (!details.open) return;
    const { columns, rows } = figures();
    holder.replaceChildren(table(title, columns, rows));
  };
  const redraw = () => {
    wanted = true;
    if (drawn) drawn.setOption(themed(option(theme())), { notMerge: true });
    else begin();
    tabulate();
  };
  // Not before there is something to draw: the figures beside it are not to wait for the library.
  const begin = async () => {
    if (!wanted || canvas.clientWidth === 0) return;
    const { init } = await echarts();
    await inTurn();
    if (disposed || drawn || canvas.clientWidth === 0) return;
    drawn = init(canvas);
    redraw();
  };
  const sizes = new ResizeObserver(() => (drawn ? drawn.resize() : begin()));
  sizes.observe(canvas);
  DARK.addEventListener('change', redraw);

  return {
    node,
    redraw,
    dispose() {
      disposed = true;
      sizes.disconnect();
      DARK.removeEventListener('change', redraw);
      drawn?.dispose();
    },
  };
}

/** Values over time. update({ times: [Date], series: [{ name, values: [number | null], reference }] }). whole: from zero, percentages up to 100. */
export function timeChart(title, { unit = '', area = false, stacked = false, asPercent = false, whole = true, tall = false } = {}) {
  let data = { times: [], series: [] };
  const text = (value) => (!isKnown(value) ? '–' : asPercent ? percent(value) : `${number(value)} ${unit}`.trim());
  const made = chart(title, {
    tall,
    option: (colours) => ({
      // The last label lies half outside of the plot.
      xAxis: { type: 'time', axisLabel: { showMaxLabel: false } },
      yAxis: whole ? amounts(unit, asPercent) : { ...amounts(unit, asPercent, false), min: null, scale: true },
      tooltip: { trigger: 'axis', valueFormatter: text },
      series: data.series.map((s) => ({
        type: 'line',
        name: s.name,
        showSymbol: true,
        connectNulls: false,
        stack: stacked ? 'all' : null,
        areaStyle: area || stacked ? { opacity: 0.25 } : null,
        lineStyle: { width: stacked ? 1 : 2 },
        ...(s.reference ? reference(colours) : {}),
        // A value without neighbours is no line: it is a dot.
        data: s.values.map((value, i) => ({ value: [data.times[i], value], symbolSize: isKnown(s.values[i - 1]) || isKnown(s.values[i + 1]) ? 0 : 5 })),
      })),
    }),
    figures: () => ({
      columns: ['Time', ...data.series.map((s) => ({ text: s.name, number: true }))],
      rows: data.times.map((t, i) => [t.toLocaleTimeString(), ...data.series.map((s) => text(s.values[i]))]).reverse(),
    }),
  });
  return { ...made, update: (next) => { data = next; made.redraw(); } };
}

/** A bar for each category. update({ categories: [string], series: [{ name, values }] }). whole: percentages up to 100. */
export function barChart(title, { unit = '', asPercent = false, whole = true, lying = false, tall = false } = {}) {
  let data = { categories: [], series: [] };
  const text = (value) => (!isKnown(value) ? '–' : asPercent ? percent(value) : `${number(value)} ${unit}`.trim());
  const made = chart(title, {
    tall,
    option: () => {
      const names = { type: 'category', data: data.categories, inverse: lying, axisLabel: { interval: data.categories.length > 40 ? 'auto' : 0, rotate: !lying && data.categories.length > 12 ? 60 : 0, width: 110, overflow: 'truncate' } };
      const values = amounts(data.categories.length ? unit : '', asPercent, whole);
      return {
        xAxis: lying ? values : names,
        yAxis: lying ? names : values,
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: text },
        series: data.series.map((s) => ({ type: 'bar', name: s.name, data: s.values, barMaxWidth: 36 })),
      };
    },
    figures: () => ({
      columns: ['Category', ...data.series.map((s) => ({ text: s.name, number: true }))],
      rows: data.categories.map((c, i) => [c, ...data.series.map((s) => text(s.values[i]))]),
    }),
  });
  return { ...made, update: (next) => { data = next; made.redraw(); } };
}

/**
 * Curves in a plane: series of { name, points: [[x, y]], dashed, reference }. asPercent: both axes are fractions; share: the upright one is.
 * counted: x counts something, and both begin at zero. figures(): of the table behind it, where that says more than the points.
 */
export function curveChart(title, { x, y, asPercent = false, share = false, counted = false, tall = true, figures = null }) {
  let series = [];
  let many = false;
  const text = (value) => (asPercent ? percent(value) : number(value));
  const upright = (value) => (asPercent || share ? percent(value) : number(value));
  const axis = (name, fraction) => ({ type: 'value', name, nameLocation: 'middle', nameGap: 32, min: fraction || counted ? 0 : null, max: fraction ? 1 : null, scale: !fraction && !counted, axisLabel: { formatter: fraction ? (v) => percent(v, 0) : (v) => number(v) } });
  const made = chart(title, {
    tall,
    option: (colours) => ({
      xAxis: { ...axis(x, asPercent), ...(counted ? { minInterval: 1 } : {}) },
      yAxis: { ...axis(y, asPercent || share), nameGap: 48 },
      tooltip: { trigger: 'item', formatter: (p) => `${p.seriesName}\n${x}: ${text(p.value[0])}\n${y}: ${upright(p.value[1])}` },
      series: series.map((s) => ({ type: 'line', name: s.name, data: s.points, symbolSize: many ? 0 : 5, lineStyle: { type: s.dashed ? 'dashed' : 'solid' }, ...(s.reference ? reference(colours) : {}) })),
    }),
    figures: figures ?? (() => ({
      columns: ['Curve', { text: x, number: true }, { text: y, number: true }],
      rows: series.flatMap((s) => s.points.map(([a, b]) => [s.name, text(a), upright(b)])),
    })),
  });
  return {
    ...made,
    update(next) {
      series = next;
      // Marks that hide the curves say less than the curves.
      many = series.reduce((sum, s) => sum + s.points.length, 0) > 100;
      made.redraw();
    },
  };
}

/** What the others are held against: a limit, a diagonal. */
function reference({ quiet }) {
  return { symbol: 'none', color: quiet, lineStyle: { type: 'dashed', width: 1, color: quiet }, areaStyle: null };
}

const isKnown = (value) => value !== null && value !== undefined;

/** An axis from zero, with its unit at the end. */
function amounts(unit, asPercent, whole = true) {
  return { type: 'value', name: unit || null, min: 0, max: asPercent && whole ? 1 : null, axisLabel: { formatter: asPercent ? (v) => `${+(100 * v).toFixed(2)}\u00a0%` : (v) => number(v) } };
}

function theme() {
  return { ink: colour('ink'), quiet: colour('quiet'), line: colour('line'), card: colour('card'), colours: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colour(`c${n}`)) };
}

function themed(option) {
  const { ink, quiet, line, card, colours } = theme();
  const axis = (a) => ({ nameTextStyle: { color: quiet }, ...a, axisLabel: { color: quiet, hideOverlap: true, ...a.axisLabel }, axisLine: { lineStyle: { color: line } }, splitLine: { show: a.type === 'value', lineStyle: { color: line } } });
  const many = option.series.length > 1;
  return {
    animation: !CALM.matches,
    animationDuration: 200,
    animationDurationUpdate: 0,
    color: colours,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: option.yAxis.nameLocation === 'middle' ? 24 : 8, right: option.yAxis.nameLocation === 'middle' ? 28 : option.xAxis.name && option.yAxis.type === 'category' ? 64 : 16, top: (many ? 28 : 4) + (option.yAxis.name ? 24 : 8), bottom: option.xAxis.name ? 28 : 4, containLabel: true },
    legend: many ? { type: 'scroll', top: 0, textStyle: { color: ink }, pageTextStyle: { color: ink }, pageIconColor: ink } : { show: false },
    ...option,
    // Text on the canvas: markup with styles in it would be against the page's own policy.
    tooltip: { renderMode: 'richText', confine: true, backgroundColor: card, borderColor: line, textStyle: { color: ink }, ...option.tooltip },
    xAxis: axis(option.xAxis),
    yAxis: axis(option.yAxis),
  };
}
