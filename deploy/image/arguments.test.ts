import { describe, expect, it } from 'vitest';
import { imageArguments } from './arguments.ts';

describe('what npm run image is asked for', () => {
  it('is an image with keys for development when nothing is said', () => {
    expect(imageArguments([])).toEqual({
      command: 'image',
      json: false,
      help: false,
      keyring: undefined,
      signing: undefined,
    });
  });

  it('is an update signed by who is named, whom the image knows', () => {
    const args = imageArguments(['bundle', '--certificate', 'a.pem', '--key', 'a.key']);
    expect(args).toMatchObject({
      command: 'bundle',
      keyring: 'a.pem',
      signing: { certificate: 'a.pem', key: 'a.key' },
    });
  });

  it('may be an image that knows other signers, without their keys', () => {
    expect(imageArguments(['--keyring', 'all.pem'])).toMatchObject({
      keyring: 'all.pem',
      signing: undefined,
    });
  });

  for (const [args, said] of [
    [['card'], "there is no 'card'"],
    [['image', 'bundle'], "there is no 'image bundle'"],
    [['--key', 'a.key'], 'say both'],
    [['bundle', '--keyring', 'all.pem'], 'say --certificate and --key too'],
    [['--fast'], '--help says how'],
  ] as const) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(() => imageArguments(args)).toThrow(said);
    });
  }
});
