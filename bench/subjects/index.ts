import type { Subject } from "../bench.ts";
import { subjects as bulk } from "./bulk.ts";
import { subjects as calls } from "./calls.ts";
import { subjects as get } from "./get.ts";
import { subjects as list } from "./list.ts";
import { subjects as ofPackage } from "./package.ts";
import { subjects as pages } from "./pages.ts";
import { subjects as plan } from "./plan.ts";
import { subjects as robustness } from "./robustness.ts";
import { subjects as sharedLimit } from "./shared-limit.ts";

export const subjects: Subject[] = [
  ...get,
  ...calls,
  ...pages,
  ...list,
  ...bulk,
  ...sharedLimit,
  ...plan,
  ...robustness,
  ...ofPackage,
];

/** Of those that the guard holds against the baseline, none takes more than seconds. */
export const guarded: Subject[] = subjects.filter(({ name }) =>
  ["get", "bulk-emails", "few-emails", "import", "bundle", "size"].includes(name),
);
