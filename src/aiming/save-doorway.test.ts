import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { loadSettings } from '../config/settings.ts';
import { systemError } from '../disk/disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { proposeDoorway, takeProposal } from './proposal-file.ts';
import { saveDoorway } from './save-doorway.ts';

const TEXT = `# The front door.
site = { name = 'house', device = 'door' }
[doorway]
line = [[0.5, 0], [0.5, 1]]
in_side = 'left-to-right'
[camera]
driver = 'replay'
file = 'door.y4m'
`;
let folder: string;
let file: string;
const names = async () => (await readdir(folder)).sort();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-save-'));
  file = join(folder, 'lintel.toml');
  await writeFile(file, TEXT);
  await chmod(file, 0o640);
  onTestFinished(() => rm(folder, { recursive: true }));
});

describe('saving a doorway', () => {
  it('puts it into the file, and keeps the file that was there', async () => {
    await saveDoorway(
      file,
      {
        line: [
          [0.25, 0],
          [0.25, 1],
        ],
      },
      new NodeDisk(),
    );
    expect((await loadSettings(file)).doorway).toEqual({ from: [0.25, 0], to: [0.25, 1], in: 'right' });
    expect(await readFile(file, 'utf8')).toContain('# The front door.');
    expect(await readFile(`${file}.old`, 'utf8')).toBe(TEXT);
    expect(await names()).toEqual(['lintel.toml', 'lintel.toml.old']);
  });

  it('keeps a link, and changes the file that it leads to', async () => {
    const link = join(folder, 'link.toml');
    await symlink(file, link);
    await saveDoorway(
      link,
      {
        area: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
        line: [
          [0.6, 0.1],
          [0.6, 0.5],
        ],
      },
      new NodeDisk(),
    );
    expect((await loadSettings(file)).area).toHaveLength(3);
    expect(await names()).toEqual(['link.toml', 'lintel.toml', 'lintel.toml.old']);
  });

  it.each([
    [
      'a line off the picture',
      {
        line: [
          [0.5, 0],
          [0.5, 1.5],
        ],
      },
      /from 0 to 1/,
    ],
    [
      'a line that nobody crosses',
      {
        line: [
          [0, 0.5],
          [1, 0.5],
        ],
      },
      /does not lead across/,
    ],
    [
      'a line outside what is seen',
      {
        area: [
          [0, 0],
          [0.2, 0],
          [0.2, 1],
        ],
      },
      /lies outside/,
    ],
  ] as const)('refuses %s, and leaves the file as it was', async (_, doorway, why) => {
    await expect(saveDoorway(file, doorway as never, new NodeDisk())).rejects.toThrow(why);
    expect(await readFile(file, 'utf8')).toBe(TEXT);
    expect(await names()).toEqual(['lintel.toml']);
  });

  it('leaves the file as it was when the disk refuses', async () => {
    const disk = new NodeDisk();
    disk.rename = async (_, to) => {
      throw systemError('EROFS', to);
    };
    await expect(
      saveDoorway(
        file,
        {
          line: [
            [0.25, 0],
            [0.25, 1],
          ],
        },
        disk,
      ),
    ).rejects.toThrow('EROFS');
    expect(await readFile(file, 'utf8')).toBe(TEXT);
    expect((await names()).filter((name) => name.endsWith('.proposed'))).toEqual([]);
  });
});

describe('a doorway that is left for another program', () => {
  const line: [[number, number], [number, number]] = [
    [0.25, 0],
    [0.25, 1],
  ];
  const left = () => join(folder, 'doorway.json');
  const taken = async () => {
    const watcher = new NodeDisk().watch(folder, () => {
      if (existsSync(left())) resolve();
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    await promise;
    watcher();
    await takeProposal(left(), file, new NodeDisk());
  };

  it('is saved by the other, and the one who left it knows', async () => {
    const saved = taken();
    await proposeDoorway(left(), file, { line }, new NodeDisk());
    await saved;
    expect((await loadSettings(file)).doorway).toMatchObject({ from: [0.25, 0] });
    expect(await names()).toEqual(['lintel.toml', 'lintel.toml.old']);
  });

  it('is not even left when the settings would refuse it', async () => {
    const outside: typeof line = [
      [2, 0],
      [0, 0],
    ];
    await expect(proposeDoorway(left(), file, { line: outside }, new NodeDisk())).rejects.toMatchObject({
      code: 'SETTINGS_VALUE',
    });
    expect(await names()).toEqual(['lintel.toml']);
  });

  it.each(['', '{', '{"faces":"both"}', '{"line":[[0,0]]}', 'null'])(
    'is refused and taken away when it is none: %s',
    async (text) => {
      await writeFile(left(), text);
      await expect(takeProposal(left(), file, new NodeDisk())).rejects.toMatchObject({
        code: 'PROPOSAL_INVALID',
      });
      expect(await readFile(file, 'utf8')).toBe(TEXT);
      expect(await names()).toEqual(['lintel.toml']);
    },
  );
});
