import { afterEach, beforeEach, describe } from 'vitest';
import { changing, using } from './key-changing.ts';
import { changingAll } from './key-changing-all.ts';
import { finding, revealing } from './key-finding.ts';
import { insertion } from './key-insertion.ts';
import { modelling } from './key-model.ts';
import type { OpenKeyStore } from './key-store-steps.ts';
import { listings, timelines } from './key-timelines.ts';

/** The tests that define `KeyStore`. `makeStore` gives an empty store. */
export function keyStoreConformance(name: string, makeStore: () => OpenKeyStore | Promise<OpenKeyStore>): void {
  describe(`${name} is a key store`, () => {
    let opened: OpenKeyStore;
    beforeEach(async () => {
      opened = await makeStore();
    });
    afterEach(() => opened.close());
    const store = () => opened.keys;

    describe('insert', () => insertion(store));
    describe('find and count', () => finding(store));
    describe('findRevealed', () => revealing(store));
    describe('change', () => changing(store));
    describe('changeAll', () => changingAll(store));
    describe('use', () => using(store));
    describe('expiring, listBy and their counts', () => timelines(store));
    describe('list, and a part of the text', () => listings(store));
  });
  describe(`${name} against a model`, () => modelling(makeStore));
}
