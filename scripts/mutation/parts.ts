import { globSync } from "node:fs";

/** A part of `src`, and the tests that its mutants are run against. */
export interface Part {
  /** Its folder without `src/`; `rest` is what no other part has. */
  readonly name: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/**
 * The tests of each folder, of those that take a moment: no processes, no Prism. Tests that are not among them may
 * kill more mutants, never fewer: the score is at least what this finds.
 */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  throttle: [
    "throttle/{adaptive-limiter,convoy,in-flight,rate-limit-gate,retry-budget}",
    "bounds/{fake-timers,waiting-calls}",
    "transport/{attempt,events,properties}",
    "strangers/confirmation-pause",
  ],
  "transport/failure": [
    "transport/{events,evidence,many-errors,outcome,rejections,retry-after,send-with-retries,token-provider}",
    "strangers/{conflict-reason,not-found}",
    "throttle/rate-limit-gate",
    "errors/errors",
  ],
  "transport/http": [
    "transport/{attempt,events,fetch-init,on-response,properties,rejections,token-provider}",
    "{strangers/responses,secrets/cause}",
    "bounds/{aborted-bulk,fake-timers,response-size}",
    "users/{find-by-email,operations}",
    "client",
  ],
  transport: [
    "transport/{attempt,events,evidence,fetch-init,on-response,rejections,send-with-retries,token-provider}",
    "strangers/{confirmation-pause,not-found}",
    "throttle/{in-flight,rate-limit-gate,retry-budget}",
    "bounds/{fake-timers,waiting-calls}",
    "users/{create-recovery,failed-results}",
  ],
  "users/bulk": [
    "users/{bulk-delete,bulk-properties,create-many,create-many-*,failed-results,never-sent,on-result,update-many}",
    "{inputs/bulk-rows,facade/bulk-calls,organizations/bulk-members}",
  ],
  "users/create": [
    "users/{create,create-*,never-sent}",
    "strangers/{conflict-reason,recovered,responses}",
    "secrets/kept-password",
    "inputs/{dates,unicode}",
  ],
  users: [
    "users/{bad-input,create,email-address,find-by-email,on-result,operations,update-many}",
    "inputs/*",
    "strangers/{bulk,responses}",
    "functions",
  ],
  facade: [
    "facade/*",
    "inputs/*",
    "users/{bad-input,create-many,create-many-ends,failed-results,find-by-email,never-sent}",
    "users/{on-result,operations,update-many}",
    "organizations/bulk-members",
    "strangers/bulk",
    "transport/events",
    "bounds/hostile-pages",
    "client",
    "functions",
  ],
  api: [
    "{api,inputs}/*",
    "config/{change-options,user-agent}",
    "errors/errors",
    "client",
    "facade/{bulk-calls,pages}",
    "strangers/responses",
    "users/{create,create-is-developer,find-by-email,update-many}",
    "{users,organizations}/{bad-input,operations}",
  ],
  "errors/cause": ["errors/{cause-parts,reason}", "secrets/cause", "transport/evidence"],
  "errors/redaction": ["{errors,secrets}/*"],
  "errors/response": [
    "{errors,secrets}/*",
    "transport/{evidence,outcome,retry-after}",
    "strangers/{conflict-reason,not-found}",
    "bounds/response-size",
  ],
  errors: [
    "{errors,secrets}/*",
    "transport/{evidence,many-errors,outcome,rejections}",
    "inputs/{messages,own-members}",
    "{users,organizations}/bad-input",
  ],
  "roster/apply": [
    "roster/{apply,assess,check-plan,failures,journal,open-plan,people,preflight,recorder,run,send}",
  ],
  "roster/formats": ["roster/{formats,read-file,rows}"],
  "roster/journal": ["roster/{apply,failures,journal,journal-lock,journal-parts,journal-passwords}"],
  "roster/plan": ["roster/{apply,check-plan,open-plan,plan,plan-addresses,plan-parts,preflight}"],
  organizations: ["organizations/*", "inputs/*", "strangers/responses", "functions"],
  config: [
    "{config,inputs}/*",
    "client",
    "transport/{events,fetch-init,on-response,token-provider}",
    "facade/prerelease",
  ],
  util: [
    "{config,errors,inputs,util}/*",
    "transport/{attempt,events,fetch-init}",
    "bounds/fake-timers",
    "throttle/rate-limit-gate",
    "facade/{bulk-calls,prerelease}",
  ],
  "cli/args": ["cli/{arguments,commands,users}"],
  "cli/demo": ["cli/terminal", "demo"],
  "cli/io": ["cli/{arguments,io,terminal,users}"],
  "cli/report": ["cli/{report,roster}"],
  cli: ["cli/{arguments,commands,interrupt,io,organizations,roster,terminal,users}"],
  rest: ["client", "facade/bulk-calls", "functions"],
};

/** All of `src` but the sandbox, each file in the part of the innermost folder that is one. */
export function partsOf(root: string): readonly Part[] {
  const files = globSync("src/**/*.ts", { cwd: root, exclude: ["src/testing/**"] }).sort();
  return Object.entries(TESTS).map(([name, tests]) => ({
    name,
    files: files.filter((file) => partWith(file) === name),
    tests: tests.map((path) => `test/${path}.test.ts`),
  }));
}

function partWith(file: string): string {
  const within = Object.keys(TESTS).filter((name) => file.startsWith(`src/${name}/`));
  return within.sort((a, b) => b.length - a.length)[0] ?? "rest";
}
