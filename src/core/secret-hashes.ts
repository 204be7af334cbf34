/** A set of positive whole numbers below 2^53 that takes little memory. */
class Numbers {
  /** Open addressing: a number is at the first free place from the one that it leads to. 0 marks a free place. */
  #places = new Float64Array(64);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(number: number): void {
    const place = this.#placeOf(number);
    if (this.#places[place] === number) return;
    this.#places[place] = number;
    this.#size += 1;
    if (this.#size * 2 > this.#places.length) this.#grow();
  }

  has(number: number): boolean {
    return this.#places[this.#placeOf(number)] === number;
  }

  #placeOf(number: number): number {
    const last = this.#places.length - 1;
    let place = number % this.#places.length;
    while (this.#places[place] !== 0 && this.#places[place] !== number) place = place === last ? 0 : place + 1;
    return place;
  }

  #grow(): void {
    const places = this.#places;
    this.#places = new Float64Array(places.length * 2);
    this.#size = 0;
    for (const number of places) if (number !== 0) this.add(number);
  }
}

/** A set of hashes of secrets that takes little memory: of each hash the first 52 bits are kept, which is enough to tell secrets apart. */
export class SecretHashes {
  readonly #numbers = new Numbers();

  /** How many hashes there are. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Adds a hash, in lower-case hex. */
  add(hash: string): void {
    this.#numbers.add(shortOf(hash));
  }

  /** Whether a hash, in lower-case hex, is in the set. */
  has(hash: string): boolean {
    return this.#numbers.has(shortOf(hash));
  }
}

/** A shorter hint is found in every second text. */
const shortestHint = 4;
/** Of a longer hint, the beginning. */
const longestHint = 16;

/** The hints of secrets, by which a text is searched for places where one of them may be. */
export class SecretHints {
  readonly #numbers = new Numbers();
  readonly #lengths = new Set<number>();

  /** Whether a hint is long enough to be looked for. */
  static isLong(hint: string): boolean {
    return hint.length >= shortestHint;
  }

  /** Adds a hint that is long enough. */
  add(hint: string): void {
    const length = Math.min(hint.length, longestHint);
    this.#lengths.add(length);
    this.#numbers.add(numberOf(hint, 0, length));
  }

  /** The lengths of those hints that a text may have at a place; rarely one too many. */
  lengthsAt(text: string, place: number): readonly number[] {
    const lengths: number[] = [];
    for (const length of this.#lengths) {
      if (place + length <= text.length && this.#numbers.has(numberOf(text, place, length))) lengths.push(length);
    }
    return lengths;
  }
}

/** 13 hex digits are 52 bits, which a number holds exactly. */
function shortOf(hash: string): number {
  return Number.parseInt(hash.slice(0, 13), 16) || 1;
}

/** A number for a part of a text: FNV-1a, and the length. */
function numberOf(text: string, start: number, length: number): number {
  let mixed = 0x811c9dc5;
  for (let index = start; index < start + length; index++) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193);
  return (mixed >>> 0) * (longestHint + 1) + length;
}
