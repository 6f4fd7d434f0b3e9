// A chat program tells Peil that a chat is over: this is all that it takes.
const end = document.getElementById("end");
end.addEventListener("click", () => {
  window.peil = window.peil || [];
  window.peil.push({ code: end.dataset.code });
});
