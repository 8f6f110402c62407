import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const PAGE = new URL('../../docs/broker.md', import.meta.url);

/** Names of files, as the settings give them. */
export interface Certificate {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** An authority and its certificates, made by the very commands of docs/broker.md. */
export class Authority {
  readonly folder: string;
  readonly #steps: readonly string[];
  #made = 0;

  private constructor(folder: string, steps: readonly string[]) {
    this.folder = folder;
    this.#steps = steps;
  }

  static async make(): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-authority-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const page = await readFile(PAGE, 'utf8');
    const steps = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, step = '']) => step);
    const authority = new Authority(folder, steps);
    await run(folder, steps[0]!);
    return authority;
  }

  get ca(): string {
    return join(this.folder, 'ca.pem');
  }

  /** @param days 0 for a certificate that has expired */
  async broker(name = 'localhost', days = 825): Promise<Certificate> {
    return this.#sign('broker', this.#steps[1]!.replace('broker.example', name), days);
  }

  /** @param name `<site>/<device>`, or that of a program */
  async camera(name: string, days = 825): Promise<Certificate> {
    const [site, ...rest] = name.split('/');
    const device = rest.join('\\/');
    const step = `${this.#steps[2]}\n${this.#steps[3]}`
      .replace('riverside-house', site!)
      .replace('device=front-door', `device='${device}'`)
      .replaceAll('$site\\/$device', device ? '$site\\/$device' : '$site');
    return this.#sign('camera', step, days);
  }

  /** What looks on. */
  async watch(): Promise<Certificate> {
    return this.#sign('watch', this.#steps[4]!, 825);
  }

  async #sign(name: string, step: string, days: number): Promise<Certificate> {
    const folder = join(this.folder, `${this.#made++}`);
    await mkdir(folder);
    for (const file of ['ca.pem', 'ca.key']) await copyFile(join(this.folder, file), join(folder, file));
    await run(folder, step.replaceAll('-days 825', `-days ${days}`));
    const file = (ending: string) => join(folder, `${name}.${ending}`);
    return { ca: this.ca, certificate: file('pem'), key: file('key') };
  }
}

async function run(folder: string, step: string): Promise<void> {
  await promisify(execFile)('sh', ['-e', '-c', step], { cwd: folder });
}
