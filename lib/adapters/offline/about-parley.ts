export const aboutParley = `Parley is an AI chat that runs on a server of your own, with the models of OpenRouter, of OpenAI, or of any server that speaks OpenAI's protocol.

- **Close the tab** while an answer is being written, and the answer goes on. It is there when you come back.
- **Reload the page** in the middle, and you see the text so far and the rest as it comes.
- **Stop** ends an answer. What was written by then is kept.
- Your chats are stored on the server that runs Parley. What you write goes to the provider of the model that answers, and nowhere else.

To try it, ask me to write a long answer and reload the page while I write.`;
