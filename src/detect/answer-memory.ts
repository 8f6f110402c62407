import { DetectionList } from '../geometry/detection-list.ts';
import type { DetectorTimings } from './detector.ts';

/** What a detector says of one frame. Valid until the second next frame is asked about. */
export interface Answer {
  /** Of the frame that was looked at. Whoever asked compares it with the frame asked about (promise P3). */
  readonly sequence: number;
  readonly detections: DetectionList;
  readonly timings: Readonly<DetectorTimings>;
}

/** Sequence and turn of the frame asked about, sampling, model and decoding times of two answers, and 'leave'. */
const HEAD_NUMBERS = 9;
const HEAD_BYTES = HEAD_NUMBERS * 8;
const TIMES_AT = 2;
const LEAVE_AT = 8;

/**
 * The memory in which a detector's thread answers. Two answers are used in turn, so that one frame's boxes can
 * still be read while the next frame is looked at.
 */
export class AnswerMemory {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Float64Array;
  readonly #answers: [MutableAnswer, MutableAnswer];

  constructor(memory = new SharedArrayBuffer(HEAD_BYTES + 2 * DetectionList.BYTES)) {
    this.memory = memory;
    this.#numbers = new Float64Array(memory, 0, HEAD_NUMBERS);
    const answer = (at: number): MutableAnswer => ({
      sequence: 0,
      detections: new DetectionList(memory, at),
      timings: { sampleMs: 0, modelMs: 0, decodeMs: 0 },
    });
    this.#answers = [answer(HEAD_BYTES), answer(HEAD_BYTES + DetectionList.BYTES)];
  }

  /** Whoever asks: names the frame, and takes the next turn's answer. */
  ask(sequence: number): void {
    this.#numbers[0] = sequence;
    this.#numbers[1] = 1 - this.#numbers[1]!;
  }

  /** The thread: the frame asked about. */
  get asked(): number {
    return this.#numbers[0]!;
  }

  /** The thread: where this turn's boxes go. */
  get detections(): DetectionList {
    return this.#answers[this.#turn].detections;
  }

  /** The thread: how long this turn took. */
  took(timings: Readonly<DetectorTimings>): void {
    const at = TIMES_AT + this.#turn * 3;
    this.#numbers[at] = timings.sampleMs;
    this.#numbers[at + 1] = timings.modelMs;
    this.#numbers[at + 2] = timings.decodeMs;
  }

  /** Whoever asked: this turn's answer, which the thread says is for frame `sequence`. */
  read(sequence: number): Answer {
    const answer = this.#answers[this.#turn];
    const at = TIMES_AT + this.#turn * 3;
    answer.sequence = sequence;
    answer.timings.sampleMs = this.#numbers[at]!;
    answer.timings.modelMs = this.#numbers[at + 1]!;
    answer.timings.decodeMs = this.#numbers[at + 2]!;
    return answer;
  }

  /** Whoever asks: the thread is to end by itself as soon as it can. */
  leave(): void {
    this.#numbers[LEAVE_AT] = 1;
  }

  /** The thread: whether it is to end. */
  get isToLeave(): boolean {
    return this.#numbers[LEAVE_AT] === 1;
  }

  get #turn(): 0 | 1 {
    return this.#numbers[1] === 1 ? 1 : 0;
  }
}

interface MutableAnswer {
  sequence: number;
  readonly detections: DetectionList;
  readonly timings: DetectorTimings;
}
