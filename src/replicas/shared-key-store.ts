import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { goOn, type MaybePromise } from '../core/at-once.ts';
import { fail } from '../core/errors.ts';
import type {
  Admission,
  KeyFilter,
  KeyListing,
  KeyListPlace,
  KeyOrder,
  KeyPlace,
  KeyStore,
  KeyWindow,
  RevealedKey,
} from '../core/key-store.ts';
import type { Changing, Draft } from './changing.ts';
import type { Uses } from './uses.ts';

/** The keys of a world that several processes serve: read from the copy, changed in the place. */
export class SharedKeyStore implements KeyStore {
  readonly #copy: KeyStore;
  readonly #changing: Changing;
  readonly #uses: Uses;

  constructor(copy: KeyStore, changing: Changing, uses: Uses) {
    this.#copy = copy;
    this.#changing = changing;
    this.#uses = uses;
  }

  insert(key: ApiKey, keptSecret: string | null, admission?: Admission): Promise<void> {
    return this.#changing.change(async (draft) => {
      if (admission !== undefined) {
        const { siblings, limit } = admission;
        admission.admit(limit === 0 ? [] : await this.#copy.find(siblings, limit === undefined ? {} : { limit }));
      }
      const [namesake] = await this.#copy.find({ id: key.id }, { limit: 1 });
      if (namesake !== undefined) fail('key_name_taken', { name: key.id });
      const [twin] = await this.#copy.find({ hash: key.hash, provider: key.provider }, { limit: 1 });
      if (twin !== undefined) fail('key_name_taken', { name: key.hint });
      draft.addKey(key, keptSecret);
    });
  }

  find(filter: KeyFilter, window?: KeyWindow): MaybePromise<ApiKey[]> {
    return this.#copy.find(filter, window);
  }

  findRevealed(filter: KeyFilter): MaybePromise<RevealedKey[]> {
    return this.#copy.findRevealed(filter);
  }

  expiring(from: Instant, before: Instant | null, limit: number, after?: string): Promise<ApiKey[]> {
    return this.#copy.expiring(from, before, limit, after);
  }

  countExpiring(from: Instant): Promise<number> {
    return this.#copy.countExpiring(from);
  }

  listBy(order: KeyOrder, provider: string, place: KeyPlace, limit: number): Promise<ApiKey[]> {
    return this.#copy.listBy(order, provider, place, limit);
  }

  countBy(order: KeyOrder, provider: string): Promise<number> {
    return this.#copy.countBy(order, provider);
  }

  list(order: KeyListing, filter: KeyFilter, place: KeyListPlace | undefined, limit: number): Promise<ApiKey[]> {
    return this.#copy.list(order, filter, place, limit);
  }

  count(filter: KeyFilter): Promise<number> {
    return this.#copy.count(filter);
  }

  change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    return this.#changeUsed(async (draft) => {
      const [key] = await this.#copy.find(filter, { limit: 1 });
      if (key === undefined) return undefined;
      const changed = decide(key);
      if (changed !== key) draft.putKey(changed, await this.#secretOf(key));
      return changed;
    });
  }

  changeAll(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    return this.#changeUsed(async (draft) => {
      const found = await this.#copy.find(filter);
      const all = found.map((key) => ({ key, changed: decide(key) }));
      for (const { key, changed } of all) if (changed !== key) draft.putKey(changed, await this.#secretOf(key));
      return all.map(({ changed }) => changed);
    });
  }

  use(provider: string, hash: string, admit: (key: ApiKey) => Instant): MaybePromise<ApiKey | undefined> {
    const use: Use = { before: null, at: null };
    const used = this.#copy.use(provider, hash, (key) => {
      use.before = key.lastUsedAt;
      use.at = admit(key);
      return use.at;
    });
    return goOn(used, (key) => (key === undefined ? undefined : this.#noted(key, use)));
  }

  /** The first use of a key is written before it is answered, the later ones soon. */
  #noted(key: ApiKey, { before, at }: Use): MaybePromise<ApiKey> {
    if (at === null || at === before) return key;
    this.#uses.note(key.id, at);
    return before === null ? this.#uses.flush().then(() => key) : key;
  }

  /** Changes keys, and writes the uses that wait with that: they are older. */
  #changeUsed<R>(work: (draft: Draft) => Promise<R>): Promise<R> {
    return this.#uses.handTo((uses) =>
      this.#changing.change((draft) => {
        draft.use(uses);
        return work(draft);
      }),
    );
  }

  async #secretOf({ id }: ApiKey): Promise<string | null> {
    const [revealed] = await this.#copy.findRevealed({ id });
    return revealed?.secret ?? null;
  }
}

interface Use {
  before: Instant | null;
  at: Instant | null;
}
