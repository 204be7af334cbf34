import { defineCommand } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';

export const command = defineCommand({
  options: {
    ...drivingOptions,
    to: { type: 'string', enum: ['seed', 'empty'], default: 'seed', description: 'what to start from' },
  },
  async run({ options }) {
    const { to } = options;
    const lk = await open(options);
    await lk.reset(to);
    return { data: { to }, text: `reset to ${to}\n` };
  },
});
