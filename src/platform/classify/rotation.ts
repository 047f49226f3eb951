// Few rows with many features, turned into as many coordinates as there are rows: lengths and angles stay, so a fit there is the same fit, and fast.

/** A row as positions and values; each position once. */
export type SparseRow = { readonly at: Int32Array; readonly values: Float64Array }

/** Rows in their own space (row i has i + 1 coordinates), and the way back for weights found there. */
export type Rotated = {
  readonly rows: readonly SparseRow[]
  /** Weights over coordinates (coordinate × classes) as weights over features (feature × classes). */
  readonly back: (weights: Float64Array, classes: number) => Float64Array
}

/** Inner products of all rows with each other, row by row, the lower half filled: by feature, as most rows share few of them. */
function innerProducts(rows: readonly SparseRow[], features: number): Float64Array[] {
  const holders = Array.from({ length: features }, (): number[] => [])
  const values = Array.from({ length: features }, (): number[] => [])
  for (const [index, { at, values: own }] of rows.entries()) {
    for (let i = 0; i < at.length; i += 1) {
      holders[at[i] ?? 0]?.push(index)
      values[at[i] ?? 0]?.push(own[i] ?? 0)
    }
  }
  const products = rows.map((_, index) => new Float64Array(index + 1))
  for (const [feature, who] of holders.entries()) {
    const own = values[feature] ?? []
    for (let one = 0; one < who.length; one += 1) {
      const line = products[who[one] ?? 0]
      const value = own[one] ?? 0
      if (line !== undefined)
        for (let other = 0; other <= one; other += 1) {
          const place = who[other] ?? 0
          line[place] = (line[place] ?? 0) + value * (own[other] ?? 0)
        }
    }
  }
  return products
}

/** What is left of a row below this share of its length lies in the rows before it (the same text twice): it gets no coordinate of its own. */
const nothingLeft = 1e-9

/** The lower triangle L with L·Lᵀ = the products; a row that lies in those before it gets 0 on the diagonal. */
function triangleOf(products: readonly Float64Array[]): Float64Array[] {
  const lower: Float64Array[] = []
  for (const [i, line] of products.entries()) {
    const row = new Float64Array(i + 1)
    let left = line[i] ?? 0
    for (let j = 0; j < i; j += 1) {
      const before = lower[j]
      const corner = before?.[j] ?? 0
      if (before === undefined || corner === 0) continue
      let sum = line[j] ?? 0
      for (let k = 0; k < j; k += 1) sum -= (row[k] ?? 0) * (before[k] ?? 0)
      row[j] = sum / corner
      left -= (row[j] ?? 0) ** 2
    }
    row[i] = left > nothingLeft * (line[i] ?? 0) ? Math.sqrt(left) : 0
    lower.push(row)
  }
  return lower
}

/** Turns rows of `features` features. Costs rows² · (common features + rows / 3) multiplications. */
export function rotate(rows: readonly SparseRow[], features: number): Rotated {
  const lower = triangleOf(innerProducts(rows, features))
  return {
    rows: lower.map((values, i) => ({ at: Int32Array.from({ length: i + 1 }, (_, j) => j), values })),
    back: (weights, classes) => {
      // Lᵀ·A = B from the last row upwards; then w = Xᵀ·A.
      const shares = Float64Array.from(weights.subarray(0, rows.length * classes))
      const found = new Float64Array(features * classes)
      for (let i = rows.length - 1; i >= 0; i -= 1) {
        const line = lower[i]
        const corner = line?.[i] ?? 0
        const row = rows[i]
        if (line === undefined || row === undefined || corner === 0) continue
        for (let c = 0; c < classes; c += 1) {
          const share = (shares[i * classes + c] ?? 0) / corner
          for (let j = 0; j < i; j += 1)
            shares[j * classes + c] = (shares[j * classes + c] ?? 0) - share * (line[j] ?? 0)
          for (let k = 0; k < row.at.length; k += 1) {
            const place = (row.at[k] ?? 0) * classes + c
            found[place] = (found[place] ?? 0) + share * (row.values[k] ?? 0)
          }
        }
      }
      return found
    },
  }
}
