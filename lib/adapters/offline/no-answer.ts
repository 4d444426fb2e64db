export const noAnswer = `I cannot answer that. No language model is connected to this Parley, and I am only the offline assistant with a few prepared answers.

To get a real answer, open **Settings**, **Keys** and connect OpenRouter, or paste a key of OpenRouter or OpenAI. For everybody, whoever runs this server does so there, or sets one of these and restarts it:

- \`OPENROUTER_API_KEY\` for OpenRouter
- \`OPENAI_API_KEY\` for OpenAI
- \`OPENAI_BASE_URL\` for a server of your own, such as Ollama

Ask "How do I set up a key?" for the steps. Your question stays in this chat, ready to be asked again. Until then, ask what I can help with.`;
