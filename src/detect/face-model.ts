import { LintelError } from '../lintel-error.ts';
import type { Boxes } from './boxes.ts';

/** What the project knows of a model beside its file: what its output means. */
export interface FaceModel {
  /**
   * Adds the faces that the model's output tells of to `faces`, in pixels of the model's input.
   * @throws LintelError NOT_A_NUMBER, TOO_MANY_FACES: it is then not known where faces are
   */
  find(cls: Float32Array, loc: Float32Array, faces: Boxes): void;
}

/** No sound model is as sure as this that a place is no face; smaller, and minus infinity, are faults. */
export const LEAST_LOGIT = -1e6;

/** The logit that has the score `score`, so that most places need no exponential. */
export function logit(score: number): number {
  return Math.log(score / (1 - score));
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function notANumber(): LintelError {
  return new LintelError('NOT_A_NUMBER', 'the model gave something that is not a number');
}
