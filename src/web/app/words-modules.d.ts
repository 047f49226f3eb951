// Types of the virtual modules that vite.words.ts makes.
declare module 'virtual:words' {
  type Words = { [key: string]: string | Words }
  export const namespaces: readonly string[]
  export const loaders: Record<string, Record<string, () => Promise<{ default: Words }>>>
}
