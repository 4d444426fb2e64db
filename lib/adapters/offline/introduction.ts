export const greeting = `Hello. I am the offline assistant that is built into Parley. There is no language model behind me, only a few prepared answers.

Ask me **what I can help with**, or **how to set up a key** to talk to a real model.`;

export const help = `I am the offline assistant. There is no language model behind me: I recognise some questions and give prepared answers, so that Parley can be tried before a key is set. I can

- explain what Parley does with your chats and answers
- tell you how to connect **OpenRouter**, **OpenAI**, or a model of your own such as **Ollama**
- show a **Markdown sample** with code, a table and a list
- **write a long answer** or **count to 200**, so that you can try Stop or reload the page in the middle
- tell you **what you asked** before in this chat

For everything else a model is needed. Ask "How do I set up a key?" to connect one.`;

export const identity = `I am the offline assistant, model \`parley/offline\`. I am a list of rules inside Parley and no language model: I recognise some questions and give prepared answers. Nothing you write to me leaves this server.

I answer because there is no key that your answers could use. Ask "How do I set up a key?" to talk to a real model.`;

export const thanks = "You are welcome. Ask what I can help with if you want to try something else.";

export const goodbye = "Goodbye. This chat stays here for when you come back.";
