import { knownOf } from '../journal/known.ts';
import { redactorOf } from '../journal/redact.ts';
import type { Provider } from '../provider/provider.ts';
import type { World } from '../worlds/world.ts';

/** A text of others, such as a command line, with the secrets of all worlds cut to hints, as in the journal. */
export function shownText(text: string, { secrets }: World, providers: readonly Provider[]): string {
  const facts = providers.map((provider) => provider.secrets);
  const [first] = facts;
  return first === undefined ? text : redactorOf(first, facts).text(text, knownOf(secrets, undefined));
}
