/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly elements: readonly Element[];
  readonly text: string;
}

/** Reads an XML document without comments, sections and a DTD, and takes nothing that is not well-formed. */
export function readXml(document: string): Element {
  if (forbidden.test(document)) throw new Error(`a letter that XML forbids: ${forbidden.exec(document)?.index}`);
  const [declaration] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(document) ?? [];
  if (declaration === undefined) throw new Error('no declaration');
  const [root, end] = readElement(document, declaration.length);
  if (document.slice(end).trim() !== '') throw new Error('something stands behind the root');
  return root;
}

const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

function readElement(document: string, start: number): readonly [Element, number] {
  const open = /<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/y;
  open.lastIndex = start;
  const [tag, name = '', given = '', slash] = open.exec(document) ?? [];
  if (tag === undefined) throw new Error(`no element at ${document.slice(start, start + 60)}`);
  const attributes = readAttributes(given);
  let at = start + tag.length;
  if (slash === '/') return [{ name, attributes, elements: [], text: '' }, at];
  const elements: Element[] = [];
  let text = '';
  while (!document.startsWith(`</${name}>`, at)) {
    if (document[at] === '<') {
      const [inside, end] = readElement(document, at);
      elements.push(inside);
      at = end;
    } else {
      const [piece] = /[^<]+/y.exec(document.slice(at)) ?? [];
      if (piece === undefined) throw new Error(`${name} is not closed`);
      text += readText(piece);
      at += piece.length;
    }
  }
  return [{ name, attributes, elements, text }, at + `</${name}>`.length];
}

function readAttributes(given: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of given.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (attributes.has(name)) throw new Error(`${name} is there twice`);
    // A reader makes a space of each of these where it is not escaped.
    attributes.set(name, readText(value.replaceAll(/[\t\n]/g, ' ')));
  }
  return attributes;
}

function readText(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in a text');
  if (text.includes('\r')) throw new Error('a reader makes a line feed of a carriage return');
  return text.replaceAll(/&(#\d+;)?/g, (_, number?: string) => {
    if (number === undefined) throw new Error('a bare &');
    return String.fromCodePoint(Number(number.slice(1, -1)));
  });
}
