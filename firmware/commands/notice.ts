import { type Command, Option } from 'commander';
import { LANGUAGES, type Language } from '../../src/notice/notice-facts.ts';
import { type NoticeSize, SIZES } from '../../src/notice/notice-html.ts';

interface NoticeCommandOptions {
  readonly settings: string;
  readonly size: NoticeSize;
  readonly language: Language;
  readonly out?: string;
}

export function addNotice(program: Command): void {
  program
    .command('notice')
    .description('make the notice for the door from its settings, as a page to print')
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .addOption(
      new Option('--size <size>', 'all of it on A4, or a sign for the door on A5')
        .choices(SIZES)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--language <language>', 'English, simplified Chinese or German')
        .choices(LANGUAGES)
        .makeOptionMandatory(),
    )
    .option('--out <file.html>', 'where to write it; otherwise it is printed')
    .addHelpText(
      'after',
      `
The page is HTML that fetches nothing; print it with any browser, at its own size and without the browser's head lines.
Its code holds the notice in short, or leads to notice.url. Print it anew when the settings change: the number at its
end is how settingsSha256 begins in 'lintel identity'. See that what it says is right where it hangs: it is no legal advice.`,
    )
    .action(async ({ settings, size, language, out }: NoticeCommandOptions) => {
      const { noticeFor, saveNotice } = await import('../print-notice.ts');
      const html = await noticeFor(settings, size, language);
      if (out === undefined) process.stdout.write(html);
      else await saveNotice(out, html);
    });
}
