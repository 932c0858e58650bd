/** `auto` follows the page by CSS variables; the others are fixed, for pictures outside a page. */
export type ChartTheme = 'auto' | 'light' | 'dark'

export interface Palette {
  text: string
  faint: string
  line: string
  surface: string
  filled: string
  reserved: string
  vacant: string
  over: string
  accent: string
  /** Written on the colour of the same name. */
  onFilled: string
  onReserved: string
  onVacant: string
  onOver: string
}

/** Tones that keep their contrast on light and dark ground; red is kept for what is wrong. */
const fills = {
  filled: '#2f6f9f',
  reserved: '#d9962a',
  vacant: '#b4bcc7',
  over: '#c8102e',
  accent: '#b4232a',
  onFilled: '#ffffff',
  onReserved: '#1b1f24',
  onVacant: '#1b1f24',
  onOver: '#ffffff',
}

const palettes: Record<ChartTheme, Palette> = {
  auto: {
    ...fills,
    text: 'currentColor',
    faint: 'var(--chart-faint, currentColor)',
    line: 'var(--chart-line, #88888866)',
    surface: 'var(--chart-surface, var(--tblr-bg-surface, Canvas))',
    filled: `var(--chart-filled, ${fills.filled})`,
    reserved: `var(--chart-reserved, ${fills.reserved})`,
    vacant: `var(--chart-vacant, ${fills.vacant})`,
    over: `var(--chart-over, ${fills.over})`,
    accent: `var(--chart-accent, ${fills.accent})`,
  },
  light: { ...fills, text: '#1b1f24', faint: '#5b636d', line: '#d5dae0', surface: '#ffffff' },
  dark: { ...fills, text: '#e8eaed', faint: '#a9b1bb', line: '#454b53', surface: '#1b1f24' },
}

export function paletteOf(theme: ChartTheme = 'auto'): Palette {
  return palettes[theme]
}

/** The reader's own Chinese face; unquoted, for it stands inside an attribute. */
export const fontStack =
  'PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, sans-serif'

/** White stripes over a colour, so that a state is seen without colours too. */
export const hatch = {
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
  color: 'rgba(255,255,255,0.55)',
}
