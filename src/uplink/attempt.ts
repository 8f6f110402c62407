import type { UplinkLog } from './uplink-log.ts';

/** Does what may fail without ending the uplink. @returns undefined when it failed, which is then in the log */
export async function attempt<Result>(
  log: UplinkLog,
  trouble: string,
  details: object,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    log.warn({ ...details, reason: error instanceof Error ? error.message : String(error) }, trouble);
    return undefined;
  }
}
