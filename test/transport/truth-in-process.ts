import type { VirtualClock } from "../helpers/virtual-clock.ts";
import { fetchFailure } from "./scripted-server.ts";
import type { TruthModel } from "./truth-model.ts";

/** A request takes up to so long to the server, and its response to the client: together, now and then, too long. */
const LONGEST_WAY_MS = 16;

/** When everything that was on its way has arrived. */
export const ALL_ARRIVED_MS = 4 * LONGEST_WAY_MS;

/** A `fetch` of a model on a virtual clock: what the model says befalls a request, after a latency by its seed. */
export function fetchInProcess(model: TruthModel, clock: VirtualClock): typeof globalThis.fetch {
  const later = (action: () => unknown) => clock.after(model.random() * LONGEST_WAY_MS, action);
  return (input, { method = "", headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const call = String(new Headers(headers).get("x-call"));
      const request = { method, url: String(input), call };
      const effect = () => model.carryOut({ ...request, body: String(body ?? "") });
      if (model.isUnreachable()) return reject(fetchFailure("ECONNREFUSED", "connect"));
      const onGivenUp = (action: () => unknown) => {
        if (signal?.aborted) action();
        else signal?.addEventListener("abort", action, { once: true });
      };
      onGivenUp(() => {
        model.doubtful.add(call);
        reject(signal?.reason);
      });
      // It arrives also where the client has given up meanwhile.
      later(() => {
        const { fate, carriedOut, carriedOutLate, reply } = model.draw(request);
        const answer = carriedOut ? effect() : undefined;
        if (fate === "stalled") return onGivenUp(() => carriedOutLate && later(effect));
        if (fate === "dropped") return later(() => reject(fetchFailure("ECONNRESET")));
        if (reply) return later(() => resolve(new Response(reply.text, reply)));
        if (!answer) return;
        const text = answer.body === undefined ? null : JSON.stringify(answer.body);
        later(() => resolve(new Response(text, { status: answer.status })));
      });
    });
}
