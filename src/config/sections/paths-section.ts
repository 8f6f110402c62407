import { z } from 'zod';

export const pathsSection = z
  .strictObject({
    spool: folder('/var/lib/lintel/spool', 'Reports on their way out.'),
    state: folder(
      '/var/lib/lintel/state',
      "The resident's choice, this device's key, and which windows were released.",
    ),
    models: folder('/usr/lib/lintel/models', 'The face detectors.'),
    aim: folder(
      '/run/lintel-aim',
      'Covered stills for whoever aims the camera, while they do; it has to lie in memory.',
    ),
  })
  .prefault({})
  .describe(
    'Folders; names that do not begin with /, here and above, are meant from the folder of this file.',
  );

function folder(path: string, description: string) {
  return z.string().min(1).default(path).meta({ description, allowed: 'the name of a folder' });
}
