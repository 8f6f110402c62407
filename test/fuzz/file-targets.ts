import { buildMediapipe } from '../../models/mediapipe-graph.ts';
import type { AimingStatus } from '../../src/aiming/aiming-status.ts';
import { editSection } from '../../src/aiming/edit-settings.ts';
import { decodeProposal } from '../../src/aiming/proposal-file.ts';
import { decodeStatus } from '../../src/aiming/shown-aiming.ts';
import { parseSettings } from '../../src/config/settings.ts';
import { settingsExample } from '../../src/config/settings-example.ts';
import { exampleEvidence } from '../../src/evidence/example-evidence.ts';
import { keptCheckpoint } from '../../src/evidence/kept-checkpoint.ts';
import { encodeRecord } from '../../src/evidence/record.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { type ByteSource, Y4mReader } from '../../src/frame/y4m-reader.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../src/frame/y4m-writer.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { exampleSigner } from '../../src/wire/example-signer.ts';
import { smallDetector } from '../reference/tflite-network.ts';
import { writeTflite } from '../reference/tflite-writer.ts';
import { bytesOf, FuzzFailure, type FuzzTarget, mustBeSame } from './target.ts';

const detector = {
  name: 'small.onnx',
  width: 8,
  height: 8,
  outputs: { cls: [1, 16, 1], loc: [1, 16, 4] },
  sha256: '',
};

const tflite: FuzzTarget = {
  name: 'tflite',
  seeds: [writeTflite(smallDetector(8, 8, 1))],
  decode: (bytes) => buildMediapipe(bytes, detector),
};

/** The longest frame that a header may announce; taken once, since a reader of frames gives the memory. */
const slot = new Uint8Array(new I420Layout(4096, 4096).byteLength);

const y4m: FuzzTarget = {
  name: 'y4m',
  seeds: [recording(16, 16, 3), recording(18, 17, 1)],
  tokens: ['FRAME\n', 'FRAME Ip\n', ' W4096', ' H16', ' C420p10', ' F0:0', ' It', '\n', 'YUV4MPEG2 '].map(
    bytesOf,
  ),
  async decode(bytes) {
    const source = new MemorySource(bytes);
    const reader = await Y4mReader.open(source);
    let frames = 0;
    while (await reader.read(slot)) frames++;
    const { byteLength } = reader.header.layout;
    if (frames * byteLength > bytes.length) throw new FuzzFailure('more frames came out than went in');
    if (source.reads > 10 + 3 * frames) throw new FuzzFailure('it reads on at the end');
  },
};

const SHORT_SETTINGS = `[site]
name = "a"
device = "b"
[camera]
file = "c"
[doorway]
line = [[0.5, 0], [0.5, 1]]
in_side = "left-to-right"
`;

const settings: FuzzTarget = {
  name: 'settings',
  seeds: [settingsExample(), SHORT_SETTINGS].map(bytesOf),
  tokens: [
    ...[
      '[[',
      ']]',
      '{',
      '}',
      '"""',
      "'''",
      '\\u0000',
      '\\U0001F600',
      '\u001b[2J',
      '\u202e',
      'inf',
      '-nan',
      '1e999',
    ],
    ...[
      '0x',
      '9223372036854775808',
      '1979-05-27T07:32:00Z',
      '__proto__ = 1\n',
      'constructor.prototype = 1\n',
    ],
    ...[
      '[site]\n',
      'broker.url = "mqtts://user:secret@host"\n',
      '='.repeat(50),
      '['.repeat(2000),
      'a.'.repeat(2000),
    ],
  ].map(bytesOf),
  decode(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const found = parseSettings(text, '/door/lintel.toml');
    mustBeSame(parseSettings(text, '/door/lintel.toml'), found, 'the same text');
  },
};

const { segments, checkpoint } = await exampleEvidence(3, { segmentBytes: 1_400, segments: 64 });
/** What a file of evidence and a checkpoint are told apart by. */
const NOTE_START = 'lintel.evidence/';

const evidence: FuzzTarget = {
  name: 'evidence',
  seeds: [...segments, checkpoint].map(({ bytes }) => bytes),
  tokens: [
    '"record":',
    '"what":"day"',
    '"__proto__":1,',
    '"persons":1',
    '}\n{',
    '\n\n',
    '— ',
    '1e9',
    '\ud800',
  ].map(bytesOf),
  decode(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    if (text.startsWith(NOTE_START)) return keptCheckpoint(bytes, exampleSigner().publicKey, []);
    const { records, first } = verifyEvidence({ segments: [{ name: 'one', bytes }] });
    const lines = records.map((record) => `${encodeRecord(record)}\n`).join('');
    if (!text.endsWith(`\n${lines}`)) throw new FuzzFailure('other records came out than went in');
    return [first, records];
  },
};

const edit: FuzzTarget = {
  ...settings,
  name: 'settings-edit',
  decode(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    parseSettings(text, '/door/lintel.toml');
    const edited = editSection(text, 'doorway', {
      line: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
    });
    mustBeSame(
      editSection(edited, 'doorway', {
        line: [
          [0.1, 0.2],
          [0.3, 0.4],
        ],
      }),
      edited,
      'a value that is there',
    );
  },
};

const STATUS: AimingStatus = {
  endsInSeconds: 900,
  ended: 'time',
  still: 7,
  coveredWhole: false,
  phase: 'watching',
  fault: 'mend it',
  sign: 'lit',
  sense: 'dark',
  senseWired: true,
  button: 'up',
  presses: 5,
  hints: { sharpness: 1.5, histogram: new Array(16).fill(0.0625) },
};

const aiming: FuzzTarget = {
  name: 'aiming',
  seeds: [
    STATUS,
    {
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
      area: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    },
  ].map((value) => bytesOf(JSON.stringify(value))),
  tokens: ['"__proto__":1,', '[[0,0],[1,1]]', '1e999', 'null', '"ended":', '"in_area":'].map(bytesOf),
  decode(bytes) {
    const found = decodeStatus(bytes) ?? decodeProposal(bytes);
    if (!found) throw new LintelError('AIMING_UNREADABLE', 'neither a status nor a doorway');
    const again = bytesOf(JSON.stringify(found));
    mustBeSame(decodeStatus(again) ?? decodeProposal(again), found, 'what was decoded');
  },
};

/** What lies on a disk. */
export const FILE_TARGETS: readonly FuzzTarget[] = [tflite, y4m, settings, edit, aiming, evidence];

function recording(width: number, height: number, frames: number): Uint8Array {
  const layout = new I420Layout(width, height);
  const frame = new Uint8Array(y4mFrameLength(layout));
  packY4mFrame(layout.view(new Uint8Array(layout.byteLength).fill(16)), frame);
  return Buffer.concat([y4mHeader(layout, 25), ...Array.from({ length: frames }, () => frame)]);
}

class MemorySource implements ByteSource {
  reads = 0;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  async read(into: Uint8Array): Promise<number> {
    this.reads++;
    const part = this.#bytes.subarray(this.#at, this.#at + into.byteLength);
    into.set(part);
    this.#at += part.byteLength;
    return part.byteLength;
  }
}
