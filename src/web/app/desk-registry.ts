// The pages of desk and cockpit, loaded only where one of them is opened.
import { type FeaturePages, offered } from './page-registry.ts'

const modules = import.meta.glob<FeaturePages>('../features/*/desk-pages.ts', { eager: true })

export const deskPages = offered(modules, 'deskPages')
export const cockpitPages = offered(modules, 'cockpitPages')
