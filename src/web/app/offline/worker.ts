// Starting the service worker, and moving on to a new build without a page that asks for files that are gone.

/** Registers it once the page is there; a page of the worker's own build lets it take over. */
export function startWorker(): void {
  // files of an older build are gone: the page of the new one knows the right names; once a minute at most
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem('liandong.reloaded') ?? 0)
    if (!navigator.onLine || Date.now() - last < 60_000) return
    event.preventDefault()
    sessionStorage.setItem('liandong.reloaded', String(Date.now()))
    window.location.reload()
  })
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  // the script by which this page began tells the worker of which build it is
  const entry = new URL(
    document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '/',
    window.location.href,
  )
  const takeOver = (worker: ServiceWorker | null) => worker?.postMessage(entry.pathname)
  const register = () => {
    navigator.serviceWorker.register('/sw.js').then(
      (registration) => {
        takeOver(registration.waiting)
        registration.addEventListener('updatefound', () => {
          const worker = registration.installing
          worker?.addEventListener('statechange', () => worker.state === 'installed' && takeOver(worker))
        })
      },
      // a browser that forbids it: the site works with a network
      () => undefined,
    )
  }
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
}
