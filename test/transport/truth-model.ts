import { seededRandom } from "../helpers/seeded-random.ts";
import { ModelAccount, type ModelAnswer, type ModelRequest } from "./model-server.ts";

/** What befalls a request. */
type Fate = "none" | "dropped" | "failed" | "stalled";

/** The chance of each fate. */
const CHANCE = 0.1;

/** What becomes of one request. */
export interface Draw {
  readonly fate: Fate;
  /** Whether it takes effect. */
  readonly carriedOut: boolean;
  /** Whether it takes effect when the client has long given up. */
  readonly carriedOutLate: boolean;
  /** The status where it fails. */
  readonly status: number;
}

/** An account whose requests are dropped, fail and stall by a seed. */
export class TruthModel {
  readonly account = new ModelAccount();
  /** How many requests met each fate. */
  readonly met: Record<Fate, number> = { none: 0, dropped: 0, failed: 0, stalled: 0 };
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** Ten per cent each: dropped before and after the effect, a 5xx before and after it, and stalled. */
  draw(): Draw {
    const number = Math.floor(this.random() / CHANCE);
    const fates = [
      { fate: "dropped", carriedOut: false },
      { fate: "dropped", carriedOut: true },
      { fate: "failed", carriedOut: false },
      { fate: "failed", carriedOut: true },
      { fate: "stalled", carriedOut: this.random() < 0.5 },
    ] as const;
    const { fate, carriedOut } = fates[number] ?? { fate: "none", carriedOut: true };
    this.met[fate] += 1;
    // One of two that stall before their effect has it when the client has long given up.
    const carriedOutLate = fate === "stalled" && !carriedOut && this.random() < 0.5;
    return { fate, carriedOut, carriedOutLate, status: [500, 502, 503, 504][this.met.failed % 4] ?? 500 };
  }

  carryOut(request: Omit<ModelRequest, "path" | "query"> & { url: string }): ModelAnswer {
    const { pathname: path, searchParams: query } = new URL(request.url, "http://host");
    return this.account.handle({ ...request, path, query });
  }
}
