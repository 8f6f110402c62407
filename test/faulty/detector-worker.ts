import { parentPort, workerData } from 'node:worker_threads';
import { AnswerMemory } from '../../src/detect/answer-memory.ts';
import type { WorkerStart } from '../../src/detect/detector-thread.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { slotBytes } from '../../src/frame/slot-ring.ts';
import { Fault } from './faults.ts';

/** A detector's thread that behaves as the first pixel of each frame asks it to. */
const start = workerData as WorkerStart;
const layout = new I420Layout(start.width, start.height, start.lumaStride);
const answers = new AnswerMemory(start.answers);
const port = parentPort!;

port.on('message', (slot: number | 'forget') => {
  if (slot === 'forget') return;
  if (answers.isToLeave) {
    port.close();
    return;
  }
  const sequence = answers.asked;
  const asked = slotBytes(start.frames, layout, slot)[0];
  answers.detections.clear();
  answers.detections.add(8, 8, 16, 16, 0.9, true);
  answers.took(true, { compareMs: 1, sampleMs: 1, modelMs: 1, decodeMs: 1 });
  switch (asked) {
    case Fault.fails:
      port.postMessage({ failed: 'as it was asked to' });
      break;
    case Fault.hangs:
      for (;;);
    case Fault.dies:
      process.exit(3);
      break;
    case Fault.throws:
      throw new Error('as it was asked to');
    case Fault.isSilent:
      break;
    case Fault.answersForAnotherFrame:
      port.postMessage(sequence - 1);
      break;
    default:
      port.postMessage(sequence);
  }
});

port.postMessage('ready');
