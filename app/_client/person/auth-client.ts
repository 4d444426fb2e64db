import { anonymousClient, inferAdditionalFields } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";

export const authClient = createAuthClient({
  plugins: [
    anonymousClient(),
    inferAdditionalFields({
      user: {
        role: { type: ["administrator", "member"], input: false },
        finishAnswers: { type: "boolean", required: false },
      },
    }),
  ],
});
