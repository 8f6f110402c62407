/**
 * @param {string} path
 * @param {object} [sent] posted as JSON
 * @returns {Promise<any>}
 */
export async function ask(path, sent) {
  const options = sent && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  };
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
