// Buttons of passkeys appear only where the browser knows them; what goes wrong is told beside the button.
document.documentElement.classList.toggle('passkeys', 'credentials' in navigator && 'PublicKeyCredential' in window)
document.addEventListener('allauth.error', (event) => {
  const told = document.getElementById('passkey_error')
  if (!told) return
  event.preventDefault()
  told.hidden = false
})
