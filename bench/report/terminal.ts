import Table from "cli-table3";
import type { Subject } from "../bench.ts";
import { PEER_NAMES, peers } from "../clients/peers.ts";
import type { Result } from "../results.ts";
import { checks, figures, times } from "./format.ts";

/** All results as one table, a subject after the other. */
export function terminalTable(subjects: readonly Subject[], results: readonly Result[]): string {
  const titles = PEER_NAMES.map((name) => peers[name].title);
  const table = new Table({
    head: ["", ...titles, "× fetch", "× 1.28.0", "limit"],
    style: { head: ["bold"], border: [], compact: true },
  });
  for (const { name, title } of subjects) {
    table.push([{ content: title, colSpan: titles.length + 4 }]);
    for (const result of results.filter(({ subject }) => subject === name)) table.push(row(result));
  }
  return table.toString();
}

function row(result: Result): string[] {
  const cells = PEER_NAMES.map((name) => {
    const { median, spread } = figures(result, name);
    return spread ? `${median}\n${spread}` : median;
  });
  const limits = checks(result).map(({ wanted, isMet }) => `${isMet ? "met" : "MISSED"}: ${wanted}`);
  return [`  ${result.name}`, ...cells, times(result, "fetch"), times(result, "current"), limits.join("\n")];
}
