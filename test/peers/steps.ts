import type { Operation } from "../vendor/clients.ts";

/** A call that each SDK makes, with the names of our methods and the values of the alpha dialect. */
export interface Step {
  title: string;
  call: Operation;
  /** `NEXT_PAGE` as `cursor` is the one of the list before. */
  params: object;
}

export const NEXT_PAGE = "next page";
