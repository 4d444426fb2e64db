export const markdownSample = `Here is a bit of everything that an answer can hold.

## Text

Words can be **strong**, *stressed* or ~~struck out~~, and \`code\` can stand in a line. A [link](https://commonmark.org) leads elsewhere.

> A quotation stands apart from the text around it.

## Lists

1. First, put the kettle on.
2. Then warm the pot.
   - Black tea wants boiling water.
   - Green tea wants it cooler.
3. Wait four minutes.

- [x] a thing that is done
- [ ] a thing that is not

## A table

| Tea | Water | Minutes |
| --- | ---: | ---: |
| Green | 75 °C | 2 |
| Oolong | 90 °C | 3 |
| Black | 100 °C | 4 |

## Code

\`\`\`ts
function minutesFor(tea: "green" | "oolong" | "black"): number {
  return { green: 2, oolong: 3, black: 4 }[tea];
}

console.log(\`Wait \${minutesFor("black")} minutes.\`);
\`\`\``;
