/** A timer that a test compares with another: in one program timers end in the order of their times, however busy it is. */
export interface Bell extends Disposable {
  /** Whether it has rung. */
  readonly rung: boolean;
}

/** Sets a timer, in milliseconds from now. */
export function bell(milliseconds: number): Bell {
  let rung = false;
  const timer = setTimeout(() => void (rung = true), milliseconds);
  return {
    get rung() {
      return rung;
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
