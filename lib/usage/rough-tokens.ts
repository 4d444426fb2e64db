/**
 * About how many tokens a text is, for where no tokenizer is at hand: four Latin letters, two of another
 * alphabet, and one ideograph are a token. Never less than nothing and never far above the truth; whoever must not
 * be surprised adds `roughMargin`.
 */
export function roughTokens(text: string): number {
  let quarters = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    quarters += code < 0x80 ? 1 : code < 0x2e80 ? 2 : 4;
  }
  return Math.ceil(quarters / 4);
}

/** For the role and the separators around each message. */
const tokensAroundMessage = 4;

export function roughTokensOfMessages(messages: readonly { text: string }[]): number {
  return messages.reduce((sum, { text }) => sum + roughTokens(text) + tokensAroundMessage, 0);
}

/** Code and rare words take more tokens than prose. */
export const roughMargin = 1.3;
