// What is used of the packages that only bench/package.json has, so that the root's tsc needs none of them.

declare module "esbuild" {
  export function build(options: {
    stdin: { contents: string; resolveDir: string; loader?: "ts" };
    outfile?: string;
    write?: boolean;
    bundle: boolean;
    minify?: boolean;
    format: "esm";
    platform: "neutral";
    mainFields?: string[];
    target: string;
  }): Promise<{ outputFiles: { contents: Uint8Array }[] }>;
}

declare module "linkedom" {
  export function parseHTML(html: string): { document: unknown };
}

declare module "@observablehq/plot" {
  type Mark = { readonly mark: true };
  type Draw = <Datum>(data: readonly Datum[], options: Record<string, unknown>) => Mark;
  export const barX: Draw;
  export const ruleY: Draw;
  export const text: Draw;
  export function plot(options: { document: unknown; marks: readonly Mark[]; [option: string]: unknown }): {
    readonly outerHTML: string;
    setAttribute(name: string, value: string): void;
  };
}
