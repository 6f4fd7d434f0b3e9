// Copies a block of the slides page: as a picture, or as text with its figures. Without this one selects and copies.
const SCALE = 2
const LONGEST_WAIT = 6000

function styled(from, to) {
  const found = getComputedStyle(from)
  for (const name of found) to.style.setProperty(name, found.getPropertyValue(name))
  for (let i = 0; i < from.children.length; i++) styled(from.children[i], to.children[i])
}

// The block as an SVG that needs no stylesheet; always light, for that is what slides are.
function drawing(block) {
  const copy = block.cloneNode(true), root = document.documentElement, was = root.style.colorScheme
  root.style.colorScheme = 'light'
  const size = block.getBoundingClientRect()
  styled(block, copy)
  root.style.colorScheme = was
  copy.querySelectorAll('.copy, .sr').forEach((part) => part.remove())
  copy.style.margin = '0'
  const away = block.querySelector('.copy')?.getBoundingClientRect().height ?? 0
  const width = Math.ceil(size.width), height = Math.ceil(size.height - away)
  copy.style.height = `${height}px`
  const inner = new XMLSerializer().serializeToString(copy)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${inner}</foreignObject></svg>`
  return { width, height, url: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` }
}

async function picture(block) {
  const { width, height, url } = drawing(block), image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const pen = canvas.getContext('2d')
  pen.scale(SCALE, SCALE)
  pen.drawImage(image, 0, 0)
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'))
}

async function copyBlock(button) {
  const block = button.closest('.slide'), bar = button.closest('.copy'), said = bar.querySelector('[role=status]')
  said.textContent = ''
  try {
    if (button.dataset.copy === 'text') await navigator.clipboard.writeText(bar.dataset.text)
    else await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture(block) })])
    said.textContent = bar.dataset.copied
  } catch {
    said.textContent = bar.dataset.failed
  }
  setTimeout(() => { said.textContent = '' }, LONGEST_WAIT)
}

for (const bar of document.querySelectorAll('.copy')) {
  bar.hidden = !navigator.clipboard
  if (!('ClipboardItem' in window)) bar.querySelector('[data-copy=picture]')?.remove()
}
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-copy]')
  if (button) copyBlock(button)
})
