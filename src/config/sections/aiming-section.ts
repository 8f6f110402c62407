import { z } from 'zod';
import { isLocalHost } from '../local-host.ts';

export const aimingSection = z
  .strictObject({
    host: z.string().min(1).max(64).refine(isLocalHost).default('127.0.0.1').meta({
      description:
        "Where the page for aiming is shown: on this machine alone, on the network device 'usb0', or on a link-local address.",
      allowed: "'usb0', or a loopback or link-local address, such as '127.0.0.1' or '169.254.7.1'",
    }),
    port: z.int().min(1).max(65_535).default(8_088).describe('Its port.'),
  })
  .prefault({})
  .describe("Aiming: after five short presses in the first minute, 'lintel aiming' shows what is seen.");
