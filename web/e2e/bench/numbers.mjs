// Numbers as people read them.

/** @type {(values: number[]) => number[]} */
export const sorted = (values) => values.toSorted((a, b) => a - b);

/** The value that a share of all others does not exceed.
 * @type {(values: number[], share: number) => number} */
export const quantile = (values, share) => sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)];

/** @type {(values: number[]) => number} */
export const median = (values) => quantile(values, 0.5);

/** @type {(n: number, digits?: number) => string} */
export const count = (n, digits = 0) => n.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A line of a table.
 * @type {(name: string, value: string, more?: string) => void} */
export const line = (name, value, more = "") => console.log(`  ${name.padEnd(36)} ${value.padStart(14)}  ${more}`.trimEnd());
