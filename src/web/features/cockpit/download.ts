// The figures on screen as a file for spreadsheets: UTF-8 with mark, one row per place and figure.
import type { FigureView } from '../../../foundation/indicators/contract.ts'
import { saveFile } from '../../ui/shared/save-file.ts'
import { numberWords } from './figures.ts'

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text
  return `"${safe.replace(/"/g, '""')}"`
}

/** Saves the figures and their children; money in 万元 as on screen. */
export function downloadFigures(name: string, figures: readonly FigureView[]): void {
  const line = (label: string, place: string, figure: FigureView, value: number | undefined) =>
    [label, place, (numberWords(figure.unit, value) ?? '').replace(/,/g, '')].map(cell).join(',')
  const rows = figures.flatMap((figure) => [
    line(figure.label, '', figure, figure.now.value),
    ...(figure.children ?? []).map((child) => line(figure.label, child.divisionName, figure, child.value)),
  ])
  saveFile(`${name}.csv`, `\uFEFF${rows.join('\r\n')}`, 'text/csv;charset=utf-8')
}
