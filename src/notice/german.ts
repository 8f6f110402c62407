import type { NoticeFacts } from './notice-facts.ts';
import type { NoticeWords } from './notice-words.ts';

const COUNTED = {
  in: 'Wie viele Menschen durch diese Tür hereinkommen.',
  out: 'Wie viele Menschen durch diese Tür hinausgehen.',
  both: 'Wie viele Menschen durch diese Tür hereinkommen und hinausgehen.',
} as const;
const OTHER_WAY = {
  intercom: 'Die Gegensprechanlage wird für Sie gerufen.',
  concierge: 'Der Empfang wird für Sie gerufen.',
  'card-reader': 'Kommen Sie mit Ihrer Karte herein.',
  key: 'Kommen Sie mit Ihrem Schlüssel herein.',
} as const;

export const GERMAN: NoticeWords = {
  tag: 'de',
  title: 'Eine Kamera zählt Menschen an dieser Tür',
  truth: 'Gesichter werden gesucht, um sie zu verdecken; niemand wird identifiziert.',
  sign:
    'Auf dem leuchtenden Schild steht „Gesichtserkennung in Betrieb“, wie Vorschriften es verlangen. Es leuchtet immer, ' +
    'wenn die Kamera hinsieht; ist es dunkel, so ist die Kamera geschlossen.',
  closing: (facts) =>
    `Drücken Sie den Knopf, und die Kamera schließt sofort. ${returns(facts)} ${otherWay(facts)}`,
  ask: ({ operator, contact }) => [
    `Verantwortlich: ${operator}`,
    `Fragen, Widerspruch, Beschwerde: ${contact}`,
  ],
  sections: [
    {
      heading: 'Wozu',
      text: ({ purpose }) =>
        purpose ?? 'Gezählt wird, wie viele Menschen diese Tür benutzen. Niemand wird erkannt.',
    },
    {
      heading: 'Was gezählt wird',
      text: ({ counted }) =>
        `${COUNTED[counted]} Zum Zählen sucht die Kamera Gesichter, verdeckt sie sofort und vergleicht sie mit nichts.`,
    },
    {
      heading: 'Was weitergegeben wird',
      text: ({ windowMinutes, suppressBelow }) =>
        `Eine Zahl alle ${windowMinutes} Minuten und eine am Tag, jede mit zufälligem Rauschen. Kleine Zahlen heißen nur ` +
        `„weniger als ${suppressBelow}“. Sonst verlässt nichts über Menschen die Kamera: kein Bild, kein Gesicht, keine Zeit, zu der jemand vorbeiging. ` +
        'Wer die Kamera an der Tür einrichtet, sieht dabei höchstens eine Viertelstunde lang ihre Bilder, in denen jedes Gesicht verdeckt ist.',
    },
    {
      heading: 'Was aufbewahrt wird',
      text: () =>
        'Nichts über irgendeinen Menschen: kein Bild, kein Merkmal eines Gesichts. Ein Bild ist einen Augenblick im ' +
        'Arbeitsspeicher und wird dann gelöscht. Die verrauschten Zahlen werden in der Kamera gelöscht, sobald sie gesendet sind.',
    },
    {
      heading: 'Wenn Sie nicht angesehen werden wollen',
      text: (facts) =>
        `Drücken Sie den Knopf: Die Kamera schließt sofort. ${returns(facts)} Sie brauchen kein Konto und kein Telefon.`,
    },
    {
      heading: 'Ein anderer Weg hinein',
      text: (facts) => `Niemand muss sich ansehen lassen, um hereinzukommen. ${otherWay(facts)}`,
    },
    {
      heading: 'Ihre Rechte',
      text: () =>
        'Sie können nach dieser Kamera fragen, ihr widersprechen und sich bei der Datenschutzaufsicht beschweren. Über Sie ' +
        'ist nichts gespeichert, was man zeigen, herausgeben oder löschen könnte.',
    },
  ],
  code: { link: 'Dieser Aushang auf Ihrem Telefon', text: 'Dieser Aushang in Kürze, auf Ihrem Telefon' },
  settings: 'Einstellungen',
};

function returns({ returnHours }: NoticeFacts): string {
  return returnHours === undefined
    ? 'Sie bleibt geschlossen, bis jemand den Knopf wieder drückt.'
    : `Sie bleibt geschlossen, bis jemand den Knopf wieder drückt, oder ${returnHours} ${returnHours === 1 ? 'Stunde' : 'Stunden'} lang.`;
}

function otherWay({ otherWayIn }: NoticeFacts): string {
  return otherWayIn === undefined ? 'Der andere Weg hinein wird für Sie gerufen.' : OTHER_WAY[otherWayIn];
}
