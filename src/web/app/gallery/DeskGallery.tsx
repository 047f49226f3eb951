// Development only.
export function DeskGallery() { return null }
