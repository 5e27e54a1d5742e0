/** A text as it may stand in HTML, in an element or in a quoted attribute; and in XML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
