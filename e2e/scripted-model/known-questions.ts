/** Questions that are played by these directives as they stand: for pictures, where no directive is to be seen. */
export const knownQuestions: ReadonlyMap<string, string> = new Map([
  ["How do tides work?", `[[reasoning=60 say='${tides()}']]`],
  ["Why do cats purr?", "[[delay=600000]]"],
  ["And how high can they get?", `[[interval=2 stall-after=40 say='${heights()}']]`],
  ["Is anybody there?", "[[error=503]]"],
  ["Count the waves", "[[tokens=4000 interval=20]]"],
  [
    "Name three rivers",
    "[[say='The **Danube**, the **Loire** and the **Tagus**: one to the east, two to the west.']]",
  ],
]);

function tides(): string {
  return `Tides are the sea answering the pull of the Moon, and a little that of the Sun.

The Moon pulls hardest on the water that faces it and least on the water on the far side. The difference stretches the ocean into **two bulges**, and as the Earth turns beneath them, most coasts see two high tides a day.

| | What lines up | What you see |
|---|---|---|
| **Spring tide** | Sun, Moon and Earth in a row | Highest highs, lowest lows |
| **Neap tide** | Sun and Moon at right angles | The mildest range |

A day is not quite enough, because the Moon has moved on in the meantime:

\`\`\`python
lunar_day = 24 + 50 / 60          # hours until the Moon is overhead again
between_high_tides = lunar_day / 2  # 12 h 25 min
\`\`\`

So if high water is at noon today, expect the next one about **25 minutes past midnight**.`;
}

function heights(): string {
  return "On the open ocean hardly a metre. Where the coast closes in, the same water has to go somewhere: in the Bay of Fundy it rises by **sixteen metres**, the height of a house with five floors, and in the Mediterranean one hardly notices it at all.";
}
