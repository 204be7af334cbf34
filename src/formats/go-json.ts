import { quoteGo } from './go-quote.ts';

/** A text whose first value is not JSON, or does not fit its type. The message is that of Go's `encoding/json`. */
export class GoJsonError extends Error {
  override readonly name = 'GoJsonError';
}

/** Go refuses objects and arrays that are nested more deeply. */
const deepestNesting = 10_000;

/**
 * Reads the first JSON value of a text as Go's `json.Decoder` does, which does not read what follows the value.
 * Throws GoJsonError with Go's text (`EOF`, `unexpected EOF`, `invalid character 'x' looking for …`).
 */
export function decodeFirstJsonValue(text: string): unknown {
  const scanner = new Scanner(text);
  const value = scanner.firstValue();
  return JSON.parse(value);
}

/** Finds the end of the first value. Throws GoJsonError where Go's scanner would stop. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  firstValue(): string {
    this.#skipSpace();
    if (this.#at === this.#text.length) throw new GoJsonError('EOF');
    const start = this.#at;
    this.#value();
    return this.#text.slice(start, this.#at);
  }

  #value(): void {
    // An explicit stack of closing brackets: deeply nested input must not overflow the call stack.
    const open: ('}' | ']')[] = [];
    do {
      this.#skipSpace();
      if (this.#openValue(open)) continue;
      this.#closeValues(open);
    } while (open.length > 0);
  }

  /** Reads a scalar, or enters an object or array; true if a value must follow inside it. */
  #openValue(open: ('}' | ']')[]): boolean {
    const bracket = this.#peek();
    if (bracket !== '{' && bracket !== '[') {
      this.#scalar(bracket);
      return false;
    }
    if (open.length === deepestNesting) throw this.#invalid('exceeded max depth');
    this.#at++;
    this.#skipSpace();
    const close = bracket === '{' ? '}' : ']';
    if (this.#text[this.#at] === close) {
      this.#at++;
      return false;
    }
    open.push(close);
    if (close === '}') this.#objectKey();
    return true;
  }

  /** After a value: leaves the objects and arrays that end here, up to the comma before the next value. */
  #closeValues(open: ('}' | ']')[]): void {
    for (;;) {
      const close = open.at(-1);
      if (close === undefined) return;
      this.#skipSpace();
      const context = close === '}' ? 'after object key:value pair' : 'after array element';
      const found = this.#peek();
      if (found !== ',' && found !== close) throw this.#invalid(context);
      this.#at++;
      if (found === ',') {
        this.#skipSpace();
        if (close === '}') this.#objectKey();
        return;
      }
      open.pop();
    }
  }

  #objectKey(): void {
    if (this.#peek() !== '"') throw this.#invalid('looking for beginning of object key string');
    this.#string();
    this.#skipSpace();
    if (this.#peek() !== ':') throw this.#invalid('after object key');
    this.#at++;
  }

  #scalar(first: string): void {
    const word = ['true', 'false', 'null'].find((literal) => literal.startsWith(first));
    if (first === '"') this.#string();
    else if (word !== undefined) this.#literal(word);
    else if (first === '-' || /\d/.test(first)) this.#number();
    else throw this.#invalid('looking for beginning of value');
  }

  #literal(word: string): void {
    for (const [index, letter] of [...word].entries()) {
      const context = `in literal ${word} (expecting '${letter}')`;
      if (index > 0 && this.#peek() !== letter) throw this.#invalid(context);
      this.#at++;
    }
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const character = this.#peek();
      if (character < ' ') throw this.#invalid('in string literal');
      this.#at++;
      if (character === '"') return;
      if (character === '\\') this.#escape();
    }
  }

  #escape(): void {
    const letter = this.#peek();
    if (!'bfnrt\\/"u'.includes(letter)) throw this.#invalid('in string escape code');
    this.#at++;
    if (letter !== 'u') return;
    for (let digit = 0; digit < 4; digit++) {
      const context = 'in \\u hexadecimal character escape';
      if (!/[0-9a-fA-F]/.test(this.#peek())) throw this.#invalid(context);
      this.#at++;
    }
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
      if (/[+-]/.test(this.#text[this.#at] ?? '')) this.#at++;
      this.#digits('in exponent of numeric literal');
    }
  }

  #digits(context: string): void {
    if (!/\d/.test(this.#peek())) throw this.#invalid(context);
    while (/\d/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #peek(): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw new GoJsonError('unexpected EOF');
    return character;
  }

  /** Go names the byte at which it stopped: for a character beyond ASCII the first byte of its UTF-8 form. */
  #invalid(context: string): GoJsonError {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    const byte = String.fromCharCode(Buffer.from(character, 'utf8')[0] ?? 0);
    const quoted = byte === "'" ? "\\'" : byte === '"' ? byte : quoteGo(byte).slice(1, -1);
    return new GoJsonError(`invalid character '${quoted}' ${context}`);
  }
}
