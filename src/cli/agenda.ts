import { defineCommand } from './command.ts';
import { timeUntil } from './printed/key-cells.ts';
import { table } from './printed/table.ts';
import { drivingOptions, open } from './reaching/driving.ts';

export const command = defineCommand({
  options: drivingOptions,
  async run({ options, surroundings }) {
    const lk = await open(options);
    const events = await lk.agenda();
    const { now } = await lk.clock.read();
    const rows = events.map(({ at, event, key }) => [
      at,
      timeUntil(at, now),
      event,
      key.provider,
      key.name ?? key.hint,
      key.owner,
      key.id,
    ]);
    return { data: events, text: table(['AT', 'IN', 'EVENT', 'PROVIDER', 'KEY', 'OWNER', 'ID'], rows, surroundings) };
  },
});
