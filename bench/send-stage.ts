import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import type { Context } from "@partyline/server/context";
import { createGroup } from "@partyline/server/groups/create-group";
import { putContacts } from "@partyline/server/store/contacts";
import { inWorkspace } from "@partyline/server/store/tenant";
import type { Member } from "@partyline/server/store/users";
import { startTestBackend, WORKSPACE } from "@partyline/server/testing/backend";
import { signInOverHttp } from "@partyline/server/testing/sign-in";

const PEOPLE_IN_A_GROUP = 5;

type PersonToPut = Parameters<typeof putContacts>[2][number];

export interface SendStage extends AsyncDisposable {
  context: Context;
  member: Member;
  url: string;
  token: string;
  groupIds: string[];
}

/** A backend with so many groups in it, on an empty database of the server's or one of its own. */
export async function setSendStage(databaseUrl: string | undefined, groups: number): Promise<SendStage> {
  await using opened = new AsyncDisposableStack();
  const { context, url, close } = await startTestBackend(placeAt(databaseUrl), {
    environment: { SENDS_PER_MINUTE: "100000000", LOG_LEVEL: "silent" },
    // Workers would compete with what is measured.
    works: false,
  });
  opened.defer(close);
  const token = (await signInOverHttp(url, { demo: "ava@harborpine.example" })).access_token;
  const member = adminOf();
  const groupIds = await makeGroups(context, member, groups);
  const all = opened.move();
  return { context, member, url, token, groupIds, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export function placeAt(databaseUrl: string | undefined): Parameters<typeof startTestBackend>[0] {
  return {
    place: async () => {
      const dataFolder = await mkdtemp(join(tmpdir(), "partyline-bench-"));
      const remove = () => rm(dataFolder, { recursive: true, force: true });
      return { config: { databaseUrl, dataFolder, onError: () => undefined }, remove };
    },
  };
}

function adminOf(): Member {
  const [user] = WORKSPACE.users;
  if (user === undefined) throw new Error("the workspace has no users");
  return { ...user, workspaceId: WORKSPACE.id, workspaceName: WORKSPACE.name, authUserId: "" };
}

async function makeGroups(context: Context, member: Member, count: number): Promise<string[]> {
  const number = WORKSPACE.numbers[0]?.id ?? "";
  const ids: string[] = [];
  for (let group = 0; group < count; group += 1) {
    const people = Array.from({ length: PEOPLE_IN_A_GROUP }, (_, index) => personOf(group * PEOPLE_IN_A_GROUP + index));
    const id = newId();
    await inWorkspace(context.database, member.workspaceId, async (trx) => {
      await putContacts(trx, member.workspaceId, people, context.now());
      await createGroup(context, trx, member, {
        id,
        businessNumberId: number,
        participants: people.map((person) => ({ contactId: person.id, phone: person.phones[0]?.number ?? "" })),
        name: null,
        firstMessage: null,
        successorOf: null,
      });
    });
    ids.push(id);
  }
  return ids;
}

function personOf(index: number): PersonToPut {
  return {
    id: `person-${index}`,
    name: `Person ${index}`,
    ownerId: null,
    doNotDisturb: false,
    smsStatus: "inactive",
    phones: [{ number: `+1415555${1000 + index}`, label: null, primary: true }],
    tags: [],
  };
}
