import { knownOf } from '../journal/known.ts';
import { type Redactor, redactorOfAny } from '../journal/redact.ts';
import type { Provider } from '../provider/provider.ts';
import type { World } from '../worlds/world.ts';

/** Shows texts of others, such as a command line, with the secrets of all worlds cut to hints, as in the journal. */
export function shownBy(providers: readonly Provider[], { secrets }: World): (text: string) => string {
  const known = knownOf(secrets, undefined);
  // Made when it is first needed: a server shows none.
  let redactor: Redactor | undefined;
  return (text) => {
    redactor ??= redactorOfAny(providers.map((provider) => provider.secrets));
    return redactor.text(text, known);
  };
}
