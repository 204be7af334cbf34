import type { Looked, Place } from '../store/postgres/place.ts';

interface Asked {
  readonly name: string;
  resolve(looked: Looked | undefined): void;
  reject(error: unknown): void;
}

/**
 * Looks at worlds. Requests that wait at the same time share one look, and a look that is on its way is never shared by one that came
 * after it was sent: it could show what was true before that request came.
 */
export class Looks {
  readonly #place: Pick<Place, 'look'>;
  readonly #saw: (realNow: number) => void;
  #waiting: Asked[] = [];
  #isLooking = false;

  /** `saw` is told real time with every look. */
  constructor(place: Pick<Place, 'look'>, saw: (realNow: number) => void) {
    this.#place = place;
    this.#saw = saw;
  }

  /** What a world is at a moment after this call; undefined if there is none of this name. Throws StorageError. */
  at(name: string): Promise<Looked | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject });
      if (!this.#isLooking) void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    this.#isLooking = true;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting;
      this.#waiting = [];
      try {
        const looked = await this.#place.look([...new Set(asked.map(({ name }) => name))]);
        const [first] = looked;
        if (first !== undefined) this.#saw(first.realNow);
        const byName = new Map(looked.map((one) => [one.name, one]));
        for (const { name, resolve } of asked) resolve(byName.get(name));
      } catch (error) {
        // Nor will it answer those who came meanwhile: they have waited as long as a look may take.
        const all = [...asked, ...this.#waiting];
        this.#waiting = [];
        for (const { reject } of all) reject(error);
      }
    }
    this.#isLooking = false;
  }
}
