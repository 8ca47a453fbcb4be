/**
 * Clients whose time and chance are the test's. No other file of the tests knows of which parts a client is made; tests of
 * one part import that part.
 */
import { ArizeClient, type ArizeClientOptions } from "ax-users";
import { createClientContext } from "../../src/api/client-context.ts";
import { readOptions } from "../../src/config/client-options.ts";
import { type Clock, systemClock } from "../../src/util/clock.ts";
import { VirtualClock } from "./virtual-clock.ts";

export { type Clock, systemClock };

/** What a client takes from its surroundings. */
export interface Surroundings {
  readonly clock?: Clock;
  /** From 0 to 1, for the jitter of waits. Default: always 0.5. */
  readonly random?: () => number;
}

const DEFAULTS: ArizeClientOptions = {
  apiKey: "secret-key",
  baseUrl: "https://api.test",
  prereleaseWarnings: false,
};

/** A client with these surroundings, on the system's clock where none is given. It gives no warnings. */
export function clientWith(options: ArizeClientOptions, surroundings: Surroundings): ArizeClient {
  const { clock = systemClock, random = () => 0.5 } = surroundings;
  const context = createClientContext(readOptions({ ...DEFAULTS, ...options }), clock, random);
  return new ArizeClient(undefined, context);
}

/** A client with a virtual clock, and that clock. */
export function virtualClient(
  options: ArizeClientOptions,
  random?: () => number,
): { client: ArizeClient; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { client: clientWith(options, random ? { clock, random } : { clock }), clock };
}
