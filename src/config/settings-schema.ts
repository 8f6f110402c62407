import { z } from 'zod';
import { checkBroker } from './check-broker.ts';
import { checkTogether } from './check-together.ts';
import { isLocalHost } from './local-host.ts';
import { PLACES, PRIVATE_PLACES } from './places.ts';
import { WAYS_IN, type WayIn } from './ways-in.ts';

/** It is known in every language of the notice. */
export const STANDARD_PURPOSE = 'Counting how many people pass this door. Nobody is recognised.';

/**
 * Every setting there is (promise P9): no key may switch off, or make optional, the sign, the button, the covering
 * or the noise. `promise-nine.test.ts` lists them all and says of each why it cannot.
 *
 * `description`, `default` and `examples` are what the example file shows; `allowed` is what an error says when the
 * type does not say it all.
 */
export const settingsSchema = z
  .strictObject({
    site: z
      .strictObject({
        name: topicName('The building, as the facilities side knows it.', 'riverside-house'),
        device: topicName('The door this camera looks at.', 'front-door'),
        place: z
          .enum([...PLACES, ...PRIVATE_PLACES])
          .optional()
          .meta({
            description:
              'What kind of place it is. Those with room in their name, and washrooms, are refused. Nothing is ' +
              'watched by a camera before it is said.',
            examples: ['building-entrance'],
          }),
        purpose: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .meta({
            description:
              'What the counts are for, in words for the notice at the door. Nothing is watched by a camera before ' +
              'it is said.',
            allowed: 'text',
            examples: [STANDARD_PURPOSE],
          }),
        time_zone: z.string().refine(isTimeZone).default('UTC').meta({
          description: 'Where the day begins: an IANA time zone.',
          allowed: "the name of a time zone, such as 'Europe/Berlin'",
        }),
      })
      .prefault({} as never)
      .describe('What is watched, and what for.'),

    notice: z
      .strictObject({
        operator: noticeText(
          100,
          'Who runs the camera and answers for it. A notice is made only when it is said.',
          'Riverside House Ltd, 1 River Road',
        ),
        contact: noticeText(200, 'Where people ask, object and complain.', 'privacy@riverside-house.example'),
        url: z
          .string()
          .regex(/^https:\/\/[!-~]{4,300}$/)
          .optional()
          .meta({
            description:
              "A page with the notice's text; without it, the code on the notice holds the text itself.",
            allowed: "a URL like 'https://host/page'",
            examples: ['https://riverside-house.example/camera'],
          }),
        other_way_in: z
          .enum(['intercom', 'concierge', 'card-reader', 'key'])
          .optional()
          .meta({
            description: 'How people come in who have opted out: what the assist line calls.',
            examples: ['intercom'],
          }),
        purpose_en: noticeText(
          300,
          'The purpose, in English, where site.purpose is in another language.',
          'Counting visitors.',
        ),
        purpose_zh: noticeText(300, 'The same, in simplified Chinese.', '统计来访人数。'),
        purpose_de: noticeText(300, 'The same, in German.', 'Besucherzählung.'),
      })
      .prefault({})
      .describe("What the notice at the door says beside all that is set here: 'lintel notice' prints it."),

    camera: z
      .strictObject({
        driver: z
          .enum(['auto', 'native', 'rpicam', 'libcamera', 'replay'])
          .default('auto')
          .describe(
            'Where pictures come from: auto plays the recording if camera.file names one, and else takes the first of ' +
              'native, rpicam and libcamera that can run here; replay plays a recording.',
          ),
        file: z
          .string()
          .min(1)
          .optional()
          .meta({
            description:
              'A recording that is played in the place of a camera; leave it out where there is one.',
            allowed: 'the name of a file',
            examples: ['door.y4m'],
          }),
        width: side(1280, 'Width of a picture, in pixels. A recording has its own.'),
        height: side(720, 'Height of a picture, in pixels. A recording has its own.'),
        frames_per_second: z
          .number()
          .min(1)
          .max(60)
          .default(10)
          .describe('Pictures asked of the camera a second. A recording has its own.'),
      })
      .prefault({})
      .describe('The sensor.'),

    doorway: z
      .strictObject({
        faces: z
          .enum(['coming-in', 'going-out', 'both'])
          .default('coming-in')
          .describe(
            'Who shows the camera their faces: people coming in, going out, or both. Nobody is counted from behind, so ' +
              'the other direction is reported as not measured, which is not zero.',
          ),
        line: z
          .tuple([point(), point()])
          .optional()
          .meta({
            description:
              'The line that is crossed, from end to end, as fractions of the width and the height of the picture.',
            allowed: 'two points [[x, y], [x, y]] with numbers from 0 to 1',
            examples: [
              [
                [0.5, 0],
                [0.5, 1],
              ],
            ],
          }),
        in_side: z
          .enum(Object.keys(WAYS_IN) as WayIn[])
          .optional()
          .meta({
            description: 'The way people move in the picture when they come in.',
            examples: ['left-to-right'],
          }),
        in_area: area(
          'In place of line and in_side, for a way that bends: the area where people are once they are in.',
        ),
        out_area: area(
          'With in_area: where they are before. Leave a gap between the two, as wide as a face or wider.',
        ),
        area: area(
          'All that this camera may see: the rest of the picture is black before anything looks at it. It holds the line, ' +
            'or the two areas, with room for a face on either side; [] is the whole picture.',
        ),
      })
      .prefault({} as never)
      .describe('Where people are counted.'),

    detector: z
      .strictObject({
        profile: z
          .enum(['near', 'far', 'careful'])
          .default('near')
          .describe(
            'How small a face may be: near finds those of 28 pixels and more, far smaller ones, careful looks twice.',
          ),
        threads: z.int().min(1).max(4).default(1).describe('Processor cores that the detector may use.'),
      })
      .prefault({})
      .describe('The search for faces, in order to hide them.'),

    cover: z
      .strictObject({
        style: z
          .enum(['blur', 'mosaic', 'solid'])
          .default('blur')
          .describe('How a face is made unreadable. None of them can be undone.'),
      })
      .prefault({})
      .describe('What is shown in place of a face.'),

    count: z
      .strictObject({
        window_minutes: z
          .literal([15, 30, 60])
          .default(60)
          .describe('Minutes that one reported count covers.'),
      })
      .prefault({})
      .describe('The count.'),

    anonymity: z
      .strictObject({
        suppress_below: z
          .int()
          .min(5)
          .max(100)
          .default(10)
          .describe("Counts under this are reported as 'fewer than' it. Noise is added to every count."),
      })
      .prefault({})
      .describe('What a report may tell.'),

    opt_out: z
      .strictObject({
        assist_pulse_seconds: z
          .number()
          .min(0.5)
          .max(30)
          .default(2)
          .describe('How long the assist line calls the other way in when a resident presses the button.'),
        returns_after: z
          .union([z.literal('never'), z.number().min(1).max(168)])
          .default('never')
          .meta({
            description: 'Hours after which the camera watches again by itself, or never.',
            allowed: "'never', or hours from 1 to 168",
          }),
      })
      .prefault({})
      .describe("The resident's button."),

    lines: z
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
        button: line(22, "Input of the resident's button, which connects to ground."),
        assist: line(23, 'Output that calls the other way in.'),
        button_normally: z
          .enum(['closed', 'open'])
          .default('closed')
          .describe('The contact of the button at rest. Closed is safer: a cut wire then reads as a press.'),
        sense_wired: z
          .boolean()
          .default(true)
          .describe("False on a board without the sense line: the sign's own output is then read back."),
      })
      .prefault({})
      .describe('GPIO lines, by their number on the chip (BCM numbers on a Raspberry Pi).'),

    broker: z
      .strictObject({
        url: brokerUrl().default('mqtt://127.0.0.1:1883').meta({
          description:
            'The MQTT broker that takes the reports. Over a network only mqtts is taken: TLS 1.3, and the certificate is always checked.',
          allowed: "a URL like 'mqtts://host' or 'mqtts://user:password@host:8883'",
          secret: true,
        }),
        other_urls: z.array(brokerUrl()).max(15).default([]).meta({
          description:
            'Further nodes of the same broker: the camera begins with any one of them all, and takes the next when it fails.',
          allowed: "a list of URLs like 'mqtts://host'",
          secret: true,
        }),
        oldest_mqtt: z
          .enum(['5', '3.1.1'])
          .default('5')
          .describe(
            'With 3.1.1 a broker cannot say that it refuses a report: only for one that knows nothing newer, as RabbitMQ before 3.13.',
          ),
        ca: pemFile(
          "Certificate of the authority that signed the broker's; without it, those that every browser knows.",
          'ca.pem',
        ),
        certificate: pemFile('The certificate by which the broker knows this camera.', 'camera.pem'),
        key: pemFile('The private key of that certificate.', 'camera.key'),
        profile: z
          .enum(['native', 'home-assistant', 'sparkplug'])
          .default('native')
          .describe(
            'The topics and the form of what is sent: native is described by the schema in proto/lintel/v1.',
          ),
      })
      .superRefine(checkBroker)
      .prefault({})
      .describe('Where reports go.'),

    aiming: z
      .strictObject({
        host: z.string().min(1).max(64).refine(isLocalHost).default('127.0.0.1').meta({
          description:
            "Where the page for aiming is shown: on this machine alone, on the network device 'usb0', or on a link-local address.",
          allowed: "'usb0', or a loopback or link-local address, such as '127.0.0.1' or '169.254.7.1'",
        }),
        port: z.int().min(1).max(65_535).default(8_088).describe('Its port.'),
      })
      .prefault({})
      .describe("Aiming: after five short presses in the first minute, 'lintel aiming' shows what is seen."),

    paths: z
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
      ),
  })
  .superRefine(checkTogether);

/** The settings as they stand in a file, every default filled in. */
export type SettingsFile = z.output<typeof settingsSchema>;

function brokerUrl() {
  return z.string().regex(/^mqtts?:\/\/[^\s?#/]+\/?$/);
}

function topicName(description: string, example: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({
      description,
      allowed: "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
      examples: [example],
    });
}

function noticeText(most: number, description: string, example: string) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .optional()
    .meta({ description, allowed: `text of up to ${most} characters`, examples: [example] });
}

function side(pixels: number, description: string) {
  return z.int().min(16).max(4096).default(pixels).describe(description);
}

function point() {
  const fraction = z.number().min(0).max(1);
  return z.tuple([fraction, fraction]);
}

function area(description: string) {
  return z.array(point()).max(16).default([]).meta({
    description,
    allowed: 'from 3 to 16 corners [[x, y], [x, y], [x, y]] with numbers from 0 to 1, or [] for none',
  });
}

function line(number: number, description: string) {
  return z.int().min(0).max(1023).default(number).describe(description);
}

function pemFile(description: string, example: string) {
  return z
    .string()
    .min(1)
    .optional()
    .meta({ description, allowed: 'the name of a file in PEM form', examples: [example] });
}

function folder(path: string, description: string) {
  return z.string().min(1).default(path).meta({ description, allowed: 'the name of a folder' });
}

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
