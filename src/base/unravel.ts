/** The place in an array of this shape, row-major, of what stands at a position of its flat list; all count from 0. */
export function unravel(flat: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place.unshift(rest % (shape[axis] as number));
    rest = Math.floor(rest / (shape[axis] as number));
  }
  return place;
}
