import { expect, it } from 'vitest';
import { Fifo } from './fifo.ts';

it('waits for no writer that is gone, however soon it went', async () => {
  for (let round = 0; round < 200; round++) {
    const fifo = await Fifo.make();
    const file = await fifo.openForReading(Promise.resolve());
    expect((await file.read(new Uint8Array(1))).bytesRead).toBe(0);
    await file.close();
    await fifo.remove();
  }
});
