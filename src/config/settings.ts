import { type TSchema, Type } from 'typebox';
import type { ProviderModule } from '../provider/provider.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const port = (description: string) => Type.Integer({ minimum: 0, maximum: 65_535, description });

/**
 * Every setting, once: its name is the key of the config file and, behind `--`, the flag; upper-case with `LATCHKEY_`
 * before it, the environment variable. The schema checks it and its description is its help.
 */
export function settingsSchema(providers: readonly ProviderModule[]) {
  const ofProviders: Record<string, TSchema> = {};
  for (const { name, profiles } of providers) {
    ofProviders[`${name}-port`] = port(`a port for ${name} alone (default: none)`);
    ofProviders[`${name}-profile`] = Type.Unsafe<string>({
      type: 'string',
      enum: profiles,
      description: `the era of ${name} to be: ${profiles.join(', ')} (default ${profiles[0]})`,
    });
  }
  const settings: Record<string, TSchema> = {
    host: Type.String({ minLength: 1, description: 'address to listen on (default 127.0.0.1)' }),
    port: port('shared port; 0 is any free one (default 5282)'),
    db: Type.String({ minLength: 1, description: 'SQLite file to persist to (default :memory:)' }),
    providers: Type.String({
      minLength: 1,
      description: `comma-separated subset of ${providers.map(({ name }) => name).join(', ')}`,
    }),
    seed: Type.String({
      minLength: 1,
      description: 'YAML or JSON seed file; none: first administrators alone (default: built-in seed)',
    }),
    clock: Type.String({ description: 'start instant of the clock, RFC 3339 (default: system time)' }),
    'admin-token': Type.String({
      minLength: 1,
      description: 'what the control plane wants as Authorization: Bearer (default: nothing)',
    }),
    tls: Type.String({
      minLength: 1,
      description: 'self-signed, or cert.pem,key.pem: https, HTTP/1.1 and HTTP/2, beside http (default: off)',
    }),
    'tls-port': port('port of https (default 5283; any free one where --port is 0)'),
    'tls-ca': Type.String({
      minLength: 1,
      description: 'file of the authority behind self-signed, made where there is none (default: a new one at each start)',
    }),
    'max-worlds': Type.Integer({ minimum: 1, maximum: 100_000, description: 'the most worlds there may be (default 256)' }),
    'explain-header': Type.Boolean({
      description: 'name the journal entry of each answer in X-Latchkey-Request (default false)',
    }),
    upstream: Type.String({
      minLength: 1,
      description: 'provider=URL, comma-separated: who answers what the provider has and is not emulated (default: nobody)',
    }),
    'log-level': Type.Unsafe<string>({
      type: 'string',
      enum: logLevels,
      description: `${logLevels.join(', ')} (default info)`,
    }),
    ...ofProviders,
  };
  return Type.Partial(Type.Object(settings), { additionalProperties: false });
}

/** The environment variable of a setting. */
export function variableOf(setting: string): string {
  return `LATCHKEY_${setting.toUpperCase().replaceAll('-', '_')}`;
}
