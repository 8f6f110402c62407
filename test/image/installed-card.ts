import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Authority } from '../integration/uplink-authority.ts';
import { Mosquitto } from '../integration/uplink-mosquitto.ts';
import { type Received, recordAll } from '../integration/uplink-received.ts';
import { Card, HOST } from './card.ts';
import { material } from './material.ts';

export interface Installed {
  readonly card: Card;
  /** What came to the broker on this machine. */
  readonly received: Received;
  readonly folder: string;
}

/** A card with an installer's settings, for a broker that runs here as deploy/broker has it. */
export async function installedCard(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-image-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const authority = await Authority.make();
  const broker = await Mosquitto.asShipped(authority, await authority.broker(`localhost,IP:${HOST}`));
  await broker.start();
  const received = await recordAll(broker.url, await authority.watch());
  const card = await Card.write(process.env.LINTEL_IMAGE!, folder);
  await card.add(await material(join(folder, 'material')));
  await card.setUp(broker.port, await authority.camera('house/door'));
  return { card, received, folder };
}
