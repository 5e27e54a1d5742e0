/** For how long work goes on before others have a turn, in milliseconds. */
const TURN = 16;

/** Does work that stops now and then to its end at once. */
export function finish<R>(work: Generator<void, R>): R {
  while (true) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does work that stops now and then to its end, with turns for others in between: timers, answers, the Stop button. */
export async function finishInTurns<R>(work: Generator<void, R>): Promise<R> {
  let began = performance.now();
  while (true) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < TURN) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    began = performance.now();
  }
}
