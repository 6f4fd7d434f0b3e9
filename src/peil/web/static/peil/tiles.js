// Says so where a tile could not be swapped; everything else is done without a script of ours.
for (const wrong of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(wrong, () => {
    const said = document.getElementById('tegel-gezegd')
    if (!said) return
    said.classList.remove('sr')
    said.textContent = said.dataset.failed
  })
}
