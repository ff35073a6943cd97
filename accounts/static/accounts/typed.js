// What is typed on a page of signing in outlives a change of language or type size, which loads the page anew. Passwords don't.
const typed = document.querySelectorAll(".sign-in-form input[name]:not([type=hidden], [type=password])");
const keyOf = (field) => `typed ${location.pathname} ${field.name}`;

for (const field of typed) {
  const before = sessionStorage.getItem(keyOf(field));
  sessionStorage.removeItem(keyOf(field));
  if (before && !field.value) field.value = before;
}
document.addEventListener("submit", (event) => {
  if (event.target.closest(".sign-in-form")) return;
  for (const field of typed) if (field.value) sessionStorage.setItem(keyOf(field), field.value);
});
