// What journeys without a network share.
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Waits until the service worker has the site for the time without a network. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}

/** A picture as a phone's camera hands it over. */
export const photo = async () => ({
  name: 'IMG_0001.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background: '#335577' } })
    .jpeg()
    .toBuffer(),
})
