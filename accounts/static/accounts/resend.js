// Counts down to the moment when another code may be asked for. Without this file the server says how long to wait.
for (const button of document.querySelectorAll("button[data-resend]")) {
  const wait = document.querySelector("[data-resend-wait]");
  const seconds = wait && wait.querySelector("[data-seconds]");
  const until = Date.now() + Number(button.dataset.resend) * 1000;
  if (!seconds) continue;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    wait.hidden = left <= 0;
    seconds.textContent = Math.max(left, 0);
    if (left > 0) setTimeout(tick, 500);
  };
  tick();
}
