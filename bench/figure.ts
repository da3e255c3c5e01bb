/** One line of the table in docs/figures.md. */
export interface Figure {
  what: string;
  value: string;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The smallest sample that so large a part of all is not above. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const value = sorted[Math.max(Math.ceil(sorted.length * part) - 1, 0)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

export function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
