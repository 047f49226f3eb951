// The command with which anyone draws again what a tender published, on this site's own address.

export function drawCommand(tender: string): string {
  return `npm run draw:verify -- ${location.origin} ${tender}`
}
