import { byId } from './element.js';
import { hourText } from './time-text.js';

/** The monitor says something every half minute. */
const SILENT_MS = 75_000;
const AGAIN_MS = 5_000;

/**
 * Keeps a page up to date, and says so when it is not. `refresh` is called once at the beginning and whenever something changed;
 * it gives the version that it shows.
 * @param {() => Promise<number | undefined>} refresh
 * @param {(sites: readonly string[]) => boolean} concerns whether changes at these sites are worth another look
 */
export function keepLive(refresh, concerns = () => true) {
  const live = byId('live', HTMLElement);
  /** @type {number | undefined} */
  let shown;
  let asOf = Date.now();
  let isAsking = false;
  let isWanted = false;

  /** @param {boolean} isLive */
  const say = (isLive) => {
    const text = isLive ? 'Live' : `Not connected: as of ${hourText(asOf / 1_000)}`;
    if (live.textContent !== text) live.textContent = text;
    live.className = isLive ? '' : 'stale';
  };
  const ask = async () => {
    isWanted = true;
    if (isAsking) return;
    isAsking = true;
    while (isWanted) {
      isWanted = false;
      try {
        shown = await refresh();
        asOf = Date.now();
        say(true);
      } catch (error) {
        if (error instanceof LoggedOut) return location.reload();
        say(false);
      }
    }
    isAsking = false;
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watchdog;
  const connect = () => {
    const source = new EventSource('/events');
    const heard = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => say(false), SILENT_MS);
    };
    heard();
    source.onmessage = ({ data }) => {
      heard();
      const { version, sites } = JSON.parse(data);
      if (version !== shown && (sites.length === 0 || concerns(sites))) void ask();
      else say(true);
    };
    source.onerror = () => {
      say(false);
      // It tries again by itself, unless it was refused.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => {
        void ask();
        connect();
      }, AGAIN_MS);
    };
  };
  void ask().then(connect);
  return ask;
}

/** Whoever looked may not any more: the page leads to where one says who one is. */
class LoggedOut extends Error {}

/**
 * @template Answer
 * @param {string} path
 * @param {object} [sent] posted as JSON
 * @returns {Promise<Answer>}
 */
export async function ask(path, sent) {
  const options = sent && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  };
  const response = await fetch(path, options);
  if (response.status === 401) throw new LoggedOut();
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
