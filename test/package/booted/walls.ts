import { type Service, TEST_PLACE, VISION } from './installed-lintel.ts';

export const PROBE = `${TEST_PLACE}/probe`;
/** The same, belonging to root and run as root by whoever runs it. */
export const SUID_PROBE = `${TEST_PLACE}/suid-probe`;
/** Anybody may write there, but for a wall. */
export const OPEN_FOLDER = `${TEST_PLACE}/open`;
/** Anybody may connect to it, but for a wall. */
export const SOCKET = '/run/lintel-test.socket';
const BROKER_PORT = '1883';
const FILE_BYTES = String(65 * 1_024);
/** By their numbers in Linux. */
const FAMILIES = { unix: '1', inet: '2', inet6: '10', netlink: '16', packet: '17' } as const;
const CALLS = [
  'add_key',
  'userfaultfd',
  'unshare',
  'personality',
  'sched_setscheduler',
  'setpriority',
  'mlock',
];

/** Something that a service cannot do. */
export interface Wall {
  /** What is said of the service. */
  readonly says: string;
  readonly probe: readonly string[];
  /** What the kernel answers behind the wall. */
  readonly answer: string;
  /** Without the wall its user can do it, so that it is the wall that holds; else root can. */
  readonly byUser?: true;
}

/** A process of the other service, and an address in its memory. */
export interface Neighbour {
  readonly pid: string;
  readonly address: string;
}

export function wallsOf(service: Service, neighbour: Neighbour): Wall[] {
  return service === VISION
    ? [...visionWalls(), ...wallsOfBoth('/var/lib/lintel/state', neighbour)]
    : [...uplinkWalls(), ...wallsOfBoth('/var/lib/lintel/spool', neighbour)];
}

function visionWalls(): Wall[] {
  return [
    ...noSockets('inet', 'inet6', 'netlink', 'packet'),
    { says: 'connects to nothing', probe: ['tcp', BROKER_PORT], answer: 'EAFNOSUPPORT', byUser: true },
    { says: 'reaches no program by a local socket', probe: ['unix', SOCKET], answer: 'ENOENT', byUser: true },
    {
      says: 'writes no file of 65 KiB',
      probe: ['write', '/var/lib/lintel/state', FILE_BYTES],
      answer: 'EFBIG',
      byUser: true,
    },
    { says: "does not see uplink's keys", probe: ['list', '/etc/lintel/keys'], answer: 'EACCES' },
    {
      says: 'opens no device that is not named',
      probe: ['open', '/dev/fuse'],
      answer: 'EPERM',
      byUser: true,
    },
  ];
}

function uplinkWalls(): Wall[] {
  return [
    ...noSockets('unix', 'netlink', 'packet'),
    { says: 'opens no camera', probe: ['open', '/dev/video0'], answer: 'ENOENT', byUser: true },
    { says: 'opens no other device', probe: ['open', '/dev/fuse'], answer: 'ENOENT', byUser: true },
    { says: "does not see vision's state", probe: ['list', '/var/lib/lintel/state'], answer: 'EACCES' },
  ];
}

/** @param own a folder that the service may write to */
function wallsOfBoth(own: string, { pid, address }: Neighbour): Wall[] {
  return [
    { says: 'sees no process of another user', probe: ['others'], answer: 'none', byUser: true },
    { says: "does not read the other's /proc/PID/mem", probe: ['peek-file', pid, address], answer: 'ENOENT' },
    { says: "does not read the other's memory by a call", probe: ['peek', pid, address], answer: 'EPERM' },
    { says: 'traces no program', probe: ['trace', pid], answer: 'EPERM' },
    { says: 'dumps no core', probe: ['core', own], answer: 'no core', byUser: true },
    {
      says: 'writes nothing to the system',
      probe: ['write', OPEN_FOLDER, '1'],
      answer: 'EROFS',
      byUser: true,
    },
    { says: 'leaves nothing in /dev/shm', probe: ['write', '/dev/shm', '1'], answer: 'EACCES', byUser: true },
    {
      says: "is not made root by root's program",
      probe: ['root', SUID_PROBE],
      answer: 'no root',
      byUser: true,
    },
    { says: 'runs nothing that it wrote', probe: ['run', own], answer: 'EACCES', byUser: true },
    {
      says: 'makes no program for others to run as it',
      probe: ['make-suid', own],
      answer: 'EPERM',
      byUser: true,
    },
    ...CALLS.map((call) => ({ says: `makes no call of ${call}`, probe: ['call', call], answer: 'EPERM' })),
  ];
}

function noSockets(...families: (keyof typeof FAMILIES)[]): Wall[] {
  return families.map((family) => ({
    says: `opens no socket of the family ${family}`,
    probe: ['socket', FAMILIES[family]],
    answer: 'EAFNOSUPPORT',
  }));
}
