import { LintelError } from '../lintel-error.ts';
import { isPrivate } from './places.ts';
import type { Settings } from './settings.ts';

/**
 * Why nothing may be watched with these settings, though all else can be done with them: the device can still say that
 * it is at fault. Undefined where watching is allowed. A recording may be watched without a word on where and what for.
 */
export function refusalToWatch({ site, camera }: Settings): LintelError | undefined {
  const { place, purpose } = site;
  if (isPrivate(place)) {
    return refusal(
      `site.place: a camera may not look into a ${place}: rules on face recognition forbid capture in hotel rooms, ` +
        'bathrooms and changing rooms (draft of the CAC, 2023); take it down, or mount it at an entrance and name that',
    );
  }
  if (camera.driver === 'replay') return undefined;
  if (place === undefined) {
    const other = purpose === undefined ? '; missing too: site.purpose' : '';
    return refusal(`site.place: is missing; name the kind of place, such as 'building-entrance'${other}`);
  }
  if (purpose === undefined) {
    return refusal('site.purpose: is missing; say what the counts are for, in words for the notice');
  }
  return undefined;
}

function refusal(message: string): LintelError {
  return new LintelError('WATCH_REFUSED', `nothing is watched: ${message}`);
}
