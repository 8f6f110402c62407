// Loaded into `vision` by `node --import`: on SIGUSR2, what the environment names goes wrong in its main thread.
const faults: Record<string, () => void> = {
  hang: () => {
    for (;;);
  },
  // Its timers no longer fire, and so it no longer looks at its lines; everything else goes on.
  timers: () => void Object.assign(globalThis, { setTimeout: () => {} }),
  throw: () => {
    throw new Error('thrown by a test');
  },
  reject: () => void Promise.reject(new Error('rejected by a test')),
};

process.on('SIGUSR2', () => faults[process.env.LINTEL_TEST_FAULT!]!());
