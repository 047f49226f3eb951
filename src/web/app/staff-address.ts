// Which addresses belong to the staff's faces, whose pages residents never load.

/** Whether a path lies in the desk or the cockpit. */
export function isStaffAddress(path: string): boolean {
  return /^\/(desk|cockpit)(\/|$)/.test(path)
}

/** Whether this page was opened in desk or cockpit, so that their pages are known to the router. */
export const startedAtStaff = isStaffAddress(window.location.pathname)
