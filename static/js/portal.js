// Enhancements only: every page works without this file.

// A stepper shows its − and + buttons once they can do something.
function liven(stepper) {
  const input = stepper.querySelector("input");
  const buttons = stepper.querySelectorAll("button");
  const clamp = (value) => {
    const low = input.min === "" ? -Infinity : Number(input.min);
    const high = input.max === "" ? Infinity : Number(input.max);
    return Math.min(high, Math.max(low, value));
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      input.value = clamp((Number(input.value) || 0) + Number(button.dataset.by));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  stepper.classList.add("is-live");
}

function enhance(root) {
  for (const stepper of root.querySelectorAll(".stepper:not(.is-live)")) liven(stepper);
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
  // Passed on by the phone's own sheet, where it has one.
  for (const button of root.querySelectorAll("button[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    const { share: url, shareText: text } = button.dataset;
    const shared = { title: document.title, url: url || location.href, ...(text && { text }) };
    button.onclick = () => navigator.share(shared).catch(() => {});
  }
  // A page that comes back with errors puts the reader at their summary.
  const summary = root.querySelector(".error-summary[tabindex]");
  if (summary) summary.focus();
}

// A form is sent once: a second press while the first is under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Who signs out takes along the pages that this phone keeps for when there is no network.
document.addEventListener("submit", (event) => {
  if (window.caches && new URL(event.target.action).pathname.endsWith("/logout/")) caches.delete("record-pages");
});

// A page that answers a form is gone back to by its address: the browser would ask whether to send the form again.
if ("posted" in document.documentElement.dataset) history.replaceState(history.state, "", location.href);

// A fragment is made for its place: a refusal stands where the button stood, though its status is an error's.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.getResponseHeader("Portal-Fragment")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

// What htmx couldn't fetch is said aloud, in the words that the page brought along; the page itself stays as it is.
const aloud = document.querySelector(".alert");
if (aloud) {
  const say = (words) => {
    const line = document.createElement("p");
    line.className = "flash error";
    line.setAttribute("role", "alert");
    line.textContent = words;
    aloud.replaceChildren(line);
  };
  document.addEventListener("htmx:responseError", (event) => say(aloud.dataset[event.detail.xhr.status] ?? aloud.dataset.failed));
  document.addEventListener("htmx:sendError", () => say(aloud.dataset.unreachable));
  document.addEventListener("htmx:beforeRequest", () => aloud.replaceChildren());
}

document.addEventListener("htmx:load", (event) => enhance(event.target));
enhance(document);
