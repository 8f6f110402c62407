import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Settings } from '../../src/config/settings.ts';
import { errorCode } from '../../src/disk/disk.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { type Finding, fail, found, ok, skipped, warn } from './finding.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const PEM = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

/** From when to when one file's certificates are all valid. */
interface Dates {
  readonly name: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** When the certificates that the settings name are valid; that of the broker is looked at with the broker. */
export async function checkCertificates({ broker }: Settings, wallMs: number): Promise<Finding> {
  const files = { 'broker.ca': broker.ca, 'broker.certificate': broker.certificate };
  const named = Object.entries(files).filter(([, file]) => file !== undefined) as [string, string][];
  if (named.length === 0) return skipped('certificates', 'the settings name none');
  return found('certificates', async () => {
    try {
      const dates = await Promise.all(named.map(([name, file]) => datesIn(name, file)));
      return judge(dates, wallMs);
    } catch (error) {
      if (errorCode(error) !== 'EACCES') throw error;
      return skipped(
        'certificates',
        "they are not this user's to read: run this as root, or as uplink's user",
      );
    }
  });
}

function judge(dates: readonly Dates[], wallMs: number): Finding {
  const early = dates.find(({ fromMs }) => fromMs > wallMs);
  if (early) {
    const message = `${early.name} is valid from ${day(early.fromMs)} on only: set this machine's clock, or wait`;
    return fail('certificates', message);
  }
  const late = dates.find(({ untilMs }) => untilMs <= wallMs);
  if (late) {
    const message = `${late.name} expired on ${day(late.untilMs)}: renew it (docs/broker.md), or set this machine's clock`;
    return fail('certificates', message);
  }
  const said = dates.map(({ name, untilMs }) => `${name} until ${day(untilMs)}`).join(', ');
  const isSoon = dates.some(({ untilMs }) => untilMs < wallMs + SOON_DAYS * DAY_MS);
  return isSoon ? warn('certificates', `${said}: renew it before then`) : ok('certificates', said);
}

async function datesIn(name: string, file: string): Promise<Dates> {
  try {
    const blocks = (await readFile(file, 'utf8')).match(PEM) ?? [''];
    const certificates = blocks.map((block) => new X509Certificate(block));
    return {
      name,
      fromMs: Math.max(...certificates.map(({ validFrom }) => Date.parse(validFrom))),
      untilMs: Math.min(...certificates.map(({ validTo }) => Date.parse(validTo))),
    };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES') throw error;
    const what =
      code === 'ENOENT' ? 'is not there: put it there' : 'is not a certificate in PEM form: put one there';
    throw new LintelError('BROKER_TLS_FILE', `${name}: ${file} ${what}, or name another`, error);
  }
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
