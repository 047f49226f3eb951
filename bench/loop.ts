// placeholder
export async function benchLoop(): Promise<boolean> { return true }
