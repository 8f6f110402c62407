import { LintelError } from '../../src/lintel-error.ts';

/** A partition's place, in MiB from the beginning of the disk. */
export interface Partition {
  /** As the kernel finds it (PARTLABEL), and RAUC. */
  readonly name: string;
  readonly type: string;
  readonly uuid: string;
  readonly startMiB: number;
  readonly sizeMiB: number;
}

/** GPT partition types (UEFI 2.10, 5.3.3; The Discoverable Partitions Specification). */
const ESP = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';
const LINUX = '0FC63DAF-8483-4772-8E79-3D69D8477DE4';

/**
 * In the order in which a Raspberry Pi's firmware has to find them: what says which slot is started, then what each slot is
 * started from. A slot is a kernel with what belongs to it, and a read-only root.
 */
const PARTS = [
  { name: 'start', type: ESP, sizeMiB: 64 },
  { name: 'boot-a', type: LINUX, sizeMiB: 96 },
  { name: 'boot-b', type: LINUX, sizeMiB: 96 },
  { name: 'root-a', type: LINUX, sizeMiB: 448 },
  { name: 'root-b', type: LINUX, sizeMiB: 448 },
  { name: 'data', type: LINUX, sizeMiB: 512 },
] as const;

export type PartitionName = (typeof PARTS)[number]['name'];

/** The table itself, and its copy at the end of the disk. */
const TABLE_MIB = 1;
const MIB = 2 ** 20;
const DISK_UUID = uuid(0);

export const PARTITIONS: readonly Partition[] = PARTS.map((part, at) => ({
  ...part,
  uuid: uuid(at + 1),
  startMiB: TABLE_MIB + PARTS.slice(0, at).reduce((sum, { sizeMiB }) => sum + sizeMiB, 0),
}));

export const DISK_MIB = PARTITIONS.reduce((sum, { sizeMiB }) => sum + sizeMiB, 2 * TABLE_MIB);

export function partition(name: PartitionName): Partition {
  return PARTITIONS.find((known) => known.name === name)!;
}

/** What `sfdisk` is to be told. */
export function partitionTable(): string {
  const lines = PARTITIONS.map(
    ({ name, type, uuid, startMiB, sizeMiB }) =>
      `start=${startMiB}MiB, size=${sizeMiB}MiB, type=${type}, uuid=${uuid}, name="${name}"`,
  );
  return [`label: gpt`, `label-id: ${DISK_UUID}`, ...lines, ''].join('\n');
}

/** @throws LintelError TOO_LARGE */
export function requireRoom(name: PartitionName, bytes: number): void {
  const { sizeMiB } = partition(name);
  if (bytes <= sizeMiB * MIB) return;
  const needs = Math.ceil(bytes / MIB);
  throw new LintelError(
    'TOO_LARGE',
    `${name} needs ${needs} MiB and has ${sizeMiB}: leave something out, for devices in the field cannot be given larger partitions`,
  );
}

/** Always the same, so that an image is; a card with it is known by these numbers to nobody but its own machine. */
function uuid(number: number): string {
  return `4C494E54-454C-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`;
}
