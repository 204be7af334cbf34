import type { EventLog, WorldEvent } from '../../src/worlds/events.ts';

/** The events after the one with this id that are still kept, oldest first. */
export function eventsSince(log: EventLog, id: number): WorldEvent[] {
  const events: WorldEvent[] = [];
  for (let event = log.after(id); event !== undefined; event = log.after(event.id)) events.push(event);
  return events;
}
