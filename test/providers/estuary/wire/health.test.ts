import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('GET /health in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });

  test('200, whatever the credential', async () => {
    const answer = await lk.request.get('/health').set('Authorization', 'Bearer x').expect(200);
    expect(answer.text).toBe('{"status":"ok"}\n');
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });
});
