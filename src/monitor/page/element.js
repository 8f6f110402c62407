/**
 * Makes an element. What begins with `on` is a listener, everything else an attribute; text is always text, never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} attributes
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
}

/**
 * Replaces what is in an element, and leaves the keyboard where it was.
 * @param {HTMLElement} parent
 * @param {...Node} children
 */
export function refill(parent, ...children) {
  const focused = document.activeElement;
  const kept = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset.kept : undefined;
  parent.replaceChildren(...children);
  if (kept !== undefined) {
    const again = [...parent.querySelectorAll('[data-kept]')].find(
      (found) => found instanceof HTMLElement && found.dataset.kept === kept,
    );
    if (again instanceof HTMLElement) again.focus();
  }
}
