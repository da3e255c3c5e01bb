import { createRoute, z } from "@hono/zod-openapi";
import { etag } from "hono/etag";
import { Recipe } from "@partyline/contract/recipe";
import { OWN_RECIPE_LENGTH_MAX, OWN_RECIPES_MAX, OwnRecipe, RecipeBook } from "@partyline/contract/recipe-book";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { memberOf } from "../http/authenticate.ts";
import { answer, body, idempotencyKey, problems, writeProblems } from "../http/open-api.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Api, Request } from "../http/request.ts";
import { write } from "../http/write.ts";
import { openPublishedFile } from "../recipes/published-file.ts";
import { countOwnRecipes, deleteOwnRecipe, listOwnRecipes, putOwnRecipe } from "../store/own-recipes.ts";
import { inWorkspace } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";

const params = z.object({ id: Recipe.shape.id });

const read = createRoute({
  method: "get",
  path: "/v1/recipes",
  summary: "How to read CRM pages: what the publisher signed, and what this workspace has for its own CRM",
  middleware: [etag()] as const,
  responses: {
    200: answer(RecipeBook, "All of them; send the ETag with `If-None-Match` the next time"),
    304: { description: "Nothing changed since" },
    ...problems(),
  },
});

const put = createRoute({
  method: "put",
  path: "/v1/recipes/{id}",
  summary: "Keep a recipe for the workspace's own CRM, in the place of any with this id",
  request: { params, headers: idempotencyKey, body: body(OwnRecipe) },
  responses: { 200: answer(Recipe, "As it is kept"), ...writeProblems("too_many_recipes") },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/recipes/{id}",
  summary: "Forget one of the workspace's own recipes",
  request: { params, headers: idempotencyKey },
  responses: { 204: { description: "Forgotten" }, ...writeProblems("not_found") },
});

export function addRecipeRoutes(api: Api, context: Context): void {
  const { database, config, log } = context;
  const file = openPublishedFile(config.recipesFile, log);

  api.openapi(read, async (c) => {
    const { workspaceId } = memberOf(c);
    const [published, own] = await Promise.all([
      file.read(),
      inWorkspace(database, workspaceId, (trx) => listOwnRecipes(trx, workspaceId)),
    ]);
    c.header("cache-control", "private, no-cache");
    return c.json({ published, own }, 200);
  });

  api.openapi(put, async (c) => {
    const member = adminOf(c);
    const recipe = c.req.valid("json");
    requireSane(recipe, c.req.valid("param").id);
    const kept = await write(context, c, async (trx) => {
      await change(context, trx, member, async () => {
        await putOwnRecipe(trx, { workspaceId: member.workspaceId, recipe, savedBy: member.id, at: context.now() });
        // Counted under the workspace's counter, so that two admins at once do not go past the limit together.
        if ((await countOwnRecipes(trx, member.workspaceId)) > OWN_RECIPES_MAX) {
          throw new ProblemError("too_many_recipes", { detail: `${OWN_RECIPES_MAX} is the most. Remove one first.` });
        }
      });
      return recipe;
    });
    return c.json(kept, 200);
  });

  api.openapi(remove, async (c) => {
    const member = adminOf(c);
    const { id } = c.req.valid("param");
    await write(context, c, async (trx) => {
      await change(context, trx, member, async () => {
        if (!(await deleteOwnRecipe(trx, member.workspaceId, id))) throw new ProblemError("not_found");
      });
      return null;
    });
    return c.body(null, 204);
  });
}

/** Tells every colleague's extension as well. */
function change(context: Context, trx: Parameters<typeof recordChange>[1], member: Member, run: () => Promise<void>) {
  const { workspaceId } = member;
  return recordChange(context, trx, { workspaceId, changes: [{ kind: "recipes" }], write: run });
}

function requireSane(recipe: Recipe, id: string): void {
  if (recipe.id !== id) {
    const errors = [{ pointer: "/id", detail: `is not ${id}, as the address says` }];
    throw new ProblemError("invalid_request", { detail: `/id: is not ${id}, as the address says`, errors });
  }
  if (JSON.stringify(recipe).length > OWN_RECIPE_LENGTH_MAX) {
    throw new ProblemError("payload_too_large", { detail: `The most is ${OWN_RECIPE_LENGTH_MAX} characters.` });
  }
}

function adminOf(c: Request): Member {
  const member = memberOf(c);
  if (member.role !== "admin") throw new ProblemError("not_allowed", { detail: "Only an admin keeps recipes." });
  return member;
}
