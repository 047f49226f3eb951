// Types of the virtual modules that vite.words.ts makes.
declare module 'virtual:words' {
  type Words = { [key: string]: string | Words }
  export const namespaces: readonly string[]
  type Loaders = Record<string, () => Promise<{ default: Words }>>
  /** Per language the loaders of its namespaces; `*` loads all words. */
  export const loaders: Record<string, () => Promise<{ default: Loaders }>>
}
