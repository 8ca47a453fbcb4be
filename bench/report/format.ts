/** Figures as people read them. */
import { type PeerName, peers } from "../clients/peers.ts";
import { type Limit, limited, type Result, spreadOf, timesOf, type Unit } from "../results.ts";

const digits = (value: number): string => {
  const least = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: least });
};

export function show(value: number, unit: Unit): string {
  const size = Math.abs(value);
  if (unit === "bytes" && size >= 1e6) return `${digits(value / 1e6)} MB`;
  if (unit === "bytes" && size >= 1e3) return `${digits(value / 1e3)} kB`;
  if (unit === "ms" && size >= 1e4) return `${digits(value / 1e3)} s`;
  return unit === "bytes" || unit === "ms" || unit === "µs" ? `${digits(value)} ${unit}` : digits(value);
}

/** The median, and where rounds differ what the middle half of them lies between; nothing of who was not measured. */
export function figures({ values, unit }: Result, name: PeerName): { median: string; spread: string } {
  const rounds = values[name] ?? [];
  if (rounds.length === 0) return { median: "", spread: "" };
  const { median, lower, upper } = spreadOf(rounds);
  const spread = lower === upper ? "" : `${show(lower, unit)} to ${show(upper, unit)}`;
  return { median: show(median, unit), spread };
}

/** How many times the figure of a peer ours is. */
export function times(result: Result, peer: PeerName): string {
  const ratio = timesOf(result, "ours", peer);
  return ratio === undefined || !Number.isFinite(ratio) ? "" : `${ratio.toFixed(2)} ×`;
}

export interface Checked {
  readonly wanted: string;
  readonly is: string;
  readonly isMet: boolean;
}

/** A limit and what became of it. Undefined where nothing was measured that it is about. */
export function check(result: Result, limit: Limit): Checked | undefined {
  const figure = limited(result, limit);
  if (figure === undefined) return undefined;
  const { atMost, times: peer } = limit;
  const wanted = peer ? `${digits(atMost)} × ${peers[peer].title}` : show(atMost, result.unit);
  const is = peer ? `${figure.toFixed(2)} ×` : show(figure, result.unit);
  return { wanted: `at most ${wanted}`, is, isMet: figure <= atMost };
}

export const checks = (result: Result): Checked[] =>
  (result.limits ?? []).map((limit) => check(result, limit)).filter((checked) => checked !== undefined);
