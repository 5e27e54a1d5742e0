/** The most columns of the text form. */
export const TEXT_WIDTH = 100;

/** The most rows of a table, unless more are asked for. */
export const MAX_ROWS = 20;

/** The most characters of a caption. */
export const CAPTION_WIDTH = 120;

/** The most characters of a fact about one thing. */
export const FIELD_WIDTH = 240;

/** The most characters of a line of a remark. */
export const NOTE_WIDTH = 400;

/** Whether a picture is one that needs no request and runs nothing. */
export function isShowable(src: string): boolean {
  return /^data:image\/(?:svg\+xml|png|jpeg);base64,[A-Za-z0-9+/]*={0,2}$/.test(src);
}
