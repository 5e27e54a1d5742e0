import { hiddenMethod, showAs } from "../../display/render/attach.ts";
import {
  type Displayable,
  displayable,
  jupyterDisplay,
  printAs,
} from "../../display/render/displayable.ts";
import { answerCard, doneCard, errorCard } from "../../display/views/service/cards.ts";
import { type ApiPromise, type ApiResponse, CallPromise } from "../../http/api_promise.ts";

/**
 * Makes what a call returns. Left unawaited at the end of a cell it shows what came of it: the answer, or why there is
 * none. A kernel waits for what shows a value. A console prints one line.
 *
 * @param nothing what to show where the answer is `null`.
 */
export function shownCall<T>(
  response: Promise<ApiResponse<T>>,
  nothing?: Displayable,
): ApiPromise<T> {
  return new ShownCall(response, nothing);
}

/** A call as a notebook and a console see it. */
class ShownCall<T> extends CallPromise<T> {
  static {
    const printed =
      "ApiPromise { await it for the answer; await its detailed() for all about the answer }";
    printAs(this.prototype, displayable(() => [{ kind: "note", tone: "plain", lines: [printed] }]));
  }

  readonly #nothing: Displayable | undefined;

  constructor(response: Promise<ApiResponse<T>>, nothing?: Displayable) {
    super(response);
    this.#nothing = nothing;
  }

  override detailed(): Promise<ApiResponse<T>> {
    const whole = super.detailed().then(showAnswer);
    return Object.defineProperty(whole, jupyterDisplay, hiddenMethod(() => bundleOf(whole)));
  }

  [jupyterDisplay](): Promise<unknown> {
    const shown = async (value: T) =>
      value ?? this.#nothing ?? doneCard((await super.detailed()).status);
    return bundleOf(this.then(shown));
  }
}

/** Makes a whole answer show itself: short in a cell and on a console, and plain data to everyone else. */
function showAnswer<T>(response: ApiResponse<T>): ApiResponse<T> {
  const card = answerCard(response);
  return showAs(response, () => card);
}

/** What a kernel shows of what a promise brings, or of its failure. */
async function bundleOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    const value = await promise;
    const method: unknown = Reflect.get(Object(value), jupyterDisplay);
    return typeof method === "function"
      ? Reflect.apply(method, value, [])
      : { "text/plain": JSON.stringify(value) };
  } catch (error) {
    return errorCard(error)[jupyterDisplay]();
  }
}
