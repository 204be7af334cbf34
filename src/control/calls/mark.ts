import { Type } from 'typebox';
import { Nullable } from '../../provider/schemas.ts';
import { answers } from '../schemas.ts';
import type { ControlScope } from '../scope.ts';

/** What requests are marked with. */
export const MarkText = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'What the next requests belong to, such as the name of the running test',
  examples: ['cart.test.ts > pays'],
});

const NewMark = Type.Object({ text: Nullable(MarkText) }, { examples: [{ text: 'cart.test.ts > pays' }] });

/** Marks the requests of a world that begin from now on. */
export function addMarkRoutes(scope: ControlScope): void {
  scope.post(
    '/mark',
    {
      schema: {
        operationId: 'mark',
        tags: ['Journal'],
        summary: 'Say what the next requests belong to; null: nothing. A reset without a mark ends it',
        body: NewMark,
        // The text itself may hold secrets, which are taken out where it is shown.
        response: answers(Type.Object({ marked: Type.Boolean() })),
      },
    },
    async ({ world, body: { text } }) => {
      await world.changes.setMark(text);
      return { marked: text !== null };
    },
  );
}
