// Keeps one version of the page for use without a network. Cache and version have the same name, so that a page never
// meets the files of another build. A new version waits until the user asks for it.

const CACHE = "ziping-@BUILD@";
const FILES = ["./", "./manifest.webmanifest", "./icon.svg"];

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ziping-") && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "use-now") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const name = new URL(request.url).pathname.slice(new URL(self.registration.scope).pathname.length);
  const isPage = name === "" || name === "index.html";
  const kept = isPage ? caches.match("./", { cacheName: CACHE }) : caches.match(request, { cacheName: CACHE });
  event.respondWith(
    kept.then(async (found) => {
      if (found) return found;
      const answer = await fetch(request);
      // The copy to save and the schema are kept once somebody has fetched them.
      if (answer.ok && answer.type === "basic") (await caches.open(CACHE)).put(request, answer.clone());
      return answer;
    }),
  );
});
