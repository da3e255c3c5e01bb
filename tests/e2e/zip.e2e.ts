import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { packExtension, ROOT } from "@partyline/sandbox/extension-build";
import { buildForStore, packageNamed, packForStore } from "./store-package.ts";
import { zipEntries } from "./zip-entries.ts";

const BROWSERS = ["chrome", "firefox"] as const;
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

interface Linted {
  metadata: { id: string };
  errors: object[];
  warnings: object[];
  notices: object[];
}

async function entriesOf(which: (typeof BROWSERS)[number] | "sources"): Promise<Map<string, Buffer>> {
  const folder = await packForStore(which === "chrome" ? "chrome" : "firefox");
  return zipEntries(await packageNamed(folder, which));
}

for (const browser of BROWSERS) {
  test(`the package for ${browser} holds the store build and nothing that does not belong there`, async () => {
    const entries = await entriesOf(browser);
    const names = [...entries.keys()];
    expect(names).toEqual(expect.arrayContaining(["manifest.json", "background.js", "crm.js", "panel.html"]));
    expect(names.filter((name) => !/\.(js|css|html|json|png|svg)$/.test(name))).toEqual([]);
    const manifest = JSON.parse(String(entries.get("manifest.json"))) as Record<string, unknown>;
    expect(manifest["manifest_version"]).toBe(3);
    expect(manifest).not.toHaveProperty("key");
    expect(manifest).not.toHaveProperty("host_permissions");
    for (const [name, content] of entries) {
      if (!/\.(js|css|html)$/.test(name)) continue;
      const text = String(content);
      expect(text, name).not.toMatch(/sourceMappingURL|Partyline \(sandbox\)|127\.0\.0\.1:43/);
      // Code from elsewhere, or made of text.
      expect(text, name).not.toMatch(/\beval\(|\bFunction\(|importScripts\(|import\(["'`]https?:|\.innerHTML\s*=/);
      expect(text, name).not.toMatch(/<(script|link)[^>]+(src|href)="(https?:)?\/\//);
    }
  });
}

test("the packages are small enough to be looked through", async () => {
  for (const browser of BROWSERS) {
    const { length } = await packageNamed(await packForStore(browser), browser);
    expect(length).toBeGreaterThan(100_000);
    expect(length).toBeLessThan(500_000);
  }
});

test("the sources for Firefox's reviewers have the extension's, and none of the backend's or the sandbox's", async () => {
  const names = [...(await entriesOf("sources")).keys()];
  expect(names).toEqual(expect.arrayContaining(["wxt.config.ts", "package-lock.json", "entrypoints/background.ts"]));
  expect(names.filter((name) => /^(server|sandbox)\//.test(name))).toEqual([
    "sandbox/package.json",
    "server/package.json",
  ]);
  expect(names.filter((name) => /\.(test|cases|e2e)\.|(^|\/)\.|\.pem$|node_modules/.test(name))).toEqual([]);
});

test("Firefox's own linter has nothing to say", async () => {
  const sourceDir = await buildForStore("firefox");
  const webExt = join(ROOT, "node_modules", "web-ext", "bin", "web-ext.js");
  const options = ["--no-config-discovery", "--output=json", `--source-dir=${sourceDir}`];
  const { stdout } = await promisify(execFile)(process.execPath, [webExt, "lint", ...options]);
  const { metadata, errors, warnings, notices } = JSON.parse(stdout) as Linted;
  expect(metadata.id).toBe("extension@partyline.example");
  expect({ errors, warnings, notices }).toEqual({ errors: [], warnings: [], notices: [] });
});

test("built from its sources alone, in another folder, every package is the same byte for byte", async () => {
  const folder = await mkdtemp(join(tmpdir(), "partyline-sources-"));
  try {
    await unpack(await entriesOf("sources"), folder);
    await linkLibraries(folder);
    for (const browser of BROWSERS) {
      const again = await packageNamed(await packExtension(browser, { folder }), browser);
      const before = await packageNamed(await packForStore(browser), browser);
      console.log(`${sha256(before)}  ${browser}`);
      expect([...zipEntries(again).keys()]).toEqual([...zipEntries(before).keys()]);
      expect(sha256(again)).toBe(sha256(before));
    }
    expect(sha256(await packageNamed(join(folder, ".output"), "sources"))).toBe(
      sha256(await packageNamed(await packForStore("firefox"), "sources")),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function unpack(entries: Map<string, Buffer>, folder: string): Promise<void> {
  for (const [name, content] of entries) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** What `npm ci` would bring: the libraries as they are here, and the folder's own workspaces. */
async function linkLibraries(folder: string): Promise<void> {
  const libraries = join(folder, "node_modules");
  await mkdir(join(libraries, "@partyline"), { recursive: true });
  for (const name of await readdir(join(ROOT, "node_modules"))) {
    if (name !== "@partyline") await symlink(join(ROOT, "node_modules", name), join(libraries, name));
  }
  for (const name of ["contract", "domain"]) {
    await symlink(join(folder, name), join(libraries, "@partyline", name));
    // Where a workspace needs another version than the rest. A link that leads nowhere is none.
    await symlink(join(ROOT, name, "node_modules"), join(folder, name, "node_modules"));
  }
}
