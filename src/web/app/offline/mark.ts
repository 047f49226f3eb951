// A mark outside the queue that something lies in it, so that pages need not open it to know.

const mark = 'liandong.queue'

export function markKept(kept: boolean): void {
  if (kept) localStorage.setItem(mark, '1')
  else localStorage.removeItem(mark)
}

export function isMarkedKept(): boolean {
  return localStorage.getItem(mark) !== null
}
