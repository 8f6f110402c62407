import { GpioError } from './gpio-error.ts';

/** A GPIO chip as a driver finds it. Numbers of chips and of sysfs lines change from boot to boot; labels do not. */
export interface Chip {
  readonly label: string;
  readonly lines: number;
}

/**
 * The chip with this label, or else the only one whose label begins with it, so that 'pinctrl-bcm' fits every
 * Raspberry Pi up to the 4.
 * @throws GpioError GPIO_NO_CHIP when none fits or several do
 */
export function chooseChip<C extends Chip>(chips: readonly C[], label: string): C {
  const exact = chips.filter((chip) => chip.label === label);
  const fitting = exact.length > 0 ? exact : chips.filter((chip) => chip.label.startsWith(label));
  const [chip, another] = fitting;
  if (!chip) throw GpioError.noChip(label, chips.map(describe));
  if (another) throw GpioError.ambiguousChip(label, fitting.map(describe));
  return chip;
}

/** @throws GpioError GPIO_LINE_RANGE */
export function checkLine(chip: Chip, line: number): void {
  if (!Number.isInteger(line) || line < 0 || line >= chip.lines) {
    throw GpioError.noSuchLine(line, chip.label, chip.lines);
  }
}

function describe(chip: Chip): string {
  return `'${chip.label}' (${chip.lines} lines)`;
}
