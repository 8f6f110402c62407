/**
 * Making one takes longer than all else in a row of a table.
 * @type {Map<string, Intl.DateTimeFormat>}
 */
const formats = new Map();

/**
 * @param {number} seconds
 * @param {Intl.DateTimeFormatOptions} options
 */
function formatted(seconds, options) {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', options);
  formats.set(key, format);
  return format.format(seconds * 1_000);
}

/**
 * @param {number} seconds
 * @param {string} [timeZone]
 */
export function hourText(seconds, timeZone) {
  return formatted(seconds, { timeZone, hour: '2-digit', minute: '2-digit' });
}

/**
 * @param {number} seconds
 * @param {string} [timeZone]
 */
export function dayText(seconds, timeZone) {
  return formatted(seconds, { timeZone, weekday: 'short', day: 'numeric', month: 'short' });
}

/**
 * @param {number} seconds
 * @param {boolean} isInWeek the day of the week, or of the year
 * @param {string} [timeZone]
 */
export function shortDayText(seconds, isInWeek, timeZone) {
  const options = isInWeek
    ? /** @type {const} */ ({ weekday: 'short' })
    : /** @type {const} */ ({ day: 'numeric', month: 'short' });
  return formatted(seconds, { timeZone, ...options });
}

/**
 * @param {number} seconds
 * @param {string} [timeZone]
 */
export function dateText(seconds, timeZone) {
  return formatted(seconds, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
}

/**
 * A time of today, or of another day.
 * @param {number} seconds
 * @param {number} now
 * @param {string} [timeZone]
 */
export function momentText(seconds, now, timeZone) {
  const time = hourText(seconds, timeZone);
  const day = dayText(seconds, timeZone);
  return day === dayText(now, timeZone) ? time : `${day}, ${time}`;
}

/**
 * The same where there is little room: of another day the day alone.
 * @param {number} seconds
 * @param {number} now
 * @param {string} [timeZone]
 */
export function shortMomentText(seconds, now, timeZone) {
  const isToday = dayText(seconds, timeZone) === dayText(now, timeZone);
  return isToday ? hourText(seconds, timeZone) : shortDayText(seconds, false, timeZone);
}

/**
 * How long ago something was, in the largest unit that says it well.
 * @param {number | undefined} seconds
 * @param {number} now
 */
export function agoText(seconds, now) {
  if (seconds === undefined) return 'never';
  const minutes = Math.round((now - seconds) / 60);
  if (minutes < 1) return 'just now';
  if (minutes < 100) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}
