// Entry of the web: language first, then the page.
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './ask.ts'
import { startLanguage } from './language.ts'
import { router } from './router.tsx'
import './tokens.css'
import './base.css'

const place = document.getElementById('root')
await startLanguage()
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
// after the page, which must not wait for it
void import('./offline/worker.ts').then(({ startWorker }) => startWorker())
