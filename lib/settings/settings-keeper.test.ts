import { expect, test } from "vitest";
import { createLocalBus } from "@/lib/events/local-bus";
import { budgetSchema } from "@/lib/usage/budget";
import {
  type InstallationSettings,
  installationSettingsSchema,
  type PersonSettings,
  personSettingsSchema,
} from "./settings";
import { createSettingsKeeper } from "./settings-keeper";
import type { SettingsStore } from "./settings-store";

const member = { userId: "bob", isGuest: false, isAdministrator: false };
const administrator = { userId: "ada", isGuest: false, isAdministrator: true };
const budget = budgetSchema.parse({ limitMicros: 5 });

test("what is set counts for the next question in every process, and is read once until then", async () => {
  const { store, reads } = inMemory();
  const bus = createLocalBus();
  const [here, there] = [createSettingsKeeper({ store, bus }), createSettingsKeeper({ store, bus })];
  await there.current.ofPerson(member.userId);
  await there.current.ofPerson(member.userId);
  await there.current.ofInstallation();
  expect(reads()).toBe(2);
  await here.change(member, { budget });
  await here.changeInstallation(administrator, { budget });
  expect(await there.current.ofPerson(member.userId)).toMatchObject({ budget });
  expect(await there.current.ofPerson(administrator.userId)).not.toMatchObject({ budget });
  expect(await there.current.ofInstallation()).toMatchObject({ budget });
});

test("a favourite is known to other processes as soon as it is kept", async () => {
  const { store } = inMemory();
  const bus = createLocalBus();
  const [here, there] = [createSettingsKeeper({ store, bus }), createSettingsKeeper({ store, bus })];
  expect((await there.current.ofPerson(member.userId)).models.favourites).toEqual([]);
  await here.changeModels(member, { addFavourite: "a/one" });
  expect((await there.current.ofPerson(member.userId)).models.favourites).toEqual(["a/one"]);
});

test("what counts for everybody is read and set by the administrator alone", async () => {
  const keeper = createSettingsKeeper({ store: inMemory().store, bus: createLocalBus() });
  await expect(keeper.getInstallation(member)).rejects.toMatchObject({ type: "forbidden" });
  await expect(keeper.changeInstallation(member, { budget })).rejects.toMatchObject({ type: "forbidden" });
  expect(await keeper.getInstallation(administrator)).not.toMatchObject({ budget });
});

function inMemory() {
  const persons = new Map<string, PersonSettings>();
  let installation: InstallationSettings = installationSettingsSchema.parse({});
  let reads = 0;
  const ofPerson = (userId: string) => persons.get(userId) ?? personSettingsSchema.parse({});
  const store: SettingsStore = {
    async ofPerson(userId) {
      reads++;
      return ofPerson(userId);
    },
    async ofInstallation() {
      reads++;
      return installation;
    },
    async changePerson(userId, change) {
      persons.set(userId, { ...ofPerson(userId), ...change });
      return ofPerson(userId);
    },
    async changeModels(userId, { addFavourite = "" }) {
      const before = ofPerson(userId);
      const models = { ...before.models, favourites: [...before.models.favourites, addFavourite] };
      persons.set(userId, { ...before, models });
      return models;
    },
    async changeInstallation(change) {
      installation = { ...installation, ...change };
      return installation;
    },
  };
  return { store, reads: () => reads };
}
