import { KEYS } from '../../src/config/known-settings.ts';
import { isPrivate } from '../../src/config/places.ts';
import { refusalToWatch } from '../../src/config/refusal-to-watch.ts';
import { MAX_SPOOL_FILE_BYTES } from '../../src/spool/spool-name.ts';
import { type DeviceView, SERVICE, type Seen } from './device-view.ts';

/** What there is to see of a requirement on this device. */
export interface Shown {
  readonly state: 'shown' | 'not-shown' | 'wrong';
  readonly text: string;
}

/** A requirement in few words, what the device does about it, and how that is seen here. */
export interface RequirementRow {
  readonly id: string;
  readonly asked: string;
  readonly does: string;
  readonly here: (view: DeviceView) => Shown;
}

const shown = (text: string): Shown => ({ state: 'shown', text });
const notShown = (text: string): Shown => ({ state: 'not-shown', text });

/** Only this program's own tests hold what happens in its memory and at its lines. */
const BY_TESTS = 'the tests of this version hold it, and nothing on the device itself does';

export const REQUIREMENTS: readonly RequirementRow[] = [
  {
    id: 'R1',
    asked: 'No image may be kept, and it must be known what runs.',
    does: 'Keeps no image; says in signed evidence which program, models and settings run.',
    here: (view) =>
      from(view.evidence, ({ summary, lastStart }) => {
        if (!lastStart) return notShown('the last start is in evidence that is not here any more');
        const isSame = lastStart.settings === Buffer.from(view.facts.settingsSha256).toString('hex');
        const unsigned = summary.records - summary.signedRecords;
        return walled(
          view,
          'LimitFSIZE',
          `last start: Lintel ${lastStart.software}, program ${short(lastStart.program)}, models ${short(lastStart.models)}, ` +
            `settings ${short(lastStart.settings)}, which are ${isSame ? 'these' : 'NOT these'}; records: ${summary.records}, ` +
            `${unsigned === 0 ? 'all signed' : `${unsigned} NOT SIGNED`}; ${fileLimit(view)}`,
        );
      }),
  },
  {
    id: 'R2',
    asked: 'Only the numbers that are needed.',
    does: 'Counts crossings; tells them by window and day.',
    here: ({ settings: { faces, count, anonymity } }) =>
      shown(
        `counted: people ${faces.map((way) => (way === 'in' ? 'coming in' : 'going out')).join(' and ')}, every ` +
          `${count.windowMinutes} minutes, under ${anonymity.suppressBelow} only as such; how well it counts is not shown here`,
      ),
  },
  {
    id: 'R3',
    asked: 'No biometric data.',
    does: 'Loads no model that gives more than boxes and scores.',
    here: (view) => models(view),
  },
  {
    id: 'R4',
    asked: 'Nobody is looked at without knowing.',
    does: 'Opens the sensor only while the sign is lit and seen to be.',
    here: ({ settings: { lines } }) =>
      lines.sense === undefined
        ? notShown(`the sign (line ${lines.sign}) is read back from its own output, not seen`)
        : shown(
            `the sign (line ${lines.sign}) is seen by line ${lines.sense}; that it always was, ${BY_TESTS}`,
          ),
  },
  {
    id: 'R5',
    asked: 'Nothing kept against anybody’s will.',
    does: 'Keeps nothing of anybody.',
    here: (view) => nothingStored(view),
  },
  {
    id: 'R6',
    asked: 'Nobody has to be looked at to come in.',
    does: 'A press closes the sensor and calls the other way in.',
    here: ({ settings: { lines, notice } }) =>
      notice.otherWayIn === undefined
        ? notShown('notice.other_way_in is not set: it is not known what the assist line calls')
        : shown(
            `button on line ${lines.button}, normally ${lines.buttonNormally}; line ${lines.assist} calls the other way in: ${notice.otherWayIn}`,
          ),
  },
  {
    id: 'R7',
    asked: 'Saying no is easy, and lasts.',
    does: 'One press, without account or phone; kept over a power cut.',
    here: ({ settings: { optOut } }) =>
      shown(
        `${optOut.returnMs === undefined ? 'lasts until another press' : `lasts until another press, or ${optOut.returnMs / 3_600_000} hours`}; that it is kept, ${BY_TESTS}`,
      ),
  },
  {
    id: 'R8',
    asked: 'A prominent sign.',
    does: 'Lights one, and reads it back.',
    here: () => notShown('whether the sign is prominent, only a person at the door sees'),
  },
  {
    id: 'R9',
    asked: 'Only anonymised data is saved.',
    does: 'Counts with noise, by window; the schema has no other field.',
    here: ({ settings: { anonymity } }) =>
      shown(`noise always, under ${anonymity.suppressBelow} only as such; no key sets the noise`),
  },
  {
    id: 'R10',
    asked: 'No analysis of race, ethnicity, religion, health or class.',
    does: 'Refuses models of any purpose but finding faces, whatever the settings say.',
    here: (view) => models(view),
  },
  {
    id: 'R11',
    asked: 'How many persons are stored, from 100,000 on to be filed.',
    does: 'Attests that it is none.',
    here: (view) => nothingStored(view),
  },
  {
    id: 'R12',
    asked: 'No private rooms, and no more than the doorway.',
    does: 'Refuses a private room, counts at the doorway only, and covers all outside the area that its settings name.',
    here: ({ settings }) => {
      const { area, site } = settings;
      const refusal = refusalToWatch(settings);
      if (refusal && isPrivate(site.place)) {
        return { state: 'wrong', text: refusal.message };
      }
      const place = site.place === undefined ? 'site.place is not set' : `site.place says ${site.place}`;
      return notShown(
        area.length > 0
          ? `${place}; doorway.area has ${area.length} corners, and ${BY_TESTS}`
          : `${place}; doorway.area names no area, so the whole picture is looked at`,
      );
    },
  },
  {
    id: 'R13',
    asked: 'People are informed.',
    does: 'Makes a notice from the settings.',
    here: (view) =>
      from(view.notice, (operator) =>
        shown(
          `'lintel notice' makes it, in the name of ${operator}; whether it hangs there is not shown here`,
        ),
      ),
  },
  {
    id: 'R14',
    asked: 'Encryption, access control, audit.',
    does: 'TLS on both sides, no inbound port but that of the page for aiming while it is aimed, signed evidence.',
    here: (view) => {
      const { broker } = view.settings;
      return broker.url.startsWith('mqtts:') && broker.certificate !== undefined
        ? walled(view, 'PrivateNetwork', `TLS with a certificate of its own; ${network(view)}`)
        : notShown(
            broker.url.startsWith('mqtts:')
              ? 'the broker is reached by TLS, but broker.certificate is not set'
              : 'the broker is on this machine: what it does with reports is not seen here',
          );
    },
  },
  {
    id: 'R15',
    asked: 'Images are deleted at once after use.',
    does: 'Wipes each slot before it is used again.',
    here: () => notShown(BY_TESTS),
  },
  {
    id: 'R16',
    asked: 'Privacy by default.',
    does: 'Has no setting that weakens a promise.',
    here: () => shown(`${KEYS.length} settings, each with a reason in the tests why it weakens none`),
  },
];

function models(view: DeviceView): Shown {
  return from(view.models, (files) =>
    shown(
      `${files.map(({ name, card }) => `${name} (${card.purpose}; only scores and boxes)`).join(', ')}: by their SHA-256 those of the catalogue`,
    ),
  );
}

function nothingStored(view: DeviceView): Shown {
  return from(view.evidence, ({ summary: { days } }) =>
    days > 0
      ? shown(`evidence says for ${days} ${days === 1 ? 'day' : 'days'} that nothing is stored of any person`)
      : notShown('the evidence has no whole day yet'),
  );
}

/** Whether the service manager holds `vision` to it. */
const WALLS = {
  LimitFSIZE: (value: string | undefined) => Number(value) <= MAX_SPOOL_FILE_BYTES,
  PrivateNetwork: (value: string | undefined) => value === 'yes',
} as const;

/** @param text says how that wall is, where it is to be seen */
function walled({ service }: DeviceView, wall: keyof typeof WALLS, text: string): Shown {
  const isWrong = 'value' in service && !WALLS[wall](service.value[wall]);
  return isWrong ? { state: 'wrong', text } : shown(text);
}

function fileLimit({ service }: DeviceView): string {
  if ('why' in service) return `that it can write no picture is not shown here: ${service.why}`;
  return `no file over ${service.value.LimitFSIZE} bytes (${SERVICE})`;
}

function network({ service }: DeviceView): string {
  if ('why' in service) return `that vision has no network is not shown here: ${service.why}`;
  return `private network for vision: ${service.value.PrivateNetwork} (${SERVICE})`;
}

function from<Value>(seen: Seen<Value>, tell: (value: Value) => Shown): Shown {
  if ('value' in seen) return tell(seen.value);
  return { state: seen.isWrong ? 'wrong' : 'not-shown', text: seen.why };
}

function short(digest: string): string {
  return digest.slice(0, 16);
}
