/** The electrical level of a line: 0 low, 1 high. What it means is said one storey up, in `door-lines.ts`. */
export type Level = 0 | 1;

export interface OutputLine {
  /** Drives the line. @throws LintelError GPIO_IO when the line is gone */
  write(level: Level): void;
  /** The level that is on the line now. @throws LintelError GPIO_IO */
  read(): Level;
}

export interface InputLine {
  /** The level that is on the line now. @throws LintelError GPIO_IO */
  read(): Level;
  /**
   * Calls `listener` after the level changed, with the level read then. Edges that follow each other quickly may
   * come as one call, and a driver may miss one: whoever needs to know also reads the level from time to time.
   */
  onChange(listener: (level: Level) => void): void;
}

/**
 * One GPIO chip. Every driver passes the same contract tests (`gpio.contract.ts`). Lines are named by their
 * number on the chip (BCM numbers on a Raspberry Pi).
 */
export interface Gpio {
  /** Claims a line and drives `initial` from the first moment on, without a glitch. @throws LintelError GPIO_... */
  output(line: number, initial: Level): Promise<OutputLine>;
  /** Claims a line to read from. @throws LintelError GPIO_... */
  input(line: number): Promise<InputLine>;
  /** Gives every line back. Outputs keep no level that was not driven: the caller writes the safe one first. */
  close(): Promise<void>;
}
