// Latin words that the Chinese interface may show, each with its reason.

/** Taken out of a text before it is searched for Latin words. */
export const allowedWords: readonly RegExp[] = [
  // File formats and standards that people know by these names only.
  /\b(PDF|CSV|Excel|JPG|JPEG|PNG|WebP|OCDS|HSDS|Open311|GeoJSON|OpenID|API|JSON)\b/g,
  // The hash beside SM3 that other programs compute too.
  /SHA-256/g,
  // Hash values and ids of certificates: digits and letters of a value, no words.
  /\b[0-9a-f]{12,}\b/gi,
  // Unified social credit codes: 18 digits and capitals of a value.
  /\b[0-9A-HJ-NPQRTUWXY]{18}\b/g,
  // Account names with which staff sign in: data, and Latin by nature.
  /\b[a-z]+(-[a-z]+)*-\d+\b/g,
  // Addresses of systems that an administrator registers.
  /https?:\/\/\S+/g,
]
