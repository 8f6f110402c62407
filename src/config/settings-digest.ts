import { createHash } from 'node:crypto';
import type { Settings } from './settings.ts';

/**
 * The SHA-256 of the settings that matter to whoever passes the door: what is watched, what for, how it is counted,
 * covered and told, and how sign and button are wired. Where reports go, where files lie and what a recording is
 * called is left out, and so is every secret. It hides nothing: who knows the settings can compute it, which is what
 * it is for.
 *
 * @returns the SHA-256 of these settings as JSON, without spaces, in the order given here
 */
export function settingsDigest(settings: Settings): Uint8Array {
  const { site, notice, camera, doorway, faces, area, detector, cover, count, anonymity, optOut, lines } =
    settings;
  const { driver, width, height, framesPerSecond } = camera;
  const text = JSON.stringify({
    place: site.place,
    purpose: site.purpose,
    timeZone: site.timeZone,
    notice,
    camera: { driver, width, height, framesPerSecond },
    doorway,
    faces,
    area,
    profile: detector.profile,
    cover,
    count,
    anonymity,
    optOut,
    lines,
  });
  return createHash('sha256').update(text).digest();
}
