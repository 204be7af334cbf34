import { settings } from '../../config/settings.ts';
import { CommandError, type Options } from '../command.ts';

/** The options that say where a running latchkey is. What is not given is read as `serve` reads it. */
export const placeOptions = {
  url: {
    type: 'string',
    hasVariable: true,
    yieldsTo: ['host', 'port', 'config'],
    description: 'base URL of the running latchkey (default: where serve listens with the settings of this folder)',
    problemOf: (value) =>
      isHttpUrl(value) ? undefined : `wants a URL such as http://localhost:5282, not ${JSON.stringify(value)}`,
  },
  host: { ...settings.host, isSetting: true, description: 'the address that it listens on' },
  port: { ...settings.port, isSetting: true, description: 'the port that it listens on' },
  config: {
    type: 'string',
    hasVariable: true,
    description: 'the file with its settings (default: latchkey.yaml, .yml or .json in this folder)',
  },
} as const satisfies Options;

/** Where a running latchkey is. */
export interface Place {
  readonly url: string | undefined;
  readonly host: string;
  readonly port: number;
}

/** Whether a text is a URL over http or https. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** The base URL that is meant. Throws CommandError if the settings do not say which port it is. */
export function urlOf({ url, host, port }: Place): string {
  if (url !== undefined) return url.replace(/\/+$/, '');
  if (port === 0) throw new CommandError('port 0 means any free port: give the base URL that latchkey printed, with --url');
  return `http://${reachable(host)}:${port}`;
}

/** A client cannot connect to a wildcard address; a name for this machine is spelled out, so that no look-up is needed. */
function reachable(host: string): string {
  if (['localhost', '0.0.0.0', '::', '[::]', ''].includes(host)) return '127.0.0.1';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
