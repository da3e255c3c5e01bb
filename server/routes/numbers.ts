import { createRoute } from "@hono/zod-openapi";
import { BusinessNumbers } from "@partyline/contract/number";
import { mayUseNumber } from "@partyline/domain/access";
import type { Context } from "../context.ts";
import { memberOf } from "../http/authenticate.ts";
import { answer, problems } from "../http/open-api.ts";
import type { Api } from "../http/request.ts";
import { listNumbers } from "../store/numbers.ts";
import { inWorkspace } from "../store/tenant.ts";
import { listUserNames, readMember } from "../store/users.ts";

const list = createRoute({
  method: "get",
  path: "/v1/numbers",
  summary: "The workspace's business numbers, each with what this user may do with it",
  responses: { 200: answer(BusinessNumbers, "Default first"), ...problems() },
});

export function addNumberRoutes(api: Api, { database }: Context): void {
  api.openapi(list, async (c) => {
    const asked = memberOf(c);
    const { workspaceId } = asked;
    const { member, numbers, users } = await inWorkspace(database, workspaceId, async (trx) => ({
      // Read anew: whoever asks may just have heard that their rights changed.
      member: (await readMember(trx, asked)) ?? asked,
      numbers: await listNumbers(trx, workspaceId),
      users: await listUserNames(trx, workspaceId),
    }));
    const views = numbers.map((number) => {
      const use = mayUseNumber(member, number);
      const holder = users.find((user) => user.id === number.assignedTo);
      return {
        id: number.id,
        number: number.number,
        label: number.label,
        isDefault: number.isDefault,
        assignedTo: holder ? { id: holder.id, name: holder.name } : null,
        refusal: use.ok ? null : use.refusal,
      };
    });
    return c.json({ numbers: views }, 200);
  });
}
