// Ant Design with our tokens, our nonce and the language that is on; the desk and the cockpit stand inside it.
import { ConfigProvider, theme } from 'antd'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import zhTW from 'antd/es/locale/zh_TW'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { styleNonce } from '../../app/appearance.ts'
import { deskIconPaths } from '../shared/desk-icon-paths.ts'
import { Icon } from '../shared/Icon.tsx'
import { addIcons } from '../shared/icon-paths.ts'

addIcons(deskIconPaths)

const locales: Record<string, typeof zhCN> = { 'zh-CN': zhCN, 'zh-Hant': zhTW, en: enUS }
const font =
  '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans S Chinese", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'

/** Darker text, link and state colours than Ant Design's own: contrast of 4.5 everywhere. */
const light = {
  colorPrimary: '#0f766e',
  colorLink: '#0b5d57',
  colorError: '#b42318',
  colorSuccess: '#1f6f3a',
  colorWarning: '#8a5300',
  colorInfo: '#0f766e',
  colorText: '#1f2933',
  colorTextSecondary: '#4b5563',
  colorTextTertiary: '#5f6b7a',
  colorTextQuaternary: '#5f6b7a',
  colorTextDescription: '#5f6b7a',
  colorTextPlaceholder: '#5f6b7a',
  colorTextDisabled: '#5f6b7a',
  colorIcon: '#4b5563',
  colorBorder: '#8794a1',
  colorBorderSecondary: '#d9dee3',
  colorBgLayout: '#f5f7f8',
} as const
const dark = { colorPrimary: '#4fd1c5', colorBgBase: '#14212a', colorText: '#e8eef2', colorBorder: '#5f7482' } as const

export function DeskTheme({ children, wall = false }: { readonly children: ReactNode; readonly wall?: boolean }) {
  const { t, i18n } = useTranslation('frame')
  const nonce = styleNonce()
  // base.css cuts all movement short for those who asked for it; the library would wait for the end of one and leave its pop-ups outside the window
  const motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return (
    <ConfigProvider
      csp={nonce ? { nonce } : undefined}
      locale={locales[i18n.language] ?? zhCN}
      button={{ autoInsertSpace: false }}
      // the library's own icons carry English names; a select that must not be emptied says allowClear={false}
      select={{
        suffixIcon: <Icon name="open" size={14} />,
        removeIcon: <Icon name="close" size={12} />,
        allowClear: { clearIcon: <Icon name="close" size={12} />, label: t('form.clear') },
      }}
      theme={{
        algorithm: wall ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          ...(wall ? dark : light),
          fontFamily: font,
          fontSize: 14,
          borderRadius: 6,
          controlHeight: 32,
          motion,
          motionDurationMid: '0.12s',
          motionDurationSlow: '0.16s',
          wireframe: false,
        },
        components: {
          Table: {
            headerBg: '#f5f7f8',
            headerColor: '#4b5563',
            rowSelectedBg: '#f1f9f8',
            rowSelectedHoverBg: '#e9f5f4',
            borderColor: '#eaedf0',
            cellPaddingBlock: 10,
            cellPaddingInline: 12,
            headerBorderRadius: 0,
          },
          Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 400 },
          Form: { itemMarginBottom: 18, labelColor: '#4b5563' },
          DatePicker: {},
        },
      }}
    >
      {children}
    </ConfigProvider>
  )
}
