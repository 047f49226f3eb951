// Loaded before the server when the bootstrap could not replace itself by it: ends the server when the bootstrap is killed.
import { Socket } from 'node:net'

// The bootstrap holds the other end of this pipe as long as it lives, however it dies. Leaving by `exit` runs the hooks
// that stop the embedded database, and frees the port at once for the next start.
const parent = new Socket({ fd: 3, readable: true, writable: false })
parent.on('close', () => process.exit(137))
parent.on('error', () => process.exit(137))
parent.resume()
parent.unref()
