const restart = `Then restart Parley: the configuration is read when it starts. Whoever runs this server does this; a key is not entered in the chat.`;

const file = `In Parley's folder, copy \`.env.local.example\` to \`.env.local\` if that has not been done, and set`;

const ownKey = (provider: string) =>
  `**For yourself, at once:** open **Settings**, **Keys** and ${provider}. It counts from your next question on; nothing is restarted.`;

export const setUp = `${ownKey("connect OpenRouter, or paste a key of OpenRouter or OpenAI")}

**For everybody on this server** the administrator can enter a key in the same place. Or it is a line or two in the file \`.env.local\` in Parley's folder (\`.env.local.example\` explains them all):

| Where the model runs | What to set |
| --- | --- |
| OpenRouter, many models with one key | \`OPENROUTER_API_KEY\` |
| OpenAI | \`OPENAI_API_KEY\` |
| Your own machine: Ollama, LM Studio, vLLM | \`OPENAI_BASE_URL\` |

\`DEFAULT_MODEL\` names the model that answers where a chat has not chosen another.

${restart}

Ask "How do I set up OpenRouter?", or OpenAI, or Ollama, for the steps.`;

export const openrouterSetUp = `**OpenRouter** offers models of many makers with one key.

${ownKey("press Connect OpenRouter")}

For everybody on this server:

1. Create a key at https://openrouter.ai/keys.
2. ${file}

   \`\`\`dotenv
   OPENROUTER_API_KEY=your-key
   DEFAULT_MODEL=deepseek/deepseek-r1-0528:free
   \`\`\`

3. ${restart}

Models whose name ends in \`:free\` cost nothing and allow a limited number of requests a day.`;

export const openaiSetUp = `**OpenAI** needs a key of its own; a ChatGPT subscription is not one.

${ownKey("paste it there")}

For everybody on this server:

1. Create a key at https://platform.openai.com/api-keys.
2. ${file}

   \`\`\`dotenv
   OPENAI_API_KEY=your-key
   DEFAULT_MODEL=gpt-5-mini
   \`\`\`

3. ${restart}`;

export const localModelSetUp = `A model on **your own machine** works with every server that speaks OpenAI's protocol, and needs no key.

1. Start the server and load a model. With Ollama: \`ollama pull llama3.2\`.
2. ${file}

   \`\`\`dotenv
   OPENAI_BASE_URL=http://localhost:11434/v1
   DEFAULT_MODEL=llama3.2
   \`\`\`

   That is the address of Ollama. LM Studio listens on \`http://localhost:1234/v1\`, vLLM on \`http://localhost:8000/v1\`. Where the server wants a key, set \`OPENAI_API_KEY\` as well.

3. ${restart}`;
