import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LintelError } from '../../lintel-error.ts';
import { isAddress } from '../../wire/report-topic.ts';
import { checkTimeZone } from '../describe-report.ts';
import { enrolDoor, withdrawDoor } from '../enrolment.ts';
import type { Admission } from './admission.ts';
import { countView, reportsIn } from './count-view.ts';
import { EventStreams } from './event-stream.ts';
import type { LiveBoard } from './live-board.ts';
import { periodAt } from './period.ts';
import { reportCsv } from './report-csv.ts';
import type { WebOptions } from './web-options.ts';

const name = z.string().refine((text) => isAddress({ site: text, device: text }), 'is no name');
const doorsQuestion = z.object({
  site: name.optional(),
  device: name.optional(),
  state: z.string().max(32).optional(),
  find: z.string().max(130).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const countsQuestion = z.object({
  site: name,
  device: name.optional(),
  by: z.enum(['hour', 'day', 'week']).default('hour'),
  at: z.coerce.number().int().min(0).max(0xffff_ffff).optional(),
  zone: z.string().max(64).optional(),
});
const door = z.object({ site: name, device: name });
const enrolment = door.extend({ fingerprint: z.string().max(200) });

/** What the page asks for, and what it may change. */
export function addDataRoutes(
  server: FastifyInstance,
  board: LiveBoard,
  options: WebOptions,
  admission: Admission,
): void {
  const { store, clock } = options;
  const streams = new EventStreams(board, clock);
  const asked = (query: unknown) => {
    const { site, device, by: grain, at, zone } = read(countsQuestion, query);
    const timeZone = options.timeZone ?? zone ?? 'UTC';
    checkZone(timeZone);
    const nowSeconds = Math.floor(clock.wallMs() / 1_000);
    return { scope: { site, device }, grain, atSeconds: at ?? nowSeconds, nowSeconds, timeZone };
  };

  server.get('/api/doors', async (request) => ({
    ...(await board.shown(read(doorsQuestion, request.query))),
    timeZone: options.timeZone,
    user: admission.takesPasswords ? request.user : undefined,
  }));
  server.get('/api/counts', (request) => countView(store, asked(request.query)));
  server.get('/counts.csv', async (request, reply) => {
    const { scope, grain, atSeconds, timeZone } = asked(request.query);
    const found = await reportsIn(store, scope, periodAt(grain, atSeconds, timeZone));
    const file = ['lintel', scope.site, scope.device, grain].filter(Boolean).join('-');
    return reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${file}.csv"`)
      .send(reportCsv(found));
  });
  server.get('/events', (_, reply) => {
    if (streams.isFull) return reply.code(503).send({ error: 'too many pages are open' });
    reply.hijack();
    const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
    for (const [header, value] of Object.entries(headers)) reply.raw.setHeader(header, value as string);
    streams.begin(reply.raw);
  });
  server.post('/api/enrol', async (request) => {
    const { fingerprint, ...address } = read(enrolment, request.body);
    const { key } = await enrolDoor(store, address, fingerprint, { asHeard: true });
    options.enrolled?.(`${address.site}/${address.device} enrolled with key ${key} by ${request.user}`);
    await board.renew(address.site);
    return { key };
  });
  server.post('/api/withdraw', async (request) => {
    const address = read(door, request.body);
    await withdrawDoor(store, address);
    options.enrolled?.(`${address.site}/${address.device} withdrawn by ${request.user}`);
    await board.renew(address.site);
    return {};
  });
}

/** @throws LintelError QUESTION_INVALID */
function read<Shape extends z.ZodType>(shape: Shape, given: unknown): z.infer<Shape> {
  const { success, data, error } = shape.safeParse(given);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new LintelError('QUESTION_INVALID', `${path.join('.') || 'the question'}: ${message}`);
}

/** @throws LintelError QUESTION_INVALID */
function checkZone(timeZone: string): void {
  try {
    checkTimeZone(timeZone);
  } catch (error) {
    throw new LintelError('QUESTION_INVALID', (error as Error).message, error);
  }
}
