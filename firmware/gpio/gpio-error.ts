import { LintelError } from '../../src/lintel-error.ts';

/** What can be wrong with a GPIO chip or line, said the same way by every driver. */
export class GpioError extends LintelError {
  static noChip(label: string, present: readonly string[]): GpioError {
    const there = present.length === 0 ? 'there is no chip at all' : `there are: ${present.join(', ')}`;
    return new GpioError(
      'GPIO_NO_CHIP',
      `no GPIO chip is labelled '${label}' (${there}); give the label of the one that the sign is wired to, or load its overlay`,
    );
  }

  static ambiguousChip(label: string, fitting: readonly string[]): GpioError {
    return new GpioError(
      'GPIO_NO_CHIP',
      `several GPIO chips fit the label '${label}': ${fitting.join(', ')}; give one in full`,
    );
  }

  static noSuchLine(line: number, chip: string, lines: number): GpioError {
    return new GpioError(
      'GPIO_LINE_RANGE',
      `${chip} has no line ${line}; give a line from 0 to ${lines - 1} (its number on the chip, not the pin's on the header)`,
    );
  }

  /** @param holder who holds it, as far as that is known */
  static inUse(line: number, cause?: unknown, holder = ''): GpioError {
    return new GpioError(
      'GPIO_BUSY',
      `GPIO line ${line} is in use${holder && ` by '${holder}'`}; end the program or remove the overlay that holds it${holder ? '' : " ('gpioinfo' names it)"}, or give another line`,
      cause,
    );
  }

  static noPermission(what: string, cause?: unknown): GpioError {
    return new GpioError(
      'GPIO_PERMISSION',
      `no permission for ${what}; add this user to the group 'gpio', or install the udev rule`,
      cause,
    );
  }

  static unavailable(what: string, cause?: unknown): GpioError {
    return new GpioError('GPIO_UNAVAILABLE', what, cause);
  }

  static lineLost(line: number, cause?: unknown): GpioError {
    return new GpioError('GPIO_IO', `GPIO line ${line} was lost or given back; open the lines anew`, cause);
  }
}
