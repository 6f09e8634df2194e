// Figures as people read them, in the reader's own language and time zone.

export const number = (value) => value.toLocaleString(undefined, { maximumFractionDigits: value !== 0 && Math.abs(value) < 10 ? 2 : 0 });

export const percent = (fraction, digits = 1) => `${(100 * fraction).toFixed(digits)}\u00a0%`;

export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toFixed(unit > 0 && size < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Milliseconds as the two largest units that tell something. */
export function duration(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}

/** The time where it was today, the day too where it was not. */
export function time(instant) {
  const at = new Date(instant);
  const today = new Date().toDateString() === at.toDateString();
  return today
    ? at.toLocaleTimeString()
    : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

export const between = (from, to) => Math.max(0, new Date(to) - new Date(from));

/** "TRAINING_FAILED" as people write it. */
export const words = (constant) => constant.toLowerCase().replaceAll('_', ' ');
