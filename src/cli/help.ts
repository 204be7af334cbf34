import { settingsSchema, variableOf } from '../config/settings.ts';
import { loadProviders } from '../providers/index.ts';

/** What `latchkey --help` prints. */
export async function helpText(): Promise<string> {
  const settings = Object.entries(settingsSchema(await loadProviders()).properties);
  const flags = settings.map(([name, schema]) => {
    const help = 'description' in schema ? String(schema.description) : '';
    return `  --${name.padEnd(18)} ${variableOf(name).padEnd(26)} ${help}`;
  });
  return [
    'latchkey: a fail-closed emulator of API-key management APIs',
    '',
    'Usage',
    '  latchkey [serve] [flags]   start it (the default)',
    '  latchkey exec [flags] -- C start it, run the command C with what the clients read in its environment, stop it',
    '  latchkey wait | keys | clock | reset | snapshot | requests | faults | credentials | ca | doctor',
    '                             drive a running one; each has --help, --json, --url and --admin-token',
    '  latchkey health            exit 0 when the one on this port (--port, --host) is healthy',
    '  latchkey seed validate F   say whether F is a good seed file',
    '  latchkey --help | --version',
    '',
    'Flags, each with its environment variable; latchkey.yaml, .yml or .json in this folder, or --config FILE, may set them too',
    ...flags,
    '',
    'Examples',
    '  latchkey --port 0 --clock 2030-01-01T00:00:00Z',
    '  latchkey exec -- npm test',
    '  latchkey --tls self-signed & latchkey wait && latchkey ca ca.pem',
    '  latchkey clock advance 720h',
    '  latchkey --providers rockset --rockset-profile 2023 --db keys.sqlite',
    '',
  ].join('\n');
}
