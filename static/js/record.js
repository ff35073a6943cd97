// Recording an activity without a network: what is typed stays on this phone and is sent once when the network is back.
// Without this file, or without IndexedDB, the form is sent as any other.
(() => {
  const CACHE = "record-pages"; // as in record-worker.js
  const LONGEST_SIDE = 1600;
  const RETRY_MILLISECONDS = 15000;
  const form = document.querySelector("form[data-record]");
  if (!form || !window.indexedDB) return;
  const status = document.querySelector("[data-record-status]");
  const user = form.dataset.user;
  const field = (name) => form.elements.namedItem(name);
  const channel = window.BroadcastChannel ? new BroadcastChannel("records") : null;
  let draft = null;
  let sending = false;
  let photosKept = Promise.resolve();

  // Words stand in the page, in its language.
  const say = (words) => {
    status.hidden = false;
    status.textContent = status.dataset[words];
  };

  const database = new Promise((resolve, reject) => {
    const opening = indexedDB.open("records", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

  async function act(mode, work) {
    const store = (await database).transaction("drafts", mode).objectStore("drafts");
    const request = work(store);
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  const save = () => act("readwrite", (store) => store.put(draft));
  const forget = (key) => act("readwrite", (store) => store.delete(key));
  // The next person on this phone sees none of the last one's.
  const own = async () => (await act("readonly", (store) => store.getAll())).filter((one) => one.user === user);

  function typed() {
    draft.attendance = field("attendance").value;
    draft.note = field("note").value;
    return save();
  }

  async function smaller(file) {
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", 0.85));
    } catch {
      return file; // the server says in words what it can't read
    }
  }

  async function keepPhotos() {
    const files = [...field("photos").files];
    draft.photos = await Promise.all(files.map(smaller));
    await typed();
  }

  // The page as the server shows it now: its token, and whether the form still stands on it.
  async function freshPage(url) {
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return {
      isThere: new URL(answer.url).pathname === new URL(url).pathname,
      form: page.querySelector("form[data-record]"),
      token: page.querySelector("input[name=csrfmiddlewaretoken]")?.value,
    };
  }

  async function post(one) {
    const page = await freshPage(one.url);
    if (!page.isThere || (page.form && page.form.dataset.user !== user)) return { outcome: "signedOut" };
    // Recorded already: from here, of which the answer was lost, or by a colleague, to whose record photos are added.
    if (!page.form && !one.photos.length) return { outcome: "sent", url: one.url };
    const body = new FormData();
    body.set("csrfmiddlewaretoken", page.token);
    body.set("key", one.key);
    body.set("attendance", one.attendance);
    body.set("note", one.note);
    one.photos.forEach((photo, place) => body.append("photos", photo, `${place}.jpg`));
    const answer = await fetch(one.url, { method: "POST", body, credentials: "same-origin" });
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (!page.form) return { outcome: "sent", url: one.url };
    return answer.ok ? { outcome: "sent", url: answer.url } : { outcome: "refused" };
  }

  // Send all that waits; what can't be sent now waits on.
  async function flush() {
    if (sending) return;
    sending = true;
    try {
      for (const one of (await own()).filter((waiting) => waiting.queued)) {
        const result = await post(one);
        if (result.outcome === "signedOut") return say("signedOut");
        if (result.outcome === "refused") {
          one.queued = false;
          await act("readwrite", (store) => store.put(one));
          if (one.key === draft.key) sendPlainly();
          continue;
        }
        await forget(one.key);
        channel?.postMessage({ sent: one.key });
        if (one.key === draft.key) location.replace(result.url);
      }
    } catch {
      say("kept");
    } finally {
      sending = false;
    }
  }

  // The server shows its form with what is wrong with it, as without this file.
  function sendPlainly() {
    draft.queued = false;
    HTMLFormElement.prototype.submit.call(form);
  }

  async function begin() {
    const url = location.origin + location.pathname; // whatever page it was opened from
    const kept = (await own()).find((one) => one.url === url);
    draft = kept ?? { key: field("key").value, user, url, photos: [], queued: false };
    if (kept) {
      field("key").value = kept.key;
      field("attendance").value = kept.attendance;
      field("note").value = kept.note;
      const files = kept.photos.map((photo, place) => new File([photo], `${place + 1}.jpg`, { type: photo.type }));
      if (files.length) field("photos").dispatchEvent(new CustomEvent("restored", { detail: files }));
      say(kept.queued ? "kept" : "draft");
    }
    form.addEventListener("input", (event) => {
      if (event.target.name !== "photos") typed();
    });
    form.addEventListener("change", (event) => {
      if (event.target.name === "photos") photosKept = keepPhotos();
      else typed();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      delete form.dataset.sent;
      say("sending"); // at once: a slow phone takes seconds to make photos smaller
      await photosKept; // saved before they were made smaller, they would be left behind
      await typed();
      draft.queued = true;
      await save();
      await flush();
    });
    channel?.addEventListener("message", (event) => {
      if (event.data.sent === draft.key) location.reload();
    });
    addEventListener("online", flush);
    setInterval(flush, RETRY_MILLISECONDS);
    await flush();
  }

  async function keepPage() {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
    await navigator.serviceWorker.ready;
    const assets = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
    const cache = await caches.open(CACHE);
    await cache.addAll([location.href.split("#")[0], ...assets]);
  }

  begin();
  keepPage().catch(() => {});
})();
