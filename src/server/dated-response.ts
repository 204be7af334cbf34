import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

type Given = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** An answer whose date may be another than the real one. It stands where Node writes its own: after the headers that were given. */
export class DatedResponse<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
  override writeHead(status: number, message?: string | Given, headers?: Given): this {
    const { date } = this;
    if (typeof message === 'string') return super.writeHead(status, message, headers);
    if (date === undefined) return super.writeHead(status, message);
    if (message !== undefined && !Array.isArray(message)) return super.writeHead(status, listed(message, date));
    this.setHeader('Date', date);
    return super.writeHead(status, message);
  }
}

/** Headers and a date as Node takes them most cheaply: names and values in turn. */
function listed(headers: OutgoingHttpHeaders, date: string): OutgoingHttpHeader[] {
  const list: OutgoingHttpHeader[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) list.push(name, value);
  }
  list.push('Date', date);
  return list;
}
