// Development only.
export function ResidentGallery() { return null }
