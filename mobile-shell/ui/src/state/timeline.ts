/** How far down each timeline somebody has read, so that *Tilbage* leads to the same line. */
export interface ReadTo {
  shown: number;
  top: number;
}

export const timelines = new Map<string, ReadTo>();
