import { z } from 'zod';

export const linesSection = z
  .strictObject({
    driver: z
      .enum(['auto', 'onoff', 'chardev', 'simulated'])
      .default('auto')
      .describe(
        'How lines are reached: auto takes onoff where the kernel has GPIO in sysfs, else chardev, the ' +
          "kernel's GPIO character device. Simulated lines go with a recording only.",
      ),
    chip: z.string().min(1).default('pinctrl-bcm').meta({
      description: 'Label of the GPIO chip, or how it begins.',
      allowed: 'the label of a chip',
    }),
    sign: line(17, 'Output to the lit sign.'),
    sense: line(27, 'Input that sees whether the sign is lit.'),
    button: line(
      22,
      "Input of the resident's button, which connects to ground. It needs a resistor to 3.3 V: a Raspberry Pi itself " +
        'pulls this line down, so that no press would be seen.',
    ),
    assist: line(23, 'Output that calls the other way in.'),
    button_normally: z
      .enum(['closed', 'open'])
      .default('closed')
      .describe(
        'The contact of the button at rest. Closed is safer: with that resistor a cut wire reads as a press.',
      ),
    sense_wired: z
      .boolean()
      .default(true)
      .describe("False on a board without the sense line: the sign's own output is then read back."),
  })
  .prefault({})
  .describe('GPIO lines, by their number on the chip (BCM numbers on a Raspberry Pi).');

function line(number: number, description: string) {
  return z.int().min(0).max(1023).default(number).describe(description);
}
