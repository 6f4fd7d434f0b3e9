// A kiosk: many people answer on one device, with a network that comes and goes.
// An answer is on this device before anybody is thanked, and leaves it once Peil said that it is kept.
(() => {
"use strict";
const D = document, NS = "http://www.w3.org/2000/svg", SHELL = "peil-kiosk";
const { code, here } = D.body.dataset;
const $ = (id) => D.getElementById(id);
const stage = $("stage"), idle = $("idle"), dialog = $("staff-dialog");
const WARN = 20e3, RESET = 30e3, THANKS = 6e3, LONGEST_WAIT = 60e3;
const draw = () => Array.from(crypto.getRandomValues(new Uint8Array(18)), (b) => b.toString(16).padStart(2, "0")).join("");

// ---- what is kept on this device

let opened;
const base = () => opened || (opened = new Promise((done, fail) => {
  const ask = indexedDB.open(`peil-kiosk-${code}`, 1);
  ask.onupgradeneeded = () => {
    ask.result.createObjectStore("waiting", { autoIncrement: true });
    ask.result.createObjectStore("refused", { autoIncrement: true });
    ask.result.createObjectStore("kept");
  };
  ask.onsuccess = () => done(ask.result);
  ask.onerror = () => { opened = null; fail(ask.error); };
}));

// done once it is on disk, and not before
async function change(stores, act) {
  const held = await base();
  return new Promise((done, fail) => {
    const all = held.transaction(stores, "readwrite", { durability: "strict" });
    all.oncomplete = () => done();
    all.onabort = all.onerror = () => fail(all.error);
    act(...stores.map((name) => all.objectStore(name)));
  });
}

async function read(store, act) {
  const held = await base();
  return new Promise((done, fail) => {
    const asked = act(held.transaction(store).objectStore(store));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

const recall = (name) => read("kept", (s) => s.get(name));
const keep = (name, value) => change(["kept"], (s) => s.put(value, name));
const count = (store) => read(store, (s) => s.count());

// ---- the survey, and what somebody fills in

let survey, proof, language, now = null, thanked = 0, closed = false;

async function load() {
  try {
    const answer = await fetch(`${here}survey.json`, { cache: "no-store", signal: AbortSignal.timeout(8e3) });
    const found = await answer.json();
    if (found.version || found.over) { survey = found; await keep("survey", found); }
  } catch (e) { /* without network: as it was last */ }
  survey = survey || await recall("survey");
  if (!survey) return;
  language = language && survey.words[language] ? language : survey.languages[0].code;
}

const words = (name) => (survey.words[language] || survey.words.en)[name];
const visible = (n) => survey.questions.filter((q) => q.page === n && shows(q));

function given(key) {
  const asked = survey.questions.find((q) => q.key === key);
  if (!asked || !shows(asked)) return [];
  return asked.names.flatMap((name) => now.form[name] || []).filter((v) => v.trim());
}

function shows(question) {
  return question.needs.every((need) => {
    const said = given(need.question), own = now.form[need.question] || [];
    if (!need.answered) return said.length === 0;
    if (!said.length) return false;
    if (need.any.length) return own.some((v) => need.any.includes(v));
    return !own.some((v) => need.none.includes(v));
  });
}

function build(node) {
  if (typeof node === "string") return D.createTextNode(node);
  const [tag, attributes, ...inside] = node;
  const made = /^(svg|path|circle)$/.test(tag) ? D.createElementNS(NS, tag) : D.createElement(attributes.id === "peil-h" ? "h1" : tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  made.append(...inside.map(build));
  return made;
}

function make(tag, text, more = {}) {
  return Object.assign(D.createElement(tag), { textContent: text }, more);
}

function begin() {
  clearTimeout(thanked);
  if (closed) { // it is over, so nobody is asked any more
    closed = false;
    load().then(() => { bar(); begin(); });
    return;
  }
  now = { id: draw(), began: 0, form: {}, page: 1, touched: false };
  idle.hidden = true;
  if (survey.over) { stage.replaceChildren(...(survey.parts[language] || survey.parts.en).map(build)); return; }
  const first = pages().find((n) => visible(n).length) || 1;
  show(first, false);
}

const pages = () => survey.pages[language].map((_, n) => n + 1);

function show(page, moved = true) {
  now.page = page;
  D.documentElement.lang = language;
  stage.replaceChildren(...survey.pages[language][page - 1].map(build));
  const form = stage.querySelector("form");
  for (const field of form.elements) {
    const held = now.form[field.name];
    if (!held) continue;
    if (/radio|checkbox/.test(field.type)) field.checked = held.includes(field.value);
    else if (field.name) field.value = held[0];
  }
  const before = pages().filter((n) => n < page && visible(n).length).pop();
  const back = form.querySelector("[data-to]");
  if (back) { back.dataset.to = before || ""; back.hidden = !before; }
  fit();
  scrollTo(0, 0);
  if (moved) stage.querySelector("#peil-h").focus({ preventScroll: true });
}

// only what is asked after these answers
function fit() {
  for (const place of stage.querySelectorAll("[data-q]")) {
    const asked = survey.questions.find((q) => q.key === place.dataset.q);
    place.hidden = !shows(asked);
  }
}

function gather() {
  const form = stage.querySelector("form");
  for (const question of survey.questions.filter((q) => q.page === now.page)) {
    for (const name of question.names) delete now.form[name];
  }
  for (const [name, value] of new FormData(form)) (now.form[name] = now.form[name] || []).push(String(value));
  if (!now.began) now.began = Date.now();
}

function complain(question) {
  const place = stage.querySelector(`[data-q="${question.key}"]`);
  place.querySelector(".err")?.remove();
  const said = make("p", words("needed"), { className: "err" });
  said.setAttribute("role", "alert");
  place.prepend(said);
  place.querySelector("input, textarea")?.focus();
}

async function next() {
  gather();
  const missing = visible(now.page).find((q) => q.required && !given(q.key).length);
  if (missing) return complain(missing);
  const fields = visible(now.page).flatMap((q) => q.names.flatMap((name) => (now.form[name] || []).map((v) => [name, v])));
  const sent = {
    id: now.id, version: survey.version, page: now.page, language, took: Date.now() - (now.began || Date.now()),
    at: Date.now(), fields,
  };
  const mine = now;
  try {
    await change(["waiting"], (s) => s.add(sent));
  } catch (e) {
    stage.replaceChildren(build(["div", { class: "done", role: "alert" }, ["h2", { class: "h" }, words("not_kept")]]));
    thanked = setTimeout(begin, 2 * THANKS);
    return;
  }
  tell();
  flush();
  if (mine !== now) return;
  const on = pages().find((n) => n > now.page && visible(n).length);
  if (on) return show(on);
  now = { ...now, touched: false };
  stage.replaceChildren(...survey.thanks[language].map(build));
  stage.querySelector("#peil-h").focus();
  thanked = setTimeout(begin, THANKS);
}

let pointed = false;
stage.addEventListener("pointerdown", () => { pointed = true; }, { passive: true });
stage.addEventListener("keydown", () => { pointed = false; });
stage.addEventListener("submit", (e) => {
  e.preventDefault();
  if (now) next();
});
stage.addEventListener("change", (e) => {
  if (!now) return; // the PIN of whoever starts it
  gather();
  now.touched = true;
  e.target.closest("[data-q]")?.querySelector(".err")?.remove();
  fit();
  // one question with one thing to choose: who touches an answer has given it
  if (pointed && e.target.type === "radio" && visible(now.page).length === 1 && visible(now.page)[0].single) next();
});
stage.addEventListener("click", (e) => {
  const back = e.target.closest("[data-to]");
  if (back) { gather(); show(Number(back.dataset.to)); }
});

// ---- nobody there any more: the next one finds an empty screen

let last = Date.now();
for (const sign of ["pointerdown", "keydown", "input"]) {
  addEventListener(sign, (e) => {
    last = Date.now();
    if (!idle.contains(e.target)) idle.hidden = true;
  }, { capture: true, passive: true });
}
$("idle-on").addEventListener("click", () => { idle.hidden = true; });
setInterval(() => {
  const still = Date.now() - last;
  if (still >= RESET && dialog.open) dialog.close();
  if (!now || !proof || survey.over) return;
  const begun = now.touched || now.page > 1;
  if (begun && still >= RESET) begin();
  else if (begun && still >= WARN && idle.hidden) {
    $("idle-says").textContent = words("still_there");
    $("idle-on").textContent = words("go_on");
    idle.hidden = false;
  }
}, 1e3);

// ---- sending what waits

const OVER = "refused 410"; // given after the link was closed
let flushing = false, wait = 1e3, timer = 0;

async function flush() {
  if (flushing || !proof) return;
  flushing = true;
  clearTimeout(timer);
  try {
    for (;;) {
      const cursor = await firstWaiting();
      if (!cursor) { wait = 1e3; break; }
      const became = await send(cursor.value);
      if (became === "later") {
        timer = setTimeout(flush, wait * (.5 + Math.random()));
        wait = Math.min(2 * wait, LONGEST_WAIT);
        break;
      }
      wait = 1e3;
      await change(["waiting", "refused", "kept"], (waiting, refused, kept) => {
        waiting.delete(cursor.key);
        if (became !== "kept") refused.add({ ...cursor.value, became });
        else kept.put(Date.now(), "sent");
      });
      if (became === OVER && !survey.over) { closed = true; if (quiet()) begin(); }
    }
  } catch (e) {
    timer = setTimeout(flush, LONGEST_WAIT);
  } finally {
    flushing = false;
    tell();
  }
}

function firstWaiting() {
  return read("waiting", (s) => s.openCursor()).then((c) => c && { key: c.key, value: c.value });
}

const cutOff = {}; // how often it arrived in a way that can't be read: under way it may have been cut off

async function send(one) {
  const body = new URLSearchParams(one.fields);
  const more = { _do: "send", _id: one.id, _version: one.version, _page: one.page, _language: one.language, _took: one.took };
  for (const name in more) body.append(name, more[name]);
  body.append("_ago", Math.max(0, Date.now() - one.at));
  body.append("_kiosk", proof);
  try {
    const answer = await fetch(`/w/${code}/`, { method: "POST", body, credentials: "omit", signal: AbortSignal.timeout(15e3) });
    const said = await answer.json();
    if (said.kept === true) return "kept";
    if (answer.status === 400 && (cutOff[one.id] = (cutOff[one.id] || 0) + 1) >= 5) return "refused 400";
    return answer.status < 500 && (said.over || said.part) ? `refused ${answer.status}` : "later";
  } catch (e) { return "later"; } // no network, or somebody else answered in its place
}

// a new version is asked as soon as nobody is answering; what came too late goes along once the link is open again
const quiet = () => now && !now.touched && !(now.page > 1) && !dialog.open;
setInterval(async () => {
  if (!quiet() || Date.now() - last < RESET) return;
  const was = survey.over;
  await load();
  if (was && !survey.over) { await onceMore(); flush(); }
  bar();
  begin();
}, 15 * 60e3);
addEventListener("online", () => { wait = 1e3; flush(); });
setInterval(flush, LONGEST_WAIT);

async function tell() {
  const waits = await count("waiting") + await count("refused");
  $("waits").textContent = waits ? ` · ${waits}` : "";
  D.body.dataset.waiting = waits;
}

// ---- whoever works here

const bytes = (text) => new TextEncoder().encode(text);
const hex = (b) => Array.from(new Uint8Array(b), (x) => x.toString(16).padStart(2, "0")).join("");

async function slowHash(pin, salt) {
  const key = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveBits"]);
  return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: 600000 }, key, 256));
}

// by network, and where there is none by what this device kept of it when it was started
async function check(pin) {
  try {
    const body = new URLSearchParams({ pin });
    const answer = await fetch(`${here}start/`, { method: "POST", body, credentials: "omit", signal: AbortSignal.timeout(8e3) });
    if (answer.status === 429) return "pin_later";
    const said = await answer.json();
    if (!said.proof) return "pin_wrong";
    proof = said.proof;
    await keep("proof", proof);
    if (crypto.subtle) { const salt = draw(); await keep("pin", { salt, hash: await slowHash(pin, salt) }); }
    return "";
  } catch (e) {
    const held = await recall("pin");
    if (!held || !crypto.subtle) return "no_network";
    return await slowHash(pin, held.salt) === held.hash ? "" : "pin_wrong";
  }
}

function pinForm(button, then) {
  const form = make("form", "", { noValidate: true, className: "pin" });
  const label = make("label", words("pin"), { htmlFor: "pin" });
  const field = make("input", "", { id: "pin", type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 8 });
  const wrong = make("p", "", { className: "err", id: "pin-e" });
  wrong.setAttribute("role", "alert");
  const go = make("button", button);
  form.append(label, wrong, field, go);
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    const why = await check(field.value);
    go.disabled = false;
    if (!why) return then();
    wrong.textContent = words(why);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "pin-e");
    field.value = "";
    field.focus();
  });
  return form;
}

function startScreen(said) {
  now = null;
  const begins = pinForm(words("start"), async () => {
    D.documentElement.requestFullscreen?.().catch(() => {});
    navigator.storage?.persist?.();
    $("staff").hidden = false;
    begin();
    flush();
  });
  const head = make("h1", survey.name, { id: "peil-h", tabIndex: -1 });
  stage.replaceChildren(head, ...(said ? [make("p", said, { className: "say" })] : []), ...(survey.pin ? [begins] : [make("p", words("no_pin"), { className: "note" })]));
}

async function panel(saved) {
  const [waits, all, sent] = [await count("waiting"), await read("refused", (s) => s.getAll()), await recall("sent")];
  const refused = all.length, late = all.filter((one) => one.became === OVER).length;
  const list = D.createElement("dl");
  const line = (name, value) => list.append(make("dt", words(name)), make("dd", String(value)));
  line("waiting", waits);
  line("refused", refused);
  if (late) line("refused_late", late);
  line("sent", sent ? new Date(sent).toLocaleString(language) : words("never"));
  const state = make("p", words(navigator.onLine ? "online" : "offline"), { className: "say" });
  const go = D.createElement("p");
  go.className = "go";
  const button = (name, act) => go.append(make("button", words(name), { type: "button", onclick: act, id: `do-${name}` }));
  if (waits + refused) button("send_now", async () => { wait = 1e3; await onceMore(); await flush(); panel(); });
  if (waits + refused) button("save", async () => { await save(); panel(refused); });
  // only what stands in the file goes: nothing that was refused since
  if (refused && saved === refused) button("remove", async () => { await change(["refused"], (s) => s.clear()); await tell(); panel(); });
  button("leave", leave);
  const what = refused ? [make("p", words(late === refused ? "late_what" : "refused_what"), { className: "say" })] : [];
  $("staff-part").replaceChildren(make("h2", words("staff"), { className: "h", id: "staff-h" }), state, list, ...what, go);
}

// what Peil did not take may be taken by now: the link was opened again
function onceMore() {
  return change(["waiting", "refused"], (waiting, refused) => {
    refused.openCursor().onsuccess = (e) => {
      const at = e.target.result;
      if (!at) return;
      const { became, ...one } = at.value;
      waiting.add(one);
      at.delete();
      at.continue();
    };
  });
}

async function save() {
  const all = { survey: survey.key, link: code, waiting: await read("waiting", (s) => s.getAll()), refused: await read("refused", (s) => s.getAll()) };
  const link = D.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 1)], { type: "application/json" }));
  link.download = "peil.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
}

async function leave() {
  await flush();
  await change(["kept"], (s) => s.delete("proof"));
  proof = "";
  dialog.close();
  $("staff").hidden = true;
  if (D.fullscreenElement) await D.exitFullscreen();
  startScreen(words("left"));
}

$("staff").addEventListener("click", () => {
  $("staff-part").replaceChildren(make("h2", words("staff"), { className: "h", id: "staff-h" }), pinForm(words("staff"), panel));
  dialog.showModal();
});
$("staff-close").addEventListener("click", () => dialog.close());
addEventListener("contextmenu", (e) => e.preventDefault());

function bar() {
  const places = $("languages");
  places.hidden = survey.languages.length < 2;
  places.replaceChildren(...survey.languages.map(({ code: one, called }) => {
    const b = make("button", called, { type: "button", lang: one, onclick: () => { language = one; if (now && now.page) { if (stage.querySelector("form")) gather(); bar(); if (proof && !survey.over) show(now.page); else begin(); } } });
    if (one === language) b.setAttribute("aria-current", "true");
    return b;
  }));
  $("staff-says").textContent = words("staff");
  $("staff-close").textContent = words("back");
}

// reloaded without network, everything is there
async function keepShell() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(`${here}worker.js`, { scope: here });
  const loaded = performance.getEntriesByType("resource").map((r) => r.name).filter((u) => u.startsWith(location.origin));
  const shell = await caches.open(SHELL);
  await shell.addAll([location.origin + here, `${location.origin}${here}survey.json`, ...new Set(loaded.filter((u) => /\/static\/|\/asking\//.test(u)))]);
  await navigator.serviceWorker.ready;
}

(async () => {
  await load();
  if (!survey) { stage.textContent = $("no-survey").textContent; return; }
  proof = await recall("proof") || "";
  bar();
  $("staff").hidden = !proof;
  if (proof) begin(); else startScreen("");
  D.body.dataset.ready = "yes";
  await tell();
  flush();
  keepShell().then(() => { D.body.dataset.shell = "kept"; }, () => {});
})();
})();
