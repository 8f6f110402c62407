import { describe, expect, it } from 'vitest';
import { checkLine, chooseChip } from './chip.ts';

const pi4 = { label: 'pinctrl-bcm2711', lines: 54 };
const expander = { label: 'raspberrypi-exp-gpio', lines: 8 };

describe('finding a chip by its label', () => {
  it('takes the one with that label, wherever it stands', () => {
    expect(chooseChip([expander, pi4], 'pinctrl-bcm2711')).toBe(pi4);
  });

  it('takes the only one whose label begins so', () => {
    expect(chooseChip([expander, pi4], 'pinctrl-bcm')).toBe(pi4);
  });

  it('prefers the whole label to a beginning', () => {
    const longer = { label: 'pinctrl-bcm2711-sub', lines: 4 };
    expect(chooseChip([longer, pi4], 'pinctrl-bcm2711')).toBe(pi4);
  });

  it('names the chips that are there when none fits', () => {
    expect(() => chooseChip([expander, pi4], 'pinctrl-rp1')).toThrow(
      "no GPIO chip is labelled 'pinctrl-rp1' (there are: 'raspberrypi-exp-gpio' (8 lines), 'pinctrl-bcm2711' (54 lines))",
    );
    expect(() => chooseChip([], 'pinctrl-rp1')).toThrow('there is no chip at all');
  });

  it('never guesses between two', () => {
    const twin = { label: 'pinctrl-bcm2835', lines: 54 };
    expect(() => chooseChip([twin, pi4], 'pinctrl-bcm')).toThrow(
      "several GPIO chips fit the label 'pinctrl-bcm': 'pinctrl-bcm2835' (54 lines), 'pinctrl-bcm2711' (54 lines)",
    );
  });
});

it("a line's number is from 0 to one less than the chip has", () => {
  expect(() => checkLine(expander, 8)).toThrow('raspberrypi-exp-gpio has no line 8; give a line from 0 to 7');
  expect(() => checkLine(expander, 7)).not.toThrow();
});
