import { describe, expect, it } from "vitest";
import { phonesRoutes } from "./phones-routes.ts";

const get = (path: string) => phonesRoutes().request(path);

describe("the phones page", () => {
  it("allows scripts and styles of its own only, and has none inline", async () => {
    const answer = await get("/");
    expect(answer.headers.get("content-security-policy")).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style| on\w+=| style=/);
  });

  it("serves every module the page asks for as plain JavaScript", async () => {
    const seen = new Set<string>();
    const waiting = ["main.ts"];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const answer = await get(`/phones/${file}`);
      expect([file, answer.status, answer.headers.get("content-type")]).toEqual([
        file,
        200,
        expect.stringMatching(/^text\/javascript/),
      ]);
      const script = await answer.text();
      expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
      waiting.push(...[...script.matchAll(/from "\.\/([a-z-]+\.ts)"/g)].map((match) => match[1]!));
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it("serves nothing else", async () => {
    for (const path of ["/phones/none.ts", "/phones/..%2fphones-routes.ts", "/phones/tsconfig.json"]) {
      expect((await get(path)).status).toBe(404);
    }
  });
});
