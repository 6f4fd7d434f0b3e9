// Typing in sheets fast: a figure that can't become longer goes on by itself, Enter goes on, and at the end keeps.
(() => {
"use strict";
const form = document.querySelector("[data-typing]");
if (!form) return;
const fields = () => [...form.querySelectorAll("input:not([type=hidden]), textarea, select, button[type=submit]")].filter((f) => !f.closest("[hidden]"));
const go = (from, step) => {
  const all = fields(), to = all[all.indexOf(from) + step];
  if (to) { to.focus(); if (to.select) to.select(); }
};
form.addEventListener("keydown", (e) => {
  const field = e.target;
  if (field.tagName === "BUTTON" || e.isComposing) return;
  if (e.key === "Enter" && !e.shiftKey && !e.ctrlKey) {
    e.preventDefault();
    if (e.altKey) return;
    go(field, 1);
  } else if (e.key === "Enter" && e.ctrlKey) {
    e.preventDefault();
    form.requestSubmit();
  } else if (e.key === "Backspace" && field.dataset.figures && !field.value) {
    e.preventDefault();
    go(field, -1);
  }
});
form.addEventListener("input", (e) => {
  fit();
  const figures = (e.target.dataset.figures || "").split(" ").filter(Boolean), typed = e.target.value.trim().toLowerCase();
  if (!figures.length || !typed) return;
  const longer = figures.some((f) => f !== typed && f.startsWith(typed));
  if ((figures.includes(typed) || typed === "?") && !longer) go(e.target, 1);
});
// what is asked after these answers alone, as far as they can be read here
const yes = { j: "1", ja: "1", y: "1", yes: "1", n: "0", nee: "0", no: "0", "?": "dont_know" };
function given(key) {
  const place = form.querySelector(`[data-q="${key}"]`), field = form.elements[`q.${key}`];
  if (!place || place.hidden || !field) return [];
  const typed = field.value.trim().toLowerCase(), options = (place.dataset.options || "").split(" ");
  if (!typed) return [];
  if (typed === "?") return [yes[typed]];
  if (place.dataset.options) return typed.split(/[ ,;+|]+/).map((t) => (options.includes(t) ? t : options[Number(t) - 1] || t));
  return [field.dataset.figures && yes[typed] || typed];
}
function fit() {
  for (const place of form.querySelectorAll("[data-needs]")) {
    place.hidden = !JSON.parse(place.dataset.needs).every((need) => {
      const said = given(need.question);
      if (!need.answered) return !said.length;
      if (!said.length) return false;
      return need.any.length ? said.some((v) => need.any.includes(v)) : !said.some((v) => need.none.includes(v));
    });
  }
}
fit();
const first = form.querySelector("[aria-invalid=true]") || fields()[form.querySelector("#number") ? 2 : 0];
if (first) first.focus();
})();
