import { type Browser, chromium } from 'playwright-core';

/** Debian's own browser, without a window. Root, as which set-ups in containers run, has no sandbox there. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-dev-shm-usage'],
    chromiumSandbox: process.getuid?.() !== 0,
  });
}
