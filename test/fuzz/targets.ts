import { isDeepStrictEqual } from 'node:util';
import { buildMediapipe } from '../../models/mediapipe-graph.ts';
import { parseSettings } from '../../src/config/settings.ts';
import { settingsExample } from '../../src/config/settings-example.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { type ByteSource, Y4mReader } from '../../src/frame/y4m-reader.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../src/frame/y4m-writer.ts';
import { asksForRebirth, REBIRTH } from '../../src/uplink/sparkplug/command.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { repeatSigner, signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { decodeReport, encodeReport } from '../../src/wire/report-codec.ts';
import { signerOf } from '../../src/wire/signature.ts';
import { decodeStatus, encodeStatus } from '../../src/wire/status-codec.ts';
import { writePayload } from '../reference/sparkplug-standard.ts';
import { smallDetector } from '../reference/tflite-network.ts';
import { writeTflite } from '../reference/tflite-writer.ts';
import { FuzzFailure, type FuzzTarget } from './target.ts';

const ADDRESS = { site: 'hall', device: 'front' };

function mustBeSame(found: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(found, expected)) throw new FuzzFailure(`${what} does not come back as it was`);
}

const report: FuzzTarget = {
  name: 'report',
  seeds: [
    signedExample(),
    signedExample({ level: 'day', windowSeconds: 86_400, coveragePercent: 35 }),
    signedExample({ in: { status: 'not-measured', value: 0 }, budget: { numerator: 7, denominator: 9 } }),
  ],
  decode(bytes) {
    const content = decodeReport(bytes);
    const again = encodeReport(content, ADDRESS, repeatSigner(bytes));
    mustBeSame(Buffer.from(again), Buffer.from(bytes), 'a report');
    return signerOf('Report', ADDRESS, bytes);
  },
};

const status: FuzzTarget = {
  name: 'status',
  seeds: [signedStatus(), signedStatus({ state: 'fault-model', sense: 'read-back', software: [9, 0, 300] })],
  decode(bytes) {
    const content = decodeStatus(bytes);
    const again = encodeStatus(content, ADDRESS, repeatSigner(bytes));
    mustBeSame(Buffer.from(again), Buffer.from(bytes), 'a status');
    return signerOf('Status', ADDRESS, bytes);
  },
};

const rebirth = { name: REBIRTH, booleanValue: true, datatype: 11, timestamp: 1_700_000_000_000 };

const command: FuzzTarget = {
  name: 'command',
  seeds: [
    writePayload([rebirth]),
    writePayload([{ name: 'Other', intValue: 3, metadata: 'CgA=' }, rebirth], {
      seq: 3,
      uuid: 'a',
      body: 'AA==',
    }),
    // Groups in groups, which no schema of ours has, but which every decoder of protobuf has to pass over.
    Uint8Array.of(...Array(40).fill(0x33), ...Array(40).fill(0x34)),
  ],
  decode(bytes) {
    const isObeyed = asksForRebirth(bytes);
    if (isObeyed && !Buffer.from(bytes).includes(REBIRTH)) throw new FuzzFailure('obeyed what nobody asked');
  },
};

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
    ascii,
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
  seeds: [settingsExample(), SHORT_SETTINGS].map(ascii),
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
  ].map(ascii),
  decode(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const found = parseSettings(text, '/door/lintel.toml');
    mustBeSame(parseSettings(text, '/door/lintel.toml'), found, 'the same text');
  },
};

const brokerUrl: FuzzTarget = {
  name: 'broker-url',
  seeds: ['mqtt://127.0.0.1:1883', 'mqtts://door:p%40ss@broker.example/', 'mqtt://[::1]'].map(ascii),
  tokens: ['%', '%ff', '%00', '@', ':', '\u0000', '\n', '[', ']', '//', '?', '#', '65536', 'é'].map(ascii),
  decode(bytes) {
    const { port, host } = parseBrokerUrl(Buffer.from(bytes).toString('utf8'));
    if (!(port > 0 && port < 65_536) || host === '') throw new FuzzFailure(`'${host}:${port}' is no address`);
  },
};

export const TARGETS: readonly FuzzTarget[] = [report, status, command, tflite, y4m, settings, brokerUrl];

function ascii(text: string): Uint8Array {
  return Buffer.from(text);
}

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
