// Types of the virtual modules that vite.words.ts makes.
declare module 'virtual:words' {
  type Words = { [key: string]: string | Words }
  type Loaders = Record<string, () => Promise<{ default: Words }>>
  /** Loaders that come with the site, by language. */
  export const first: Record<string, Loaders>
  /** Per language the loaders of its namespaces; `*` loads all words. */
  export const loaders: Record<string, () => Promise<{ default: Loaders }>>
}
