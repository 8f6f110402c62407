import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineCommand } from '../device/machine/machine.ts';

/** Of Debian's qemu-efi-aarch64. */
export const FIRMWARE = '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd';

/** A stick by its name, as qemu plugs it in. */
export const plugIn = (name: string) => `usb-storage,drive=${name},id=${name}-plugged`;

export interface ImageMachine {
  /** The disk image: what the machine writes there stays. */
  readonly image: string;
  /** Images of sticks that can be plugged in, by their names. */
  readonly sticks?: Readonly<Record<string, string>>;
  /** The stick that is there from the start on. */
  readonly plugged?: string;
  /** Where what it writes to the card is kept, request by request (write-log.ts). */
  readonly writeLog?: string | undefined;
  /** Drop-ins that the test adds to units. */
  readonly dropIns?: Readonly<Record<string, string>>;
}

const UNIT = `[Unit]
After=local-fs.target systemd-modules-load.service
Before=lintel-first-start.service lintel-identity.service lintel-vision.service
[Service]
LoadCredential=lintel.bed
LoadCredential=lintel.wire
ExecStartPre=/bin/bash %d/lintel.bed lines
ExecStart=/bin/bash %d/lintel.bed wire
`;

/**
 * The card in an emulated arm64 machine that starts by UEFI, with a watchdog and a network in which this machine is
 * 10.0.2.2. What the test needs inside is handed over as system credentials in the machine's SMBIOS (systemd 257,
 * systemd.system-credentials(7)): the image is as it was built.
 */
export async function imageMachine({
  image,
  sticks = {},
  plugged,
  writeLog,
  dropIns = {},
}: ImageMachine): Promise<MachineCommand> {
  const read = (name: string) => readFile(join(import.meta.dirname, name), 'utf8');
  const credentials = {
    'lintel.bed': await read('bed.sh'),
    'lintel.wire': await read('../device/machine/wire.sh'),
    'systemd.extra-unit.lintel-bed.service': UNIT,
    'systemd.unit-dropin.multi-user.target': '[Unit]\nWants=lintel-bed.service\n',
    ...Object.fromEntries(
      Object.entries(dropIns).map(([unit, text]) => [`systemd.unit-dropin.${unit}`, text]),
    ),
  };
  const strings = Object.entries(credentials).flatMap(([name, text]) => [
    '-smbios',
    `type=11,value=io.systemd.credential.binary:${name}=${Buffer.from(text).toString('base64')}`,
  ]);
  const path = (file: string) => file.replaceAll(',', ',,');
  const card = { driver: 'file', filename: image };
  const log = { driver: 'file', filename: writeLog };
  const logged = { driver: 'blklogwrites', file: card, log, 'log-super-update-interval': 1 };
  const disk = { 'node-name': 'card', ...(writeLog ? logged : { driver: 'raw', file: card }) };
  return (folder) => [
    ...[
      'nice',
      '-n',
      '10',
      'qemu-system-aarch64',
      '-M',
      'virt',
      '-cpu',
      'cortex-a72',
      '-accel',
      'tcg,thread=multi',
    ],
    ...['-smp', '2', '-m', '1024', '-display', 'none', '-monitor', 'none', '-bios', FIRMWARE],
    ...['-blockdev', JSON.stringify(disk), '-device', 'virtio-blk-pci,drive=card,bootindex=0'],
    ...['-device', 'qemu-xhci', '-device', 'i6300esb', '-device', 'virtio-rng-pci'],
    ...['-netdev', 'user,id=net', '-device', 'virtio-net-pci,netdev=net,romfile='],
    // Not '-drive': that one is gone with the stick, which could not be plugged in again.
    ...Object.entries(sticks).flatMap(([name, filename]) => [
      '-blockdev',
      JSON.stringify({
        driver: 'raw',
        'node-name': name,
        'read-only': true,
        file: { driver: 'file', filename, 'read-only': true },
      }),
    ]),
    ...(plugged ? ['-device', plugIn(plugged)] : []),
    ...strings,
    ...['-qmp', `unix:${path(join(folder, 'monitor'))},server=on,wait=off`],
    ...[
      '-chardev',
      'stdio,id=wire',
      '-device',
      'virtio-serial-pci',
      '-device',
      'virtserialport,chardev=wire,name=wire',
    ],
    ...['-serial', `file:${join(folder, 'console')}`],
  ];
}
