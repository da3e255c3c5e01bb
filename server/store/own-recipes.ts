import type { Recipe } from "@partyline/contract/recipe";
import type { Trx } from "./tenant.ts";

/** As they were saved, in the order of their ids. */
export async function listOwnRecipes(trx: Trx, workspaceId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom("own_recipe")
    .select("recipe")
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
  return rows.map(({ recipe }) => recipe);
}

/** Puts one in the place of any with the same id. */
export async function putOwnRecipe(
  trx: Trx,
  { workspaceId, recipe, savedBy, at }: { workspaceId: string; recipe: Recipe; savedBy: string; at: Date },
): Promise<void> {
  const columns = { recipe: JSON.stringify(recipe), saved_by: savedBy, saved_at: at };
  await trx
    .insertInto("own_recipe")
    .values({ workspace_id: workspaceId, id: recipe.id, ...columns })
    .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet(columns))
    .execute();
}

export async function countOwnRecipes(trx: Trx, workspaceId: string): Promise<number> {
  const { count } = await trx
    .selectFrom("own_recipe")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Whether there was one. */
export async function deleteOwnRecipe(trx: Trx, workspaceId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("own_recipe")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
