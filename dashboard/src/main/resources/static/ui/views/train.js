import { empty } from '../dom.js';

export function show(root) {
  root.append(empty('Not yet.'));
}
