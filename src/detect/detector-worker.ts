import { parentPort, workerData } from 'node:worker_threads';
import { I420Layout } from '../frame/i420.ts';
import { slotBytes } from '../frame/slot-ring.ts';
import { AnswerMemory } from './answer-memory.ts';
import { FaceDetector } from './detector.ts';
import type { WorkerStart } from './detector-thread.ts';

/**
 * The thread in which the model runs, since `run` of onnxruntime-node blocks whoever calls it. Takes the index of
 * a slot, looks at the pixels in shared memory, writes the boxes to shared memory, and answers with a number.
 */
const start = workerData as WorkerStart;
const port = parentPort!;
const layout = new I420Layout(start.width, start.height, start.lumaStride);
const answers = new AnswerMemory(start.answers);
const frames = Array.from({ length: start.slots }, (_, index) =>
  layout.view(slotBytes(start.frames, layout, index)),
);

const detector = await FaceDetector.open({
  profile: start.profile,
  modelsDir: start.modelsDir,
  threads: start.threads,
  looksAlways: start.looksAlways,
  layout,
});

port.on('message', async (message: number | 'forget') => {
  if (message === 'forget') {
    detector.forget();
    return;
  }
  if (!answers.isToLeave) await look(message);
  if (answers.isToLeave) {
    await detector.close();
    port.close();
  }
});

async function look(slot: number): Promise<void> {
  const sequence = answers.asked;
  try {
    await detector.detect(frames[slot]!, answers.detections);
    answers.took(detector.looked, detector.timings);
    port.postMessage(sequence);
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
}

port.postMessage('ready');
