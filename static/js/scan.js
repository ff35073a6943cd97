// Scanning at the door: the browser's own detector of codes reads the camera; the form beside it checks the person in.
// Without a detector or a camera the button stays hidden, and the code is typed or comes from a hand scanner.
const MILLISECONDS_BETWEEN_LOOKS = 250;
const MILLISECONDS_OF_SAME_CODE = 4000;

const view = document.querySelector("[data-scan-view]");
const video = view?.querySelector("video");
const failed = view?.querySelector("[data-scan-failed]");
let stream = null;
let seen = { code: "", at: 0 };

async function detector() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return null;
  const formats = await window.BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
}

// The buttons of a fragment that has come in later are found as well.
function offer(root) {
  for (const button of root.querySelectorAll("[data-scan-start]")) button.hidden = stream !== null;
}

function send(code) {
  const now = Date.now();
  if (code === seen.code && now - seen.at < MILLISECONDS_OF_SAME_CODE) return;
  seen = { code, at: now };
  const form = document.querySelector("[data-scan-form]");
  form.elements.namedItem("code").value = code;
  form.requestSubmit();
}

async function look(eye) {
  if (!stream) return;
  try {
    const [found] = await eye.detect(video);
    if (found) send(found.rawValue);
  } catch {
    // A frame that can't be read is followed by the next.
  }
  setTimeout(() => look(eye), MILLISECONDS_BETWEEN_LOOKS);
}

async function start(eye) {
  view.hidden = false;
  failed.hidden = true;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    await video.play();
    offer(document);
    look(eye);
  } catch {
    stop();
    view.hidden = false;
    failed.hidden = false;
  }
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  view.hidden = true;
  offer(document);
}

if (view) {
  const eye = await detector();
  if (eye) {
    offer(document);
    document.addEventListener("htmx:load", (event) => offer(event.target.parentElement ?? document));
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-scan-start]")) start(eye);
      if (event.target.closest("[data-scan-stop]")) stop();
    });
    window.addEventListener("pagehide", stop);
  }
}
