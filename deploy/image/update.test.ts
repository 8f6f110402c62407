import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grubEnvironment } from './assemble.ts';

const run = promisify(execFile);
const PROGRAMS = join(import.meta.dirname, 'root/usr/lib/lintel-image');
const UPDATE = join(PROGRAMS, 'update');
const SLOTS = join(PROGRAMS, 'slots');
const RUNS = '0.1.0~20260101.aaaaaaaa';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-update-'));
  for (const place of ['start/EFI/debian', 'run', 'tries', 'bin'])
    await mkdir(join(folder, place), { recursive: true });
  await writeFile(join(folder, 'start/EFI/debian/grubenv'), grubEnvironment());
  await writeFile(join(folder, 'cmdline'), `quiet lintel.slot=A lintel.version=${RUNS} ro\n`);
});
afterEach(() => rm(folder, { recursive: true }));

/** Plugs in a stick with an update of this version, or of another when it is read again. @returns what was done, in order */
async function plugged(version: string, rauc = 'true', readAgain = version): Promise<string[]> {
  const done = join(folder, 'done');
  await writeFile(done, '');
  const programs = {
    mount: `echo "$2" >${folder}/mounted; touch ${folder}/run/lintel-update/lintel.raucb`,
    umount: 'true',
    sync: 'true',
    rauc: `case "$*" in
      info*/lintel-update/*) echo "RAUC_MF_VERSION='${version}'" ;;
      info*${folder}/lintel.raucb) echo "RAUC_MF_VERSION='${readAgain}'" ;;
      "install ${folder}/lintel.raucb") echo 'rauc install' >>${done}; ${rauc} ;;
    esac`,
    systemctl: `echo "$2 $3" >>${done}`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  const env = {
    PATH: `${folder}/bin:${process.env.PATH}`,
    LINTEL_START: join(folder, 'start'),
    LINTEL_PROC: folder,
    LINTEL_RUN: join(folder, 'run'),
    LINTEL_KEPT: folder,
  };
  await run('sh', [UPDATE, 'sda'], { env }).catch(() => {});
  return (await readFile(done, 'utf8')).split('\n').filter((line) => line !== '');
}

const NEWER = '0.1.0~20260102.bbbbbbbb';
const INSTALLED = ['rauc install', 'reboot --reboot-argument=0 tryboot'];

describe('an update on a stick', () => {
  it('is installed and tried when it is newer, and not when it is the same or older', async () => {
    expect(await plugged(NEWER)).toEqual(INSTALLED);
    expect(await plugged(RUNS)).toEqual([]);
    expect(await plugged('0.1.0~20251231.cccccccc')).toEqual([]);
  });

  it('is tried three times when its trial is cut short, and once when its trial refused it', async () => {
    for (let time = 0; time < 3; time++) expect(await plugged(NEWER)).toEqual(INSTALLED);
    expect(await plugged(NEWER)).toEqual([]);
    await writeFile(join(folder, 'tries/0.2.0'), 'refused\n');
    expect(await plugged('0.2.0')).toEqual([]);
    expect(await plugged('0.3.0')).toEqual(INSTALLED);
  });

  it('is not tried when RAUC does not install it, and that is no try', async () => {
    for (let time = 0; time < 4; time++) expect(await plugged(NEWER, 'exit 1')).toEqual(['rauc install']);
    expect(await plugged(NEWER)).toEqual(INSTALLED);
  });

  it('waits while the slot that runs is on trial itself, whose other slot is the only good one', async () => {
    await writeFile(join(folder, 'cmdline'), `quiet lintel.slot=B lintel.version=${RUNS} ro\n`);
    expect(await plugged(NEWER)).toEqual([]);
  });

  it('is the only one, when a second stick is plugged in meanwhile, or before the restart', async () => {
    const another = `[ -e ${folder}/again ] || { touch ${folder}/again; sh ${UPDATE} sdb; }`;
    expect(await plugged(NEWER, `${another}; sh ${SLOTS} set-primary B`)).toEqual(INSTALLED);
    expect(await plugged('0.2.0')).toEqual([]);
  });

  it('is not installed when the stick gives something else as it is copied, and no copy is left', async () => {
    expect(await plugged(NEWER, 'true', RUNS)).toEqual([]);
    expect(await plugged(NEWER)).toEqual(INSTALLED);
    expect(existsSync(join(folder, 'lintel.raucb'))).toBe(false);
  });

  it('is read from a FAT alone: what a stranger has plugged in is not tried by every file system there is', async () => {
    await plugged(NEWER);
    expect(await readFile(join(folder, 'mounted'), 'utf8')).toBe('vfat\n');
  });

  it('is not installed where nothing tells what runs', async () => {
    await writeFile(join(folder, 'cmdline'), 'quiet lintel.slot=A ro\n');
    expect(await plugged(NEWER)).toEqual([]);
  });

  it('is refused with a version that is none', async () => {
    expect(await plugged("1.0'; reboot")).toEqual([]);
    expect(await plugged('')).toEqual([]);
    expect(await plugged('../1.0')).toEqual([]);
  });
});
