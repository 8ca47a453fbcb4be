/** A chart for each subject, readable on light and on dark ground. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { PEER_NAMES, peers } from "../clients/peers.ts";
import { type Result, spreadOf } from "../results.ts";
import { figures } from "./format.ts";

interface Bar {
  readonly figure: string;
  readonly peer: string;
  readonly isOurs: boolean;
  readonly label: string;
  /** Of the longest bar of its figure; figures have units of their own. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

const BAR_HEIGHT = 20;
const LABEL_ROOM = 0.3;
const STYLE =
  "svg { color: #1f2328; background: transparent } @media (prefers-color-scheme: dark) { svg { color: #e6edf3 } }";

export function chart(title: string, results: readonly Result[]): string {
  const bars = results.flatMap(barsOf);
  const { document } = parseHTML("<html><body></body></html>");
  const rows = new Set(bars.map(({ peer }) => peer)).size + 1;
  const svg = Plot.plot({
    document,
    ariaLabel: title,
    width: 760,
    height: results.length * rows * BAR_HEIGHT + 20,
    marginLeft: 120,
    marginTop: 20,
    marginRight: 0,
    marginBottom: 0,
    style: { fontSize: "12px" },
    x: { axis: null, domain: [0, 1 + LABEL_ROOM] },
    y: {
      label: null,
      domain: PEER_NAMES.map((name) => peers[name].title).filter((title) =>
        bars.some(({ peer }) => peer === title),
      ),
      tickSize: 0,
    },
    fy: { axis: null, domain: results.map(({ name }) => name), padding: 1 / rows },
    marks: [
      Plot.barX(bars, {
        fy: "figure",
        y: "peer",
        x: "share",
        fill: (bar: Bar) => (bar.isOurs ? "#3b82f6" : "#8b949e"),
      }),
      Plot.ruleY(bars, {
        fy: "figure",
        y: "peer",
        x1: "lower",
        x2: "upper",
        stroke: "currentColor",
        strokeWidth: 1.5,
      }),
      Plot.text(bars, {
        fy: "figure",
        y: "peer",
        x: (bar: Bar) => Math.max(bar.share, bar.upper),
        text: "label",
        textAnchor: "start",
        dx: 6,
      }),
      Plot.text(results, { fy: "name", text: "name", frameAnchor: "top-left", dy: -14, fontWeight: "bold" }),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return `${svg.outerHTML.replace("<style>", `<style>${STYLE}`)}\n`;
}

function barsOf(result: Result): Bar[] {
  const names = PEER_NAMES.filter((name) => result.values[name]?.length);
  const spreads = new Map(names.map((name) => [name, spreadOf(result.values[name] ?? [])]));
  const longest = Math.max(...[...spreads.values()].map(({ median }) => median));
  return names.map((name) => {
    const { median = 0, lower = 0, upper = 0 } = spreads.get(name) ?? {};
    // One round may take many times as long as the others: the mark ends where the labels begin to need the room.
    const share = (value: number) => Math.min(Math.max(0, value) / (longest || 1), 1.1);
    return {
      figure: result.name,
      peer: peers[name].title,
      isOurs: name === "ours",
      label: figures(result, name).median,
      share: share(median),
      lower: share(lower),
      upper: share(upper),
    };
  });
}
