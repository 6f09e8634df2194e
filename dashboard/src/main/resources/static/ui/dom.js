// Builds elements. What comes from outside is only ever set as text or as an attribute, never as markup.

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'open', 'multiple', 'max', 'files', 'indeterminate', 'selected']);

/** el('p', { class: 'quiet', onclick }, 'text', element, …). Attributes that are null or undefined, and children that are null, are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let ids = 0;

/** An id for what has to be pointed at. */
export function freshId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}

/** A framed part of a view with a heading. */
export function section(title, attributes, ...children) {
  const id = freshId('section');
  return el('section', { ...attributes, 'aria-labelledby': id }, el('h2', { id }, title), ...children);
}

/** What to do where there is nothing yet. */
export function empty(...children) {
  return el('p', { class: 'empty' }, ...children);
}

/** A label above the control it is for. */
export function field(text, control, hint) {
  control.id ||= freshId('field');
  const note = hint ? el('small', { id: freshId('hint') }, hint) : null;
  if (note) control.setAttribute('aria-describedby', note.id);
  return el('div', { class: 'field' }, el('label', { for: control.id }, text), control, note);
}

/** A select. options: [value, text]. */
export function choice(options, chosen) {
  const select = el('select', {}, options.map(([value, text]) => el('option', { value }, text)));
  if (chosen !== undefined) select.value = chosen;
  return select;
}

/** rows: arrays of strings or elements. Columns: strings, or { text, number: true } for figures, { text, long: true } for sentences. */
export function table(caption, columns, rows, attributes = {}) {
  const made = liveTable(caption, columns, attributes);
  made.update(rows);
  return made.node;
}

/** A table whose rows change while it is read: { node, update(rows) }. Where it is scrolled to, and what has the focus, stays. */
export function liveTable(caption, columns, attributes = {}) {
  const heads = columns.map((c) => (typeof c === 'string' ? { text: c } : c));
  const classOf = (head) => [head?.number && 'number', head?.long && 'long'].filter(Boolean).join(' ') || null;
  const body = el('tbody');
  const node = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', attributes,
      el('caption', { class: 'unseen' }, caption),
      el('thead', {}, el('tr', {}, heads.map((h) => el('th', { scope: 'col', class: classOf(h) }, h.text)))),
      body));
  return {
    node,
    update: (rows) => body.replaceChildren(...rows.map((row) => el('tr', {}, row.map((content, i) => el('td', { class: classOf(heads[i]) }, content))))),
  };
}

/** A bar that fills; without a fraction it only says that something goes on. */
export function progress(label, fraction) {
  const bar = el('progress', { max: 1, 'aria-label': label });
  if (fraction !== null && fraction !== undefined) bar.value = Math.min(1, Math.max(0, fraction));
  return bar;
}

/** Asks before something that cannot be taken back at once, with fields if more has to be said. Resolves to whether it was confirmed. */
export function confirm(question, consequence, action, ...fields) {
  return new Promise((resolve) => {
    const title = freshId('question');
    const dialog = el('dialog', { 'aria-labelledby': title },
      el('form', { method: 'dialog' },
        el('h2', { id: title }, question),
        el('p', {}, consequence),
        fields,
        el('div', { class: 'actions' },
          el('button', { value: 'no', class: 'plain' }, 'Leave it'),
          el('button', { value: 'yes' }, action))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A line that comes up, is read out, and goes by itself; errors stay until they are put away. */
export function notice(text, isError = false) {
  const box = el('div', { class: isError ? 'notice failed' : 'notice' },
    el('p', {}, text),
    el('button', { type: 'button', class: 'plain', 'aria-label': 'Put this notice away', onclick: () => box.remove() }, '×'));
  document.getElementById('notices').append(box);
  if (!isError) setTimeout(() => box.remove(), 6000);
}
