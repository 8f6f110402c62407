/** Time, as the program asks for it. The real one is `SystemClock`; `SimulatedClock` moves by hand. */
export interface Clock {
  /** Milliseconds since some fixed moment; never steps back, whatever is done to the wall clock. */
  monotonicMs(): number;
  /** Milliseconds since 1970-01-01T00:00Z by the wall clock, which may step. */
  wallMs(): number;
  /** Calls `callback` once, `delayMs` from now by the monotonic clock. @returns a function that cancels it */
  after(delayMs: number, callback: () => void): () => void;
}
