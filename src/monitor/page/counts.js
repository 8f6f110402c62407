/** @import { ShownBoard, ShownCounts } from '../web/shown.ts' */
import { countsAddress } from './address.js';
import { keepAlarmList } from './alarm-list.js';
import { showCamera } from './camera-panel.js';
import { showCounts } from './count-figures.js';
import { byId, element } from './element.js';
import { ask, keepLive } from './live.js';
import { showPeriod } from './period-bar.js';

const asked = new URLSearchParams(location.search);
const site = asked.get('site') ?? '';
const device = asked.get('device');
const name = device === null ? site : `${site}/${device}`;
document.title = `${name} – Lintel`;
byId('title', HTMLElement).textContent = name;
byId('place', HTMLElement).append(
  element('li', {}, element('a', { href: '/' }, 'Cameras')),
  element(
    'li',
    {},
    device === null ? site : element('a', { href: countsAddress({ device: undefined }) }, site),
  ),
  ...(device === null ? [] : [element('li', {}, device)]),
);

if (device === null) {
  const camerasOfSite = `/?${new URLSearchParams({ find: `${site}/` })}`;
  byId('title', HTMLElement).after(element('p', {}, element('a', { href: camerasOfSite }, 'Its cameras')));
}

const isSite = device === null;
const showAlarms = keepAlarmList(byId('alarms', HTMLElement), isSite);
/** @type {ShownCounts | undefined} */
let shown;

const refresh = keepLive(
  async () => {
    const question = new URLSearchParams(asked);
    question.set('zone', Intl.DateTimeFormat().resolvedOptions().timeZone);
    const doors = new URLSearchParams({ site, ...(device === null ? {} : { device }) });
    /** @type {[ShownCounts, ShownBoard]} */
    const [counts, board] = await Promise.all([ask(`/api/counts?${question}`), ask(`/api/doors?${doors}`)]);
    shown = counts;
    showPeriod(counts, question);
    showCounts(counts, isSite);
    const door = isSite ? undefined : board.doors[0];
    if (door) showCamera(door, board, async () => void (await refresh()));
    showAlarms(board);
    byId('leave', HTMLElement).hidden = board.user === undefined;
    return board.version;
  },
  (sites) => sites.includes(site),
);

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (shown) showCounts(shown, isSite);
});
