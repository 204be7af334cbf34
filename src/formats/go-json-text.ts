/**
 * Escapes JSON text as Go's encoder does: HTML's special characters, JavaScript's line separators, backspace and form feed
 * become \uXXXX.
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
