import { knownOf } from '../../journal/known.ts';
import { type Redactor, redactorOfAny } from '../../journal/redact.ts';
import type { World } from '../../worlds/world.ts';
import type { ControlParts } from '../scope.ts';

/** Gives a JSON value back with the secrets in its texts cut to hints, as the journal does it. */
export type CleanTexts = <T extends object>(world: World, value: T) => Promise<T>;

/** Makes it for the secrets of all providers. What a caller has sent may be shown to another one. */
export function textCleaner({ providers }: Pick<ControlParts, 'providers'>): CleanTexts {
  const secrets = providers.map((provider) => provider.secrets);
  // Made when it is first needed: most runs show no fault.
  let redactor: Redactor | undefined;
  return async <T extends object>({ secrets: known }: World, value: T): Promise<T> => {
    await known.prepare();
    redactor ??= redactorOfAny(secrets);
    const lookup = knownOf(known, undefined);
    const texts = new Set<string>();
    JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === 'string') texts.add(part);
      return part;
    });
    const clean = new Map<unknown, string>();
    for (const text of texts) clean.set(text, await redactor.longText(text, lookup));
    const cleaned: T = JSON.parse(JSON.stringify(value, (_, part: unknown) => clean.get(part) ?? part));
    return cleaned;
  };
}
