import type { ChildProgram } from './child-program.ts';

const PRESS_MS = 200;

/** Space presses the button of `vision`, q and Ctrl-C call `end`. @returns what gives the terminal back */
export function listenToKeys(vision: ChildProgram, end: () => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', (data) => {
    for (const key of data.toString('latin1')) {
      if (key === ' ') press(vision);
      if (key === 'q' || key === '\x03') end();
    }
  });
  return () => {
    stdin.setRawMode(false);
    stdin.pause();
  };
}

function press(vision: ChildProgram): void {
  vision.tell('press');
  setTimeout(() => vision.tell('release'), PRESS_MS);
}
