import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import { loadSettings } from '../../src/config/settings.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { ReportSubscriber } from '../../src/monitor/report-subscriber.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import type { VisionStatus } from '../vision-status.ts';
import { ChildProgram } from './child-program.ts';
import { EmbeddedBroker } from './embedded-broker.ts';
import { LiveView } from './live-view.ts';
import { TrueCrossings, type Truth } from './true-crossings.ts';

export interface RunOptions {
  readonly settings?: string;
  /** The recording to play in place of the demonstration clip. */
  readonly camera?: string;
  readonly view?: string;
  /** Milliseconds. */
  readonly for?: number;
  readonly port?: number;
}

const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));
const DEMO_CLIP = join(BUILD, 'material', 'demo.mp4');
const DEMO_TRUTH = join(BUILD, 'material', 'demo-truth.json');
/** Long enough for some thirty crossings, so that a count is a number and not 'fewer than'. */
const DEMO_WINDOW_SECONDS = 30;
const DEMO_SUPPRESS_BELOW = 5;
const PRESS_MS = 200;

/**
 * Starts both programs of one camera on this machine, and shows what the facilities side receives.
 * @returns the exit code
 * @throws LintelError when a part cannot be started
 */
export async function run(options: RunOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-run-'));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    return await runIn(folder, options, stack);
  } finally {
    await stack.disposeAsync();
  }
}

async function runIn(folder: string, options: RunOptions, stack: AsyncDisposableStack): Promise<number> {
  const ended = Promise.withResolvers<number>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve(0));

  let brokerUrl: string | undefined;
  if (options.settings === undefined) {
    const broker = await EmbeddedBroker.listen(options.port ?? 0);
    stack.defer(() => broker.close());
    brokerUrl = broker.url;
  }
  const file = options.settings ?? (await writeDemoSettings(folder, brokerUrl!, options.camera));
  const settings = await loadSettings(file);
  const truth =
    options.settings === undefined && options.camera === undefined ? await readTruth() : undefined;

  const view = new LiveView(settings, {
    truth,
    windowSeconds: options.settings ? undefined : DEMO_WINDOW_SECONDS,
  });
  stack.defer(() => view.close());
  const subscriber = new ReportSubscriber(parseBrokerUrl(settings.broker.url), {
    report: (received) => view.report(received),
    subscribed: () => {},
    trouble: (message) => view.note(`monitor: ${message}`),
  });
  stack.defer(() => subscriber.close());

  const uplink = start('uplink', ['--settings', file], view, stack, ended.resolve);
  const vision = start('vision', visionArgs(file, options), view, stack, ended.resolve);
  void uplink;
  listenToKeys(stack, {
    press: () => {
      vision.tell('press');
      setTimeout(() => vision.tell('release'), PRESS_MS);
    },
    end: () => ended.resolve(0),
  });
  const over = options.for === undefined ? undefined : setTimeout(() => ended.resolve(0), options.for);
  stack.defer(() => clearTimeout(over));
  return await ended.promise;
}

function visionArgs(file: string, { settings, view }: RunOptions): string[] {
  const args = ['--settings', file, '--status'];
  if (settings === undefined) args.push('--window-seconds', `${DEMO_WINDOW_SECONDS}`);
  if (view !== undefined) args.push('--view', resolve(view));
  return args;
}

/** Starts one of the two programs; when it ends by itself, so does everything. */
function start(
  name: string,
  args: readonly string[],
  view: LiveView,
  stack: AsyncDisposableStack,
  end: (code: number) => void,
): ChildProgram {
  const program = new ChildProgram(name, args, (line) => {
    if (line.status) view.status(line.status as VisionStatus);
    else if (typeof line.level === 'number' && line.level >= 40) view.note(`${name}: ${line.msg}`);
  });
  let ending = false;
  stack.defer(async () => {
    ending = true;
    await program.end();
  });
  program.ended.then((status) => {
    if (ending) return;
    view.note(`${name} ended with ${status}`);
    end(status === 0 ? 0 : 1);
  });
  return program;
}

async function writeDemoSettings(folder: string, brokerUrl: string, camera = DEMO_CLIP): Promise<string> {
  const file = join(folder, 'lintel.toml');
  const settings = {
    site: {
      name: 'demo',
      device: 'door',
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    },
    camera: { driver: 'replay', file: resolve(camera) },
    doorway: {
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
    },
    anonymity: { suppress_below: DEMO_SUPPRESS_BELOW },
    lines: { driver: 'simulated' },
    broker: { url: brokerUrl },
    paths: { spool: 'spool', state: 'state', models: join(BUILD, 'models') },
  };
  await writeFile(file, stringify(settings));
  return file;
}

async function readTruth(): Promise<TrueCrossings> {
  try {
    return new TrueCrossings(JSON.parse(await readFile(DEMO_TRUTH, 'utf8')) as Truth);
  } catch (cause) {
    throw new LintelError('DEMO_MISSING', 'the demonstration clip is not there: run npm run setup', cause);
  }
}

function listenToKeys(stack: AsyncDisposableStack, keys: { press: () => void; end: () => void }): void {
  const { stdin } = process;
  if (!stdin.isTTY) return;
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', (data) => {
    for (const key of data.toString('latin1')) {
      if (key === ' ') keys.press();
      if (key === 'q' || key === '\x03') keys.end();
    }
  });
  stack.defer(() => {
    stdin.setRawMode(false);
    stdin.pause();
  });
}
