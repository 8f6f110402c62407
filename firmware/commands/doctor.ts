import type { Command } from 'commander';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at everything this camera is made of, and say what is wrong and what to do')
    .requiredOption('--settings <file>', "the settings, as 'lintel settings' prints them")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each line says ok, WARN, FAIL, or - for what could not be looked at. The camera is opened for a moment only, by the
interlock: after the sign is lit and seen to be. While vision runs, the door is left to it, and the rest is looked at.
A broker that knows cameras by their certificates hangs up on uplink meanwhile, which is back within seconds.
Run it as root on a camera. Exit codes: 0 nothing failed, 1 something did.`,
    )
    .action(async ({ settings, json }: { settings: string; json?: boolean }) => {
      const { describeFinding } = await import('../doctor/describe-finding.ts');
      const { examine } = await import('../doctor/examine.ts');
      const findings = [];
      try {
        for await (const finding of examine(settings)) {
          findings.push(finding);
          if (!json) process.stdout.write(describeFinding(finding));
        }
      } finally {
        // A simulated button listens there, which would keep an ended program alive.
        process.stdin.destroy();
      }
      const hasFailed = findings.some(({ state }) => state === 'fail');
      if (json) process.stdout.write(`${JSON.stringify({ healthy: !hasFailed, findings })}\n`);
      if (hasFailed) process.exitCode = 1;
    });
}
