// Which Chromium drives the page. As root on Debian it is installed where it is missing; elsewhere the check is skipped, with what to
// install. In CI nothing is skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why there is no Chromium to test with; undefined if there is one. */
export function problemOfChromium() {
  if (existsSync(executablePath)) return undefined;
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (!canInstall) return `there is no ${executablePath}: install chromium, or name one in the variable CHROMIUM`;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const given of [
    ['update', '-qq'],
    ['install', '-qq', '-y', '--no-install-recommends', 'chromium'],
  ])
    spawnSync('apt-get', given, { env: environment, stdio: 'ignore' });
  return existsSync(executablePath) ? undefined : 'apt-get could not install chromium';
}
