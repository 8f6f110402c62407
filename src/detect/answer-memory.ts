import { DetectionList } from '../geometry/detection-list.ts';
import type { DetectorTimings } from './detector.ts';

/** What a detector says of one frame. Valid until the second next frame is asked about. */
export interface Answer {
  /** Of the frame that was looked at. Whoever asked compares it with the frame asked about (promise P3). */
  readonly sequence: number;
  /** Whether it was looked at; if not, nothing had changed since the last look, whose faces these are. */
  readonly looked: boolean;
  readonly detections: DetectionList;
  readonly timings: Readonly<DetectorTimings>;
}

/** Sequence and turn of the frame asked about, 'leave', and of each of two answers whether it was looked at and its times. */
const TURN_AT = 1;
const LEAVE_AT = 2;
const ANSWERS_AT = 3;
const ANSWER_NUMBERS = 5;
const HEAD_NUMBERS = ANSWERS_AT + 2 * ANSWER_NUMBERS;
const HEAD_BYTES = HEAD_NUMBERS * 8;

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
      looked: false,
      detections: new DetectionList(memory, at),
      timings: { compareMs: 0, sampleMs: 0, modelMs: 0, decodeMs: 0 },
    });
    this.#answers = [answer(HEAD_BYTES), answer(HEAD_BYTES + DetectionList.BYTES)];
  }

  /** Whoever asks: names the frame, and takes the next turn's answer. */
  ask(sequence: number): void {
    this.#numbers[0] = sequence;
    this.#numbers[TURN_AT] = 1 - this.#turn;
  }

  /** The thread: the frame asked about. */
  get asked(): number {
    return this.#numbers[0]!;
  }

  /** The thread: where this turn's boxes go. */
  get detections(): DetectionList {
    return this.#answers[this.#turn].detections;
  }

  /** The thread: whether it looked at this turn's frame, and how long that took. */
  took(looked: boolean, timings: Readonly<DetectorTimings>): void {
    const at = ANSWERS_AT + this.#turn * ANSWER_NUMBERS;
    this.#numbers[at] = looked ? 1 : 0;
    this.#numbers[at + 1] = timings.compareMs;
    this.#numbers[at + 2] = timings.sampleMs;
    this.#numbers[at + 3] = timings.modelMs;
    this.#numbers[at + 4] = timings.decodeMs;
  }

  /** Whoever asked: this turn's answer, which the thread says is for frame `sequence`. */
  read(sequence: number): Answer {
    const answer = this.#answers[this.#turn];
    const at = ANSWERS_AT + this.#turn * ANSWER_NUMBERS;
    answer.sequence = sequence;
    answer.looked = this.#numbers[at] === 1;
    answer.timings.compareMs = this.#numbers[at + 1]!;
    answer.timings.sampleMs = this.#numbers[at + 2]!;
    answer.timings.modelMs = this.#numbers[at + 3]!;
    answer.timings.decodeMs = this.#numbers[at + 4]!;
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
    return this.#numbers[TURN_AT] === 1 ? 1 : 0;
  }
}

interface MutableAnswer {
  sequence: number;
  looked: boolean;
  readonly detections: DetectionList;
  readonly timings: DetectorTimings;
}
