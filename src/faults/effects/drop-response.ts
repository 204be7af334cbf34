import { Type } from 'typebox';
import { transportOf } from '../../http/transport.ts';
import type { Hit } from '../hit.ts';

export const properties = {
  dropResponse: Type.Optional(
    Type.Literal(true, { description: 'Does what was asked for, and breaks the connection instead of answering' }),
  ),
};

export function onSend({ dropResponse }: { readonly dropResponse?: true }, payload: unknown, { request }: Hit): unknown {
  if (dropResponse === true) transportOf(request.raw).socket.destroy();
  return payload;
}
