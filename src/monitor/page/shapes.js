const NAMESPACE = 'http://www.w3.org/2000/svg';
const CIRCLE = 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z';

/**
 * The outline of each shape and what stands in it, in a square of 16. They are drawn where they stand: a browser takes a millisecond
 * and more for each reference to a symbol in another file, and a table has one in every row.
 * @type {Readonly<Record<string, readonly [outline: string, inside: string]>>}
 */
const SHAPES = {
  ok: [CIRCLE, 'm5 8.2 2.2 2.3L11 6'],
  fault: ['M8 1.8 15 14H1z', 'M8 6v4m0 1.4v1'],
  silent: ['M2 2h12v12H2z', 'M5 8h6'],
  key: ['M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z', 'm5.5 5.5 5 5m0-5-5 5'],
  differs: ['M8 1 15 8 8 15 1 8z', 'M5.5 6.6h5m-5 2.8h5M9.6 4.8 6.4 11.2'],
  clock: [CIRCLE, 'M8 4v4l3 2'],
  unknown: [CIRCLE, 'M6 6.3a2 2 0 1 1 2.6 1.9c-.5.2-.6.5-.6 1.1m0 1.7v.8'],
  claim: ['M3.5 1.5h6l3 3v10h-9z', 'M8 6v4m0 1.6v.8'],
};

/** @param {string} name */
export function shape(name) {
  const picture = document.createElementNS(NAMESPACE, 'svg');
  picture.setAttribute('viewBox', '0 0 16 16');
  picture.setAttribute('class', `shape ${name}`);
  picture.setAttribute('aria-hidden', 'true');
  for (const d of SHAPES[name] ?? []) {
    const path = document.createElementNS(NAMESPACE, 'path');
    path.setAttribute('d', d);
    picture.append(path);
  }
  return picture;
}
