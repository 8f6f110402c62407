// The walls of the house (docs/architecture.md). Imports run downwards only.
const tests = '[.](test|contract)[.]ts$';

/** Code in `folder` may import, of this project, only what lies in `allowed` (and its own folder). */
function wall(folder, allowed, comment) {
  const open = [`${folder}/`, 'src/lintel-error.ts', 'src/time/', ...allowed].join('|');
  return {
    name: `wall-${folder.replaceAll('/', '-')}`,
    comment,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: tests },
    to: { path: '^(src|firmware|models|proto|deploy|test)/', pathNot: `^(${open})` },
  };
}

/** Code in `folder` may not use these npm packages or Node modules. */
function without(folder, packages, comment) {
  return {
    name: `without-${folder.replaceAll('/', '-')}`,
    comment,
    severity: 'error',
    from: { path: `^${folder}`, pathNot: tests },
    to: { path: packages },
  };
}

const network =
  '^(node:)?(net|tls|http|https|http2|dgram|dns|dns/promises)$|node_modules/(mqtt|aedes|fastify|pg)/';

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^(src|firmware|models)/', pathNot: tests },
      to: { path: `^test/|${tests}` },
    },
    wall('src/time', [], 'time knows nothing'),
    wall('src/disk', [], 'the disk knows nothing'),
    wall('src/geometry', [], 'boxes know nothing'),
    wall('src/frame', [], 'pixels know nothing of what is done with them'),
    wall('src/detect', ['src/geometry/', 'src/frame/'], 'detection sees frames'),
    wall('src/redact', ['src/geometry/', 'src/frame/'], 'covering sees frames'),
    wall('src/count', ['src/geometry/'], 'the count sees no pixels'),
    wall('src/anonymise', ['src/count/'], 'noise sees counts'),
    wall('src/interlock', ['src/disk/'], "the interlock knows its events, and keeps the resident's choice"),
    wall(
      'src/loop',
      ['src/geometry/', 'src/frame/', 'src/detect/', 'src/redact/', 'src/count/', 'src/interlock/'],
      'the loop joins them',
    ),
    wall(
      'src/still',
      ['src/frame/', 'src/detect/box-means.ts', 'src/geometry/', 'src/aiming/aim'],
      'stills see frames',
    ),
    wall('src/web', [], 'how a page is served knows nothing of what is on it'),
    wall(
      'src/aiming',
      ['src/web/', 'src/disk/', 'src/config/', 'src/settings-file/'],
      'who serves a still never sees a frame (promise P5)',
    ),
    wall('src/aiming/page', [], 'what runs in the browser has nothing else there'),
    wall('src/wire', [], 'the schema stands alone'),
    wall('src/identity', ['src/wire/', 'src/disk/'], "the device's key signs messages, and lies on the disk"),
    wall('src/evidence', ['src/wire/', 'src/disk/'], 'evidence says nothing of people, since it sees none'),
    wall('src/spool', ['src/wire/', 'src/disk/'], 'the spool keeps reports'),
    wall('src/broker', [], 'how a broker is reached and trusted knows nothing of what is said'),
    wall(
      'src/uplink',
      ['src/wire/', 'src/spool/', 'src/broker/'],
      'the network side never sees a frame (promise P5)',
    ),
    wall(
      'src/monitor',
      [
        'src/wire/',
        'src/spool/',
        'src/broker/',
        'src/settings-file/',
        'src/web/',
        'src/count/window-clock.ts',
      ],
      'the facilities side never sees a frame (promise P5)',
    ),
    wall('src/monitor/page', [], 'what runs in the browser has nothing else there'),
    wall('src/settings-file', ['src/wire/broker-url.ts'], 'how a file of settings is read knows no setting'),
    wall('src/config', ['src/geometry/', 'src/settings-file/'], 'settings are data'),
    wall('src/notice', ['src/config/'], 'the notice is made from the settings, and from nothing else'),
    {
      name: 'src-knows-no-hardware',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: '^firmware/' },
    },
    without(
      'src/(disk|geometry|frame|detect|redact|count|anonymise|interlock|loop|spool|evidence|wire|identity|config|settings-file|still)/',
      network,
      'nothing that vision is made of can reach a network (promise P5)',
    ),
    without('src/aiming/[^/]*$', network, 'vision leaves stills, and has no network (promise P5)'),
    without(
      'firmware/(vision|aim-|camera/|gpio/|media/|system/)',
      network,
      'vision has no network (promise P5)',
    ),
    {
      name: 'vision-never-reaches-the-network-side',
      severity: 'error',
      from: { path: '^firmware/vision(-program)?[.]ts$' },
      to: { path: `^src/(broker|uplink|monitor|web|aiming/web)/|${network}`, reachable: true },
    },
    {
      name: 'uplink-never-reaches-a-frame',
      severity: 'error',
      from: { path: '^firmware/(uplink|aiming)[.]ts$' },
      to: {
        path: '^src/(frame|detect|redact|loop|count|anonymise|identity|still)/|^firmware/(camera|gpio)/',
        reachable: true,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
