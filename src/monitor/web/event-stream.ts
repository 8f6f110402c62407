import type { ServerResponse } from 'node:http';
import type { Clock } from '../../time/clock.ts';
import type { BoardNews, LiveBoard } from './live-board.ts';

/** A browser connects again by itself, and is asked anew who it is. */
const LIFE_MS = 10 * 60_000;
const RETRY_MS = 1_000;
const MOST = 1_000;
/** One that reads nothing is not written to for ever. */
const MOST_UNREAD_BYTES = 64 * 1024;

/** Tells every page that is open when the board was read anew: server-sent events, as the HTML standard has them. */
export class EventStreams {
  readonly #board: LiveBoard;
  readonly #clock: Clock;
  #open = 0;

  constructor(board: LiveBoard, clock: Clock) {
    this.#board = board;
    this.#clock = clock;
  }

  get isFull(): boolean {
    return this.#open >= MOST;
  }

  /** @param response with its headers set, to which nothing was written */
  begin(response: ServerResponse): void {
    // Gone while it was asked who it is: its end is not told a second time.
    if (response.closed) return;
    this.#open++;
    const tell = (news: BoardNews) => {
      response.write(`data: ${JSON.stringify(news)}\n\n`);
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
    };
    response.write(`retry: ${RETRY_MS}\n\n`);
    // What changed between the page's own question and this stream shows in the version.
    tell({ version: this.#board.version, sites: [] });
    const leave = this.#board.watch(tell);
    const cancelEnd = this.#clock.after(LIFE_MS, () => {
      // What is written after the end is an error, and whoever does not read keeps the end waiting.
      leave();
      response.end();
    });
    response.once('close', () => {
      this.#open--;
      cancelEnd();
      leave();
    });
  }
}
