import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gpioContract } from './gpio.contract.ts';
import type { Level } from './gpio.ts';
import { GpiodGpio } from './gpiod.ts';
import { parseChips } from './gpiod-tools.ts';
import { openGpio } from './open-gpio.ts';

// A kernel with lines to hold is not to be had here, so these are stand-ins for libgpiod 2's tools: each takes the
// options as the real one does, holds its line by a file lock, which ends with it, and prints what the real one does.
const STAND_IN = `#!/bin/sh
cd "$(dirname "$0")"
case "$(basename "$0") $1" in
  'gpiodetect --version') cat version; exit ;;
  gpiodetect*) printf 'gpiochip0 [pl061] (8 lines)\\ngpiochip1 [pinctrl-bcm2711] (54 lines)\\n'; exit ;;
esac
banner= chip= format=
while case "$1" in --*) ;; *) false ;; esac; do
  case "$1" in
    --banner) banner=1 ;;
    --numeric) ;;
    --chip) chip=$2; shift ;;
    --format) format=$2; shift ;;
    --consumer | --edges | --debounce-period) shift ;;
    *) echo "unrecognized option '$1'" >&2; exit 1 ;;
  esac
  shift
done
[ "$chip" = gpiochip1 ] || { echo "cannot find GPIO chip character device '$chip'" >&2; exit 1; }
line=\${1%=*}
[ ! -e "$line.refused" ] || { cat "$line.refused" >&2; exit 1; }
exec 9>"$line.lock"
flock -n 9 || { echo "unable to request lines: Device or resource busy" >&2; exit 1; }
echo $$ >"$line.pid"
read_pull() { pull=$(cat "$line.pull" 2>/dev/null || echo 0); }
read_pull
case "$(basename "$0")" in
  gpioget) echo "$pull" ;;
  gpioset)
    echo "\${1#*=}" >"$line.out"
    [ -z "$banner" ] || echo "Setting line '$line'..."
    exec sleep 60 ;;
  gpiomon)
    [ "$format" = %e ] || exit 1
    rm -f "$line.out"
    before=$pull
    echo "Monitoring line '$line'..."
    while sleep 0.01 9>&-; do
      read_pull
      [ "$pull" = "$before" ] || { [ "$pull" = 1 ] && echo 1 || echo 2; }
      before=$pull
    done ;;
esac
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-gpiod-'));
  writeFileSync(join(folder, 'stand-in'), STAND_IN);
  chmodSync(join(folder, 'stand-in'), 0o755);
  for (const tool of ['gpiodetect', 'gpioget', 'gpioset', 'gpiomon']) {
    symlinkSync('stand-in', join(folder, tool));
  }
  writeFileSync(join(folder, 'version'), 'gpiodetect (libgpiod) v2.2.1\n');
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const drive = (line: number, level: Level) => writeFileSync(join(folder, `${line}.pull`), String(level));

/** What is on the line: what a living `gpioset` drives, else what pulls it. */
function level(line: number): Level {
  const held = spawnSync('flock', ['-n', join(folder, `${line}.lock`), 'true']).status === 1;
  return Number(readOr0(`${line}.${held ? 'out' : 'pull'}`)) as Level;
}

function readOr0(file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    return '0';
  }
}

gpioContract("GpiodGpio on stand-ins for libgpiod's tools", () => ({
  open: () => GpiodGpio.open('pinctrl-bcm'),
  lines: 54,
  drive,
  level,
}));

describe("GpiodGpio on stand-ins for libgpiod's tools", () => {
  it('reads the chips and their labels', () => {
    expect(
      parseChips('gpiochip0 [raspberrypi-exp-gpio] (8 lines)\ngpiochip12 [a [b] c] (1 lines)\n'),
    ).toEqual([
      { name: 'gpiochip0', label: 'raspberrypi-exp-gpio', lines: 8 },
      { name: 'gpiochip12', label: 'a [b] c', lines: 1 },
    ]);
  });

  it('is what is opened where the kernel has no GPIO in sysfs', async () => {
    expect(await openGpio('auto', 'pinctrl-bcm', join(folder, 'sysfs'))).toBeInstanceOf(GpiodGpio);
  });

  it('names the chips that are there when none has the label', async () => {
    await expect(GpiodGpio.open('pinctrl-rp1')).rejects.toThrow(
      "there are: 'pl061' (8 lines), 'pinctrl-bcm2711'",
    );
  });

  it('says what to install when there are no tools, or those of libgpiod 1', async () => {
    writeFileSync(join(folder, 'version'), 'gpiodetect (libgpiod) v1.6.3\n');
    await expect(GpiodGpio.open('pinctrl-bcm')).rejects.toMatchObject({
      code: 'GPIO_UNAVAILABLE',
      message: expect.stringMatching(/libgpiod v1.6.3, and version 2 is needed; .* trixie/),
    });
    vi.stubEnv('PATH', '/nowhere');
    await expect(GpiodGpio.open('pinctrl-bcm')).rejects.toMatchObject({
      code: 'GPIO_UNAVAILABLE',
      message: expect.stringContaining("install Debian's package 'gpiod'"),
    });
  });

  it.each([
    { complaint: 'unable to request lines: Device or resource busy', code: 'GPIO_BUSY' },
    { complaint: "unable to open chip '/dev/gpiochip1': Permission denied", code: 'GPIO_PERMISSION' },
    { complaint: 'something else', code: 'GPIO_UNAVAILABLE' },
  ])('turns "$complaint" into $code', async ({ complaint, code }) => {
    const gpio = await GpiodGpio.open('pinctrl-bcm');
    writeFileSync(join(folder, '17.refused'), complaint);
    await expect(gpio.output(17, 0)).rejects.toMatchObject({ code });
    await expect(gpio.input(17)).rejects.toMatchObject({ code });
  });

  it.each(['output', 'input'] as const)(
    'finds an %s lost when the tool that holds it dies',
    async (direction) => {
      const gpio = await GpiodGpio.open('pinctrl-bcm');
      const line = await gpio[direction](17, 1);
      process.kill(Number(readFileSync(join(folder, '17.pid'), 'utf8')), 'SIGKILL');
      await vi.waitFor(() => expect(() => line.read()).toThrow(expect.objectContaining({ code: 'GPIO_IO' })));
      await gpio.close();
    },
  );

  it('finds an output lost that somebody took while it changed', async () => {
    const gpio = await GpiodGpio.open('pinctrl-bcm');
    const line = await gpio.output(17, 1);
    writeFileSync(join(folder, '17.refused'), 'unable to request lines: Device or resource busy');
    line.write(0);
    await vi.waitFor(() => expect(() => line.read()).toThrow(expect.objectContaining({ code: 'GPIO_IO' })));
    expect(() => line.write(1)).toThrow(expect.objectContaining({ code: 'GPIO_IO' }));
    await gpio.close();
  });

  it('ends at the last of many levels written at once', async () => {
    const gpio = await GpiodGpio.open('pinctrl-bcm');
    const line = await gpio.output(17, 0);
    for (const next of [1, 0, 1, 0, 1] as const) line.write(next);
    await vi.waitFor(() => expect([line.read(), level(17)]).toEqual([1, 1]));
    await gpio.close();
  });

  it('frees a line that is given back while it changes', async () => {
    const gpio = await GpiodGpio.open('pinctrl-bcm');
    const line = await gpio.output(17, 1);
    line.write(0);
    await new Promise((resolve) => setImmediate(resolve));
    await gpio.close();
    await gpio.input(17);
    await gpio.close();
  });

  it('holds the sign for a moment when the program is killed, and then frees it', async () => {
    const program = `
      import { GpiodGpio } from ${JSON.stringify(join(import.meta.dirname, 'gpiod.ts'))};
      await (await GpiodGpio.open('pinctrl-bcm')).output(17, 1);
      console.log('holds');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const killedAtMs = performance.now();
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(level(17)).toBe(0), { timeout: 10_000 });
    expect(performance.now() - killedAtMs).toBeGreaterThan(490);
  });
});
