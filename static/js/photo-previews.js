// Photos chosen for a form, shown small before they are sent, each to be taken out again. Choosing more adds to them.
// Without this file the browser's own control says what is chosen. Drawn on a canvas: no address of an image is made.
(() => {
  const SIDE = 208; // twice the side that is shown, for fine screens
  try {
    new DataTransfer();
  } catch {
    return; // an old browser can't put files into a control
  }
  for (const list of document.querySelectorAll("[data-photo-previews]")) {
    const input = list.closest("form").elements.namedItem(list.dataset.photoPreviews);
    const status = list.parentElement.querySelector("[data-photos-chosen]");
    const row = list.querySelector("template");
    let chosen = [];

    async function draw(canvas, file) {
      try {
        const image = await createImageBitmap(file, { imageOrientation: "from-image" });
        const side = Math.min(image.width, image.height);
        const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
        canvas.getContext("2d").drawImage(image, left, top, side, side, 0, 0, SIDE, SIDE);
        image.close();
      } catch {
        canvas.hidden = true; // what can't be drawn is told by its name
      }
    }

    function show() {
      for (const shown of list.querySelectorAll("li")) shown.remove();
      chosen.forEach((file, place) => {
        const item = row.content.firstElementChild.cloneNode(true);
        const canvas = item.querySelector("canvas");
        canvas.width = canvas.height = SIDE;
        canvas.setAttribute("aria-label", file.name);
        item.querySelector("[data-name]").textContent = file.name;
        item.querySelector("[data-number]").textContent = place + 1;
        item.querySelector("button").addEventListener("click", () => takeOut(place));
        list.append(item);
        draw(canvas, file);
      });
      list.hidden = !chosen.length;
      const words = chosen.length > Number(list.dataset.most) ? status.dataset.tooMany : status.dataset.words;
      status.textContent = chosen.length ? words.replace("#", chosen.length) : "";
    }

    // The control holds what is shown, so that the form sends it with this file as without.
    function put(files) {
      const transfer = new DataTransfer();
      for (const file of files) transfer.items.add(file);
      input.files = transfer.files;
      chosen = [...input.files];
      show();
    }

    function takeOut(place) {
      put(chosen.filter((_file, other) => other !== place));
      input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "taken out" }));
      const buttons = list.querySelectorAll("button");
      (buttons[Math.min(place, buttons.length - 1)] ?? input).focus();
    }

    const isSame = (one, other) =>
      one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

    input.addEventListener("change", (event) => {
      if (event.detail === "taken out") return;
      const fresh = [...input.files].filter((file) => !chosen.some((known) => isSame(known, file)));
      put([...chosen, ...fresh]);
    });
    // Kept on this phone, and back with the page.
    input.addEventListener("restored", (event) => put(event.detail));
  }
})();
