import { asksForRebirth, REBIRTH } from '../../src/uplink/sparkplug/command.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { repeatSigner, signedExample, signedStatus } from '../../src/wire/example-signer.ts';
import { decodeReport, encodeReport } from '../../src/wire/report-codec.ts';
import { signerOf } from '../../src/wire/signature.ts';
import { decodeStatus, encodeStatus } from '../../src/wire/status-codec.ts';
import { writePayload } from '../reference/sparkplug-standard.ts';
import { bytesOf, FuzzFailure, type FuzzTarget, mustBeSame } from './target.ts';

const ADDRESS = { site: 'hall', device: 'front' };

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

const brokerUrl: FuzzTarget = {
  name: 'broker-url',
  seeds: ['mqtt://127.0.0.1:1883', 'mqtts://door:p%40ss@broker.example/', 'mqtt://[::1]'].map(bytesOf),
  tokens: ['%', '%ff', '%00', '@', ':', '\u0000', '\n', '[', ']', '//', '?', '#', '65536', 'é'].map(bytesOf),
  decode(bytes) {
    const { port, host } = parseBrokerUrl(Buffer.from(bytes).toString('utf8'));
    if (!(port > 0 && port < 65_536) || host === '') throw new FuzzFailure(`'${host}:${port}' is no address`);
  },
};

/** What comes from, or goes to, a network. */
export const WIRE_TARGETS: readonly FuzzTarget[] = [report, status, command, brokerUrl];
