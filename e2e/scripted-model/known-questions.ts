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
  ["Do I need an umbrella in Oslo?", `[[tool=get_weather args='{"city":"Oslo","day":"today"}']]`],
  ...Object.entries(talks()).map(([question, answer]): [string, string] => [question, `[[say='${answer}']]`]),
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

/** What the chats of a filled side bar begin with. */
function talks(): Record<string, string> {
  return {
    "A week of dinners for two": `Five evenings, one trip to the shop, and a pan that lasts twice:

- **Monday**: tomato soup with white beans
- **Tuesday**: the rest of it over pasta, with parmesan
- **Wednesday**: potatoes and leek from the oven, a fried egg on top
- **Thursday**: lentils with carrots and yoghurt
- **Friday**: fish, rice, and whatever the drawer still has`,
    "How heat pumps work":
      "A heat pump carries warmth instead of making it. Outside, a very cold liquid takes it up and boils; a compressor squeezes the vapour until it is hot; inside, it gives the warmth away and turns liquid again. Each kilowatt-hour of current brings **three to four** of heat.",
    "Reminder for an unpaid invoice":
      "Dear Ms Berger, our invoice 2041 of 3 October is still open. It will have slipped through: could you have the 480 euros sent by Friday? If something about it is unclear, call me any time.",
    "Renting or buying":
      "It turns on how long you stay. Below **seven years** the fees of buying eat what you save; above twelve, buying mostly wins, provided that the rate stays below four per cent and you would really put the difference aside as a tenant.",
    "Why is the sea salty":
      "Rain takes a little salt out of the rocks, rivers bring it to the sea, and from there only the water goes up again. In a few hundred million years that came to **35 grams** in each litre; clay and sea creatures take out as much as is brought.",
    "Names for a grey cat":
      "Ash, Slate, Pebble and Mist if you go by the coat; **Earl** if he carries himself well; Tuesday if nothing else will do.",
    "Night train to Vienna":
      "The Nightjet leaves Hamburg at 20:22 and is in Vienna at 9:19. A bed in a compartment for four is the fair middle: take the upper one, and have breakfast brought at eight.",
    "Sourdough that does not rise":
      "Most likely it was cold. Keep the dough at **26 °C**, feed the starter twice before you bake, and wait until it has doubled, however long the recipe says that takes.",
    "A poem about fog": `The harbour went out like a lamp,
and what was left was the sound of it:
one bell, one rope, one gull
asking the white where the water was.`,
  };
}
