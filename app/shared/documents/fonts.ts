import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const folder = '@expo-google-fonts/noto-sans-sc'

/** The two weights, with the rare characters of names (㛃 䶮 𬭎), out of node_modules. */
export const fontFiles = {
  regular: require.resolve(`${folder}/400Regular/NotoSansSC_400Regular.ttf`),
  bold: require.resolve(`${folder}/700Bold/NotoSansSC_700Bold.ttf`),
}

export const fontFamily = 'SC'

/** pdfmake's font table; the face has no italics, so upright stands in for them. */
export const fontTable = {
  [fontFamily]: {
    normal: fontFiles.regular,
    bold: fontFiles.bold,
    italics: fontFiles.regular,
    bolditalics: fontFiles.bold,
  },
}

/** The only files that a document may read. */
export function isFontFile(path: string): boolean {
  return path === fontFiles.regular || path === fontFiles.bold
}
