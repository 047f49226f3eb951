// Uploading one file, with its progress; fetch cannot tell how far it has come.
import { currentLanguage } from './language.ts'
import { ProblemError, readProblem } from './problem.ts'

/** Largest file that the server receives, in bytes. */
export const largestUpload = 20 * 1024 * 1024

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Sends a file to POST /api/files; answers its id. `onProgress` hears shares of 0 to 1. Throws ProblemError, status 0 when no answer came.
 */
export function uploadFile(file: Blob, name: string, onProgress?: (share: number) => void): Promise<{ id: string }> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/files')
    request.setRequestHeader('Accept', 'application/json, application/problem+json')
    request.setRequestHeader('Accept-Language', currentLanguage())
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total)
    }
    request.onload = () => {
      const answer = parsed(request.responseText)
      const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined
      if (request.status === 200 && typeof id === 'string') done({ id })
      else fail(new ProblemError(readProblem(request.status === 200 ? 502 : request.status, answer)))
    }
    request.onerror = () => fail(new ProblemError({ status: 0, code: 'no-network', title: '' }))
    request.ontimeout = request.onerror
    const form = new FormData()
    form.append('file', file, name)
    request.send(form)
  })
}
