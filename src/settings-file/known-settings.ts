import { z } from 'zod';
import { settingsSchema } from './settings-schema.ts';

/** What the schema says of one key, or of a section and its keys, as JSON Schema. */
export interface KnownSetting {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, KnownSetting>>;
  /** This project's own additions: what is allowed where the type does not say it, and whether to keep it unshown. */
  readonly allowed?: string;
  readonly secret?: boolean;
}

/** The sections with their keys, in the schema's order. */
export const SECTIONS = (z.toJSONSchema(settingsSchema, { io: 'input' }) as KnownSetting).properties ?? {};

/** Every key there is, as `section.key`. */
export const KEYS: readonly string[] = Object.entries(SECTIONS).flatMap(([section, { properties = {} }]) =>
  Object.keys(properties).map((key) => `${section}.${key}`),
);
