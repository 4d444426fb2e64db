import { NewChat } from "@/app/_chat/client-entry";
import { modelChoiceOf } from "@/app/_chat/models/model-choice";
import { services } from "@/app/_server/services";
import { actorOrSignIn } from "./actor-of-request";

export default async function NewChatPage() {
  const actor = await actorOrSignIn("/");
  const models = services()
    .models.list(actor.userId)
    .then((catalogue) => modelChoiceOf(catalogue, null));
  return <NewChat models={models} isAdministrator={actor.isAdministrator} />;
}
