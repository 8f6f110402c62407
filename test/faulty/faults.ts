/** What a frame's first luma byte tells the faulty detector to do. */
export const Fault = {
  none: 100,
  fails: 101,
  hangs: 102,
  dies: 103,
  throws: 104,
  isSilent: 105,
  answersForAnotherFrame: 106,
} as const;
export type FaultName = keyof typeof Fault;
