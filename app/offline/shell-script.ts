/**
 * Runs in the page itself, which has none of the app's code: takes the theme over, keeps what is typed where
 * a new chat finds it (`draftTexts`), and comes back with the connection.
 */
export const shellScript = `
const theme = /parley-theme=(light|dark)/.exec(document.cookie);
if (theme) document.documentElement.dataset.theme = theme[1];
const reload = () => location.reload();
addEventListener("online", reload);
document.getElementById("retry").addEventListener("click", reload);
const key = "parley.typed.new.offline";
const field = document.getElementById("later");
try { field.value = JSON.parse(localStorage.getItem(key)).text; } catch {}
field.addEventListener("input", () => {
  try {
    if (field.value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ text: field.value, at: Date.now(), isLeft: true }));
  } catch {}
});
`;
