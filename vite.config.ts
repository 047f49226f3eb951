// How the web is built: strict-CSP index page, no validator in the bundle, words as lazy chunks per language.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { offlinePlugin } from './vite.offline.ts'
import { wordsPlugin } from './vite.words.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('./src/web'),
  base: '/',
  plugins: [react(), wordsPlugin(here('.')), offlinePlugin(here('./src/web/service-worker.js'))],
  resolve: {
    // docs/decisions/0004: contracts describe endpoints with zod, browsers never need it
    alias: [{ find: /^zod$/, replacement: here('./src/web/app/no-zod.ts') }],
  },
  // MapLibre's worker is a module
  worker: { format: 'es' },
  // the server replaces this placeholder by a fresh nonce in every answer of the page
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: {
      polyfill: false,
      // what the first page has loaded already need not stand in the list of every page
      resolveDependencies: (_file, needed) => needed.filter((name) => !/\/(core|frame|rolldown-runtime)-/.test(name)),
    },
    rolldownOptions: {
      output: {
        // every page of residents stands with its files in the first bytes of the site: short names there are worth 2 kB;
        // .vite/manifest.json says which file holds what
        chunkFileNames: ({ name }) =>
          /^(core|frame|rolldown-runtime)$/.test(name) ? 'assets/[name]-[hash:7].js' : 'assets/[hash:7].js',
        assetFileNames: 'assets/[hash:7][extname]',
        codeSplitting: {
          // what every page needs in one chunk: fewer requests, and gzip sees it whole
          groups: [
            {
              name: 'core',
              // but not what only forms and the desk use of them
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store)[\\/](?!.*(useBlocker|useQueries|queriesObserver|useMutation|mutationObserver|Trans|TransWithoutContext)\.js)/,
            },
            {
              // the small parts that every face needs: one chunk of them compresses better than twelve
              name: 'frame',
              test: /src[\\/]web[\\/](app[\\/](page-registry|session|appearance|address|main-landmark|client|ask|language|problem)\.tsx?|ui[\\/]shared[\\/](Icon|icon-paths|ErrorState|EmptyState|Go)\.tsx?|ui[\\/]resident[\\/]toast-store\.ts|features[\\/][\w-]+[\\/](resident[\\/])?pages\.ts)$|vite[\\/]preload-helper/,
            },
          ],
        },
      },
    },
    sourcemap: false,
    manifest: true,
    // images as files: data: URLs would need a wider CSP
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
})
