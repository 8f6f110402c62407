import { type Machine, MachineError } from '../machine/machine.ts';
import { ANSWERS, FAILED, ORDERS } from './door-server.ts';

const deadlineMs = 600_000;
const answer = `read -r line < ${ANSWERS} && echo "$line"`;
const server = '/lintel/test/device/vision/door-server.ts';
const log = '/tmp/doors.log';

/** Starts the doors' program in the machine; resolves when all doors are watched. @throws MachineError */
export async function beginDoors(machine: Machine): Promise<void> {
  const begin = `node ${server} > ${log} 2>&1 & until [ -p ${ANSWERS} ] || ! kill -0 $!; do sleep 0.2; done`;
  await inMachine(machine, `${begin}; ${answer}`);
}

/** Gives the doors an order. @throws MachineError */
export async function askDoors<Order, Answer>(machine: Machine, order: Order): Promise<Answer> {
  return JSON.parse(await inMachine(machine, `echo '${JSON.stringify(order)}' > ${ORDERS}; ${answer}`));
}

async function inMachine(machine: Machine, command: string): Promise<string> {
  const { status, output } = await machine.run(['eval', command], deadlineMs);
  if (status === 0 && !output.startsWith(FAILED)) return output.trim();
  const { output: said } = await machine.run(['tail', '-n20', log], deadlineMs);
  throw new MachineError('MACHINE_STOPPED', `the doors in the machine answer: ${output}`, said);
}
