import { z } from 'zod';

export const noticeSection = z
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
  .describe("What the notice at the door says beside all that is set here: 'lintel notice' prints it.");

function noticeText(most: number, description: string, example: string) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .optional()
    .meta({ description, allowed: `text of up to ${most} characters`, examples: [example] });
}
