import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { loadSettings, type Settings } from '../../src/config/settings.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { DeviceKey } from '../../src/identity/device-key.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { ReportSubscriber } from '../../src/monitor/report-subscriber.ts';
import { Outbox } from '../../src/spool/outbox.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { refuseSameFile } from '../media/same-file.ts';
import type { VisionStatus } from '../vision-status.ts';
import { ChildProgram } from './child-program.ts';
import { DEMO_WINDOW_SECONDS, readTruth, writeDemoMonitor, writeDemoSettings } from './demonstration.ts';
import { EmbeddedBroker } from './embedded-broker.ts';
import { listenToKeys } from './keys.ts';
import { LiveView } from './live-view.ts';
import { ProgramLog } from './program-log.ts';

export interface RunOptions {
  /** Without them, a demonstration is run. */
  readonly settings?: string;
  /** The recording to play in place of the demonstration clip. */
  readonly camera?: string;
  readonly view?: string;
  /** Milliseconds. */
  readonly for?: number;
  /** Of the demonstration's broker. */
  readonly port?: number;
}

/** What the parts of a run have in common. */
interface Run {
  /** Gives everything back, in the opposite order. */
  readonly stack: AsyncDisposableStack;
  /** Ends the run. */
  readonly end: () => void;
  /** Ends the run, for a reason. */
  readonly fail: (reason: string) => void;
}

/**
 * Starts both programs of one camera on this machine, and shows what the facilities side receives, until `ending`.
 * @throws LintelError when a part cannot be started, or a program did not end well
 */
export async function run(options: RunOptions, modelsDir: string, ending: AbortSignal): Promise<void> {
  const stack = new AsyncDisposableStack();
  const failures: string[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const fail = (reason: string): void => {
    failures.push(reason);
    end();
  };
  ending.addEventListener('abort', () => end());
  if (ending.aborted) end();
  const timer = options.for === undefined ? undefined : setTimeout(end, options.for);
  stack.defer(() => clearTimeout(timer));
  try {
    await start(options, modelsDir, { stack, end, fail });
    await over;
  } finally {
    await stack.disposeAsync();
  }
  if (failures.length > 0) throw new LintelError('PROGRAM_ENDED', failures.join('; '));
}

async function start(options: RunOptions, modelsDir: string, run: Run): Promise<void> {
  const { stack } = run;
  const isDemo = options.settings === undefined;
  const file = options.settings ?? (await prepareDemo(options, modelsDir, stack));
  const settings = await loadSettings(file);
  if (settings.camera.driver !== 'replay') {
    throw new LintelError(
      'USAGE',
      `lintel run plays a recording, and ${file} names none: set camera.file, or start vision and uplink each by itself`,
    );
  }
  const windowSeconds = isDemo ? DEMO_WINDOW_SECONDS : settings.count.windowMinutes * 60;
  const visionArgs = ['--settings', file, '--status'];
  if (isDemo) visionArgs.push('--window-seconds', `${windowSeconds}`);
  if (options.view !== undefined) {
    await refuseSameFile(settings.camera.file!, options.view);
    visionArgs.push('--view', resolve(options.view));
  }
  const truth = isDemo && options.camera === undefined ? await readTruth() : undefined;
  const outbox = await Outbox.open(settings.paths.spool);

  const view = new LiveView(settings, windowSeconds, truth);
  stack.defer(() => view.close());
  const subscriber = new ReportSubscriber(parseBrokerUrl(settings.broker.url), {
    report: (received) => view.report(received),
    subscribed: () => {},
    trouble: (message) => view.note(`monitor: ${message}`),
  });
  stack.defer(() => subscriber.close());

  if (isDemo) await startMonitor(settings, dirname(file), view, run);
  const uplinkLog = new ProgramLog('uplink', view);
  startProgram('uplink', ['--settings', file], (line) => uplinkLog.line(line), run);
  const visionLog = new ProgramLog('vision', view);
  const onVision = async (line: Record<string, unknown>): Promise<void> => {
    if (!line.status) return visionLog.line(line);
    const waiting = await outbox.list().catch(() => []);
    view.status(line.status as VisionStatus, waiting.length);
  };
  const vision = startProgram('vision', visionArgs, onVision, run);
  stack.defer(listenToKeys(vision, run.end));
}

/** @returns the file of its settings */
async function prepareDemo(
  { camera, port = 0 }: RunOptions,
  modelsDir: string,
  stack: AsyncDisposableStack,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-run-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const broker = await EmbeddedBroker.listen(port);
  stack.defer(() => broker.close());
  return await writeDemoSettings(folder, { camera, modelsDir, brokerUrl: broker.url });
}

/** The facilities team's program, which knows the demonstration's camera; says where its page is. */
async function startMonitor(settings: Settings, folder: string, view: LiveView, run: Run): Promise<void> {
  await mkdir(settings.paths.state, { mode: 0o700 });
  const { publicKey } = await DeviceKey.open(settings.paths.state, new NodeDisk());
  const file = await writeDemoMonitor(folder, settings, fingerprint(publicKey));
  const log = new ProgramLog('monitor', view);
  const onLine = (line: Record<string, unknown>): void => {
    if (line.msg === 'page') view.note(`The page of the facilities team: ${line.url}`);
    else log.line(line);
  };
  startProgram('monitor', ['--json', '--settings', file], onLine, run);
}

/** Starts one of the programs; when it ends by itself, so does everything. */
function startProgram(
  name: string,
  args: readonly string[],
  onLine: (line: Record<string, unknown>) => void,
  { stack, fail }: Run,
): ChildProgram {
  const program = new ChildProgram(name, args, onLine);
  let asked = false;
  program.ended.then((status) => {
    // A program that was asked while it started goes by the signal itself.
    if (asked && (status === 0 || status === 'SIGTERM')) return;
    const how = typeof status === 'number' ? `exit code ${status}` : status;
    fail(`${name} ended ${asked ? 'badly' : 'by itself'}, with ${how}`);
  });
  stack.defer(async () => {
    asked = true;
    await program.end();
  });
  return program;
}
