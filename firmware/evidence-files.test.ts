import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { EvidenceLog } from '../src/evidence/evidence-log.ts';
import { exampleDay, exampleStart } from '../src/evidence/example-facts.ts';
import { logFolder } from '../src/evidence/found-log.ts';
import { verifyEvidence } from '../src/evidence/verify-evidence.ts';
import { exampleSigner } from '../src/wire/example-signer.ts';
import { readEvidence } from './evidence-files.ts';

it('evidence holds to which the device adds a record after each file that is read of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-evidence-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const signer = exampleSigner();
  // Two or three records to a segment, so that the newest is another one meanwhile.
  const sizes = { segmentBytes: 1_300, segments: 64 };
  const log = await EvidenceLog.open({ folder, disk: new NodeDisk(), signer, sizes });
  await log.add(exampleStart());
  let days = 0;
  const { read } = NodeDisk.prototype;
  const reading = vi.spyOn(NodeDisk.prototype, 'read').mockImplementation(async (path, maxBytes) => {
    const bytes = await read(path, maxBytes);
    await log.add(exampleDay(days++));
    return bytes;
  });
  onTestFinished(() => reading.mockRestore());
  for (let times = 0; times < 5; times++) {
    const { records } = verifyEvidence(await readEvidence(logFolder(folder, signer.publicKey)));
    expect(records.length).toBeGreaterThan(times);
  }
});
