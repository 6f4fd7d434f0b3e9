// What a kiosk loads: from the network where it answers in time, else as it was last.
"use strict";
const SHELL = "peil-kiosk";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.method !== "GET" || new URL(asked.url).origin !== location.origin) return;
  event.respondWith(answer(asked));
});
async function answer(asked) {
  const shell = await caches.open(SHELL);
  try {
    const found = await fetch(asked, { signal: AbortSignal.timeout(5000) });
    if (found.ok && !found.redirected) await shell.put(asked, found.clone());
    if (found.status < 500) return found;
  } catch (error) { /* no network */ }
  const kept = await shell.match(asked, { ignoreVary: true });
  return kept || new Response("", { status: 503 });
}
