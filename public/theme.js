// Runs before the first paint, so that no page flashes in the wrong colours.
;(function () {
  var root = document.documentElement
  var stored = null
  try {
    stored = localStorage.getItem('theme')
  } catch {
    stored = null
  }
  var dark = stored ? stored === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.bsTheme = dark ? 'dark' : 'light'
  root.classList.add('js')
})()
