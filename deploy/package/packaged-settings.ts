import { settingsExample } from '../../src/config/settings-example.ts';

/** The settings that a package brings: every default is there, and what has none is for the installer to say. */
export function packagedSettings(): string {
  return settingsExample()
    .split('\n\n')
    .map((block) => (/Has no\s+(?:# )?default[.]/.test(block) ? block.replace(/^(?!#)/gm, '# ') : block))
    .join('\n\n');
}
