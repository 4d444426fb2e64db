import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { createCharacter, listCharacters } from "@/lib/api/characters";

export const GET = route(listCharacters, (actor, { query }) => services().characters.list(actor, query));

export const POST = route(createCharacter, (actor, { body }) => services().characters.create(actor, body));
