import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connections } from '../../src/store/postgres/connections.ts';
import { Journals } from '../../src/store/postgres/journals.ts';
import { Members } from '../../src/store/postgres/members.ts';
import { dropDatabase, emptyDatabase, queryDatabase } from './database.ts';
import { openWorlds } from './replica.ts';

const alike = { settings: {}, compared: {}, since: null };

describe('who has answered', () => {
  let url: string;
  let connections: Connections;
  let journals: Journals;
  const [asker, other, late] = [randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    url = await emptyDatabase();
    // It makes the tables, and leaves.
    await (await openWorlds(url)).close();
    connections = new Connections(url);
    journals = new Journals(connections);
  });

  afterAll(async () => {
    await connections.close();
    await dropDatabase(url);
  });

  test('is who lived when it was asked, until it has said so', async () => {
    const members = new Members(connections);
    const ticket = randomUUID();
    await members.join({ process: asker, version: '1', ...alike });
    expect(await journals.ask(ticket, 1, asker)).toBe(false);
    const { number } = await members.join({ process: other, version: '1', ...alike });
    expect(await journals.ask(ticket, 1, asker)).toBe(true);
    // What began later has answered nothing before.
    await members.join({ process: late, version: '1', ...alike });
    expect(await journals.missing(ticket)).toEqual([number]);
    expect(await journals.unanswered(other)).toEqual([{ ticket, worldId: 1 }]);
    await journals.answer(ticket, other);
    expect(await journals.missing(ticket)).toEqual([]);
    expect(await journals.unanswered(other)).toEqual([]);
    // A crash of the database has taken the question: then nobody has answered it.
    await queryDatabase(url, 'DELETE FROM gathers');
    expect(await journals.missing(ticket)).toEqual(expect.arrayContaining([number]));
  });

  test('nobody who has left, or whose lease is over', async () => {
    const ticket = randomUUID();
    const members = new Members(connections);
    await members.renew(asker, alike.settings);
    await members.renew(other, alike.settings);
    await journals.ask(ticket, 1, asker);
    await members.leave(late);
    expect(await journals.missing(ticket)).toHaveLength(1);
    await queryDatabase(url, "UPDATE replicas SET seen_at = now() - interval '4 s' WHERE process = $1", [other]);
    expect(await journals.missing(ticket)).toEqual([]);
    expect(await members.areSomeMissing()).toBe(true);
    await members.leave(other);
    expect(await members.areSomeMissing()).toBe(false);
    // One that comes back is given a number as a new one is.
    expect(await members.renew(other, alike.settings)).toBeUndefined();
    await members.join({ process: other, version: '1', ...alike });
    expect((await members.living()).map(({ process }) => process)).toEqual([asker, other]);
  });
});
