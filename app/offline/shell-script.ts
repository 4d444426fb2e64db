/**
 * Runs in the page itself, which has none of the app's code: takes the theme over, keeps what is typed where
 * a new chat of who was here last finds it (`personHere`, `draftTexts`), and comes back with the connection.
 */
export const shellScript = `
const theme = /parley-theme=(light|dark)/.exec(document.cookie);
if (theme) document.documentElement.dataset.theme = theme[1];
const reload = () => location.reload();
addEventListener("online", reload);
document.getElementById("retry").addEventListener("click", reload);
let key;
const field = document.getElementById("later");
try {
  const person = localStorage.getItem("parley.person");
  if (person) key = "parley.of." + person + ".typed.new.offline";
} catch {}
field.form.hidden = !key;
try { field.value = JSON.parse(localStorage.getItem(key)).text; } catch {}
field.addEventListener("input", () => {
  try {
    if (field.value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ text: field.value, at: Date.now(), isLeft: true }));
  } catch {}
});
`;
