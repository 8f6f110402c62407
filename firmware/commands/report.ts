import type { Command } from 'commander';

const WORDS = { shown: 'here', 'not-shown': 'not shown here', wrong: 'WRONG HERE' } as const;

export function addReport(program: Command): void {
  program
    .command('report')
    .description('hold this device against what law and news ask of a door camera, row by row')
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each row says what is asked, what the device does about it, and what there is to see of that on this device; what cannot
be seen here is said not to be. Reads the device's key and evidence: run it as vision's user. It is no legal advice.
Exit codes: 0 nothing is wrong, 1 something was looked at and does not hold.`,
    )
    .action(async ({ settings, json }: { settings: string; json?: boolean }) => {
      const { deviceView } = await import('../requirements/device-view.ts');
      const { REQUIREMENTS } = await import('../requirements/requirement-rows.ts');
      const view = await deviceView(settings);
      const rows = REQUIREMENTS.map(({ here, ...row }) => ({ ...row, ...here(view) }));
      const { name: site, device } = view.settings.site;
      const lines = rows.map(
        ({ id, asked, does, state, text }) =>
          `${id.padEnd(4)} ${asked}\n     does: ${does}\n     ${WORDS[state]}: ${text}\n`,
      );
      process.stdout.write(
        json ? `${JSON.stringify({ site, device, rows })}\n` : `${site}/${device}\n\n${lines.join('\n')}`,
      );
      if (rows.some(({ state }) => state === 'wrong')) process.exitCode = 1;
    });
}
