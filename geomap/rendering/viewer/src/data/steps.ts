// Lines as the data carry them: each point as the step from the one before, in thousandths of a degree.

/** The points of a line that is given as steps in thousandths of a degree. */
export function addUpSteps(steps: ArrayLike<number>, begin = 0, end = steps.length): Float64Array {
  const points = new Float64Array(end - begin);
  let [x, y] = [0, 0];
  for (let at = begin; at < end; at += 2) {
    x += steps[at]!;
    y += steps[at + 1]!;
    points[at - begin] = x / 1000;
    points[at - begin + 1] = y / 1000;
  }
  return points;
}
