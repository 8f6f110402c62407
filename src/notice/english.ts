import type { NoticeFacts } from './notice-facts.ts';
import type { NoticeWords } from './notice-words.ts';

const COUNTED = {
  in: 'How many people come in through this door.',
  out: 'How many people go out through this door.',
  both: 'How many people come in and go out through this door.',
} as const;
const OTHER_WAY = {
  intercom: 'The intercom is called for you.',
  concierge: 'The concierge is called for you.',
  'card-reader': 'Come in with your card.',
  key: 'Come in with your key.',
} as const;

export const ENGLISH: NoticeWords = {
  tag: 'en',
  title: 'A camera counts people at this door',
  truth: 'Faces are found in order to be hidden; nobody is identified.',
  sign:
    'The lit sign says ‘Face recognition in use’, in the words that rules ask for. It is lit whenever the camera looks; ' +
    'when it is dark, the camera is closed.',
  closing: (facts) => `Press the button, and the camera closes at once. ${returns(facts)} ${otherWay(facts)}`,
  ask: ({ operator, contact }) => [`Who answers for it: ${operator}`, `Ask, object or complain: ${contact}`],
  sections: [
    {
      heading: 'What it is for',
      text: ({ purpose }) => purpose ?? 'Counting how many people pass this door. Nobody is recognised.',
    },
    {
      heading: 'What is counted',
      text: ({ counted }) =>
        `${COUNTED[counted]} To count, the camera looks for faces, covers them at once, and compares them with nothing.`,
    },
    {
      heading: 'What is told',
      text: ({ windowMinutes, suppressBelow }) =>
        `One number every ${windowMinutes} minutes and one a day, each with random noise added. Small numbers are told only ` +
        `as ‘fewer than ${suppressBelow}’. Nothing else about people leaves the camera: no picture, no face, no time at which somebody passed. ` +
        'Who sets the camera up at the door is shown its pictures, every face in them covered, for a quarter of an hour at most.',
    },
    {
      heading: 'What is kept',
      text: () =>
        'Nothing about any person: no picture, no feature of a face. A picture is in the memory for a moment and is then ' +
        'wiped. The numbers with noise are deleted from the camera when they have been sent.',
    },
    {
      heading: 'If you do not want to be looked at',
      text: (facts) =>
        `Press the button: the camera closes at once. ${returns(facts)} You need no account and no phone.`,
    },
    {
      heading: 'Another way in',
      text: (facts) => `Nobody has to be looked at to come in. ${otherWay(facts)}`,
    },
    {
      heading: 'Your rights',
      text: () =>
        'You may ask about this camera, object to it, and complain to the authority for data protection. Nothing is stored ' +
        'about you that could be shown, handed over or deleted.',
    },
  ],
  code: { link: 'This notice on your phone', text: 'This notice in short, on your phone' },
  settings: 'settings',
};

function returns({ returnHours }: NoticeFacts): string {
  return returnHours === undefined
    ? 'It stays closed until somebody presses the button again.'
    : `It stays closed until somebody presses the button again, or for ${returnHours} ${returnHours === 1 ? 'hour' : 'hours'}.`;
}

function otherWay({ otherWayIn }: NoticeFacts): string {
  return otherWayIn === undefined ? 'The other way in is called for you.' : OTHER_WAY[otherWayIn];
}
