import { keysOf, sectionsOf } from '../settings-file/known-settings.ts';
import { settingsSchema } from './settings-schema.ts';

/** The sections with their keys, in the schema's order. */
export const SECTIONS = sectionsOf(settingsSchema);

/** Every key there is, as `section.key`. */
export const KEYS: readonly string[] = keysOf(SECTIONS);
