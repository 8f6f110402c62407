/**
 * A whole number with its thousands set apart, as English has them. A browser takes longer to find its own way of writing numbers
 * than to draw the page.
 * @param {number} whole
 */
export function numberText(whole) {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
