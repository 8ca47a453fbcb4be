/** Whether this is the full run, which `npm run test:all` is, with every seed and all runs of each property. */
export const IS_FULL_RUN = process.env["AX_TEST_FULL"] === "1";

/** How many runs a property of many has: all of them in the full run, and a tenth of them in a quick one. */
export const runs = (all: number): number => (IS_FULL_RUN ? all : Math.ceil(all / 10));
