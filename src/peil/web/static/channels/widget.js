(() => {
"use strict";
const C = __CONFIG__;
const D = document, W = window, NS = "http://www.w3.org/2000/svg", script = D.currentScript;
const base = script && script.src ? new URL(script.src).origin : C.base;
const name = "peil:" + C.code;
// in this visit alone: that it was shown, answered, or not this time
const recall = (k, s) => { try { return W[s || "sessionStorage"].getItem(k) } catch (e) { return null } };
const note = (k, v, s) => { try { W[s || "sessionStorage"].setItem(k, v) } catch (e) {} };
const today = () => Math.floor(Date.now() / 864e5);
const on = (what, sign, act) => what.addEventListener(sign, act, { passive: !/submit|key|click/.test(sign) });
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const draw = () => Array.from(crypto.getRandomValues(new Uint8Array(18)), (b) => b.toString(16).padStart(2, "0")).join("");
let sheet, open;
function build(node) {
  if (typeof node === "string") return D.createTextNode(node);
  const [tag, attributes, ...inside] = node;
  const made = /^(svg|path|circle)$/.test(tag) ? D.createElementNS(NS, tag) : D.createElement(tag);
  for (const k in attributes) made.setAttribute(k, attributes[k]);
  made.append(...inside.map(build));
  return made;
}
function dress(root) {
  if (!sheet) { sheet = new CSSStyleSheet(); sheet.replaceSync(C.css); }
  root.adoptedStyleSheets = [sheet];
}
// an answer is received once Peil says so; until then it is sent again, each time a little later
async function post(data, again) {
  const body = new URLSearchParams(data);
  for (let n = 0, wait = 1e3; n < 6; n++, wait *= 2) {
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), 15e3);
    try {
      const r = await fetch(base + "/w/" + C.code + "/", { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer", keepalive: true, signal: stop.signal });
      if (r.status < 500 && r.status !== 429 && r.status !== 400) return [r.status, await r.json()];
    } catch (e) {} finally { clearTimeout(late); }
    if (n < 5) { again(); await pause(wait * (.5 + Math.random())); }
  }
  return [0, {}];
}
function language(said) {
  const wished = said || C.rules.language || D.documentElement.lang.slice(0, 2).toLowerCase();
  return C.languages.includes(wished) ? wished : C.languages[0];
}
async function ask(context = {}) {
  let at = context.at;
  if (typeof at === "string") at = D.querySelector(at);
  if (!at && open) return;
    const began = Date.now(), came = D.activeElement, started = { _id: draw(), _language: language(context.language) };
  if (context.visit_id) started._visit_id = context.visit_id;
  if (context.proof) started._proof = context.proof;
  const solution = context.solution || (C.help ? location.pathname : "");
  if (solution) started._solution = solution;
  const [status, first] = await post(started, () => {});
  if (status !== 200 || (!at && open)) return;
  if (first.refused) console.warn("Peil: proof refused");
  const words = first.words, host = D.createElement("peil-ask"), root = host.attachShadow({ mode: "open" });
  dress(root);
  const part = build(["div", {}]), told = build(["p", { class: "told", role: "status" }]);
  const box = build(["div", { class: at ? "peil in-page" : "peil pop", role: at ? "region" : "dialog", lang: first.language, "aria-labelledby": "peil-h" }]);
  box.append(part, told);
  root.append(box);
  let page = first.page, busy = false, pointed = false;
  const close = () => {
    host.remove();
    if (open === host) open = null;
    if (!at && came && came.isConnected && came !== D.body) came.focus({ preventScroll: true });
  };
  const closing = (attributes, text) => {
    const x = build(["button", { type: "button", ...attributes }, text]);
    x.onclick = close;
    return x;
  };
  if (!at) {
    box.prepend(closing({ class: "x", "aria-label": words.close }, "×"));
    on(box, "keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); close(); } });
  }
  const focus = () => { const h = root.getElementById("peil-h"); if (h) h.focus({ preventScroll: !!at }); };
  const show = (nodes, moved) => {
    part.replaceChildren(...nodes.map(build));
    told.textContent = "";
    if (moved) { box.scrollTop = 0; (root.querySelector(".wrong a") || { focus }).focus(); }
  };
  const send = async (act, to) => {
    if (busy) return;
    busy = true;
    told.textContent = words.sending;
    const data = [...new FormData(part.querySelector("form"))].filter((f) => act !== "show" && typeof f[1] === "string");
    for (const k in started) data.push([k, started[k]]);
    data.push(["_do", act], ["_page", to || page], ["_version", first.version], ["_took", Date.now() - began]);
    const [got, reply] = await post(data, () => { told.textContent = words.again; });
    busy = false;
    if (!got) { told.textContent = words.failed; return; }
    if (reply.kept) note(name, "answered");
    page = reply.page || page;
    show(reply.part || [], true);
    if ((reply.done || reply.over) && !at) part.append(closing({}, words.close));
  };
  on(box, "submit", (e) => { e.preventDefault(); send(e.target.dataset.do || "send"); });
  on(box, "pointerdown", () => { pointed = true; });
  on(box, "keydown", () => { pointed = false; });
  on(box, "click", (e) => {
    const back = e.target.closest("[data-to]"), link = e.target.closest("a");
    if (back) send("show", back.dataset.to);
    if (link) { e.preventDefault(); const f = root.getElementById(link.hash.slice(1)); if (f) f.focus(); }
  });
  // yes or no, alone on a help page: who points at it has answered; by keyboard one sends
  on(box, "change", (e) => {
    if (C.help && pointed && e.target.type === "radio" && part.querySelectorAll("[data-q]").length === 1) send("send");
  });
  show(first.part);
  (at || D.body).append(host);
  if (!at) { open = host; note(name, "shown"); if (C.rules.rest_days) note("peil", today(), "localStorage"); focus(); }
}
function asPattern(path) {
  return new RegExp("^" + path.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*") + "$");
}
function watch() {
  const R = C.rules;
  const rests = R.rest_days && today() - recall("peil", "localStorage") < R.rest_days;
  if (recall(name) || rests || (R.paths.length && !R.paths.some((p) => asPattern(p).test(location.pathname)))) return;
  if (Math.random() * 100 >= R.share) return note(name, "not this time");
  let waited = false, seen = !R.scroll, gone = false;
  const typing = () => D.activeElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(D.activeElement.tagName) || D.activeElement.isContentEditable);
  const look = (leaves) => {
    if (gone || !((waited && seen) || leaves)) return;
    if (typing()) return void setTimeout(look, 3e3, leaves);
    gone = true;
    removeEventListener("scroll", scrolled);
    D.removeEventListener("mouseout", out);
    ask(given);
  };
  const scrolled = () => {
    const all = D.documentElement.scrollHeight;
    if (!seen && ((W.scrollY + W.innerHeight) / all) * 100 >= R.scroll) { seen = true; look(); }
  };
  const out = (e) => { if (!e.relatedTarget && e.clientY <= 0) look(true); };
  if (R.scroll) { on(W, "scroll", scrolled); scrolled(); }
  if (R.leaving) on(D, "mouseout", out);
  setTimeout(() => { waited = true; look(); }, R.after * 1e3);
}
const of = (data) => ({ visit_id: data.visitId, solution: data.solution, proof: data.proof, language: data.language });
const given = script ? of(script.dataset) : {};
function begin() {
  const waiting = Array.isArray(W.peil) ? W.peil : [];
  const forms = (W.peil && W.peil.forms) || {};
  forms[C.code] = ask;
  const start = (c = {}) => (forms[c.code] || ask)({ ...given, ...c });
  W.peil = { forms, ask: start, push: start };
  waiting.forEach(start);
  const places = [...D.querySelectorAll("[data-peil='" + C.code + "']")];
  for (const at of places) {
    const seen = new IntersectionObserver((all) => {
      if (all.some((e) => e.isIntersecting)) { seen.disconnect(); ask({ ...of({ ...(script || {}).dataset, ...at.dataset }), at }); }
    }, { rootMargin: "200px" });
    seen.observe(at);
  }
  if (C.kind === "widget" && !places.length && !waiting.length) watch();
}
const idle = () => (W.requestIdleCallback ? requestIdleCallback(begin, { timeout: 4e3 }) : setTimeout(begin, 1));
if (D.readyState === "loading") on(D, "DOMContentLoaded", idle); else idle();
})();
