import { hash } from 'node:crypto';

/** The codes of the formats that a CID names: raw bytes (a file), or DAG-CBOR (a deal's proposal). */
const codecs = { raw: 0x55, 'dag-cbor': 0x71 } as const;

/** The CID (version 1, SHA-256, base32) of a text. It has the shape of a real one, so that clients can parse it. */
export function cidOf(codec: keyof typeof codecs, text: string): string {
  const digest = hash('sha256', text, 'buffer');
  return `b${base32(Buffer.concat([Buffer.from([1, codecs[codec], 0x12, digest.length]), digest]))}`;
}

/** Base32 in lower case, without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}
