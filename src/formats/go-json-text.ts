/**
 * Gives JSON text the spelling of Go's encoder: HTML's special characters and JavaScript's line ends as \uXXXX, and no
 * short form for backspace and form feed.
 */
export function spellAsGo(json: string): string {
  return json.replace(/\\.|[<>&\u2028\u2029]/g, goSpelling);
}

function goSpelling(found: string): string {
  if (found === '\\b') return '\\u0008';
  if (found === '\\f') return '\\u000c';
  if (found.startsWith('\\')) return found;
  return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
