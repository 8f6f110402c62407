import { STANDARD_PURPOSE } from '../config/sections/site-section.ts';
import type { Settings } from '../config/settings.ts';
import { LintelError } from '../lintel-error.ts';

export const LANGUAGES = ['en', 'zh', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the settings of a door mean to who passes it. */
export interface NoticeFacts {
  readonly door: string;
  readonly operator: string;
  readonly contact: string;
  readonly url: string | undefined;
  /** Undefined where it is the standard one, which every language has words for. */
  readonly purpose: string | undefined;
  /** Who is counted. */
  readonly counted: 'in' | 'out' | 'both';
  readonly windowMinutes: number;
  readonly suppressBelow: number;
  readonly otherWayIn: 'intercom' | 'concierge' | 'card-reader' | 'key' | undefined;
  /** After how long the camera watches again by itself; undefined: never. */
  readonly returnHours: number | undefined;
}

/** @throws LintelError NOTICE_INCOMPLETE when the settings do not say who answers for the camera */
export function noticeFacts(settings: Settings, language: Language): NoticeFacts {
  const { site, notice, faces, count, anonymity, optOut } = settings;
  const { operator, contact } = notice;
  if (operator === undefined || contact === undefined) {
    const missing = operator === undefined ? 'notice.operator' : 'notice.contact';
    throw new LintelError(
      'NOTICE_INCOMPLETE',
      `${missing} is missing in the settings: a notice has to say who runs the camera and whom to ask`,
    );
  }
  const own = site.purpose === STANDARD_PURPOSE ? undefined : site.purpose;
  return {
    door: `${site.name}/${site.device}`,
    operator,
    contact,
    url: notice.url,
    purpose: notice.purposes[language] ?? own,
    counted: faces.length === 2 ? 'both' : faces[0],
    windowMinutes: count.windowMinutes,
    suppressBelow: anonymity.suppressBelow,
    otherWayIn: notice.otherWayIn,
    returnHours: optOut.returnMs === undefined ? undefined : optOut.returnMs / 3_600_000,
  };
}
