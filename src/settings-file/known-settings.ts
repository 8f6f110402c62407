import { z } from 'zod';

/** What a schema says of one key, or of a section and its keys, as JSON Schema. */
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

/** Sections by their names, in the schema's order. */
export type Sections = Readonly<Record<string, KnownSetting>>;

/** The sections of a schema whose keys are sections, with their keys. */
export function sectionsOf(schema: z.ZodType): Sections {
  return (z.toJSONSchema(schema, { io: 'input' }) as KnownSetting).properties ?? {};
}

/** Every key there is, as `section.key`. */
export function keysOf(sections: Sections): string[] {
  return Object.entries(sections).flatMap(([section, { properties = {} }]) =>
    Object.keys(properties).map((key) => `${section}.${key}`),
  );
}
