import { LintelError } from '../lintel-error.ts';
import { I420Layout } from './i420.ts';

/**
 * The head of a YUV4MPEG2 stream (the format of mjpegtools' yuv4mpeg(5)): one line with the picture's size, rate
 * and colour space, then frames, each a line that begins with FRAME and the three planes.
 */
export interface Y4mHeader {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  /** Length of the header line in bytes, its end included. */
  readonly byteLength: number;
}

const MAGIC = 'YUV4MPEG2';
/** No line of a stream that anybody makes is longer; a file without line ends is refused after this many bytes. */
export const LONGEST_LINE = 256;
/** All are 4:2:0 with eight bits; they differ in where chroma is sited, by at most a quarter of a pixel. */
const COLOUR_SPACES = ['420', '420jpeg', '420mpeg2', '420paldv'];
const DEFAULT_FRAMES_PER_SECOND = 25;

/**
 * @param start the first bytes of a stream, at least `LONGEST_LINE` of them if it has as many
 * @throws LintelError Y4M_NOT_Y4M, Y4M_HEADER, FRAME_SIZE
 */
export function parseY4mHeader(start: Uint8Array): Y4mHeader {
  const line = firstLine(start);
  const [magic, ...parameters] = line === undefined ? [] : line.split(' ');
  if (magic !== MAGIC) {
    throw new LintelError('Y4M_NOT_Y4M', `this is not a Y4M file: it does not begin with a ${MAGIC} line`);
  }
  const value = (tag: string): string | undefined =>
    parameters.find((part) => part.startsWith(tag))?.slice(1);
  const colours = value('C') ?? '420';
  if (!COLOUR_SPACES.includes(colours)) {
    throw new LintelError('Y4M_HEADER', `Y4M colour space C${colours} is not read, only 8-bit 4:2:0 (C420)`);
  }
  const interlacing = value('I') ?? 'p';
  if (interlacing !== 'p' && interlacing !== '?') {
    throw new LintelError(
      'Y4M_HEADER',
      `interlaced Y4M (I${interlacing}) is not read, only progressive (Ip)`,
    );
  }
  return {
    layout: new I420Layout(side(value('W'), 'W'), side(value('H'), 'H')),
    framesPerSecond: rate(value('F')),
    byteLength: line!.length + 1,
  };
}

/** The line at the beginning of `bytes`, without its end; undefined if it does not end within `LONGEST_LINE`. */
export function firstLine(bytes: Uint8Array): string | undefined {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf(10);
  return end < 0 ? undefined : Buffer.from(bytes.subarray(0, end)).toString('latin1');
}

function side(text: string | undefined, tag: string): number {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  throw new LintelError('Y4M_HEADER', `the Y4M header gives no picture size: ${tag} is ${text ?? 'missing'}`);
}

function rate(text: string | undefined): number {
  if (text === undefined || text === '0:0') return DEFAULT_FRAMES_PER_SECOND;
  const [frames, seconds] = /^\d{1,9}:\d{1,9}$/.test(text) ? text.split(':').map(Number) : [];
  const framesPerSecond = frames! / seconds!;
  if (framesPerSecond > 0 && framesPerSecond <= 1_000) return framesPerSecond;
  throw new LintelError(
    'Y4M_HEADER',
    `the Y4M header's frame rate F${text} makes no sense: give frames:seconds`,
  );
}
