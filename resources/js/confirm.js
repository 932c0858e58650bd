/** Answers `data-turbo-confirm` in the page's own <dialog>; resolves to true or false. */
export function askInDialog(text) {
  const dialog = document.getElementById('confirm-dialog')
  dialog.querySelector('#confirm-dialog-text').textContent = text
  dialog.returnValue = 'cancel'
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'confirm'), {
      once: true,
    })
  })
}
