import { expect, test } from 'vitest';
import { hashSecret, randomAlphanumeric } from '../../src/core/secret.ts';

test('the hash of a secret is the SHA-256 of its UTF-8 form in lower-case hex', () => {
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(hashSecret('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(hashSecret('ä')).toBe('33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc');
});

test('a generated secret has the wanted length, consists of letters and digits, and is different each time', () => {
  const secrets = Array.from({ length: 1_000 }, () => randomAlphanumeric(64));
  expect(new Set(secrets).size).toBe(1_000);
  for (const secret of secrets) expect(secret).toMatch(/^[0-9A-Za-z]{64}$/);
});
