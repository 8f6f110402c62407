import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import { EventStreams } from './event-stream.ts';
import type { BoardNews, LiveBoard } from './live-board.ts';

it('tells nothing more to a page whose stream is over, though it has not read that yet', async () => {
  const viewers = new Set<(news: BoardNews) => void>();
  const watch = (viewer: (news: BoardNews) => void) => {
    viewers.add(viewer);
    return () => void viewers.delete(viewer);
  };
  const clock = new SimulatedClock();
  const streams = new EventStreams({ version: 1, watch } as unknown as LiveBoard, clock);
  const server = createServer((_, response) => streams.begin(response)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const begun = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  const page = connect(port, '127.0.0.1').pause();
  onTestFinished(() => void page.destroy());
  page.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const [, response] = await begun;
  const failed: Error[] = [];
  response.on('error', (error) => failed.push(error));
  const much = Array.from({ length: 1_000 }, (_, site) => `site-${site}`);
  // Until no more fits on the way to a page that does not read.
  while (response.writableLength === 0) {
    for (const tell of viewers) tell({ version: 2, sites: much });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await clock.advance(10 * 60_000);
  for (const tell of viewers) tell({ version: 3, sites: [] });
  await new Promise((resolve) => setImmediate(resolve));
  expect({ failed, isOver: response.writableEnded }).toEqual({ failed: [], isOver: true });
});

it('has room for as many pages as before when one has gone before its stream began', async () => {
  const streams = new EventStreams(
    { version: 1, watch: () => () => {} } as unknown as LiveBoard,
    new SimulatedClock(),
  );
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const begun = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  const page = connect(port, '127.0.0.1');
  page.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const [, response] = await begun;
  page.destroy();
  await once(response, 'close');
  for (let time = 0; time < 1_000; time++) streams.begin(response);
  expect(streams.isFull).toBe(false);
});
