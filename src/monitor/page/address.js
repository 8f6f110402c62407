/**
 * The address of the counts that are shown, with another question.
 * @param {Record<string, string | number | undefined>} changes
 */
export function countsAddress(changes) {
  const next = new URLSearchParams(location.search);
  if ('by' in changes) next.delete('at');
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(key);
    else next.set(key, String(value));
  }
  return `/counts?${next}`;
}
