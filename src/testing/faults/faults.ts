import type { ActiveFault, Fault } from "../types.ts";
import { type ArmedFault, readFault } from "./read-fault.ts";

/** The active faults. */
export class Faults {
  #waiting: ArmedFault[] = [];

  add(fault: Fault): ActiveFault {
    const armed = readFault(fault);
    this.#waiting.push(armed);
    return { remove: () => this.#remove(armed) };
  }

  /** Returns the fault that applies to this request: the first that matches and has skipped enough requests. */
  strike(method: string, path: string): ArmedFault | undefined {
    for (const fault of this.#waiting) {
      if (!fault.matches(method, path)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      if (fault.times === 0) this.#remove(fault);
      return fault;
    }
    return undefined;
  }

  #remove(fault: ArmedFault): void {
    this.#waiting = this.#waiting.filter((other) => other !== fault);
  }
}
