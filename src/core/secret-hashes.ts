/** A set of hashes of secrets that takes little memory: of each hash the first 52 bits are kept, which is enough to tell secrets apart. */
export class SecretHashes {
  /** Open addressing: a hash is at the first free place from the one that it leads to. 0 marks a free place. */
  #places = new Float64Array(64);
  #size = 0;

  /** How many hashes there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a hash, in lower-case hex. */
  add(hash: string): void {
    this.#addShort(shortOf(hash));
  }

  /** Whether a hash, in lower-case hex, is in the set. */
  has(hash: string): boolean {
    const short = shortOf(hash);
    return this.#places[this.#placeOf(short)] === short;
  }

  #addShort(short: number): void {
    const place = this.#placeOf(short);
    if (this.#places[place] === short) return;
    this.#places[place] = short;
    this.#size += 1;
    if (this.#size * 2 > this.#places.length) this.#grow();
  }

  #placeOf(short: number): number {
    const last = this.#places.length - 1;
    let place = short % this.#places.length;
    while (this.#places[place] !== 0 && this.#places[place] !== short) place = place === last ? 0 : place + 1;
    return place;
  }

  #grow(): void {
    const places = this.#places;
    this.#places = new Float64Array(places.length * 2);
    this.#size = 0;
    for (const short of places) if (short !== 0) this.#addShort(short);
  }
}

/** 13 hex digits are 52 bits, which a number holds exactly. */
function shortOf(hash: string): number {
  return Number.parseInt(hash.slice(0, 13), 16) || 1;
}
