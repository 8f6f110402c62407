import { parentPort, workerData } from 'node:worker_threads';
import type { StillStart } from '../../src/still/still-thread.ts';

// Stands in for the thread that makes stills: it hangs over a picture that is black at its beginning.

const planes = new Uint8Array((workerData as StillStart).planes);
const port = parentPort!;

port.on('message', () => {
  while (planes[0] === 0);
  port.postMessage(planes.slice(0, 1));
});
